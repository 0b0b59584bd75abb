"""The verifier stands alone, accepts what is proved and nothing else."""

import csv
import hashlib
import shutil
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.economy import load
from planner.formulation import formulate, load_question
from planner.program import LinearProgram
from planner.proof import verify as module
from planner.proof.certificate import Certificate, boxed, prove, prove_empty
from planner.proof.certificate_table import write_certificates
from planner.proof.verify import verify
from planner.solver.highs import Session

FILES = ("program.csv", "rows.csv", "columns.csv", "coefficients.csv")


@pytest.fixture(scope="session")
def proved(tmp_path_factory):
    """A share, a contradiction of the same program made by a hard target, and a foreign bound, each in a folder."""
    folder = tmp_path_factory.mktemp("run")
    program = formulate(load("ussr_1928"), load_question("attainment"), "raised_1929_12").program
    write_certificates(folder, [prove(Session().solve(program))])
    lower = program.column_lower.copy()
    lower[program.column_block["attainment"].start] = 0.9
    hard = program.with_(column_lower=lower)
    write_certificates(folder / "proofs" / "hard", [prove_empty(hard, "hard"), prove_empty(hard, "again")])
    foreign = LinearProgram.plain(cost=[1.0, 2.0], matrix=[[3.0, 1.0]], row_lower=[1.0], offset=0.1)
    write_certificates(folder / "proofs" / "foreign", [prove(Session().solve(foreign), "cost")])
    return folder


@pytest.fixture
def run(proved, tmp_path):
    shutil.copytree(proved, tmp_path / "run")
    return tmp_path / "run"


def edit(path, change):
    """Change the table of a file in place: ``change`` gets its lines as mappings and returns lines."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lines = list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(lines))


def sign_again(run):
    """Put the right sha256 beside a changed program, as a forger would."""
    mark = hashlib.sha256(b"".join((run / "program" / name).read_bytes() for name in FILES)).hexdigest()
    edit(
        run / "certificate.csv", lambda lines: [line | {"program": mark and line["program"] and mark} for line in lines]
    )


def test_what_is_proved_is_verified(run):
    verdict = verify(run)
    assert verdict.verified, verdict.failures
    assert not verdict.failures
    said = "\n".join(verdict.statements)
    assert "run, attainment: attainment is at most 0.481660764873, short of one by 0.518339235127" in said
    assert "hard, hard: no values meet all rows: multiplied and added up, they miss by" in said
    assert "foreign, cost: objective is at least 0.433333333333" in said


# -- tampering --------------------------------------------------------------------------------------------------------


def set_cell(part, cell, value, at=0):
    """Change one cell of the ``at``-th line of a part; ``value`` is a text or a function of the old one."""

    def change(lines):
        line = [line for line in lines if line["part"] == part][at]
        line[cell] = value(line[cell]) if callable(value) else value
        return lines

    return change


def nudge(text):
    return repr(float(text) * 1.01 + 0.001)


def drop(part, at=0):
    def change(lines):
        lines.remove([line for line in lines if line["part"] == part][at])
        return lines

    return change


def repeat(part):
    def change(lines):
        line = next(line for line in lines if line["part"] == part)
        lines.insert(lines.index(line), dict(line))
        return lines

    return change


def negate(lines):
    for line in lines:
        if line["part"] == "row":
            for cell in ("multiplier", "exact", "product", "share", "need"):
                line[cell] = line[cell][1:] if line[cell].startswith("-") else line[cell] and f"-{line[cell]}"
    return lines


def strip_exact(lines):
    return [line | {"exact": ""} for line in lines]


CERTIFICATE = {
    "multiplier": set_cell("row", "multiplier", nudge),
    "exact multiplier": set_cell("row", "exact", "26/706"),
    "exact multipliers left out": strip_exact,
    "limit": set_cell("row", "limit", nudge, 6),
    "product": set_cell("row", "product", nudge, 6),
    "share": set_cell("row", "share", nudge, 6),
    "need": set_cell("row", "need", nudge, -1),
    "total": set_cell("total", "product", nudge),
    "need in total": set_cell("total", "need", "1.01"),
    "all signs": negate,
    "side": set_cell("row", "side", "lower"),
    "name": set_cell("row", "name", "labour(nobody,1999)"),
    "name of another row": set_cell("row", "name", "capacity(new_blast_furnaces,1932)"),
    "row dropped": drop("row"),
    "target row dropped": drop("row", -1),
    "row twice": repeat("row"),
    "total twice": repeat("total"),
    "total dropped": drop("total"),
    "claim dropped": drop("claim"),
    "greater gap": set_cell("claim", "product", "0.6"),
    "gap greater by a trace": set_cell("claim", "product", lambda text: str(Decimal(text) + Decimal("2e-12"))),
    "tighter bound": set_cell("claim", "limit", "0.47"),
    "bound tighter by a trace": set_cell("claim", "limit", lambda text: str(Decimal(text) - Decimal("2e-12"))),
    "weaker bound": set_cell("claim", "limit", "0.5"),
    "smaller gap": set_cell("claim", "product", "0.5"),
    "no gap": set_cell("claim", "product", ""),
    "opposite claim": set_cell("claim", "side", "at least"),
    "claim of emptiness": set_cell("claim", "side", "empty"),
    "other objective": set_cell("claim", "name", "happiness"),
    "unit": set_cell("row", "unit", "kt"),
    "family": set_cell("row", "family", "labour"),
    "no sha256": set_cell("claim", "program", ""),
    "not a number": set_cell("row", "exact", "nan"),
    "endless number": set_cell("row", "exact", "1e999999999"),
    "division by nothing": set_cell("row", "exact", "1/0"),
    "no lines": lambda lines: [],
}


@pytest.mark.parametrize("change", CERTIFICATE.values(), ids=CERTIFICATE)
def test_a_tampered_certificate_fails(run, change):
    edit(run / "certificate.csv", change)
    verdict = verify(run)
    assert not verdict.verified
    assert len(verdict.failures) == 1
    assert str(run) in verdict.failures[0]


def first(name, key, cell, value):
    """Change a cell of the first line of a program's table whose name begins so."""

    def change(lines):
        line = next(line for line in lines if line[key].startswith(name))
        line[cell] = value(line[cell]) if callable(value) else value
        return lines

    return change


PROGRAM = {
    "limit": ("rows.csv", first("resource(old_works_sites,1933)", "row", "upper", nudge)),
    "limit taken away": ("rows.csv", first("resource(old_works_sites,1933)", "row", "upper", "")),
    "coefficient": ("coefficients.csv", first("target(output,pig_iron,1933)", "row", "value", nudge)),
    "row missing": ("rows.csv", lambda lines: [x for x in lines if not x["row"].startswith("resource(old_works_s")]),
    "row twice": ("rows.csv", lambda lines: [*lines, lines[0]]),
    "column twice": ("columns.csv", lambda lines: [*lines, lines[0]]),
    "coefficient twice": ("coefficients.csv", lambda lines: [*lines, lines[0]]),
    "coefficient of no column": ("coefficients.csv", first("target", "row", "column", "nobody")),
    "cost": ("columns.csv", first("activity", "column", "cost", "0.5")),
    "bound": ("columns.csv", first("attainment", "column", "lower", "-1.0")),
    "offset": ("program.csv", first("offset", "key", "value", "0.25")),
    "garbled": ("coefficients.csv", first("target", "row", "value", "much")),
}


@pytest.mark.parametrize("signed", [False, True], ids=["", "signed again"])
@pytest.mark.parametrize(("name", "change"), PROGRAM.values(), ids=PROGRAM)
def test_a_changed_program_fails(run, name, change, signed):
    edit(run / "program" / name, change)
    if signed:
        sign_again(run)
    if signed and change is PROGRAM["bound"][1]:
        return  # the proof does not use that bound: what it says of the changed program is true
    verdict = verify(run)
    assert not verdict.verified
    if not signed:
        assert any(
            "sha256 differs" in failure
            or "given twice" in failure
            or "no such row or column" in failure
            or "not a number" in failure
            or "cannot be read" in failure
            for failure in verdict.failures
        )


def test_a_change_that_still_adds_up_fails_by_the_digest(run):
    edit(run / "program" / "columns.csv", first("attainment", "column", "unit", "persons"))
    assert "sha256 differs" in verify(run).failures[0]


def test_a_proof_further_down_is_looked_at(run):
    edit(run / "proofs" / "hard" / "certificate.csv", set_cell("row", "multiplier", nudge))
    assert not verify(run).verified


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: shutil.rmtree(run / "program"),
        lambda run: (run / "certificate.csv").write_bytes(b"\x00\xff\xfe"),
        lambda run: (run / "certificate.csv").write_text(""),
        lambda run: (run / "certificate.csv").write_text("claim,part\na,claim\n"),
        lambda run: (run / "certificate.csv").write_text("certainly\n"),
        lambda run: (run / "program" / "rows.csv").write_text("row\n"),
        lambda run: (run / "program" / "program.csv").write_text('key,value\n"unfinished'),
    ],
)
def test_garbage_fails(run, spoil):
    spoil(run)
    assert not verify(run).verified


def test_nothing_to_verify_is_not_verified(tmp_path):
    assert verify(tmp_path).failures == (f"{tmp_path}: holds no certificate.csv",)
    assert not verify(tmp_path / "nowhere").verified


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_changed_cell_passes(proved, tmp_path_factory, data):
    """Whatever cell of a proof is changed to another number, it fails."""
    run = tmp_path_factory.mktemp("changed") / "run"
    shutil.copytree(proved / "proofs" / "foreign", run)

    def change(lines):
        line = data.draw(st.sampled_from(lines))
        cell = data.draw(st.sampled_from([cell for cell in line if line[cell] and cell not in ("claim", "program")]))
        other = repr(data.draw(st.floats(-9.0, 9.0)))
        line[cell] = other if other != line[cell] else "0.123"
        return lines

    edit(run / "certificate.csv", change)
    assert not verify(run).verified


# -- alone ------------------------------------------------------------------------------------------------------------


def alone(folder, *arguments):
    """The verifier copied to an empty folder and run without anything of ours in reach."""
    script = Path(shutil.copy(module.__file__, folder))
    return subprocess.run(
        [sys.executable, "-I", "-S", script.name, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_it_runs_alone(run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    done = alone(tmp_path / "elsewhere", str(run))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "VERIFIED"
    edit(run / "certificate.csv", negate)
    done = alone(tmp_path / "elsewhere", str(run))
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines()[-1] == "NOT VERIFIED"


def test_it_is_short_enough_to_be_read_and_knows_only_the_standard_library():
    text = Path(module.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 480
    imports = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert {name.partition(".")[0] for name in imports} <= set(sys.stdlib_module_names)


def test_declared_bounds_are_told(tmp_path):
    program = LinearProgram.plain(
        cost=[0.0],
        matrix=[[0.1], [0.1 + 2e-17]],
        row_lower=[3.0, -np.inf],
        row_upper=[np.inf, 1.0],
        column_lower=[-np.inf],
    )
    rounded = {0: Fraction(1), 1: Fraction(-1)}  # which leave a trace of the column
    proof = Certificate("empty", "empty", boxed(program), rounded, {0: "both"})
    assert proof.valid
    write_certificates(tmp_path, [proof])
    verdict = verify(tmp_path)
    assert verdict.verified
    assert "rests on bounds declared for the proof" in verdict.statements[-1]


@pytest.mark.parametrize("kind", ["row", "column"])
def test_limits_that_clash(tmp_path, kind):
    limits = {f"{kind}_lower": [5.0], f"{kind}_upper": [1.0]}
    write_certificates(tmp_path, [prove_empty(LinearProgram.plain(cost=[0.0], matrix=[[1.0]], **limits))])
    assert verify(tmp_path).verified
    for claimed in ("4.5", "3.5"):  # four is what the limits miss each other by
        edit(tmp_path / "certificate.csv", set_cell("claim", "product", claimed))
        assert not verify(tmp_path).verified


def test_programs_that_differ_in_a_column(tmp_path):
    """Of the second program only what is otherwise is written: here one bound, and a row that is not there."""
    programs = (
        LinearProgram.plain(
            cost=[1.0, 1.0], matrix=rows, row_upper=[9.0] * len(rows), column_upper=[most, 2.0], sense="max"
        )
        for most, rows in ((3.0, [[1.0, 1.0], [1.0, 0.0]]), (4.0, [[1.0, 1.0]]))
    )
    proofs = [prove(Session().solve(program), f"case {at}") for at, program in enumerate(programs)]
    assert [proof.bound for proof in proofs] == [5, 6]
    write_certificates(tmp_path, proofs)
    assert (tmp_path / "variants.csv").is_file()
    assert verify(tmp_path).verified


def test_a_split_is_at_a_whole_number_that_a_float_holds():
    assert [module.whole(text) for text in ("3", "-4.0", str(2**53))] == [3, -4, 2**53]
    for text in ("0.5", str(2**53 + 1), "nan"):
        with pytest.raises(module.RejectedError):
            module.whole(text)
