"""One pool and true needs: the market-like limit, where a small program a month decides; and needs that lie ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.execution.limits import Limits
from planner.analysis.execution.setting import Setting
from planner.analysis.execution.world import World
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import SolverError

__all__ = ["BestAllocation", "Month", "Pool", "needs", "taken_before"]

_PACE, _REST = 20.0, 0.5  # weights of next month's pace, and of works and each of the others served, against output
_STILL = 1e-9  # of a stage, under which works ask for nothing
_LEAST = 1e-3  # of all that is made, of which millionths still count
_WHOLE = 1e-5  # of a last digit that is missing, within which a number is whole
_DIGITS = 20  # binary, of a number that count: by its last, equally good plans would differ with the processor


@dataclass(frozen=True, eq=False)
class Month:
    """What there is in a month and what is wanted of it.

    Args:
        t: the period.
        plant: in existence, shape (K,).
        target: of each activity, shape (J,).
        building: what a stage of each work takes, shape (P, works).
        steps: share of it that each asks for, shape (works,).
        others: what households, the state and exports ask for, shape (P, 3).
        pool: of what keeps, shape (P,).
        came: from abroad, of what does not keep, shape (P,).
    """

    t: int
    plant: Vector
    target: Vector
    building: Vector
    steps: Vector
    others: Vector
    pool: Vector
    came: Vector


@dataclass(frozen=True, eq=False)
class BestAllocation:
    """What the program finds: activities (J,), and shares of what works (works,) and the others (3,) ask for."""

    activity: Vector
    works: Vector
    others: Vector


class Pool:
    """The program of one country's pool, month after month: what changes of it is sent to a solver that stays warm.

    Args:
        world: norms.
        months: steps a period.
    """

    def __init__(self, world: World, months: int) -> None:
        """Before the first month."""
        self.world, self.months = world, months
        self._session = Session(SolveOptions(rays=False, presolve=False))
        self._last = LinearProgram.plain(cost=[], matrix=Matrix((0, 0)))
        self._there, self._at = np.zeros(0, bool), np.zeros(0, np.intp)  # where it has coefficients

    def best(self, month: Month) -> BestAllocation:
        """The greatest pace at which the next month can be provided for, with as much of every target as there is.

        Args:
            month: what there is and what is wanted.

        Raises:
            SolverError: the program had no answer.
        """
        world, t, kept = self.world, month.t, self.world.keeps
        asks = np.flatnonzero((month.steps > _STILL) & month.building.any(axis=0))
        steps = month.steps[asks]
        wants = np.hstack([month.building[:, asks], month.others])
        J, rest, keeping = len(month.target), wants.shape[1], int(kept.sum())
        uses = np.hstack([world.takes[t], wants])
        left = uses.copy()  # what of it the month's own output does not replace
        left[:, :J] -= world.makes[t]
        most = np.concatenate([month.target, steps, np.ones(4)])
        following = world.takes[t] @ (world.activity[:, t] / self.months) + wants @ most[J:-1]
        limits = Limits(world, t, self.months, month.plant)
        norms = np.vstack([world.occupies[t], world.employs[t]])
        there = np.concatenate([limits.of_plant, np.minimum(limits.of_land, limits.of_hands)])
        holds = np.isfinite(there)
        body = np.zeros((len(uses) + keeping + int(holds.sum()), J + rest + 1))
        body[: len(uses), :-1] = np.where(kept[:, None], uses, left)
        body[len(uses) : len(uses) + keeping, :-1] = left[kept]
        body[len(uses) : len(uses) + keeping, -1] = following[kept]
        body[len(uses) + keeping :, :J] = norms[holds]
        limit = np.concatenate([np.where(kept, month.pool, month.came), month.pool[kept], there[holds]])
        worth = world.value @ world.makes[t]
        whole = max(float(worth @ month.target), 1e-300)
        each = _REST / (max(len(asks), 1) * steps)
        worths = np.concatenate([worth / whole, each, np.full(3, _REST), [_PACE]])
        found = self._solved(body, np.maximum(limit, 0.0), most, worths)
        works = np.ones(len(month.steps))
        works[asks] = np.minimum(found[J : J + len(asks)] / steps, 1.0)
        return BestAllocation(found[:J], works, found[J + len(asks) : J + rest])

    def _solved(self, body: Vector, limit: Vector, most: Vector, worth: Vector) -> Vector:
        """The point with the greatest value, shape (columns,)."""
        body, most = -_coarse(-body), _coarse(most)
        limit, worth = _coarse(limit, np.abs(body) @ most), _coarse(worth, _LEAST / np.maximum(most, 1e-300))
        there = body != 0.0
        if not np.array_equal(there, self._there):
            self._there, self._at = there, np.flatnonzero(there)
            self._last = LinearProgram.plain(cost=worth, matrix=Matrix(body), sense="max")
        pattern = self._last.matrix
        matrix = Matrix((body.ravel()[self._at], pattern.indices, pattern.indptr), shape=body.shape)
        self._last = self._last.with_(matrix=matrix, cost=worth, row_upper=limit, column_upper=most)
        found = self._session.solve(self._last)
        if not found.optimal:
            raise SolverError(f"the month's program: {found.status.value} {found.detail}".rstrip())
        return np.clip(found.values, 0.0, most)


def _coarse(values: Vector, of: Vector | None = None) -> Vector:
    """Numbers in millionths of their own size, or of another, none larger than it was, so that what fits still does.

    >>> _coarse(np.array([1.0, 0.3, 1e-17]), np.array([2.0, 2.0, 2.0])).round(5)
    array([1. , 0.3, 0. ])
    """
    _, exponent = np.frexp(values if of is None else of)
    return np.asarray(np.ldexp(np.floor(np.ldexp(values, _DIGITS - exponent) + _WHOLE), exponent - _DIGITS))


def needs(world: World, setting: Setting, t: int, target: Vector, multiplier: Vector, months: int) -> Vector:
    """Inputs that branches need to be given in a month for their targets, those taken ahead in their time, shape (P, J).

    Args:
        world: norms.
        setting: what is asked, and of whom first.
        t: the period.
        target: of the month, shape (J,).
        multiplier: of targets, shape (J,).
        months: steps a period.
    """
    if world.ahead is None:
        return np.asarray(world.takes[t] * target)
    later = setting.tautness * world.activity * multiplier[:, None] / months
    return np.asarray(np.einsum("pjs,js->pj", world.ahead[t], later))


def taken_before(world: World) -> Vector:
    """Inputs that the benchmark has taken ahead as the first period begins, shape (P, J)."""
    if world.ahead is None:
        return np.zeros(world.takes.shape[1:])
    within = world.ahead.sum(axis=0)  # (P, J, periods run)
    every = np.einsum("jt,tpj->pj", world.activity, world.takes)
    return np.asarray(np.maximum(every - np.einsum("pjt,jt->pj", within, world.activity), 0.0))
