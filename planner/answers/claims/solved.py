"""What is solved for statements about a plan, each plan once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.analysis.feasibility.cases import rungs
from planner.analysis.feasibility.horizon import periods_needed
from planner.analysis.feasibility.reached import when_reached
from planner.analysis.feasibility.verdicts import judged, verdict_table
from planner.answers.backtest import facts_of
from planner.answers.execution.execute import execute
from planner.answers.money import money
from planner.answers.pose import pose, question_about
from planner.answers.solve import solve
from planner.economy import Economy
from planner.formulation import Question
from planner.formulation.execution.rules import ADOPTED

__all__ = ["LATER", "Cell", "Feasible", "Solved"]

LATER = 15  # periods after its end within which a plan may be reached
Cell = tuple[str, str, str]  # measure, item, period


class Feasible(NamedTuple):
    """Figures that can be had together.

    Args:
        values: by measure, item and period.
        units: likewise.
    """

    values: Mapping[Cell, float]
    units: Mapping[Cell, str]


class Solved:
    """What statements ask of the program.

    Args:
        economy: whose plans.
        question: under which they are tested.
        tick: told what is being solved.
    """

    def __init__(self, economy: Economy, question: Question, tick: Callable[[str], None]) -> None:
        """Keep them; each plan is solved when it is first asked for."""
        self.economy, self.question, self._tick = economy, question, tick
        self.feasible: Callable[[str], Feasible] = cache(self._feasible)
        self.verdicts: Callable[[str, str | None], pd.DataFrame] = cache(self._verdicts)
        self.periods: Callable[[str, str], float] = cache(self._periods)
        self.played: Callable[[str], Mapping[str, pd.DataFrame]] = cache(self._played)
        self.accounts: Callable[[str], pd.DataFrame] = cache(self._accounts)

    def _feasible(self, plan: str) -> Feasible:
        self._tick(f"{plan}: what can be had")
        tables = solve(pose(self.economy, model=self.question, plan=plan)).tables
        path = tables.get("path", pd.DataFrame(columns=["product", "period", "feasible", "unit"]))
        measure = np.where(path["product"] == "*", "consumption", "output")
        rows = [path.assign(measure=measure, item=path["product"]), tables["targets"]]
        columns = ["measure", "item", "period", "feasible", "unit"]
        known = pd.concat([table[columns] for table in rows]).dropna(subset="feasible")
        cells = list(zip(known["measure"], known["item"], known["period"].astype(str), strict=True))
        return Feasible(
            dict(zip(cells, known["feasible"].astype(float), strict=True)), dict(zip(cells, known["unit"], strict=True))
        )

    def _verdicts(self, plan: str, scenario: str | None) -> pd.DataFrame:
        self._tick(f"{plan}: verdict")
        every = [case for case in rungs(self.economy, self.question, plan, scenario, None) if not case.annual]
        return verdict_table(self.question, every, judged(self.economy, self.question, every))

    def _periods(self, plan: str, corner: str) -> float:
        self._tick(f"{plan}: when it is reached")
        return periods_needed(
            self.economy.at_corner(corner), replace(self.question, objective="attainment"), plan, LATER
        )

    def _played(self, plan: str) -> Mapping[str, pd.DataFrame]:
        self._tick(f"{plan}: played forward")
        return execute(self.economy, plan=plan, tautness=ADOPTED).tables

    def _accounts(self, plan: str) -> pd.DataFrame:
        self._tick(f"{plan}: money against goods")
        return money(self.economy, plan=plan).tables.get("clearing", pd.DataFrame())

    @cached_property
    def reached(self) -> pd.DataFrame:
        """When each figure of the table `reached` was due, could have been had by itself, and was reached."""
        self._tick("when each figure could have been had")
        facts = facts_of(self.economy)
        return when_reached(facts, question_about(facts, "backtest"))
