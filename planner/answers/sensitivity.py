"""What one more, or one less, of anything would change: what ``planner sensitivity`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.feasibility.attainment import ensure_figures
from planner.analysis.sensitivity.prices import linear
from planner.analysis.sensitivity.study import Sensitivity, examine, read_curve
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.economy.names import Names
from planner.language.numbers import number, percent
from planner.reporting.run.manifest import manifest
from planner.reporting.tables.sensitivity import has_a_price, heaviest, said_tables, sentence, strongest
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.sentences import STATUS, about, objective

__all__ = ["SensitivityAnswer", "sensitivity"]


@dataclass(frozen=True, eq=False, repr=False)
class SensitivityAnswer(PosedAnswer):
    """Two-sided prices, basis intervals, tornado, bottlenecks and curves.

    Args:
        formulation: what was asked, linear.
        found: everything that was found.
        top: how many lines and bars are told.
        curves: that were asked for, as written.
    """

    kind: ClassVar[str] = "sensitivity"
    first: ClassVar[tuple[str, ...]] = ("bottlenecks",)
    beside: ClassVar[Literal["", "charts", "page"]] = "charts"

    found: Sensitivity
    top: int = 12
    curves: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """Value of the objective; nothing where there is no plan."""
        return self.found.solution.objective if self.found.solution.optimal else None

    @property
    def headline(self) -> str:
        """Value of the objective in a sentence, and what would raise it most."""
        if self.value is None:
            return STATUS.get(self.found.solution.status.value, "The solver gave no answer.")
        goal = self.formulation.goal
        told = percent(self.value) if goal.is_share else number(self.value)
        value = objective(goal.says, told, "" if goal.is_share else goal.unit)
        return f"{about(plan_title(self.formulation), value)} {strongest(self.found)}".rstrip()

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        return NoPlan.of(self.found.solution, self.formulation)

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return said_tables(self.found)

    @property
    def document(self) -> dict[str, Any]:
        """Summary and the strongest bottlenecks as plain values."""
        full = super().document
        return {**full, **{name: full[name][: self.top] for name in self.first if name in full}}

    def _found(self) -> Mapping[str, Any]:
        goal, tables = self.formulation.goal, self.found.tables
        status = {
            "status": self.found.solution.status.value,
            "objective": goal.says,
            "value": self.value,
            "unit": goal.unit,
        }
        if not tables:
            return status
        prices, swings, best = tables["prices"], tables["tornado"], tables["bottlenecks"]
        single, names = swings[swings["by"] == "number"], Names.of(self.economy)
        return {
            **status,
            "limits": len(prices),
            "limits_with_a_price": int(sum(has_a_price(row) for row in prices.to_dict("records"))),
            "prices_that_differ_by_side": int((prices["unique"] == "no").sum()),
            "prices": [sentence(row, goal.unit, names) for row in heaviest(prices, self.top).to_dict("records")],
            "numbers_with_a_range": len(single),
            "numbers_that_matter": int(((single["swing"] > 0) | (single["plan"] != "yes")).sum()),
            "tornado": single.head(self.top)[["number", "column", "low", "high", "at_low", "at_high", "plan"]].to_dict(
                "records"
            ),
            "bottlenecks": best[best["rank"] <= 3][["way", "first", "second", "gain", "gain_per_cost"]].to_dict(
                "records"
            ),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        return manifest(self.formulation, self.found.solution, None, {}, top=self.top, curve=list(self.curves))


@spelled
def sensitivity(
    economy: Subject,
    *,
    curves: Sequence[str] = (),
    top: int = 12,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> SensitivityAnswer:
    """Measure what one more, or one less, of every limit and every number would change.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts, for with whole ones there are no prices.
        curves: value curves, each as ``SELECTOR=FROM:TO`` with two factors, such as ``supply:unskilled=0.5:2``.
        top: how many lines and bars are told.
        tick: told what is being measured.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model, the question or a curve do not fit, or a share is asked of no figure.
    """
    ensure_in_range(top=top)
    formulation = posed(economy, asked)
    if formulation.goal.is_share:
        ensure_figures(formulation)
    wanted = [read_curve(text, formulation.economy, row) for row, text in enumerate(curves, start=1)]
    found = examine(linear(formulation), wanted, tick=tick)
    return SensitivityAnswer(found.formulation, found, top, tuple(curves))
