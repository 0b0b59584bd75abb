"""A plan's smallest conflicts and cures, in sentences (measure f)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.claims import Freed, conflict, proved_without
from planner.analysis.feasibility.conflict_groups import (
    LimitGroup,
    always_held,
    conflict_sentence,
    cure_sentence,
    members_by_region,
    members_of,
)
from planner.analysis.shares.target_rows import TargetRows
from planner.diagnosis.conflict_sets import enumerate_conflicts
from planner.formulation import Formulation
from planner.program import LinearProgram, Vector
from planner.proof.certificate import Certificate
from planner.solver.elastic import ElasticOutcome
from planner.solver.highs import Session
from planner.solver.scaling import scaling_of


@dataclass(frozen=True, eq=False)
class PlanConflicts:
    """Minimal conflicting sets and minimal correction sets, each the minimal hitting sets of the other.

    Args:
        table: ``conflicts.csv``: kind (conflict or cure), number, size, members, sentence, proved; smallest first.
        complete: whether all were found, of what can be given up.
        reason: why the list was cut, if it was.
        held: what held in every one of them and could not be given up, in words.
        sets: by kind (conflict or cure) the members of each, in the order of the table.
        claims: proofs in exact arithmetic that the members of a conflict cannot stand together, one each where there is one.
    """

    table: pd.DataFrame
    complete: bool
    reason: str
    held: tuple[str, ...] = ()
    sets: Mapping[str, tuple[tuple[LimitGroup, ...], ...]] = field(default_factory=dict)
    claims: tuple[Certificate, ...] = ()

    def sentences(self, kind: str) -> list[str]:
        """Sentences of one kind, smallest set first."""
        return self.table.loc[self.table["kind"] == kind, "sentence"].tolist()


def conflicts_of(formulation: Formulation, *, most: int = 40, by_region: bool = False) -> PlanConflicts:
    """Enumerate the smallest sets of targets and limits that cannot stand together, and what would cure each.

    Every scaled target is asked in full. What is true by definition always holds, and is said (``held``).

    Args:
        formulation: of max θ.
        most: sets found at most, so that the same question gives the same list on any machine.
        by_region: whether limits are told by region over all items; else by item over all regions.
    """
    handle = TargetRows(formulation)
    members = {member.name: member for member in (members_by_region if by_region else members_of)(formulation)}
    bounds = np.concatenate([member.bounds for member in members.values()])
    count, session = formulation.program.shape[0], Session()
    row_of = dict(zip(bounds.tolist(), range(count, count + len(bounds)), strict=True))
    groups = {
        name: np.concatenate([member.rows, [row_of[column] for column in member.bounds.tolist()]]).astype(np.intp)
        for name, member in members.items()
    }
    if session.solve(formulation.program).optimal:
        asked = formulation.program.bounded(handle.theta, upper=1.0).bounds_as_rows(bounds)
        found = enumerate_conflicts(asked, groups, most=most, judge=_ShareLeft(asked, Session()))
    else:  # no share is left of any figure: the limits clash
        asked = handle.held(formulation.program, handle.scaled, 1.0).bounds_as_rows(bounds)
        found = enumerate_conflicts(scaling_of(asked).scaled(asked), groups, most=most)
    rows = []
    told: dict[str, tuple[tuple[LimitGroup, ...], ...]] = {}
    claims: list[Certificate] = []
    for kind, sets, say in (("conflict", found.conflicts, conflict_sentence), ("cure", found.cures, cure_sentence)):
        ordered = sorted(sets, key=lambda names: (len(names), sorted(names)))
        told[kind] = tuple(tuple(member for name, member in members.items() if name in names) for names in ordered)
        for number, chosen in enumerate(told[kind], start=1):
            proved = ""
            if kind == "conflict":
                claim, freed = conflict(number, by_region=by_region), others(members.values(), chosen)
                proof = proved_without(formulation, claim, freed, session)
                claims += [proof] if proof is not None else []
                proved = "no" if proof is None else "yes"
            rows.append((kind, number, len(chosen), "; ".join(m.name for m in chosen), say(list(chosen)), proved))
    table = pd.DataFrame(rows, columns=["kind", "number", "size", "members", "sentence", "proved"])
    nothing_to_name = found.answer is ElasticOutcome.INFEASIBLE and table.empty  # the definitions clash by themselves
    complete = found.complete and not nothing_to_name
    return PlanConflicts(table, complete, found.reason, tuple(always_held(formulation)), told, tuple(claims))


class _Held(NamedTuple):
    """Whether limits hold together, and the prices that say why not."""

    answer: ElasticOutcome
    prices: Vector


class _ShareLeft:
    """Whether limits hold together, by the share of the figures that they leave: θ, which asks for no more than one.

    Args:
        program: of max θ, which has a point.
        session: a warm solver.
    """

    def __init__(self, program: LinearProgram, session: Session) -> None:
        """Keep the units of the rows, in which prices compare."""
        self.scale, self._session = scaling_of(program).rows, session

    def strain(self, program: LinearProgram) -> _Held:
        """What is found of the program without some of its limits."""
        solution = self._session.solve(program)
        if not solution.optimal:
            return _Held(ElasticOutcome.UNDECIDED, np.zeros(program.shape[0]))
        return _Held(
            ElasticOutcome.FEASIBLE if solution.objective >= INSIDE else ElasticOutcome.INFEASIBLE, solution.row_prices
        )


def others(members: Iterable[LimitGroup], chosen: Iterable[LimitGroup]) -> Freed:
    """The limits of all groups but some, on which a proof that those some cannot stand together may not rest."""
    kept = {member.name for member in chosen}
    return Freed.together(Freed(member.rows, member.bounds) for member in members if member.name not in kept)
