"""``feasible``, ``share`` and ``planned`` are the same quantities by every solver, objective and model, and the tables say
which plan they hold."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import planner
from planner.answers.solve import SolveAnswer as Solved
from planner.cli import main
from planner.formulation import load_question
from planner.formulation.question import ObjectiveTerm

FIVE_YEAR = load_question("five_year")


def asked(objective: str, **more: object) -> Solved:
    return planner.solve("two_goods", plan="ambitious", model=replace(FIVE_YEAR, objective=objective, **more))


ROUTES: dict[str, Callable[[], Solved]] = {
    "proportional": lambda: planner.solve("two_goods", plan="ambitious"),
    "attainment": lambda: planner.solve("two_goods", plan="ambitious", model="attainment"),
    "proportional, CBC": lambda: planner.solve("two_goods", plan="ambitious", solver="CBC"),
    "attainment, CBC": lambda: planner.solve("two_goods", plan="ambitious", model="attainment", solver="CBC"),
    "shortfall": lambda: asked("shortfall"),
    "shortfall, CBC": lambda: planner.solve(
        "two_goods", plan="ambitious", model=replace(FIVE_YEAR, objective="shortfall"), solver="CBC"
    ),
    "consumption": lambda: asked("consumption"),
    "capital": lambda: asked("terminal_capital", capital_weights={"furnaces": 1.0}),
    "own": lambda: asked("own", terms=(ObjectiveTerm("output", "corn", "1..2"),)),
    "projects": lambda: planner.solve("two_goods", plan="ambitious", model="projects"),
}


@pytest.mark.parametrize("route", ROUTES)
def test_feasible_and_share_are_the_proportional_ones_by_every_route(route: str) -> None:
    """By hand: iron is stuck at 36 of 40 t; the hands it leaves would make 78 t of corn, of which the 72 asked count."""
    result = ROUTES[route]()
    assert result.status.value == "optimal"
    targets = result.targets.set_index("item")
    assert targets["feasible"].tolist() == pytest.approx([72.0, 36.0], rel=1e-6)
    assert targets["share"].tolist() == pytest.approx([1.0, 0.9], rel=1e-6)
    assert targets["why"].tolist() == ["", "out of reach by itself"]
    assert targets["shortfall"].tolist() == pytest.approx([0.0, 4.0], abs=1e-4)
    made = result.tables["activities"].set_index(["activity", "period"])["level"]
    assert targets["planned"].tolist() == pytest.approx([made["farming", 2], made["smelting", 2]])
    assert (targets["planned_share"] * targets["official"]).tolist() == pytest.approx(targets["planned"].tolist())
    of_shares = result.formulation.goal.is_share
    assert result.summary["targets_met"] == (targets["share" if of_shares else "planned_share"] >= 1 - 1e-6).sum()
    assert result.summary["shares_by"].startswith("HiGHS")


def test_no_household_is_called_feasible_below_its_floor() -> None:
    """The share of consumption per head must not fall below the floor of one, whoever solves and whatever is whole."""
    for options in (
        {"solver": "CBC", "model": "attainment"},
        {"model": "attainment"},
        {"model": "projects", "gap": 0.01},
    ):
        result = planner.solve("ussr_1928", plan="ffyp_optimum", **options)
        eaten = result.targets[(result.targets["measure"] == "consumption") & (result.targets["item"] == "*")]
        assert (eaten["feasible"] >= 1 - 1e-6).all(), options
        assert (eaten["planned"] >= 1 - 1e-6).all(), options


def test_shares_of_growth_are_called_so(cli) -> None:
    """36 of 40 t are 90 % of the figure and 80 % of its growth over 20 t."""
    result = cli("solve", "two_goods", "--plan", "ambitious", "--model", "growth", "--out", "run")
    assert "the planned growth of both figures together can be reached to 80.0 %." in result.stdout
    assert "none counts above 100 %); of the growth over the base period" in result.stdout
    again = planner.assess("two_goods", plan="ambitious", model="growth")
    assert "planned growth of both figures together can be reached to 80.0 %" in again.headline


def test_solve_and_feasibility_agree() -> None:
    solved = planner.solve("two_goods", plan="cautious", solver="CBC").targets
    assessed = planner.assess("two_goods", plan="cautious").tables["feasibility"]
    for column in ("official", "feasible", "share", "shortfall"):
        assert solved[column].tolist() == pytest.approx(assessed[column].tolist(), rel=1e-7, abs=1e-7), column


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("more", [[], ["--solver", "cbc"], ["--model", "attainment"]])
def test_beyond_the_whole_the_tables_say_that_they_hold_the_whole(cli, tmp_path: Path, more: list[str]) -> None:
    """Cautious figures can be reached to 120 %; the tables hold 100 % of them, in words on screen, in JSON and on the page."""
    said = (
        "The tables hold the steadiest path to the settled figures, at 100 % of each and no more; it is one of many, and may "
        "end half a per cent under them."
    )
    result = cli("solve", "two_goods", "--plan", "cautious", "--out", "run", *more)
    assert result.exit_code == 0, result.stderr
    assert "can be met in full, and up to 120.0 %" in result.stdout
    assert said in result.stdout
    assert json.loads((tmp_path / "run/summary.json").read_text())["plan_written"] == said
    with (tmp_path / "run/targets.csv").open() as file:
        iron = {row["item"]: row for row in csv.DictReader(file)}["iron"]
    assert (float(iron["feasible"]), float(iron["planned"])) == (pytest.approx(30.0), pytest.approx(30.0, rel=0.005))
    balances = pd.read_csv(tmp_path / "run/balances.csv")
    made = balances[(balances["product"] == "iron") & (balances["period"] == 2) & (balances["entry"] == "output")]
    assert made["quantity"].sum() == pytest.approx(float(iron["planned"]))
    assert cli("report", "run").exit_code == 0
    assert said.replace(" %", "\N{NO-BREAK SPACE}%") in (tmp_path / "run/report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("plan", "objective", "written"),
    [
        (
            "ambitious",
            "attainment",
            "the steadiest path to the settled figures; it is one of many, and may end half a per cent under",
        ),
        ("ambitious", "balanced", "reaches each figure to its share, or in full where the share is more than that"),
        ("cautious", "balanced", "meets every figure in full and aims at no more (not the plan at 120.0 %)"),
        ("ambitious", "shortfall", "at the optimum of this question; feasible and share are of another plan"),
    ],
)
def test_which_plan_is_written(plan: str, objective: str, written: str) -> None:
    assert written in planner.solve("two_goods", plan=plan, model=replace(FIVE_YEAR, objective=objective)).written


def test_another_objective_shows_its_own_plan(cli) -> None:
    """What is planned stands on the screen in place of shares that another plan would have."""
    result = cli("solve", "two_goods", "--model", "consumption", "--plan", "ambitious", "--out", "run")
    assert result.exit_code == 0, result.stderr
    assert "feasible" not in result.stdout.split("held", 1)[0].split("The tables", 1)[0]


def test_without_targets_in_the_question_there_is_no_share() -> None:
    families = tuple(name for name in FIVE_YEAR.families if name != "target")
    result = asked("consumption", families=families)
    assert result.targets[["feasible", "share"]].isna().all(axis=None)
    assert result.targets["planned"].notna().all()
    assert np.isfinite(result.targets["planned_share"]).all()
