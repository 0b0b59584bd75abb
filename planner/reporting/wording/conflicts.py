"""Conflicts and cures in a few lines, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.analysis.feasibility.conflict_groups import LimitGroup, gives_way
from planner.analysis.feasibility.conflicts import PlanConflicts
from planner.language.counting import capital, counted, listed, verb
from planner.reporting.wording.cures import Choice, compare

__all__ = ["FEW", "cures_compared", "cut_short", "heading"]

FEW = 3  # cures that are told one by one


def heading(kind: str, count: int, shown: int, *, complete: bool) -> str:
    """Heading of a list of conflicts or of cures.

    >>> heading("conflict", 12, 8, complete=False), heading("cure", 1, 1, complete=True)
    ('Smallest conflicts (the first 8 of 12 found)', 'The one cure')
    >>> heading("cure", 2, 2, complete=True), heading("cure", 28, 28, complete=False)
    ('Smallest cures (2)', 'Smallest cures (28 found)')
    """
    if count == 1 and complete:
        return f"The one {kind}"
    found = "" if complete else " found"
    some = f"the first {shown} of {count}" if shown < count else f"{count}"
    return f"Smallest {kind}s ({some}{found})"


def cut_short(reason: str) -> str:
    """That a list is not complete.

    >>> cut_short("the search was cut at 40 sets")
    'There are more: the search was cut at 40 sets.'
    """
    return f"There are more: {reason}."


def cures_compared(conflicts: PlanConflicts) -> list[str]:
    """What every cure has in common, then what varies, sentence by sentence; empty where there are few cures."""
    sets = conflicts.sets
    return list(_compared(sets.get("conflict", ()), sets.get("cure", ()), complete=conflicts.complete))


def _compared(
    conflicts: Sequence[Sequence[LimitGroup]], cures: Sequence[Sequence[LimitGroup]], *, complete: bool
) -> Iterator[str]:
    if len(cures) <= FEW:
        return
    words = {member.name: gives_way(member) for cure in cures for member in cure}
    found = compare([_names(cure) for cure in cures], [_names(conflict) for conflict in conflicts])
    smallest = min(map(len, cures))
    times = sum(len(cure) == smallest for cure in cures)
    fewest = (
        f"{verb(times, 'takes', 'take')} {counted(smallest, 'step')}, the fewest{'' if complete else ' of those found'}"
    )
    yield f"{capital(counted(times, 'cure'))} of {found.count} {fewest}."
    if found.common:
        yield f"In all {found.count}: {listed([words[name] for name in found.common])}."
    for choice in found.choices:
        yield f"In all {found.count}: either {_chosen(choice, words, 'or')}."
    if found.sometimes:
        yield f"In some: {_chosen(found.sometimes, words, 'and')}."


def _chosen(choice: Choice, words: dict[str, str], last: str) -> str:
    return listed([f"{words[name]} ({times})" for name, times in choice], last)


def _names(members: Sequence[LimitGroup]) -> frozenset[str]:
    return frozenset(member.name for member in members)
