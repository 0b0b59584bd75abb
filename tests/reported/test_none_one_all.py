"""What is said of plans with no figure, one, and several, of which none, one or all can be met; by every verb."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

import planner
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.cli.show.sensitivity import show
from planner.economy import DataError, Economy, load
from planner.reporting.wording.sentences import about
from planner.reporting.wording.settled import settled_in_words
from planner.shipped import shipped

PLANS = ["nothing", "zero", "hard", "cap", "met", "missed", "all_missed"]
TARGETS = pd.DataFrame(
    [
        ("zero", "iron", 2, 0.0, "at_least", "no"),
        ("hard", "iron", 2, 25.0, "at_least", "yes"),
        ("cap", "iron", 2, 30.0, "at_most", "no"),
        ("met", "iron", 2, 25.0, "at_least", "no"),
        ("missed", "iron", 2, 80.0, "at_least", "no"),
        ("all_missed", "iron", 2, 80.0, "at_least", "no"),
        ("all_missed", "corn", 2, 150.0, "at_least", "no"),
    ],
    columns=["plan", "item", "period", "value", "sense", "hard"],
).assign(measure="output", period="2")
SAID = {  # by hand: 36 t of iron at the most, and 112 t of corn
    "nothing": "There is no figure to be reached.",
    "zero": "The one figure can be met: it holds in full.",
    "hard": "The one figure can be met: it holds in full.",
    "cap": "The one figure can be met: it holds in full.",
    "met": "The figure can be met in full, and up to 144.0 %.",
    "missed": "The figure can be reached to 45.0 %.",
    "all_missed": "Both figures together can be reached to 45.0 %.",
}
WHY = {
    "nothing": 'the plan "nothing" has no figure',
    "zero": "its one figure holds in full (a floor of 0 asks nothing)",
    "hard": "its one figure holds in full (hard)",
    "cap": "its one figure holds in full (a cap)",
}
FULL = {
    "met": "The one figure stands in full.",
    "missed": "The one figure does not stand in full.",
    "all_missed": "Neither of 2 figures stands in full.",
}
MEASURING: dict[str, Callable[..., object]] = {
    "assess": planner.assess,
    "sensitivity": planner.sensitivity,
    "near_optimal": planner.near_optimal,
    "execute": planner.execute,
}


@pytest.fixture(scope="module")
def economy(tmp_path_factory: pytest.TempPathFactory) -> Economy:
    folder = shutil.copytree(shipped("inputs") / "two_goods", tmp_path_factory.mktemp("plans") / "mine")
    heading = folder / "economy.toml"
    heading.write_text(heading.read_text(encoding="utf-8").replace('"ambitious"', '"met"'), encoding="utf-8")
    pd.DataFrame({"plan": PLANS}).to_csv(folder / "plans.csv", index=False)
    TARGETS.to_csv(folder / "targets.csv", index=False)
    (folder / "claims.csv").unlink()  # statements about the plans that were there
    return load(folder)


@pytest.mark.parametrize("plan", PLANS)
def test_the_answer_in_a_sentence(plan: str, economy: Economy) -> None:
    answer = planner.solve(economy, plan=plan)
    assert answer.headline == about(plan.replace("_", " "), SAID[plan])
    assert settled_in_words(answer.settled)[:1] == ([FULL[plan]] if plan in FULL else [])
    assert ("every figure holds in full" in answer.written) == (plan in ("zero", "hard", "cap"))
    assert set(answer.targets["unit"]) <= {"t"}  # the rows say none: it is that of the product


def test_the_page_says_what_the_screen_says(economy: Economy, tmp_path: Path) -> None:
    for plan in ("hard", "missed"):
        page = planner.report(planner.solve(economy, plan=plan).write(tmp_path / plan))
        assert about(plan.replace("_", " "), SAID[plan]) in page.read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("plan", WHY)
@pytest.mark.parametrize("verb", MEASURING)
def test_without_a_figure_to_be_reached_in_part_there_is_nothing_to_measure(
    verb: str, plan: str, economy: Economy
) -> None:
    with pytest.raises(DataError) as refused:
        MEASURING[verb](economy, plan=plan)
    [finding] = refused.value.findings
    assert finding.code == "E178"
    assert WHY[plan] in finding.sentence


def test_all_plans_are_those_that_can_be_measured(economy: Economy) -> None:
    ladder = planner.ladder(economy)
    assert ladder.verdicts["plan"].unique().tolist() == ["met", "missed", "all_missed"]
    assert ladder.notes == ("Left out, since no figure of theirs can be reached in part: nothing, zero, hard and cap.",)
    sampling, alone = Sampling(samples=4), Cluster(workers=1)
    drawn = planner.uncertainty(economy, plan="all", sampling=sampling, cluster=alone)
    assert drawn.plans == ["met", "missed", "all_missed"]
    for refused in ({"economy": economy, "plan": "nothing"}, {"economy": "leontief"}):
        with pytest.raises(DataError, match="E178"):
            planner.uncertainty(**refused, sampling=sampling, cluster=alone)


@pytest.mark.parametrize(("name", "has_cost"), [("two_goods", True), ("leontief", False)])
def test_a_claim_is_reduced_and_a_single_unit_is_one(name: str, has_cost: bool) -> None:
    console = Console(file=StringIO(), width=80)
    show(planner.sensitivity(name), console)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Less final use of" in said
    assert (" cost" in said) == has_cost
    assert "One more crown of" in said or "One more yard of" in said


def test_a_comparison_stays_at_the_corner_of_a_loaded_economy() -> None:
    there = planner.compare(load("two_goods", corner="optimistic"), model="attainment", plan="ambitious")
    assert there.tables["runs"][["corner", "value"]].to_numpy().tolist() == [
        ["optimistic", pytest.approx(0.9325, abs=1e-4)]
    ]
