"""From Python: what is posed, what is answered, and that the shortcuts do what the long way does."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import planner
from planner.answers.pose import pose
from planner.answers.solve import solve
from planner.economy import DataError, load
from planner.formulation import load_question

TABLES = ["activities", "balances", "capacities", "prices", "resources", "state", "targets", "trade"]
PATH = ["import_shares", "labour", "path", "produced"]


def test_defaults_come_from_the_economy() -> None:
    posed = pose("ussr_1928")
    assert (posed.plan, posed.question.name, posed.economy.scenario) == ("raised_1930", "five_year", "plan_assumptions")
    assert pose("two_goods").plan == posed_default("two_goods")
    assert pose("leontief").plan == ""


def posed_default(economy: str) -> str | None:
    return load(economy).default_plan


def test_a_loaded_economy_and_a_read_question_serve_as_well() -> None:
    economy, question = load("two_goods", scenario="open_trade"), load_question("attainment")
    long = solve(economy, model=question, plan="ambitious")
    short = solve("two_goods", model="attainment", plan="ambitious", scenario="open_trade")
    assert long.solution.objective == short.solution.objective == pytest.approx(0.95)


@pytest.mark.parametrize("floor", [1.2, "1.2"])
def test_a_floor_in_place_of_the_model_s(floor: float | str) -> None:
    posed = pose("two_goods", floor=floor)
    assert posed.question.floor == 1.2
    assert posed.variables.floor.tolist() == [1.2, 1.2]


def test_changes_of_single_rows() -> None:
    """One ton more of foreign iron a year is one furnace less what its corn wears out: 0.8 of 40."""
    result = solve(
        "two_goods",
        model="attainment",
        plan="ambitious",
        changes=["trade:product=iron,direction=import,period=1:limit=3.5"],
    )
    assert result.solution.objective == pytest.approx(0.9 + 0.8 / 40)


def test_unknown_names_are_refused_with_the_nearest_one() -> None:
    for options, said in (
        ({"plan": "ambitous"}, 'Did you mean "ambitious"'),
        ({"scenario": "opentrade"}, "open_trade"),
        ({"model": "five_years"}, "five_year"),
        ({"corner": "optimist"}, "optimistic"),
    ):
        with pytest.raises(DataError, match=said):
            pose("two_goods", **options)


def test_a_question_about_figures_needs_a_plan() -> None:
    with pytest.raises(DataError, match="has no plan"):
        pose("leontief", model="five_year")


def test_the_answer_of_two_goods() -> None:
    result = solve("two_goods", plan="ambitious")
    assert sorted(result.tables) == sorted(TABLES + PATH)
    targets = result.targets.set_index("item")
    assert targets["feasible"].tolist() == pytest.approx([72.0, 36.0])
    assert targets["planned"].tolist() == pytest.approx(
        [72.0, 36.0], rel=0.005
    )  # the path comes within half a per cent
    assert targets["shortfall"].tolist() == pytest.approx([0.0, 4.0])
    assert targets["actual"].tolist() == [64.0, 32.0]
    summary = result.summary
    assert (summary["status"], summary["targets"], summary["targets_met"]) == ("optimal", 2, 1)
    assert summary["value"] == pytest.approx(0.9)
    assert summary["worst_target"] == "output iron 2"


def test_what_binds_in_two_goods() -> None:
    """As its README works it out: one more t of iron in year 1 or of furnaces in year 2 is 0.025 of the plan."""
    binding = solve("two_goods", plan="ambitious").binding
    assert binding["weight"].sum() == pytest.approx(1.0, abs=1e-9)
    price = binding.set_index(["family", "item", "period"])["shadow_price"]
    assert price["capacity_accumulation", "furnaces", "1"] == pytest.approx(0.0245 + 0.025)
    assert (binding["weight"].abs().diff().dropna() <= 1e-12).all()


def test_an_empty_set_is_an_answer() -> None:
    result = solve("two_goods", floor=5.0)
    assert result.status.value == "infeasible"
    assert list(result.tables) == ["targets"]
    assert result.targets["feasible"].isna().all()
    assert result.binding.empty
    assert result.summary["value"] is None or np.isnan(result.summary["value"])


@pytest.mark.parametrize("objective", ["attainment", "proportional", "balanced", "shortfall", "by_period"])
def test_every_objective_about_figures_has_the_same_tables(objective: str) -> None:
    result = solve("two_goods", plan="ambitious", model=replace(load_question("five_year"), objective=objective))
    assert sorted(result.tables) == sorted(TABLES + (PATH if objective in ("attainment", "proportional") else []))
    assert result.targets["planned"].notna().all()


def test_a_figure_of_nothing_to_be_met_in_full_divides_nothing() -> None:
    """A hard figure of zero is met in full, without a warning and without a share that is not a number."""
    own = load_question("williams_capacity")
    economy = load("williams")
    rows = economy.tables["targets"]
    none = rows.assign(value=0.0, low=0.0, high=0.0, sense="at_least")
    with np.errstate(all="raise"):
        result = solve(replace(economy, tables={**economy.tables, "targets": none}), model=own)
        assert result.targets[["share", "planned_share"]].eq(1.0).all(axis=None)


def test_another_solver_answers_alike() -> None:
    ours, theirs = (solve("two_goods", model="attainment", plan="ambitious", solver=name) for name in ("highs", "CBC"))
    assert theirs.solution.objective == pytest.approx(ours.solution.objective, rel=1e-9)
    assert theirs.solution.solver.startswith("CBC")


def test_written_and_read(tmp_path) -> None:
    result = solve("two_goods", plan="ambitious")
    folder = result.write(tmp_path / "run")
    assert {path.stem for path in folder.glob("*.csv")} == {*TABLES, *PATH, "answer", "sources"}
    read = pd.read_csv(folder / "targets.csv")
    assert read["feasible"].tolist() == result.targets["feasible"].tolist()


def test_in_a_notebook() -> None:
    html = solve("two_goods", plan="ambitious")._repr_html_()
    assert "<table" in html
    assert "0.9" in html


def test_the_short_names_are_the_long_ones() -> None:
    assert planner.solve is solve
    assert planner.load is load
