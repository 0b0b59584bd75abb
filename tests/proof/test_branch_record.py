"""Records of branches are proofs: every case with its certificate, and nothing left out, or they fail."""

import csv

import numpy as np
import pytest

from planner.program import LinearProgram
from planner.program.text import program_lines
from planner.proof.branch_record import branch, record_claims
from planner.proof.certificate_table import write_claims
from planner.proof.verify import verify


def knapsack() -> LinearProgram:
    """Whole numbers of three things of sizes 5, 7 and 9 in a room of 23, worth 4, 6 and 7."""
    return LinearProgram.plain(
        cost=[4.0, 6.0, 7.0],
        matrix=[[5.0, 7.0, 9.0]],
        row_upper=[23.0],
        column_upper=[3.0, 3.0, 3.0],
        integer=[True] * 3,
        sense="max",
    )


@pytest.fixture
def run(tmp_path):
    record = branch(knapsack(), 19.5)  # the best is 19: 5 + 9 + 9, or 7 + 7 + 9 with 19 too
    assert record.proved
    write_claims(tmp_path, [("whole", program_lines(record.program), record_claims(record))])
    return tmp_path


def lines_of(run):
    with (run / "certificate.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def put(run, lines):
    with (run / "certificate.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def test_the_best_is_known():
    points = np.array(np.meshgrid(range(4), range(4), range(4))).reshape(3, -1).T
    worth = (points @ [4, 6, 7])[(points @ [5, 7, 9]) <= 23]
    assert worth.max() == 19


def test_cases_prove_what_whole_numbers_cannot_pass(run):
    verdict = verify(run)
    assert verdict.verified, verdict.failures
    assert any(
        "in whole numbers objective is at most 19" in text and "leave none out" in text for text in verdict.statements
    )


def test_a_case_that_is_missing_fails(run):
    lines = lines_of(run)
    first = lines[1][0]
    put(run, [line for line in lines if line[0] != first])
    verdict = verify(run)
    assert not verdict.verified
    assert "leave something out" in verdict.failures[0]


def test_a_split_that_skips_a_number_fails(run):
    lines = lines_of(run)
    at = next(i for i, line in enumerate(lines) if line[1] == "split" and line[3] == "at least")
    lines[at][5] = str(int(lines[at][5]) + 1)
    put(run, lines)
    assert not verify(run).verified


def test_a_column_that_may_take_any_value_cannot_be_split(run):
    columns = run / "program/columns.csv"
    columns.write_text(columns.read_text(encoding="utf-8").replace("yes", ""), encoding="utf-8")
    from planner.program.text import digest

    mark = digest(run / "program")
    put(run, [[mark if cell == line[-1] and len(cell) == 64 else cell for cell in line] for line in lines_of(run)])
    verdict = verify(run)
    assert not verdict.verified
    assert "any value" in verdict.failures[0]


def test_a_record_of_too_many_cases_is_left_incomplete_and_says_so():
    record = branch(knapsack(), 19.5, most=2)
    assert not record.proved
    assert record.says.startswith("Not certified")
