"""``planner diagnose`` on the command line: what it says, writes and returns, and that it is the same each time."""

import csv
import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli.commands.diagnose import code_of, command
from planner.cli.exit_codes import outcome
from planner.diagnosis.diagnose import Verdict, diagnose
from planner.formats import ModelError, lp_text, read
from planner.proof.verify import verify
from planner.solver.highs import Session, read_model
from planner.solver.solution import Status

CASES = Path(__file__).parent / "cases"


def run(*words, text=None):
    return CliRunner().invoke(command, [str(word) for word in words], input=text)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("lp/04_objconst.lp", 0),
        ("nasty/n10_pd_infeasible.lp", 4),
        ("nasty/n01_gap1e-12.lp", 8),
        ("nasty/i04_intbound.lp", 4),
    ],
)
def test_exit_codes_tell_the_verdicts_apart(file, code):
    assert run(CASES / file).exit_code == code


def test_the_page_on_diagnoses_tells_exit_codes_and_fields_as_they_are():
    page = (Path(__file__).parents[2] / "planner/docs/diagnosis.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([a-z ]+) \| .* \| (\d+) \|$", page, re.MULTILINE)
    assert {verdict: int(code) for verdict, code in told} == {one.value: code_of(one) for one in Verdict}
    document = json.loads(run(CASES / "nasty/n24_ray.lp", "--format", "json").stdout)
    fields = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", page)) - {"absolute", "relative"}
    assert fields & set(document) >= {"margin", "irreducible", "least_moves", "give_up", "at_least", "fewest_moves"}
    assert fields - {"proved"} <= set(document)


def test_what_is_not_decided_has_exit_codes_of_its_own():
    assert run(CASES / "nasty/i07_pigeon.lp", "--effort", "0.00002", "--format", "json").exit_code == 9
    assert run(CASES / "nasty/n25_ray_far.lp", "--effort", "0.000001").exit_code == 5


def test_the_conflict_is_told_with_multipliers_and_a_running_sum():
    said = run(CASES / "nasty/n24_ray.lp").stdout
    assert "1 × (x − 1.0000001 y ≥ 1)  c1 (line 4):  x − y ≥ 1" in said
    assert "Adds up to 0 ≥ 1, which nothing can meet." in said
    chain = run(CASES / "nasty/n18_bigM.lp").stdout
    assert "b ≤ 0.000000001: row c3 (line 6)" in chain
    assert "x ≤ 1: row c1 (line 4), since b ≤ 0.000000001" in chain


def test_every_finding_is_a_field():
    document = json.loads(run(CASES / "reported/intnobound.mps", "--format", "json").stdout)
    assert (document["proved"], document["irreducible"], document["at_least"]) == (True, True, 1)
    assert document["margin"]["absolute"] == pytest.approx(1.75)
    assert (
        document["violations"]
        == [{"kind": "row", "name": "c1", "by": 3.5}, {"kind": "whole", "name": "x", "by": 0}][:1]
    )
    assert document["conflict"][-1]["left_side"] == "0"
    assert document["warnings"][0]["code"] == "W230"
    feasible = json.loads(run(CASES / "lp/01_basic_int.lp", "--format", "json").stdout)
    assert feasible["point"] == {"x": 4.0, "y": 5.0, "z": 1.5}
    assert feasible["violations"] == []


@pytest.mark.parametrize(
    "file",
    [
        "nasty/n24_ray.lp",
        "nasty/n06_chain_near.lp",
        "reported/negup.mps",
        "lp/48_obj_neg_rhs_row.lp",
        "nasty/i01_parity.lp",
        "nasty/n28_nocols.mps",
    ],
)
def test_files_that_are_written_load_and_say_the_same(file, tmp_path):
    result = run(CASES / file, "--out", tmp_path / "found")
    assert result.exit_code in (4, 8)
    folder = tmp_path / "found"
    assert verify(folder).verified, verify(folder).failures
    assert diagnose(folder / "conflict.lp").verdict in (Verdict.INFEASIBLE, Verdict.BORDERLINE)
    if (folder / "relaxed.lp").exists():
        assert diagnose(folder / "relaxed.lp").verdict is Verdict.FEASIBLE
        assert Session().solve(read_model(folder / "relaxed.lp")).status in (Status.OPTIMAL, Status.UNBOUNDED)


def test_a_record_that_leaves_a_case_out_is_rejected(tmp_path):
    run(CASES / "nasty/i04_intbound.lp", "--out", tmp_path / "found")
    path = tmp_path / "found/certificate.csv"
    assert "cases leave none out" in verify(tmp_path / "found").statements[-1]
    whole = path.read_text(encoding="utf-8")
    path.write_text(
        "".join(line for line in whole.splitlines(keepends=True) if not line.startswith("case 2")), encoding="utf-8"
    )
    assert not verify(tmp_path / "found").verified
    path.write_text(whole.replace("at least,,3", "at least,,4"), encoding="utf-8")
    assert not verify(tmp_path / "found").verified
    path.write_text(whole, encoding="utf-8")
    columns = tmp_path / "found/program/columns.csv"
    columns.write_text(columns.read_text(encoding="utf-8").replace("yes", ""), encoding="utf-8")
    assert not verify(tmp_path / "found").verified


@pytest.mark.parametrize("file", ["nasty/n16_hilbert.lp", "nasty/i07_pigeon.lp"])
def test_the_same_file_gives_the_same_bytes_on_a_busy_machine(file, tmp_path):
    run(CASES / file, "--out", tmp_path / "one")
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        run(CASES / file, "--out", tmp_path / "two")
    finally:
        for process in busy:
            process.kill()
            process.wait()
    for path in (tmp_path / "one").rglob("*"):
        if path.is_file() and path.name != "manifest.json":
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_standard_input_and_packed_files(tmp_path):
    text = (CASES / "lp/15_empty_obj.lp").read_bytes()
    assert run("-", text=text).exit_code == 4
    assert run("-", text=gzip.compress(text)).exit_code == 4
    assert run("-", text=(CASES / "lp/m05_range_L.mps").read_bytes()).exit_code == 0
    (tmp_path / "a.lp.gz").write_bytes(gzip.compress(text))
    assert run(tmp_path / "a.lp.gz").exit_code == 4
    (tmp_path / "b.lp.gz").write_bytes(gzip.compress(text)[:40])
    with pytest.raises(ModelError, match="cannot be unpacked"):
        read(tmp_path / "b.lp.gz")


def test_weights_are_checked_and_count():
    file = CASES / "lp/15_empty_obj.lp"
    assert "row c1 from 4 to 3" in run(file, "--weight", "c2=5").stdout
    assert "row c1 from 4 to 3" in run(file, "--weight", "c2=hold").stdout
    assert run(file, "--weight", "c2=-1").exit_code == 2


MPS = "NAME t\nROWS\n N cost\n L first\n G second\nCOLUMNS\n x cost 1 first 1\n x second 2\nRHS\n r first 4 second 2\nENDATA\n"


@pytest.mark.parametrize(
    ("name", "text", "code", "line"),
    [
        ("gone.mps", None, "E230", None),
        ("model.txt", MPS, "E230", None),
        ("model.lp.gz", "not packed", "E230", None),
        ("model.mps", "", "E231", None),
        ("model.mps", MPS[:-8], "E231", None),
        ("model.mps", MPS + " x first 1\n", "E231", 12),
        ("model.mps", MPS.replace("RHS\n", "RHSS\n"), "E232", 9),
        ("model.mps", MPS.replace("RHS\n", "\nHS\n"), "E232", 10),
        ("model.mps", MPS.replace("second 2\nRHS", "second two\nRHS"), "E233", 8),
        ("model.mps", MPS.replace("first 4", "first nan"), "E233", 10),
        ("model.mps", MPS.replace("x second", "x third"), "E234", 8),
        ("model.mps", MPS.replace("G second", "G first"), "E235", 5),
        ("model.mps", MPS.replace("ENDATA", "SOS\n S1 s a 1\nENDATA"), "E238", 11),
        ("model.mps", MPS.replace(" N cost\n", ""), "E241", None),
        ("model.mps", MPS.replace("RHS\n r", "RHS\n r first 4\n r"), "E236", 11),
        ("model.mps", "\x00\x01\xff" * 50, "E230", None),
        ("model.lp", "max\n x\nst\n c: x <=", "E239", 4),
        ("model.lp", "max\n x\nst\n c: y -> x <= 1\nEnd\n", "E239", 4),
        ("model.lp", "max\n x\nst\n c: x <= 1\nSOS\n s: S1:: x:1\nEnd\n", "E238", 6),
        ("model.lp", "max\n x\nst\n c: x <= 1\nGenral\n x\nEnd\n", "E232", 5),
        ("model.lp", "max\n x\nst\n c: 1 <= x >= 0\nEnd\n", "E239", 4),
        ("model.lp", "max\n x\nst\n c: x * y <= 1\nEnd\n", "E238", 4),
    ],
)
def test_what_is_no_model_says_so_by_line(tmp_path, name, text, code, line):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read(tmp_path / name)
    found = [finding for finding in caught.value.findings if finding.code == code]
    assert found, str(caught.value)
    assert line is None or line in found[0].rows
    assert isinstance(caught.value, ValueError)
    assert f"planner explain {caught.value.findings[-1].code}" in str(caught.value)
    assert outcome(caught.value)[0] == 3


def test_all_errors_of_a_file_are_found_at_once(tmp_path):
    (tmp_path / "bad.lp").write_text(
        "min\n x\nst\n a: x >= 1\n a: y >= 1 2\n b: 3 4 x >= 1\nBounds\n z <= 2\nEnd\n", encoding="utf-8"
    )
    with pytest.raises(ModelError) as caught:
        read(tmp_path / "bad.lp")
    assert [(finding.code, finding.rows[-1]) for finding in caught.value.findings] == [
        ("E239", 5),
        ("E239", 6),
        ("E234", 8),
    ]


@pytest.mark.parametrize(
    "file",
    [
        "lp/01_basic_int.lp",
        "lp/02_range_row.lp",
        "lp/m16_spaces_fixed.mps",
        "lp/39_utf8.lp",
        "nasty/n16_hilbert.lp",
        "lp/m06_MI.mps",
    ],
)
def test_what_is_written_as_lp_reads_back_exactly(file, tmp_path):
    program = read(CASES / file).program
    (tmp_path / "again.lp").write_text(lp_text(program), encoding="utf-8")
    again = read(tmp_path / "again.lp").program
    assert (again.cost, again.offset, again.integer) == (program.cost, 0, program.integer)
    assert (again.column_lower, again.column_upper) == (program.column_lower, program.column_upper)
    assert again.rows[0] == program.rows[0]


# -- other readers ----------------------------------------------------------------------------------------------------

ANSWERS = list(csv.DictReader((Path(__file__).parent / "answers.csv").open(encoding="utf-8")))
OPTIMA = {line["file"]: float(line["optimum"]) for line in ANSWERS if line["optimum"]}
GLPSOL = [
    "lp/08_free.lp",
    "lp/m02_range_E_pos.mps",
    "lp/m03_range_E_neg.mps",
    "lp/m05_range_L.mps",
    "lp/m11_marker_default.mps",
    "kinds/bound_MI_and_UP.mps",
    "kinds/bound_types.mps",
    "kinds/exponent_glued.lp",
    "kinds/free_row_with_rhs.mps",
    "kinds/infinity_glued.lp",
    "kinds/name_inf1.lp",
    "kinds/range_E_negative.mps",
    "kinds/range_L_negative.mps",
    "kinds/sense_less.lp",
    "kinds/terms_glued.lp",
    "kinds/bound_over_lines.lp",
    "kinds/bound_LI_between.mps",
    "kinds/names_by_case.lp",
    "kinds/number_on_the_next_line.lp",
    "kinds/rhs_of_another_free_row.mps",
]
READ_OTHERWISE = {  # by SCIP: a mark of byte order, fixed columns with blanks in names, exponents with D, tiny coefficients
    "kinds/bom_and_cr.lp",
    "kinds/fixed_marker.mps",
    "kinds/fixed_negative_upper.mps",
    "lp/m34_dexp.mps",
    "nasty/n20_eps_coef_feas.lp",
    "nasty/n21_tinycoef1e-13.lp",
}


@pytest.mark.skipif(shutil.which("glpsol") is None, reason="glpsol, of Debian's glpk-utils, is not installed")
@pytest.mark.parametrize("file", GLPSOL)
def test_glpsol_sees_the_same_optimum(file):
    form = "--lp" if file.endswith(".lp") else "--freemps"
    done = subprocess.run(
        ["glpsol", form, str(CASES / file), "-w", "/dev/stdout"], capture_output=True, text=True, check=True
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("s "))
    assert float(line.split()[-1]) == pytest.approx(OPTIMA[file], rel=1e-9)


def scip_of(path):
    """A model read and solved by SCIP, or a skip where it cannot read it."""
    scip = pytest.importorskip("pyscipopt", reason="pyscipopt is not installed")
    model = scip.Model()
    model.hideOutput()
    try:
        model.readProblem(str(path))
    except OSError:
        pytest.skip("SCIP refuses the file")
    model.optimize()
    return model


@pytest.mark.parametrize("file", sorted(set(OPTIMA) - READ_OTHERWISE))
def test_scip_sees_the_same_optimum(file):
    model = scip_of(CASES / file)
    assert model.getStatus() == "optimal"
    assert model.getObjVal() == pytest.approx(OPTIMA[file], rel=1e-9)


@pytest.mark.parametrize(
    "file",
    [
        "nasty/n24_ray.lp",
        "nasty/i02_frac.lp",
        "lp/15_empty_obj.lp",
        "kinds/marker_default.mps",
        "kinds/bound_UP_negative.mps",
        "kinds/bound_UI_negative.mps",
    ],
)
def test_scip_sees_that_nothing_meets_it(file, tmp_path):
    assert scip_of(CASES / file).getStatus() == "infeasible"
    run(CASES / file, "--out", tmp_path / "found")
    assert scip_of(tmp_path / "found/conflict.lp").getStatus() == "infeasible"
    relaxed = tmp_path / "found/relaxed.lp"
    assert not relaxed.exists() or scip_of(relaxed).getStatus() == "optimal"


def test_the_whole_command_runs_as_a_process():
    file = CASES / "lp/48_obj_neg_rhs_row.lp"
    done = subprocess.run(
        [sys.executable, "-m", "planner", "diagnose", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
