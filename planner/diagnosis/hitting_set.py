"""Smallest hitting sets, as a small 0/1 program: the map of what is known about conflicts and cures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.program import LinearProgram, Matrix
from planner.solver.highs import Session, SolveOptions

Set = frozenset[int]


def smallest_hitting(
    hit: Sequence[Set], spared: Sequence[Set] = (), *, seconds: float = float("inf"), nodes: int = 0
) -> Set | None:
    """A smallest set that meets each of some sets and swallows none of others.

    Args:
        hit: sets of which at least one element must be in it.
        spared: sets of which at least one element must stay out.
        seconds: time for the search, where somebody asked that the clock be watched.
        nodes: of the search at most; 0 for no limit.

    Returns:
        The set, or ``None`` where there is none (or none was found within ``nodes`` or ``seconds``).

    >>> sorted(smallest_hitting([frozenset({0, 1}), frozenset({1, 2})]))
    [1]
    >>> smallest_hitting([frozenset({0})], [frozenset({0})]) is None
    True
    """
    if any(not one for one in hit) or any(not one for one in spared):
        return None
    if not hit:
        return frozenset()
    sets = [*hit, *spared]
    named = sorted(frozenset().union(*sets))  # an element of no set is in no smallest one
    place = {element: at for at, element in enumerate(named)}
    rows = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    columns = np.array([place[element] for one in sets for element in sorted(one)], dtype=np.intp)
    size = len(named)
    found = Session(SolveOptions(seconds=seconds, nodes=nodes)).solve(
        LinearProgram.plain(
            cost=np.ones(size),
            matrix=Matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sets), size)),
            row_lower=np.repeat([1.0, -np.inf], [len(hit), len(spared)]),
            row_upper=np.array([np.inf] * len(hit) + [len(one) - 1.0 for one in spared]),
            column_upper=np.ones(size),
            integer=np.ones(size, dtype=bool),
        ),
        as_it_is=True,
    )
    if not found.optimal:
        return None
    chosen = frozenset(named[at] for at in np.flatnonzero(found.values > 0.5).tolist())
    good = all(chosen & one for one in hit) and not any(one <= chosen for one in spared)
    return chosen if good else None
