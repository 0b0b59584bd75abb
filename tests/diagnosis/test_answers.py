"""Every small file with its right answer, and the sentence of the format that it rests on (``answers.csv``)."""

import csv
from pathlib import Path

import pytest

from planner.diagnosis.diagnose import Verdict, diagnose
from planner.diagnosis.points import holds
from planner.economy.codes import CODES
from planner.formats import ModelError, read
from planner.proof.work import Work

CASES = Path(__file__).parent / "cases"
ANSWERS = list(csv.DictReader((Path(__file__).parent / "answers.csv").open(encoding="utf-8")))
READ = [line for line in ANSWERS if not line["answer"].startswith("E")]
REFUSED = [line for line in ANSWERS if line["answer"].startswith("E")]


def test_every_file_has_an_answer_and_a_reason():
    files = {path.relative_to(CASES).as_posix() for path in CASES.rglob("*") if path.is_file()}
    assert files == {line["file"] for line in ANSWERS}
    assert all(line["rests_on"].endswith(".") for line in ANSWERS)


@pytest.mark.parametrize("line", READ, ids=lambda line: line["file"])
def test_what_is_read_is_decided(line):
    found = diagnose(CASES / line["file"])
    assert found.verdict.value == line["answer"], line["rests_on"]
    if found.verdict is Verdict.FEASIBLE:
        assert holds(found.program, found.point, Work(), whole=True)
        return
    assert found.conflict.irreducible
    assert found.proof is not None or found.whole.infeasible
    if found.proof is not None:
        assert found.proof.valid
        assert set(found.conflict.members) == set(found.proof.members)
    assert not any("Without 0 rows" in sentence or "()" in sentence for sentence in found.sentences)


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line["file"])
def test_what_is_no_linear_program_is_refused_by_line(line):
    with pytest.raises(ModelError) as caught:
        read(CASES / line["file"])
    first = caught.value.findings[0]
    assert first.code == line["answer"], line["rests_on"]
    assert first.sentence.endswith((".", "?"))
    assert CODES[first.code].remedy
    assert first.rows or first.code in ("E231", "E241")
    assert "line" in str(caught.value) or not first.rows


OPTIMA = {
    "lp/01_basic_int.lp": 23.5, "lp/02_range_row.lp": 2, "lp/03_range_row_neg.lp": 1, "lp/04_objconst.lp": 7,
    "lp/05_objconst_neg.lp": -5.5, "lp/08_free.lp": 10.5, "lp/25_e_name.lp": 8, "lp/28_lazy.lp": 3,
    "lp/43_bound_const_right.lp": -4, "lp/m02_range_E_pos.mps": 4, "lp/m03_range_E_neg.mps": 2, "lp/m05_range_L.mps": 1,
    "lp/m06_MI.mps": -4, "lp/m09_BV.mps": -3, "lp/m11_marker_default.mps": -5.5, "lp/m13_OBJSENSE_inline.mps": 4,
    "lp/m34_dexp.mps": 4 / 15, "bad/l2_dup_bound.lp": 4, "reported/constlhs.lp": 35, "nasty/n20_eps_coef_feas.lp": 1e10,
    "nasty/n21_tinycoef1e-13.lp": 1e13,
}  # fmt: skip


@pytest.mark.parametrize("file", OPTIMA)
def test_the_numbers_that_were_read_give_the_right_optimum(file):
    assert float(diagnose(CASES / file).optimum) == pytest.approx(OPTIMA[file], rel=1e-12)


def test_an_assumed_bound_is_named_in_the_answer():
    said = " ".join(diagnose(CASES / "reported/negup.mps").sentences)
    assert "x has no lower bound in the file, so 0 is assumed; other readers take minus infinity" in said
    assert "0 > −2" in said
    assert "so 1 is assumed above" in " ".join(diagnose(CASES / "reported/intnobound.mps").sentences)


def test_both_distances_of_what_is_borderline():
    found = diagnose(CASES / "nasty/n01_gap1e-12.lp")
    assert [float(value) for value in found.margin] == pytest.approx([5e-13, 2.5e-13], rel=1e-6)
    assert "5.0e-13 each, 2.5e-13 of what the rows consist of" in found.sentences[0]
