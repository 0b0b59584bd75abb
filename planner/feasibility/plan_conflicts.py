"""A plan's smallest conflicts and cures, in sentences (measure f)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planner.diagnosis.conflict_sets import enumerate_conflicts
from planner.feasibility.groups import conflict_sentence, cure_sentence, members_of
from planner.feasibility.share import Shares
from planner.formulation import Formulation


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Minimal conflicting sets and minimal correction sets, each the minimal hitting sets of the other.

    Args:
        table: ``conflicts.csv``: kind (conflict or cure), number, size, members, sentence; smallest first.
        complete: whether all were found; reason: why the list was cut, if it was.
    """

    table: pd.DataFrame
    complete: bool
    reason: str

    def sentences(self, kind: str) -> list[str]:
        """Sentences of one kind, smallest set first."""
        return self.table.loc[self.table["kind"] == kind, "sentence"].tolist()


def conflicts_of(formulation: Formulation, *, most: int = 40, seconds: float = 120.0) -> Conflicts:
    """Enumerate the smallest sets of targets and limits that cannot stand together, and what would cure each.

    Every scaled target is asked in full. Balances and the accumulation of plant always hold.

    Args:
        formulation: of max θ; most: sets found at most, so that the same question gives the same list on any machine.
        seconds: time spent at most; a safeguard that the shipped economies do not meet.
    """
    handle = Shares(formulation)
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    members = {member.name: member for member in members_of(formulation)}
    found = enumerate_conflicts(
        hard, {name: member.rows for name, member in members.items()}, most=most, seconds=seconds
    )
    rows = []
    for kind, sets, say in (("conflict", found.conflicts, conflict_sentence), ("cure", found.cures, cure_sentence)):
        ordered = sorted(sets, key=lambda names: (len(names), sorted(names)))
        for number, names in enumerate(ordered, start=1):
            chosen = [member for name, member in members.items() if name in names]
            rows.append((kind, number, len(chosen), "; ".join(member.name for member in chosen), say(chosen)))
    table = pd.DataFrame(rows, columns=["kind", "number", "size", "members", "sentence"])
    return Conflicts(table, found.complete, found.reason)
