"""How much a point violates the rows of a program, as a share of what they consist of: the same in whatever units."""

from __future__ import annotations

import numpy as np

from planner.program import LinearProgram, Vector

__all__ = ["NOISE", "share_of", "violations", "worst_violation"]

NOISE = 1e-5  # share of what the rows of a column could put into it that counts to the size of its terms: ten roundings


def worst_violation(program: LinearProgram, values: Vector) -> float:
    """The greatest violation of a row by a point, as a share of what the row consists of.

    >>> program = LinearProgram.plain(cost=[0.0, 0.0], matrix=[[2e9, 1e9]], row_upper=[3e9])
    >>> round(worst_violation(program, np.array([1.0, 2.0])), 4)
    0.1429
    """
    return share_of(*violations(program, values))


def violations(program: LinearProgram, values: Vector) -> tuple[Vector, Vector]:
    """What a point breaks each row by, and what that is small against: the limit and the row's own terms.

    A value that is next to nothing because greater terms cancel is known no better than they are, so a column counts with a
    trace of what its rows could put into it.
    """
    body = np.asarray(program.matrix @ values)
    below, above = program.row_lower - body, body - program.row_upper
    broken = np.maximum(0.0, np.maximum(below, above))
    limits = np.where(below > above, program.row_lower, program.row_upper)
    terms = abs(program.matrix)
    size = terms @ np.abs(values) + np.where(np.isfinite(limits), np.abs(limits), 0.0)
    reach, there = np.abs(values), terms.data > 0
    at = np.repeat(np.arange(len(size)), np.diff(terms.indptr))[there]
    np.maximum.at(reach, terms.indices[there], size[at] / terms.data[there])
    return broken, size + NOISE * (terms @ reach)


def share_of(broken: Vector, sizes: Vector) -> float:
    """The greatest of some violations as a share of what each is small against."""
    some = broken > 0
    return float((broken[some] / sizes[some]).max(initial=0.0))
