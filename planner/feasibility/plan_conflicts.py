"""A plan's smallest conflicts and cures, in sentences (measure f)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.feasibility.conflicts import enumerate_conflicts
from planner.feasibility.groups import always_held, conflict_sentence, cure_sentence, members_of
from planner.feasibility.share import Shares
from planner.formulation import Formulation
from planner.solver.elastic import Answer


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Minimal conflicting sets and minimal correction sets, each the minimal hitting sets of the other.

    Args:
        table: ``conflicts.csv``: kind (conflict or cure), number, size, members, sentence; smallest first.
        complete: whether all were found, of what can be given up; reason: why the list was cut, if it was.
        held: what held in every one of them and could not be given up, in words.
    """

    table: pd.DataFrame
    complete: bool
    reason: str
    held: tuple[str, ...] = ()

    def sentences(self, kind: str) -> list[str]:
        """Sentences of one kind, smallest set first."""
        return self.table.loc[self.table["kind"] == kind, "sentence"].tolist()


def conflicts_of(formulation: Formulation, *, most: int = 40, seconds: float = 120.0) -> Conflicts:
    """Enumerate the smallest sets of targets and limits that cannot stand together, and what would cure each.

    Every scaled target is asked in full. What is true by definition always holds, and is said (``held``).

    Args:
        formulation: of max θ; most: sets found at most, so that the same question gives the same list on any machine.
        seconds: time spent at most; a safeguard that the shipped economies do not meet.
    """
    handle = Shares(formulation)
    members = {member.name: member for member in members_of(formulation)}
    bounds = np.concatenate([member.bounds for member in members.values()])
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    row_of = dict(zip(bounds.tolist(), range(hard.shape[0], hard.shape[0] + len(bounds)), strict=True))
    groups = {
        name: np.concatenate([member.rows, [row_of[column] for column in member.bounds.tolist()]]).astype(np.intp)
        for name, member in members.items()
    }
    found = enumerate_conflicts(hard.bounds_as_rows(bounds), groups, most=most, seconds=seconds)
    rows = []
    for kind, sets, say in (("conflict", found.conflicts, conflict_sentence), ("cure", found.cures, cure_sentence)):
        ordered = sorted(sets, key=lambda names: (len(names), sorted(names)))
        for number, names in enumerate(ordered, start=1):
            chosen = [member for name, member in members.items() if name in names]
            rows.append((kind, number, len(chosen), "; ".join(member.name for member in chosen), say(chosen)))
    table = pd.DataFrame(rows, columns=["kind", "number", "size", "members", "sentence"])
    nothing_to_name = found.answer is Answer.INFEASIBLE and not len(table)  # the definitions clash by themselves
    return Conflicts(table, found.complete and not nothing_to_name, found.reason, tuple(always_held(formulation)))
