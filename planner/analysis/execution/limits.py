"""What plant, land and hands allow in a month, before anybody has been given goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.execution.sites import Sites
from planner.analysis.execution.world import World
from planner.program import Vector

__all__ = ["Limits", "filled", "hired", "within_limits"]

_ENOUGH = 1e-12  # by which a need may pass what is there, for rounding


@dataclass(frozen=True, eq=False)
class Limits:
    """Limits of a month.

    Args:
        world: norms and what there is.
        t: the period.
        months: steps of it.
        plant: in existence, shape (K,).
    """

    world: World
    t: int
    months: int
    plant: Vector

    @property
    def of_plant(self) -> Vector:
        """Use that plant allows in a month, shape (K,); infinite where the question knows no such limit."""
        if not self.world.plant_limits:
            return np.full(len(self.plant), np.inf)
        return self.world.utilisation * np.maximum(self.plant, 0.0) / self.months

    @property
    def of_land(self) -> Vector:
        """Resources other than labour for production in a month, shape (S,)."""
        return np.asarray(self.world.land[:, self.t] / self.months)

    @property
    def of_hands(self) -> Vector:
        """Labour for production and building in a month, shape (S,), infinite for other resources."""
        found = np.full(self.world.available.shape[0], np.inf)
        labour = self.world.facts.labour
        found[labour] = self.world.available[labour, self.t] / self.months
        return found


def hired(limits: Limits, target: Vector) -> float:
    """Hands that are hired in a month, as a rate for the period: for the target, not for the output.

    Args:
        limits: of the month.
        target: of each activity, shape (J,).
    """
    labour = limits.world.facts.labour
    wanted = (limits.world.employs[limits.t] @ target)[labour]
    return float(np.minimum(wanted, limits.of_hands[labour]).sum()) * limits.months


def within_limits(limits: Limits, target: Vector, steps: Vector, sites: Sites) -> tuple[Vector, Vector]:
    """Targets cut in proportion where plant, land or hands do not suffice; steps of works where hands do not.

    Args:
        limits: of the month.
        target: of each activity, shape (J,).
        steps: of each work, shape (works,).
        sites: the works.

    Returns:
        Potential output, and steps.
    """
    world, t, building = limits.world, limits.t, np.zeros((0, 0))
    norms = np.vstack([world.occupies[t], world.employs[t], world.employs[t]])
    if world.built_by_hand:
        building = sites.hands(steps)
        none = np.zeros((len(norms) - len(building), len(steps)))
        norms = np.hstack([norms, np.vstack([none, building])])
    amounts = np.concatenate([target, np.ones(norms.shape[1] - len(target))])
    there = np.concatenate([limits.of_plant, limits.of_land, limits.of_hands])
    share = filled(norms, amounts, there)
    return target * share[: len(target)], steps * share[len(target) :] if building.size else steps


def filled(norms: Vector, amounts: Vector, there: Vector) -> Vector:
    """Shares of amounts raised together until a limit is reached; who takes of it stays there, the others go on.

    So what is scarce is shared in proportion among those who can use it, nothing wanted is left idle, and no order counts.

    Args:
        norms: taken of each limit by one of each, shape (limits, things).
        amounts: wanted of each, shape (things,).
        there: of each limit, shape (limits,); infinite without limit.

    >>> filled(np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]), np.array([10.0, 10.0, 10.0]), np.array([5.0, 23.0])).tolist()
    [0.5, 0.9, 0.9]
    """
    wanted = norms @ amounts
    reached = np.isfinite(there) & (wanted > there)  # no other can be, whatever is left to it
    takes, left = norms[reached] * amounts, there[reached]
    taken = takes > 0
    near = taken.astype(float) @ taken.T > 0  # limits that some thing takes of both
    share, rising = np.ones(len(amounts)), np.ones(len(amounts))
    while True:
        need = takes @ rising
        free = left - takes @ (share * (1.0 - rising))
        level = np.divide(np.maximum(free, 0.0), need, out=np.full(len(need), np.inf), where=need > 0)
        first = np.where(near, level, np.inf).min(axis=1, initial=np.inf)
        full = (level < 1.0 - _ENOUGH) & (level <= first * (1.0 + _ENOUGH))  # before any near it, so in any order
        if not full.any():
            return share
        least = np.where(taken[full], _alike(level[full])[:, None], np.inf).min(axis=0)
        stay = (rising > 0) & np.isfinite(least)
        share[stay], rising[stay] = least[stay], 0.0


def _alike(levels: Vector) -> Vector:
    """Levels of which those that differ by rounding alone are one, the lowest."""
    found, where = np.unique(levels, return_inverse=True)
    new = np.concatenate([[True], found[1:] > found[:-1] * (1.0 + _ENOUGH)])
    return np.asarray(found[np.maximum.accumulate(np.where(new, np.arange(len(found)), 0))][where])
