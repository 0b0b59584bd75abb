"""What can be had of two quantities together: what ``planner frontier`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.frontier.feasible_set import NothingLimitsError, Quantity, quantity
from planner.analysis.frontier.frontier import Frontier
from planner.analysis.frontier.frontier import frontier as traced
from planner.analysis.sensitivity.prices import linear
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.economy import DataError, Finding
from planner.economy.names import Names
from planner.formulation import Formulation
from planner.language.counting import capital
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.frontier import frontier_table, name_of
from planner.reporting.wording.searches import both_together

__all__ = ["FrontierAnswer", "frontier", "quantities"]


@dataclass(frozen=True, eq=False, repr=False)
class FrontierAnswer(PosedAnswer):
    """Attainable pairs of two quantities, and where the plan lies.

    Args:
        formulation: what was asked, linear.
        found: polygons and points; those of a quantity that nothing limits hold none.
        unlimited: whether a quantity can be had in any amount.
    """

    kind: ClassVar[str] = "frontier"
    first: ClassVar[tuple[str, ...]] = ("frontier",)
    beside: ClassVar[Literal["", "charts", "page"]] = "charts"

    found: Frontier
    unlimited: bool = False

    @property
    def headline(self) -> str:
        """How far both official figures can be had together."""
        found, names = self.found, Names.of(self.economy)
        title = capital(f"{name_of(found.x, names)} against {name_of(found.y, names)}")
        if self.no_plan is not None:
            return f"{title}: {self.reason}"
        official = self._points().query("name == 'official'").iloc[0]
        return f"{title}: {both_together(official['distance'], official['share_of_both'])}."

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no frontier, where there is none."""
        x, y = self.found.x.text, self.found.y.text
        if self.unlimited:
            return NoPlan((f"Nothing limits {x} or {y}: any amount is possible, so there is no edge.",))
        if not any(one.corners for one in self.found.family.values()):
            return NoPlan(("The feasible set is empty: no plan keeps the balances, limits and floors asked for.",))
        return None

    def _points(self) -> pd.DataFrame:
        table = self._as_written["frontier"]
        return table[table["kind"] == "point"]

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return {"frontier": frontier_table(self.found)}

    def _found(self) -> Mapping[str, Any]:
        found, names, table = self.found, Names.of(self.economy), self._as_written["frontier"]
        return {
            "objective": self.formulation.goal.says,
            "unit": self.formulation.goal.unit,
            "x": found.x.text,
            "y": found.y.text,
            "x_name": name_of(found.x, names),
            "y_name": name_of(found.y, names),
            "third": found.third.text if found.third else None,
            "third_name": name_of(found.third, names) if found.third else None,
            "hold": found.hold,
            "corners": int((table["kind"] == "corner").sum()),
            "solves": sum(one.solves for one in found.family.values()),
            "points": self._points()[["third", "name", "x", "y", "distance", "share_of_both"]].to_dict("records"),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        found = self.found
        options = {
            "plan": self.formulation.plan or None,
            "x": found.x.text,
            "y": found.y.text,
            "hold": found.hold,
            "third": found.third.text if found.third else None,
        }
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def frontier(
    x: str,
    y: str,
    economy: Subject,
    *,
    hold: float | None = None,
    third: str | None = None,
    **asked: Unpack[Asked],
) -> FrontierAnswer:
    """Trace what can be had of two quantities together: the exact polygon, and where the plan lies.

    Args:
        x: ``MEASURE:ITEM:PERIOD``, such as ``output:steel:1933``.
        y: the same.
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts.
        hold: share at which all other targets of the plan are held; ``None`` to set targets aside.
        third: ``QUANTITY=V1,V2,...``: a polygon for each least amount of a third quantity.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model, the question or a quantity do not fit.
    """
    ensure_in_range(hold=hold)
    formulation = linear(posed(economy, asked))
    first, second, depth, levels = quantities(x, y, third, formulation)
    try:
        found = traced(formulation, first, second, hold=hold, third=depth, levels=levels)
    except NothingLimitsError:
        return FrontierAnswer(formulation, Frontier(formulation, first, second, hold, depth, {}, {}), unlimited=True)
    return FrontierAnswer(formulation, found)


def quantities(
    x: str, y: str, third: str | None, formulation: Formulation
) -> tuple[Quantity, Quantity, Quantity | None, list[float]]:
    """The quantities that texts name, and the least amounts of the third.

    Args:
        x: as ``frontier`` takes it.
        y: the same.
        third: the same.
        formulation: whose economy has the labels.

    Raises:
        DataError: there is no such quantity, or no plain amounts.
    """
    first, second = quantity(x, formulation), quantity(y, formulation)
    if third is None:
        return first, second, None, []
    name, _, amounts = third.rpartition("=")
    try:
        levels = [float(amount) for amount in amounts.split(",")]
    except ValueError:
        said = f'"{third}" does not read MEASURE:ITEM:PERIOD=AMOUNT,AMOUNT,... with plain numbers.'
        raise DataError([Finding("E164", "--third", (1,), "", third, said)], formulation.economy.folder) from None
    return first, second, quantity(name, formulation, option="--third"), levels
