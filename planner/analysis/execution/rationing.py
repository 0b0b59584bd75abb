"""Who is given what there is: claims in, grants out."""

from __future__ import annotations

import numpy as np

from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector

__all__ = ["handed_out", "in_order"]


def in_order(supply: Vector, claims: Vector, order: Vector) -> Vector:
    """Serve claims class by class, within a class all alike in proportion to what they claim.

    Args:
        supply: of each good, shape (P,).
        claims: of each claimant, shape (P, N).
        order: class of each claimant, the lowest served first, shape (N,).

    Returns:
        Grants, shape (P, N): in sum no more than there is, and none more than was claimed.

    >>> in_order(np.array([10.0]), np.array([[8.0, 4.0, 4.0]]), np.array([0.0, 1.0, 1.0])).tolist()
    [[8.0, 1.0, 1.0]]
    """
    classes, member = np.unique(order, return_inverse=True)
    mine = np.zeros((len(order), len(classes)))
    mine[np.arange(len(order)), member] = 1.0
    wanted = claims @ mine
    before = np.cumsum(wanted, axis=1) - wanted
    left = np.clip(supply[:, None] - before, 0.0, wanted)
    share = np.divide(left, wanted, out=np.ones_like(wanted), where=wanted > 0)
    granted: Vector = claims * share[:, member]
    return granted


def handed_out(supply: Vector, claims: Vector, rules: ExecutionRules, alike: Vector, ranked: Vector) -> Vector:
    """Grants by the rule of allocation.

    Args:
        supply: of each good, shape (P,).
        claims: of each claimant, shape (P, N).
        rules: which rule.
        alike: class of each claimant where ranks do not count, shape (N,).
        ranked: its rank, shape (N,).
    """
    if rules.allocation != "priority":
        return in_order(supply, claims, alike)
    first = in_order(supply * rules.strength, claims, ranked)
    rest = np.maximum(supply - first.sum(axis=1), 0.0)
    return first + in_order(rest, claims - first, alike)
