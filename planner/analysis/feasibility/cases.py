"""Which plans, conditions and closures stand side by side."""

from __future__ import annotations

import re

import pandas as pd

from planner.analysis.feasibility.verdicts import Case
from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.formulation import Question, formulate
from planner.formulation.question import with_floor

CLOSURES: tuple[str, ...] = ("promised", "base", "subsistence")


def rungs(
    economy: Economy, question: Question, plan: str | None, scenario: str | None, floor: str | float | None
) -> list[Case]:
    """The cases that options name, ``all`` standing for every plan, scenario or closure.

    Control figures of a single year are tested within the horizon and as one year from the state before it. Scenarios come
    in order: the default first, then the others, those that extend another after it.

    Raises:
        DataError: a floor is named, and the question has none.
    """
    plans = measured_plans(economy, question) if plan == "all" else [plan or economy.default_plan or ""]
    default = economy.default_scenario
    others = [name for name in economy.scenarios if name != default]
    scenarios = (
        ([default] if default else ["base"]) + others if scenario == "all" else [scenario or economy.scenario or "base"]
    )
    asked = CLOSURES if floor == "all" else () if floor is None else (floor,)
    floors = [with_floor(question, one).floor for one in asked] or [question.floor]
    cases = []
    for name in plans:
        forms = (False, True) if is_annual(economy, name) else (question.annual,)
        cases += [Case(name, s, f, annual) for annual in forms for s in scenarios for f in floors]
    return cases


def ordered_plans(economy: Economy) -> list[str]:
    """Plans by the date they were decided on, those of single years last."""
    table = economy.tables["plans"]
    dated = table.assign(annual=[is_annual(economy, plan) for plan in table["plan"]])
    return dated.sort_values(["annual", "decided_on"], kind="stable")["plan"].tolist()


def measured_plans(economy: Economy, question: Question) -> list[str]:
    """The plans of which some figure can be reached in part, in the same order; all of them where there is none such."""
    facts, every = Arrays(economy), ordered_plans(economy)
    return [plan for plan in every if formulate(facts, question, plan).targets.scaled.any()] or every


def is_annual(economy: Economy, plan: str) -> bool:
    """Whether all targets of a plan are of one period and it was decided in that year or the one before."""
    targets, plans = economy.tables["targets"], economy.tables["plans"]
    periods = set(targets.loc[targets["plan"] == plan, "period"])
    decided = plans.loc[plans["plan"] == plan, "decided_on"]
    year = re.match(r"\d{4}", str(decided.iloc[0])) if len(decided) else None
    if len(periods) != 1 or year is None:
        return False
    period = next(iter(periods))
    return period in economy.periods and period.isdigit() and 0 <= int(period) - int(year.group()) <= 1


def titles(economy: Economy) -> dict[str, str]:
    """Titles of plans."""
    table: pd.DataFrame = economy.tables["plans"]
    return dict(zip(table["plan"], table["title"].astype(str), strict=True))
