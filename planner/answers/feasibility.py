"""How far a plan lies outside what an economy could have produced: what ``planner feasibility`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.feasibility.assessment import WHAT_HAPPENED, Assessment
from planner.analysis.feasibility.assessment import assess as assess_formulation
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.economy import Finding
from planner.proof.certificate import Certificate
from planner.reporting.run.manifest import manifest
from planner.reporting.run.proofs import write_proofs
from planner.reporting.tables import assessment as report
from planner.reporting.tables.origins import by_kind, figures_asked, groups_of
from planner.reporting.wording.claims import statement
from planner.reporting.wording.conflicts import cures_compared
from planner.reporting.wording.settled import settled_summary

__all__ = ["FeasibilityAnswer", "assess"]


@dataclass(frozen=True, eq=False, repr=False)
class FeasibilityAnswer(PosedAnswer):
    """An assessed plan.

    Args:
        formulation: what was asked, at the central values.
        found: everything that was found, as arrays and solves.
    """

    kind: ClassVar[str] = "feasibility"
    first: ClassVar[tuple[str, ...]] = ("feasibility",)
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    found: Assessment

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; of every corner of the ranges."""
        return {**super().about, "corner": None, "question": None}

    @property
    def verdict(self) -> str:
        """The verdict over the ranges of the data."""
        return self.found.verdict

    @property
    def value(self) -> float | None:
        """The share to which all figures can be reached at once, at central values; nothing where no plan is left."""
        return None if self.found.attained.empty else self.found.attained.share

    @property
    def headline(self) -> str:
        """The verdict, its strength and what it rests on."""
        return report.headline(self.found)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know of the data and the question."""
        return report.warnings(self.found)

    @property
    def proofs(self) -> Mapping[str, Certificate]:
        """Certificates of everything that is called proved, by the name of the claim."""
        return self.found.proofs

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why no plan is left at the central values, where none is."""
        return NoPlan.of(self.found.attained.solution)

    @property
    def holds(self) -> bool:
        """Whether there is something to write: an empty set of plans is assessed too."""
        return True

    @property
    def highest_floor(self) -> float | None:
        """Where the floor under consumption leaves no plan at the central values: the highest one that some plan keeps."""
        level = self.found.bears.get("central")
        return None if level is None or not isfinite(level) else level

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return report.tables(self.found)

    def _found(self) -> Mapping[str, Any]:
        found, formulation = self.found, self.formulation
        conflicts, switching_values, met = found.conflicts, found.switching_values, found.met
        return {
            "verdict": found.verdict,
            "strength": report.strength(found),
            "doubts": report.doubts(found),
            "attainment": {corner: found.attainment(corner) for corner in ("central", "optimistic", "pessimistic")},
            "attainment_of_growth": found.attainment("central", column="attainment_of_growth"),
            "attainment_due_one_period_earlier": found.earlier_share,
            "attainment_of_modest_figures": {c: found.attainment(c, "modest") for c in ("central", "optimistic")},
            "highest_floor_where_empty": dict(found.bears),
            "targets": len(formulation.targets.frame),
            "figures": figures_asked(formulation),
            "figures_by_kind": by_kind(groups_of(formulation), met.met if met is not None else None),
            "targets_most_met_by_kind": report.most_met_by_kind(found),
            "targets_most_met_in_full": int(met.met.sum()) if met is not None else None,
            "targets_most_met_is_proved": met.exact if met is not None else None,
            "indices": self.indices,
            "reached_in": report.reached_in(found.horizon),
            **settled_summary(found.settled, None if found.settled is None else found.settled.path),
            "conflicts": [] if conflicts is None else conflicts.sentences("conflict"),
            "cures": [] if conflicts is None else conflicts.sentences("cure"),
            "cures_compared": [] if conflicts is None else cures_compared(conflicts),
            "conflicts_complete": None if conflicts is None else conflicts.complete,
            "conflicts_held": [] if conflicts is None else list(conflicts.held),
            "verdict_hangs_on_single_numbers": []
            if switching_values is None
            else switching_values.table.to_dict("records"),
            "every_number_tried": None if switching_values is None else switching_values.complete,
            "verdict_hangs_on_single_targets": report.hanging(found),
            "judgements_made_after_a_verdict_was_seen": list(found.judgements),
            "left_out": list(found.left_out),
        }

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        found = self.found
        compared = dict.fromkeys(found.decomposition["against"]) if len(found.decomposition) else ()
        plan = found.settled.plan if found.settled else None
        return manifest(
            self.formulation, found.attained.solution, plan, {}, *compared, against=found.against, years=found.years
        )

    def _beside(self, draft: Path) -> None:
        """The program in plain text with a certificate of each claim, which ``planner verify`` adds up, and the page."""
        write_proofs(self.formulation, list(self.proofs.values()), statement(self.found), draft)
        super()._beside(draft)


@spelled
def assess(
    economy: Subject,
    *,
    against: str | None = WHAT_HAPPENED,
    years: int = 15,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> FeasibilityAnswer:
    """Find how far a plan lies outside what an economy could have produced, why, and what it would have taken.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; the corners of the ranges
            are all taken, whichever the economy stands at.
        against: scenario of what happened, for the decomposition; ``*`` for the one the economy names, ``None`` to leave
            it out.
        years: how many periods later the figures may be due.
        tick: told what is being worked on.
        asked: model, plan, scenario, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit.

    >>> assess("two_goods", plan="ambitious").verdict
    'certainly outside'
    """
    ensure_in_range(years=years)
    found = assess_formulation(posed(economy, asked), against=against, years=years, tick=tick)
    return FeasibilityAnswer(found.formulation, found)
