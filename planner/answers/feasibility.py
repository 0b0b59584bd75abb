"""How far a plan lies outside, from Python: what ``planner feasibility`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.feasibility.assessment import WHAT_HAPPENED, Assessment
from planner.analysis.feasibility.assessment import assess as assess_formulation
from planner.answers.solve import pose
from planner.economy import Economy, Finding
from planner.formulation import Question
from planner.reporting.run.assessment import write_assessment
from planner.reporting.tables import assessment as report

__all__ = ["Answer", "assess"]


@dataclass(frozen=True, eq=False)
class Answer:
    """An assessed plan.

    Args:
        found: everything that was found, as arrays and solves.
    """

    found: Assessment

    @property
    def verdict(self) -> str:
        """The verdict over the ranges of the data."""
        return self.found.verdict

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader of the answer should know: of the data, and of what the question does not read of them."""
        return report.warnings(self.found)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the run by name: feasibility, verdicts, relaxation, conflicts and the rest."""
        return report.tables(self.found)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The answer in a few keys, as in ``summary.json``."""
        return report.summary(self.found)

    def write(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write the run folder with its proofs and its page, whole or not at all.

        Raises:
            OutputExists: the folder exists and may not be replaced.
        """
        return write_assessment(self.found, Path(folder), overwrite=overwrite)

    def _repr_html_(self) -> str:
        table = self.tables["feasibility"].to_html(index=False, float_format=lambda x: f"{x:.4g}")
        return f"<p>{escape(report.headline(self.found))}</p>{table}"


def assess(
    economy: str | Path | Economy = "ussr_1928",
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    floor: str | float | None = None,
    sets: Sequence[str] = (),
    against: str | None = WHAT_HAPPENED,
    years: int = 15,
    tick: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Find how far a plan lies outside the feasible region, why, and what it would have taken.

    Args:
        economy: as in ``planner.solve``; the corners of the ranges are all taken, whichever the economy stands at.
        model: as in ``planner.solve``.
        plan: as in ``planner.solve``.
        scenario: as in ``planner.solve``.
        floor: as in ``planner.solve``.
        sets: as in ``planner.solve``.
        against: scenario of what happened, for the decomposition; ``*`` for the one the economy names, ``None`` to leave
            it out.
        years: how many periods later the figures may be due.
        tick: told what is being worked on.

    Raises:
        DataError: the data, the model or the question do not fit.

    >>> assess("two_goods", plan="ambitious").verdict
    'certainly outside'
    """
    formulation = pose(economy, model=model, plan=plan, scenario=scenario, corner="central", floor=floor, sets=sets)
    return Answer(assess_formulation(formulation, against=against, years=years, tick=tick))
