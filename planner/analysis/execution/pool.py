"""One pool and true needs: the market-like limit, where a small program a month decides; and needs that lie ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.execution.limits import Limits
from planner.analysis.execution.setting import Setting
from planner.analysis.execution.world import World
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import SolverError

__all__ = ["Best", "Month", "best", "needs", "taken_before"]

_PACE, _REST = 20.0, 0.5  # weights of next month's pace, and of works and each of the others served, against output


@dataclass(frozen=True, eq=False)
class Month:
    """What there is in a month and what is wanted of it.

    Args:
        world: norms.
        t: the period.
        months: steps of it.
        plant: in existence, shape (K,).
        target: of each activity, shape (J,).
        building: what works ask for, shape (P, works).
        others: what households, the state and exports ask for, shape (P, 3).
        pool: of what keeps, shape (P,).
        came: from abroad, of what does not keep, shape (P,).
    """

    world: World
    t: int
    months: int
    plant: Vector
    target: Vector
    building: Vector
    others: Vector
    pool: Vector
    came: Vector


@dataclass(frozen=True, eq=False)
class Best:
    """What the program finds: activities (J,), and shares of what works (works,) and the others (3,) ask for."""

    activity: Vector
    works: Vector
    others: Vector


def best(month: Month, session: Session) -> Best:
    """The greatest pace at which the next month can be provided for, with as much of every target as there is.

    Args:
        month: what there is and what is wanted.
        session: a solver, which begins afresh.

    Raises:
        SolverError: the program had no answer.
    """
    world, t = month.world, month.t
    takes, makes, keeps = world.takes[t], world.makes[t], world.keeps[:, None]
    asks = np.flatnonzero(month.building.any(axis=0))
    shares = np.hstack([month.building[:, asks], month.others])
    J, rest = len(month.target), shares.shape[1]
    uses, made = np.hstack([takes, shares]), np.hstack([makes, np.zeros((len(takes), rest))])
    following = takes @ (world.activity[:, t] / month.months) + shares.sum(axis=1)
    limits = Limits(world, t, month.months, month.plant)
    kept = world.keeps
    there = np.where(kept, month.pool, month.came)
    rows = [
        (np.hstack([np.where(keeps, uses, uses - made), np.zeros((len(takes), 1))]), there),
        (np.hstack([uses - made, following[:, None]])[kept], month.pool[kept]),
        *((_wide(norms, rest + 1), limit) for norms, limit in _limits(limits)),
    ]
    body, most = np.vstack([row for row, _ in rows]), np.concatenate([limit for _, limit in rows])
    worth = world.value @ makes
    whole = max(float(worth @ month.target), 1e-300)
    cost = np.concatenate([worth / whole, np.full(len(asks), _REST / max(len(asks), 1)), np.full(3, _REST), [_PACE]])
    upper = np.concatenate([month.target, np.ones(rest + 1)])
    program = LinearProgram.plain(
        cost=cost, matrix=Matrix(body), row_upper=np.maximum(most, 0.0), column_upper=upper, sense="max"
    )
    session.begin(program)
    found = session.solve(program)
    if not found.optimal:
        raise SolverError(f"the month's program: {found.status.value} {found.detail}".rstrip())
    works = np.ones(month.building.shape[1])
    works[asks] = found.values[J : J + len(asks)]
    values = np.clip(found.values, 0.0, upper)
    return Best(values[:J], np.clip(works, 0.0, 1.0), values[J + len(asks) : J + rest])


def _limits(limits: Limits) -> list[tuple[Vector, Vector]]:
    world, t = limits.world, limits.t
    resources = np.minimum(limits.of_land, limits.of_hands)
    every = [(world.occupies[t], limits.of_plant), (world.employs[t], resources)]
    return [(norms[np.isfinite(there)], there[np.isfinite(there)]) for norms, there in every]


def _wide(norms: Vector, more: int) -> Vector:
    return np.hstack([norms, np.zeros((len(norms), more))])


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
