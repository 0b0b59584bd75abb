"""A question answered by a plan and a bound instead of an optimum."""

import json
from pathlib import Path

import pytest

import planner
from planner.economy import DataError

ASKED = {"plan": "ambitious", "method": "first-order"}


def test_answer_and_run_hold_both_ends_and_the_proof(tmp_path: Path) -> None:
    answer = planner.solve("two_goods", **ASKED)
    found = answer.summary["bracket"]
    assert found["reached"] <= 0.9 <= found["bound"]
    assert found["gap"] <= found["gap_wanted"]
    assert not answer.unproved
    assert answer.headline == (
        "Twice as much iron: both figures together can be reached to 89.995 % at least; that no plan reaches more than "
        "90.001 % is proved."
    )
    assert answer.value == found["reached"]
    run = answer.write(tmp_path / "run")
    assert json.loads((tmp_path / "run" / "summary.json").read_text())["bracket"] == found
    assert planner.verify(run if isinstance(run, Path) else tmp_path / "run").verified
    assert set(answer.targets["share"]) == {found["reached"]}


def test_ended_early_it_says_how_far_it_came() -> None:
    answer = planner.solve("two_goods", work=1_000, **ASKED)
    assert answer.plan is not None
    assert answer.status.value == "stopped"
    assert "plan and bound lie" in answer.unproved
    none = planner.solve("two_goods", work=300, **ASKED)
    assert none.plan is None
    assert "without a plan that holds, though it is proved that none passes" in none.reason


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"model": "then_consumption"}, "second objective"),
        ({"solver": "PULP_CBC_CMD"}, "only HiGHS"),
    ],
)
def test_what_needs_an_optimum_refuses(asked: dict[str, str], why: str) -> None:
    with pytest.raises(DataError) as refused:
        planner.solve("two_goods", **ASKED, **asked)
    [finding] = refused.value.findings
    assert finding.code == "E198"
    assert why in finding.sentence


def test_a_large_program_takes_it_by_itself_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    small = planner.solve("two_goods", plan="ambitious")
    assert small.bracket is None
    monkeypatch.setattr("planner.answers.solve.solving.LARGE", small.formulation.program.matrix.nnz - 1)
    answer = planner.solve("two_goods", plan="ambitious")
    assert answer.bracket is not None
    assert answer.summary["plan_written"].startswith(
        f"The program has {small.formulation.program.matrix.nnz:,} coefficients, and so a first-order method was taken."
    )
    assert planner.solve("two_goods", plan="ambitious", method="exact").bracket is None
    assert planner.solve("two_goods", model="then_consumption", plan="ambitious").bracket is None
