"""Rounded prices repaired by the rows themselves, so that what they prove holds to the last digit.

With prices ``y`` of the rows and ``r = c − Aᵀy``, no point of a maximum is better than ``y`` and ``r`` weighed at their limits.
That proves nothing while some ``r_j > 0`` has no upper bound, or some ``r_j < 0`` no lower one, and rounding leaves such traces
everywhere. But a column without a bound of its own is mostly bounded by rows: ``a x ≤ b`` bounds ``x_j`` once every other
column of the row is bounded on the opposite side (activity propagation, as presolve does it). Going through the columns so
gives an order, each with the row that bounded it. Then, the last one first, the price of that row is moved until its column
prices out. A moved price worsens only columns that stand earlier in the order, and those are repaired later: one move a
column, in whole numbers.

Columns that wait for each other in a ring get one common direction from a small program over them alone. Where there is none,
they can grow for ever, and rows in which that leaves slack carry no price.

References:
    Neumaier and Shcherbina 2004, "Safe bounds in linear and mixed-integer linear programming"; Achterberg 2007 on propagation.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Matrix, Vector
from planner.proof.exact import Sense, usable, whole_numbers
from planner.proof.rational_solve import Prices
from planner.solver.highs import Session
from planner.solver.scaling import scaling_of

__all__ = ["repaired"]

BITS = 80  # of a price; what is lost is below a float's last digit from 60 on
COARSE = 2**30  # of a common direction, which is taken whole numbers of times
ROUNDS = 40  # of propagation, after which the bounds that all rows imply together are near enough
SETTLED = 1e-3  # relative change of these bounds that is waited for no longer
Bound: TypeAlias = tuple[int, int]  # 0 from below or 1 from above, and the column


@dataclass(frozen=True, eq=False)
class _Halves:
    """Every finite limit of a row as one row of ``matrix @ x ≤ limit``.

    Args:
        matrix: coefficients, shape (halves, columns).
        limit: shape (halves,).
        row: of the program, for each, shape (halves,).
        sign: +1 where it is the upper limit, −1 where the lower one, shape (halves,).
    """

    matrix: Matrix
    limit: Vector
    row: list[int]
    sign: list[int]

    @classmethod
    def of(cls, program: LinearProgram) -> _Halves:
        """Those of a program."""
        up, down = np.flatnonzero(program.row_upper < np.inf), np.flatnonzero(program.row_lower > -np.inf)
        matrix = Matrix(sp.vstack([program.matrix[up], -program.matrix[down]], format="csr"))
        matrix.eliminate_zeros()
        limit = np.concatenate([program.row_upper[up], -program.row_lower[down]])
        return cls(matrix, limit, [*up.tolist(), *down.tolist()], [1] * len(up) + [-1] * len(down))


def repaired(program: LinearProgram, prices: Vector, sense: Sense, *, with_cost: bool) -> Prices:
    """Prices near rounded ones under which columns price out exactly, as far as rows can see to that.

    Args:
        program: the program; its numbers are those of their decimal text.
        prices: by row, as `planner.proof.exact.weigh` takes them, shape (rows,).
        sense: ``max`` for an upper bound of the objective, ``min`` for a lower one.
        with_cost: whether columns are priced against the program's cost or against nothing.

    Returns:
        Prices by row. `planner.proof.exact.weigh` says what they prove.

    >>> program = LinearProgram.plain(cost=[1.0], matrix=[[3.0]], row_upper=[1.0], sense="max")
    >>> from planner.proof.exact import weigh
    >>> found = weigh(program, repaired(program, np.array([0.333]), "max", with_cost=True), "max", with_cost=True)
    >>> found.loose, 0 < found.total - Fraction(1, 3) < Fraction(1, 10**20)
    ((), True)
    """
    factor = 1 if sense == "max" else -1
    prices = usable(program, prices, sense, 0.0) * factor
    used = np.flatnonzero(prices)
    units = scaling_of(program)
    if not len(used):
        return {}
    priced = np.flatnonzero(program.cost) if with_cost else used[:0]
    if len(priced) == 1:  # one share of everything: prices that add up on it
        on_it = float((program.matrix[:, priced].T @ prices)[0]) * factor / program.cost[priced[0]]
        prices = prices / on_it if on_it > 0.1 else prices
    level = float((np.abs(prices[used]) / units.rows[used]).max() * units.rows.min())
    bits = max(0, BITS - int(np.floor(np.log2(level))))
    scaled = units.scaled(program)
    found = _Propagation(scaled)
    table = _Table(program, bits, factor if with_cost else 0)
    for row in used.tolist():
        numerator, denominator = float(prices[row]).as_integer_ratio()
        table.move(row, (numerator << bits) // denominator)
    if found.loose:
        _together(table, found, units.rows)
    for above, column, row in reversed(found.order):
        table.repair(above, column, row)
    grid = Fraction(factor, 1 << bits)
    return {row: price * grid for row, price in sorted(table.prices.items()) if price}


class _Table:
    """Prices and what they leave of each column, in whole numbers.

    Args:
        program: whose coefficients are taken as whole numbers of one power of ten.
        bits: prices are whole numbers of a power of two.
        factor: of the cost: 1, −1 or 0.
    """

    def __init__(self, program: LinearProgram, bits: int, factor: int) -> None:
        """With no row priced."""
        matrix, cost = program.matrix, program.cost * factor
        whole, _ = whole_numbers(np.concatenate([matrix.data, cost]))
        self.data, costs = whole[: len(matrix.data)], whole[len(matrix.data) :]
        self.indices, self.indptr = matrix.indices.tolist(), matrix.indptr.tolist()
        self.left = [value << bits for value in costs]
        self.prices: dict[int, int] = {}

    def terms(self, row: int) -> list[tuple[int, int]]:
        """Columns of a row and their coefficients."""
        run = slice(self.indptr[row], self.indptr[row + 1])
        return list(zip(self.indices[run], self.data[run], strict=True))

    def move(self, row: int, by: int) -> None:
        """Change a price."""
        self.prices[row] = self.prices.get(row, 0) + by
        for column, value in self.terms(row):
            self.left[column] -= value * by

    def wanting(self, above: int, column: int) -> bool:
        """Whether a column does not price out on a side."""
        return self.left[column] > 0 if above else self.left[column] < 0

    def repair(self, above: int, column: int, row: int) -> None:
        """Move the price of a row until a column prices out on a side."""
        if not self.wanting(above, column):
            return
        left = self.left[column]
        value = next(value for other, value in self.terms(row) if other == column)
        steps = -(-abs(left) // abs(value))
        self.move(row, steps if (value > 0) == (left > 0) else -steps)


def _tightest(halves: _Halves, low: Vector, high: Vector) -> tuple[Vector, Vector]:
    """The bounds of columns that all rows imply together, after some rounds of propagation."""
    count, at, value = len(halves.limit), halves.matrix.indices, halves.matrix.data
    row = np.repeat(np.arange(count), np.diff(halves.matrix.indptr))
    for _ in range(ROUNDS):
        least = value * np.where(value > 0, low[at], high[at])
        gap = ~np.isfinite(least)
        least = np.where(gap, 0.0, least)
        gaps, rest = np.bincount(row, gap, count)[row], np.bincount(row, least, count)[row]
        bound = (halves.limit[row] - rest + least) / value
        may = (gaps == 0) | ((gaps == 1) & gap)
        up, down = may & (value > 0), may & (value < 0)
        before, low, high = (low, high), low.copy(), high.copy()
        np.minimum.at(high, at[up], bound[up])
        np.maximum.at(low, at[down], bound[down])
        if all(np.allclose(*pair, rtol=SETTLED, atol=0.0) for pair in zip((low, high), before, strict=True)):
            break
    return low, high


class _Propagation:
    """The order in which rows bound columns: of the bounds that can be had, the one nearest to the best comes first.

    Args:
        program: in units near one.
    """

    def __init__(self, program: LinearProgram) -> None:
        """Go through all columns."""
        self.halves = halves = _Halves.of(program)
        bounds = [program.column_lower, program.column_upper]
        self.best = [values.tolist() for values in _tightest(halves, *bounds)]
        self.known, self.value = [np.isfinite(b).tolist() for b in bounds], [b.tolist() for b in bounds]
        at, data, starts = halves.matrix.indices.tolist(), halves.matrix.data.tolist(), halves.matrix.indptr.tolist()
        self.runs = [list(zip(at[a:b], data[a:b], strict=True)) for a, b in pairwise(starts)]
        self.limit = halves.limit.tolist()
        self.heap: list[tuple[float, int, int, float, int]] = []
        self.order = self._ordered()
        used = sorted(set(at))
        self.loose = [(side, column) for side in (0, 1) for column in used if not self.known[side][column]]

    def _ordered(self) -> list[tuple[int, int, int]]:
        """Side, column and row of the program, the first bounded first."""
        waits, missing, order = dict[Bound, list[int]](), [0] * len(self.runs), list[tuple[int, int, int]]()
        for half, run in enumerate(self.runs):
            for column, a in run:
                need = 0 if a > 0 else 1
                if not self.known[need][column]:
                    missing[half] += 1
                    waits.setdefault((need, column), []).append(half)
        for half, count in enumerate(missing):
            if count <= 1:
                self._offer(half)
        while self.heap:
            _, above, column, bound, half = heapq.heappop(self.heap)
            if self.known[above][column]:
                continue
            self.known[above][column], self.value[above][column] = True, bound
            order.append((above, column, self.halves.row[half]))
            for other in waits.get((above, column), ()):
                missing[other] -= 1
                if missing[other] <= 1:
                    self._offer(other)
        return order

    def _offer(self, half: int) -> None:
        """Bounds that a row gives once at most one of its columns is missing."""
        known, value = self.known, self.value
        rest, alone = self.limit[half], -1
        for column, a in self.runs[half]:
            need = 0 if a > 0 else 1
            if known[need][column]:
                rest -= a * value[need][column]
            else:
                alone = column
        for column, a in self.runs[half]:
            above = 1 if a > 0 else 0
            if not known[above][column] and alone in (-1, column):
                bound = (rest if alone == column else rest + a * value[1 - above][column]) / a
                best = self.best[above][column]
                heapq.heappush(self.heap, (abs(bound - best) / max(abs(best), 1e-12), above, column, bound, half))


def _together(table: _Table, propagation: _Propagation, units: Vector) -> None:
    """Make columns that wait for each other price out by one common direction; rows with slack for ever lose their price.

    Args:
        table: prices, moved.
        propagation: of the program in units near one.
        units: by what each row was multiplied, shape (rows,).
    """
    halves, loose = propagation.halves, propagation.loose
    sign = np.array([1.0 if above else -1.0 for above, _ in loose])
    block = Matrix(sp.diags_array(sign) @ sp.csr_array(sp.csc_array(halves.matrix)[:, [c for _, c in loose]].T))
    count, width = block.shape
    weight = 1e-6 * (np.abs(halves.limit) / max(1.0, float(np.abs(halves.limit).max(initial=0.0))) + 1e-3)
    lowering = LinearProgram.plain(
        cost=np.concatenate([weight, np.ones(count)]),
        matrix=Matrix(sp.hstack([block, sp.eye_array(count)], format="csr")),
        row_lower=np.ones(count),
        column_upper=np.concatenate([np.full(width, np.inf), np.ones(count)]),
    )
    answer = Session().solve(lowering, as_it_is=True)
    if not answer.optimal:
        return
    for_ever = np.where(answer.values[width:] > 0.5, answer.row_prices, 0.0)
    for half in np.flatnonzero(block.T @ for_ever < -1e-7).tolist():
        row = halves.row[half]
        table.move(row, -table.prices.get(row, 0))
    direction: dict[int, int] = {}
    for half in np.flatnonzero(answer.values[:width] > 0).tolist():
        row = halves.row[half]
        by = round(float(answer.values[half] * units[row] / units.min()) * COARSE)
        direction[row] = direction.get(row, 0) + by * halves.sign[half]
    lowered = _lowered(table, direction)
    steps = 0
    for above, column in loose:
        by = lowered.get(column, 0) * (1 if above else -1)
        if by > 0 and table.wanting(above, column):
            steps = max(steps, -(-abs(table.left[column]) // by))
    for row, by in direction.items() if steps else ():
        table.move(row, steps * by)


def _lowered(table: _Table, direction: Mapping[int, int]) -> dict[int, int]:
    """By how much a direction of prices lowers what is left of each column."""
    lowered: dict[int, int] = {}
    for row, by in direction.items():
        for column, value in table.terms(row):
            lowered[column] = lowered.get(column, 0) + by * value
    return lowered
