"""Concave objectives by cutting planes: a sum of curves, each of one column, maximised by linear programs.

Each curve lies under every one of its tangents. With a few tangents in its place the program is linear and its optimum a
bound; where the point found does not lie on its curves the tangents there are added, and the program is solved again from the
last basis (Kelley 1960). The bound and the best point's own value enclose the optimum: that is the proof, and the gap says how
good it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.basis import BASIC, UPPER, Basis
from planner.solver.dual_check import priced_bound
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status

__all__ = ["PARABOLA", "ConcaveCurve", "Tangents", "logarithm", "maximise"]

_NO_MORE = 1e-12  # by how much a tangent may miss its curve without another being added, in the curve's unit
_FINE = 1e-6  # unit of what curves fall below their tangents at a point near the optimum


@dataclass(frozen=True)
class ConcaveCurve:
    """A concave function of one number.

    Args:
        value: at each of some numbers.
        slope: likewise.
    """

    value: Callable[[Vector], Vector]
    slope: Callable[[Vector], Vector]


def logarithm(least: float) -> ConcaveCurve:
    """log(s / least), and its tangent where s is less: finite for every s, nothing at the least, log 1/least at one.

    >>> logarithm(0.01).value(np.array([0.01, 1.0, 0.0])).round(6).tolist()
    [0.0, 4.60517, -1.0]
    """
    return ConcaveCurve(
        lambda s: np.where(s >= least, np.log(np.maximum(s, least) / least), (s - least) / least),
        lambda s: 1.0 / np.maximum(s, least),
    )


PARABOLA = ConcaveCurve(lambda z: -z * z, lambda z: -2.0 * z)


@dataclass(frozen=True, eq=False)
class Tangents:
    """A maximised sum of curves.

    Args:
        solution: the last linear program's; where it is no optimum, neither is anything else an answer. Its program has a
            column for each curve at the end, and the tangents.
        values: the best point, in the columns of the program given, shape (columns,).
        value: of the objective at it.
        bound: what no point exceeds.
        steps: linear programs solved.
        miss: by how much the last tangents miss a curve at the last point at most, in the curve's unit.
        optimal: whether the last linear program had an optimum, or was in doubt of a millionth of it at most.
    """

    solution: Solution
    values: Vector
    value: float
    bound: float
    steps: int
    miss: float
    optimal: bool

    @property
    def gap(self) -> float:
        """By how much the optimum may exceed the value of the point."""
        return max(0.0, self.bound - self.value)


def maximise(
    program: LinearProgram,
    at: Codes,
    weight: Vector,
    curve: ConcaveCurve,
    points: Vector,
    session: Session,
    *,
    gap: float = 0.0,
    relative: float = 0.0,
    near: float = _NO_MORE,
    most: int = 100,
    begin: Basis | None = None,
    around: Vector | None = None,
) -> Tangents:
    """Maximise a weighted sum of one curve at some of a program's columns.

    A solver lets limits be passed by its tolerance, and near its top a curve is so flat that this leaves the columns open by
    the root of it. Around a point near the optimum only what the curves fall below their tangents there is approximated, in
    so small a unit that the tolerance means as much for the columns themselves.

    Args:
        program: whose rows and bounds hold; its own objective is not read.
        at: columns, none twice.
        weight: of the curve at each, positive, both of shape (curves,).
        curve: the function.
        points: where its tangents stand to begin with, shape (tangents, curves), ``nan`` for none.
        session: a solver, warm from step to step.
        gap: at which difference of bound and value to stop.
        relative: at which share of the value.
        near: no tangent is added where the last ones miss the curve by no more, in its unit.
        most: how many linear programs at most.
        begin: a basis of the program given; or of the first one solved, which has the curves and tangents as well.
        around: a point near the optimum, shape (curves,).
    """
    count, columns = len(at), program.shape[1]
    centre = np.zeros(count) if around is None else around
    height = np.zeros(count) if around is None else curve.value(centre)
    tilt = np.zeros(count) if around is None else curve.slope(centre)
    unit = 1.0 if around is None else _FINE
    cost = np.bincount(at, weights=weight * tilt, minlength=columns)
    wide = program.with_columns("curve", Matrix((program.shape[0], count)), lower=-np.inf)
    wide = wide.maximising(np.concatenate([cost, weight * unit]), "sum of curves")

    def touching(program: LinearProgram, which: Codes, points: Vector) -> LinearProgram:
        """The program with tangents added: u ≤ value + slope × (column − point), less the tangent at the centre."""
        slope, rows = (curve.slope(points) - tilt[which]) / unit, np.arange(len(which))
        value = (curve.value(points) - height[which] - tilt[which] * (points - centre[which])) / unit
        data = np.concatenate([np.ones(len(which)), -slope])
        cells = np.tile(rows, 2), np.concatenate([columns + which, at[which]])
        body = sp.csr_array((data, cells), shape=(len(which), program.shape[1]))
        return program.with_rows("tangent", Matrix(body), upper=value - slope * points)

    number, which = np.nonzero(~np.isnan(points))
    wide = touching(wide, which, points[number, which])
    if begin is not None:
        whole = len(begin.columns) == wide.shape[1]
        session.begin(wide, begin if whole else _on_the_last(begin, count, len(which)))
    constant = float(weight @ (height - tilt * centre))
    best, value, bound, limit, miss = np.full(columns, np.nan), -np.inf, np.inf, np.inf, np.inf
    sought = False  # in every way: a point that its prices leave near the best serves for tangents, but not as an end
    for step in range(1, most + 1):  # noqa: B007  the number is told
        solution = session.solve(wide, again=sought)
        doubtful, ended, limit = solution.status in {Status.STOPPED, Status.FAILED}, True, np.inf
        if solution.optimal or (doubtful and not np.isnan(solution.values).any()):
            point = solution.values[:columns]
            heights = curve.value(point[at])
            below = heights - height - tilt * (point[at] - centre)
            limit = priced_bound(solution) if doubtful else solution.objective
            bound = min(bound, limit + constant)
            if (here := float(weight @ heights)) > value:
                best, value = point, here
            misses = solution.values[columns:] * unit - below
            missing, miss = np.flatnonzero(misses > near), float(np.abs(misses).max(initial=0.0))
            closed = around is None and bound - value <= max(gap, relative * abs(value))
            ended = closed or not len(missing) or (np.isinf(limit) and not sought)
        if not ended:
            wide, sought = touching(wide, missing, point[at[missing]]), False
        elif sought or not doubtful:
            break
        else:
            sought = True
    return Tangents(solution, best, value, bound, step, miss, bool(np.isfinite(limit)))


def _on_the_last(basis: Basis, count: int, points: int) -> Basis:
    """A basis with a curve's columns in it, each resting on its last tangent, of which there is one for each curve."""
    columns = np.append(basis.columns, np.full(count, BASIC, np.int8))
    rows = np.concatenate([basis.rows, np.full(points - count, BASIC), np.full(count, UPPER)]).astype(np.int8)
    return Basis(columns, rows)
