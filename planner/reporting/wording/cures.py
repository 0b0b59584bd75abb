"""What many cures have in common, and in what they differ: exact, so that a long list can be told in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Compared", "compare"]

Choice = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Compared:
    """What cures share.

    Args:
        count: of cures.
        common: members of every one.
        choices: groups of members of which every cure has exactly one, each member with the number of cures that have it.
        sometimes: all other members, each with the number of cures that have it, the most frequent first.
    """

    count: int
    common: tuple[str, ...]
    choices: tuple[Choice, ...]
    sometimes: Choice


def compare(cures: Sequence[frozenset[str]], conflicts: Sequence[frozenset[str]]) -> Compared:
    """Compare cures member by member.

    Every cure gives way somewhere in every conflict. Where all of them do so exactly once, the conflict is a choice that each
    cure makes; choices that overlap one already told are left out.

    Args:
        cures: sets of members.
        conflicts: likewise, smallest first.

    >>> found = compare([frozenset("ab"), frozenset("ac"), frozenset("bd")], [frozenset("ad"), frozenset("bc")])
    >>> found.common, found.choices, found.sometimes
    ((), ((('a', 2), ('d', 1)), (('b', 2), ('c', 1))), ())
    >>> compare([frozenset("ab"), frozenset("ac")], [frozenset("a"), frozenset("bc")])
    Compared(count=2, common=('a',), choices=((('b', 1), ('c', 1)),), sometimes=())
    """
    times = Counter(member for cure in cures for member in sorted(cure))
    common = {member for member, count in times.items() if count == len(cures)}
    told: set[str] = set(common)
    choices: list[Choice] = []
    for conflict in conflicts:
        group = {member for member in conflict if times[member]}
        if len(group) > 1 and not group & told and all(len(cure & group) == 1 for cure in cures):
            choices.append(_counted(group, times))
            told |= group
    return Compared(len(cures), tuple(sorted(common)), tuple(choices), _counted(set(times) - told, times))


def _counted(members: set[str], times: Counter[str]) -> Choice:
    return tuple((member, times[member]) for member in sorted(members, key=lambda member: (-times[member], member)))
