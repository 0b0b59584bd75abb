"""What happened, tested like a plan: what ``planner backtest`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.analysis.feasibility.backtest import NO_FACTS, Backtest
from planner.analysis.feasibility.backtest import backtest as backtest_at
from planner.analysis.feasibility.reached import when_reached
from planner.answers.base.about import about as asked_about
from planner.answers.base.answer import Answer
from planner.answers.pose import derived, question_about
from planner.economy import Economy, Finding
from planner.economy.corner import CORNERS
from planner.formulation import Question
from planner.formulation.unread import warnings_of
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.data import sources_table
from planner.reporting.wording.data import spans_fit
from planner.reporting.wording.sentences import about

__all__ = ["BacktestAnswer", "backtest", "facts_of"]


@dataclass(frozen=True, eq=False, repr=False)
class BacktestAnswer(Answer):
    """What happened, tested like a plan.

    Args:
        economy: under conditions as they turned out.
        question: whose families and floor hold.
        corners: the back-test at each corner of the ranges.
        reached: when each figure in the table `reached` was due, could have been had, and was reached.
    """

    kind: ClassVar[str] = "backtest"
    first: ClassVar[tuple[str, ...]] = ("backtest", "backtest_products", "backtest_reached")

    economy: Economy
    question: Question
    corners: Mapping[str, Backtest]
    reached: pd.DataFrame

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; at every corner of the ranges."""
        return asked_about(self.economy, self.question, corner=None, question=None)

    @property
    def headline(self) -> str:
        """How many spans of periods fit at the central values."""
        return about("What was produced, tested like a plan", self.fits("central"))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know of the data and the question."""
        return tuple(warnings_of(self.economy, self.question))

    def fits(self, corner: str) -> str:
        """How many spans of periods fit at a corner, in a sentence.

        Args:
            corner: of the ranges.
        """
        years = self.corners[corner].by_year
        tested = years[years["fits"] != NO_FACTS]
        return spans_fit(corner, tested.loc[tested["fits"] != "yes", "span"].tolist(), len(tested))

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        tables = {"backtest": self._stacked("by_year"), "backtest_products": self._stacked("by_product")}
        return {**tables, "backtest_reached": self.reached}

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return {"sources": sources_table(self.economy, "reached")}

    def _stacked(self, part: str) -> pd.DataFrame:
        parts = [getattr(one, part).assign(corner=corner) for corner, one in self.corners.items()]
        table: pd.DataFrame = pd.concat(parts, ignore_index=True)
        return table.reindex(columns=["corner", *table.columns.drop("corner")])

    def _found(self) -> Mapping[str, Any]:
        return {"corners": {corner: _told(one) for corner, one in self.corners.items()}}

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the back-test was made."""
        return {**provenance(self.economy, self.question), "times": times({})}


def _told(found: Backtest) -> dict[str, Any]:
    """One corner in a few keys; what fits worst is the figure that alone could be exceeded least."""
    years, products = found.by_year, found.by_product
    worst = products.iloc[0][["product", "period", "kind", "alone_share"]].to_dict() if len(products) else None
    return {
        "attainment": dict(zip(years["span"], years["attainment"], strict=True)),
        "does_not_fit": years.loc[~years["fits"].isin(("yes", NO_FACTS)), "span"].tolist(),
        "without_facts": years.loc[years["fits"] == NO_FACTS, "span"].tolist(),
        "fits_worst": worst,
    }


def facts_of(economy: str | Path | Economy, scenario: str | None = None, changes: Sequence[str] = ()) -> Economy:
    """The economy under the conditions that were in fact, as it names them, unless another scenario is asked for.

    Args:
        economy: a name, a path, or an economy.
        scenario: in place of the economy's own.
        changes: of single rows, as ``planner.pose`` takes them.
    """
    facts = derived(economy, scenario=scenario, changes=changes)
    return facts.in_scenario(facts.backtest_scenario) if scenario is None and facts.backtest_scenario else facts


def backtest(
    economy: str | Path | Economy,
    *,
    model: str | Path | Question | None = None,
    scenario: str | None = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> BacktestAnswer:
    """Test what was produced like a plan, at every corner of the ranges: a model that rejects what happened is wrong.

    Args:
        economy: a name, a path, or an economy.
        model: name or path of a model file, or a question already read; ``None`` for ``backtest``.
        scenario: ``None`` for the one that the economy names as what happened.
        floor: closure of consumption in place of the model's.
        changes: of single rows, as ``planner.pose`` takes them.
        tick: told what is being solved.

    Raises:
        DataError: the data, the model or the question do not fit, or no figure of what happened is known.

    >>> backtest("two_goods").headline
    'What was produced, tested like a plan: at central values all 4 spans of periods fit.'
    """
    facts = facts_of(economy, scenario, changes)
    question = question_about(facts, model or "backtest", floor)
    corners = {
        corner: backtest_at(facts.at_corner(corner), question, lambda text, corner=corner: tick(f"{corner}: {text}"))  # type: ignore[misc]
        for corner in CORNERS
    }
    tick("when each figure could have been had")
    return BacktestAnswer(facts, question, corners, when_reached(facts, question))
