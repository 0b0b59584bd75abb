"""The second and third plans: shares of all figures as whoever compiled the tables found them, and what was read since.

He published shares to three decimals at central values and at the optimistic corner. Where figures were corrected afterwards
the README of the package lists both; ``pytest --golden`` writes those tables.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from planner.analysis.feasibility.backtest import PLAN, as_plan
from planner.economy import Economy, load
from planner.economy.names import Names
from planner.formulation import Question, formulate, load_question
from planner.language.numbers import percent
from planner.reporting.dictionary.markdown import markdown_table
from planner.shipped import shipped
from planner.solver.highs import Session
from tests.readme.sections import holds

LATER = ("ussr_1932", "ussr_1937")
CORNERS = ("central", "optimistic")
QUESTIONS = ("five_year", "physical")
THOUSANDTH = 0.0005

PUBLISHED = {  # economy, plan, question: central, optimistic
    ("ussr_1932", "sfyp_adopted", "five_year"): (0.708, 0.806),
    ("ussr_1932", "sfyp_adopted", "physical"): (0.981, 1.060),
    ("ussr_1932", "sfyp_directives_1932", "five_year"): (0.525, 0.646),
    ("ussr_1932", "sfyp_directives_1932", "physical"): (0.525, 0.714),
    ("ussr_1932", "plan_1933", "five_year"): (0.777, 0.800),
    ("ussr_1932", "plan_1934", "five_year"): (0.874, 0.986),
    ("ussr_1932", "plan_1935", "five_year"): (0.938, 1.188),
    ("ussr_1932", "plan_1936", "five_year"): (0.945, 1.251),
    ("ussr_1932", "plan_1937", "five_year"): (0.981, 1.332),
    ("ussr_1932", "raised_1929_12", "five_year"): (0.889, 1.208),
    ("ussr_1937", "tfyp_adopted", "five_year"): (0.923, 0.995),
    ("ussr_1937", "plan_1941", "five_year"): (1.138, 1.353),
    ("ussr_1937", "raised_1929_12", "five_year"): (1.263, 1.554),
}
SINCE = {  # figures that were read afterwards
    ("ussr_1932", "sfyp_draft_1934", "five_year"): (0.854, 0.931),
    ("ussr_1937", "tfyp_theses", "five_year"): (0.984, 1.062),
}
BACKTESTS = {
    "ussr_1932": {"1933": 1.009, "1934": 1.008, "1935": 1.008, "1936": 0.965, "1937": 0.965},
    "ussr_1937": {"1938": 1.005, "1939": 1.003, "1940": 1.003},
}
BEFORE = Path(__file__).parent / "data"


@cache
def facts(name: str, scenario: str, corner: str) -> Economy:
    return load(name, scenario=scenario, corner=corner)


@cache
def question(name: str, economy: str) -> Question:
    own = shipped("inputs") / economy / "models" / f"{name}.toml"
    return replace(load_question(str(own) if own.is_file() else name), objective="attainment")


@cache
def shares(economy: str, plan: str, asked: str) -> tuple[float, ...]:
    posed = question(asked, economy)
    return tuple(
        Session().solve(formulate(facts(economy, "plan_assumptions", corner), posed, plan).program).objective
        for corner in CORNERS
    )


@pytest.mark.parametrize("key", [*PUBLISHED, *SINCE], ids="-".join)
def test_all_figures_of_a_plan(key: tuple[str, str, str]) -> None:
    assert shares(*key) == pytest.approx({**PUBLISHED, **SINCE}[key], abs=THOUSANDTH)


@pytest.mark.parametrize("economy", LATER)
def test_nothing_fits_at_the_pessimistic_corner(economy: str) -> None:
    worst = facts(economy, "plan_assumptions", "pessimistic")
    plan = str(worst.tables["plans"]["plan"].iloc[0])
    assert Session().solve(formulate(worst, question("five_year", economy), plan).program).status.value == "infeasible"


def test_the_third_plan_without_its_path_of_building() -> None:
    """What the README says of the path the curator drew: 0.982 before oil was put without gas."""
    posed = replace(question("five_year", "ussr_1937"), without=("construction", "other_investment"))
    found = [
        Session().solve(formulate(facts("ussr_1937", "plan_assumptions", c), posed, "tfyp_adopted").program).objective
        for c in CORNERS
    ]
    assert found == pytest.approx([0.983, 1.154], abs=THOUSANDTH)


@cache
def produced(economy: str, corner: str, year: str, *, alone: bool = False) -> float:
    """Share of what was produced to a year, or in it alone, under conditions as they turned out; nan where no plan is left."""
    posed = as_plan(facts(economy, "realised", corner))
    targets = posed.tables["targets"]
    kept = targets[(targets["period"] == year) if alone else (targets["period"] <= year)].reset_index(drop=True)
    floor = posed.backtest_floor
    asked = replace(load_question("backtest"), objective="attainment", floor=floor)
    solution = Session().solve(formulate(posed.with_tables({"targets": kept}), asked, PLAN).program)
    return solution.objective if solution.optimal else float("nan")


@pytest.mark.parametrize("economy", LATER)
def test_what_was_produced(economy: str) -> None:
    found = {year: produced(economy, "central", year) for year in BACKTESTS[economy]}
    assert found == pytest.approx(BACKTESTS[economy], abs=THOUSANDTH)


JOINTLY = {"1933": 0.143, "1934": 0.209, "1935": 0.484, "1936": 0.850, "1937": 0.996}


@pytest.mark.parametrize("year", JOINTLY)
def test_when_the_assignments_of_1929_could_have_been_had_jointly(year: str) -> None:
    """From what stood at the end of 1932, under conditions as they turned out, at the floor of the back-test."""
    economy = facts("ussr_1932", "realised", "central")
    targets = economy.tables["targets"]
    due = economy.with_tables(
        {"targets": targets.assign(period=targets["period"].where(targets["plan"] != "raised_1929_12", year))}
    )
    posed = replace(question("physical", "ussr_1932"), floor=economy.backtest_floor)
    assert Session().solve(formulate(due, posed, "raised_1929_12").program).objective == pytest.approx(
        JOINTLY[year], abs=THOUSANDTH
    )


@pytest.mark.slow
@pytest.mark.parametrize("economy", LATER)
def test_the_back_test_in_the_readme(economy: str, request: pytest.FixtureRequest) -> None:
    heads, rows = ["values"], {corner: [corner] for corner in CORNERS}
    for alone in (False, True):
        for year in BACKTESTS[economy]:
            heads.append(f"{year} alone" if alone else f"to {year}")
            for corner in CORNERS:
                rows[corner].append(percent(produced(economy, corner, year, alone=alone)))
    text = f"\n{markdown_table(tuple(heads), [tuple(row) for row in rows.values()]).rstrip()}\n\n"
    golden = request.config.getoption("--golden", default=False)
    holds(shipped("inputs") / economy / "README.md", "back-test", text, golden=golden)


@pytest.mark.parametrize("economy", LATER)
def test_verdicts_before_and_after(economy: str, request: pytest.FixtureRequest) -> None:
    before = pd.read_csv(BEFORE / economy / "verdicts_before.csv").set_index(["plan", "question"])
    central = facts(economy, "plan_assumptions", "central")
    names = Names.of(central)
    rows = []
    for plan in central.tables["plans"]["plan"]:
        cells = []
        for asked in QUESTIONS:
            for corner, share in zip(CORNERS, shares(economy, plan, asked), strict=True):
                now = percent(share)
                was = percent(float(before.loc[(plan, asked), corner])) if (plan, asked) in before.index else now
                cells.append(now if was == now else f"{was} → {now}")
        rows.append((f"{names.plan(plan)} (`{plan}`)", *cells))
    heads = ("plan", "central", "optimistic", "`physical`: central", "optimistic")
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    golden = request.config.getoption("--golden", default=False)
    holds(shipped("inputs") / economy / "README.md", "verdicts", text, golden=golden)
