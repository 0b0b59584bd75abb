"""Who is given what there is: claims in, grants out."""

from __future__ import annotations

import numpy as np

from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector

__all__ = ["Order", "handed_out"]


class Order:
    """Classes of claimants that are served one after the other, within a class all alike in proportion to what they claim.

    Args:
        of: class of each claimant, the lowest served first, shape (N,).

    >>> order = Order(np.array([0.0, 1.0, 1.0]))
    >>> order.serve(np.array([10.0]), np.array([[8.0, 4.0, 4.0]])).tolist()
    [[8.0, 1.0, 1.0]]
    """

    def __init__(self, of: Vector) -> None:
        """Find who is of one class."""
        classes, self._class = np.unique(of, return_inverse=True)
        self._members = np.zeros((len(of), len(classes)))
        self._members[np.arange(len(of)), self._class] = 1.0

    def serve(self, supply: Vector, claims: Vector) -> Vector:
        """Grants, shape (P, N): in sum no more than there is, and none more than was claimed.

        Args:
            supply: of each good, shape (P,).
            claims: of each claimant, shape (P, N).
        """
        wanted = claims @ self._members
        before = np.cumsum(wanted, axis=1) - wanted
        left = np.clip(supply[:, None] - before, 0.0, wanted)
        share = np.divide(left, wanted, out=np.ones_like(wanted), where=wanted > 0)
        granted: Vector = claims * share[:, self._class]
        return granted


def handed_out(supply: Vector, claims: Vector, rules: ExecutionRules, alike: Order, ranked: Order) -> Vector:
    """Grants by the rule of allocation.

    Args:
        supply: of each good, shape (P,).
        claims: of each claimant, shape (P, N).
        rules: which rule.
        alike: classes where ranks do not count.
        ranked: by rank.
    """
    if rules.allocation != "priority":
        return alike.serve(supply, claims)
    first = ranked.serve(supply * rules.strength, claims)
    rest = np.maximum(supply - first.sum(axis=1), 0.0)
    return first + alike.serve(rest, claims - first)
