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


@pytest.mark.parametrize("line", [line for line in READ if line["optimum"]], ids=lambda line: line["file"])
def test_the_numbers_that_were_read_give_the_right_optimum(line):
    assert float(diagnose(CASES / line["file"]).optimum) == pytest.approx(float(line["optimum"]), rel=1e-12)


def test_an_assumed_bound_is_named_in_the_answer():
    said = " ".join(diagnose(CASES / "reported/negup.mps").sentences)
    assert "x has no lower bound in the file, so 0 is assumed; other readers take minus infinity" in said
    assert "0 > −2" in said
    assert "so 1 is assumed above" in " ".join(diagnose(CASES / "reported/intnobound.mps").sentences)


def test_both_distances_of_what_is_borderline():
    found = diagnose(CASES / "nasty/n01_gap1e-12.lp")
    assert [float(value) for value in found.margin] == pytest.approx([5e-13, 2.5e-13], rel=1e-6)
    assert "5.0e-13 each, 2.5e-13 of what the rows consist of" in found.sentences[0]
