"""Whether the figures of regions can be met together: what ``planner regions`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Unpack

import numpy as np
import pandas as pd

from planner.analysis.feasibility.regions import Matching, match
from planner.analysis.sensitivity.prices import linear
from planner.answers.base.about import PosedAnswer
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.language.counting import capital, some_of, verb
from planner.language.numbers import percent
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.regions import FULL, tables
from planner.reporting.wording.numbers import plan_title

__all__ = ["RegionsAnswer", "regions"]


@dataclass(frozen=True, eq=False, repr=False)
class RegionsAnswer(PosedAnswer):
    """A plan's figures for the country and for its regions, matched both ways.

    Args:
        formulation: what was asked.
        found: shares of the country's figures, of those of regions and of all, and a plan with the least hauls.
    """

    kind: ClassVar[str] = "regions"
    first: ClassVar[tuple[str, ...]] = ("matching", "regions")
    beside: ClassVar[Literal["", "charts", "page"]] = "charts"

    found: Matching

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no answer, where no plan keeps floors and balances in every region."""
        return NoPlan.of(self.found.both, self.formulation) if self.found.hauls is None else None

    @property
    def headline(self) -> str:
        """How far the figures can be had, and on how many figures that were not seen it hangs."""
        title = plan_title(self.formulation)
        if self.no_plan is not None:
            return f"{title}: {self.reason}"
        found, count, seen = self.found, int(self.found.of_regions.sum()), self.found.verified
        hangs = ""
        if seen < count:
            some = f"{some_of(seen, count, 'figure')} of regions {verb(seen, 'was', 'were')} seen in a source"
            hangs = f" {capital(some)}, and the last two shares rest on {'them' if count > 1 else 'it'}."
        return (
            f"{title}: the country's figures can be had together to {percent(found.country)}, those of regions to "
            f"{percent(found.regions)}, and all to {percent(found.both.objective)}.{hangs}"
        )

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return tables(self.found)

    def _found(self) -> Mapping[str, Any]:
        found, lines = self.found, self._as_written["lines"]
        return {
            "objective": self.formulation.goal.says,
            "unit": self.formulation.goal.unit,
            "country": found.country,
            "regions": found.regions,
            "both": float(found.both.objective) if np.isfinite(found.both.objective) else None,
            "figures_of_regions": int(found.of_regions.sum()),
            "figures_seen": self.found.verified,
            "lines": len(lines),
            "lines_full": int((lines["share_used"] >= FULL).sum()),
            "flows": len(self._as_written["flows"]),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        options = {"plan": self.formulation.plan or None}
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def regions(economy: Subject, **asked: Unpack[Asked]) -> RegionsAnswer:
    """Match a plan's figures for regions with those for the country: in their sums, and in what can be had together.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit, or there are no figures of regions.
    """
    formulation = linear(posed(economy, asked))
    return RegionsAnswer(formulation, match(formulation))
