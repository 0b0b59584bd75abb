"""Exact sums and exact prices: fractions on the decimal text of the program.

A float price leaves a residue of about 1e-16 on columns that should price out to nothing, and on a column without a bound
the smallest residue spoils a proof. So the rows that carry a price are solved once more, exactly: sparse elimination, which for
the few rows of a proof takes milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import lcm
from typing import Literal

import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Vector
from planner.proof.rational_solve import Prices, lift
from planner.proof.work import Work
from planner.solver.scaling import scaling_of

Sense = Literal["max", "min"]
ZERO = Fraction(0)


@lru_cache(maxsize=65_536)  # numbers of a program are looked at by one proof after the other
def fraction(value: float) -> Fraction:
    """A float as the number its shortest decimal text says.

    >>> fraction(0.35)
    Fraction(7, 20)
    """
    return Fraction(repr(float(value)))


def whole_numbers(values: Vector) -> tuple[list[int], int]:
    """Numbers as their decimal text says, in whole numbers of the one power of ten that holds them all, and that power.

    >>> whole_numbers(np.array([0.5, -2.25, 3.0]))
    ([50, -225, 300], 100)
    """
    texts = {value: Decimal(repr(value)).normalize() for value in np.unique(values).tolist()}
    digits = max((-int(text.as_tuple().exponent) for text in texts.values()), default=0)
    digits, exact = max(digits, 0), Context(prec=1000)
    known = {value: int(text.scaleb(digits, exact)) for value, text in texts.items()}
    return [known[value] for value in values.tolist()], 10**digits


@dataclass(frozen=True)
class Sum:
    """What rows weighed by multipliers add up to.

    Args:
        total: the bound proved, if nothing is loose; the objective's constant included.
        reduced: what is left of the cost of each column after the rows are weighed in, where that is not nothing.
        loose: columns whose remainder has no bound to rest on; the sum proves nothing while there are any.
        wrong: rows whose multiplier has a sign that no limit supports; likewise.
    """

    total: Fraction
    reduced: Prices
    loose: tuple[int, ...]
    wrong: tuple[int, ...] = ()


def side(value: float | Fraction, sense: Sense) -> Literal["lower", "upper"]:
    """Which limit a multiplier rests on: a lower bound of a minimum takes lower limits at positive prices.

    >>> side(2.0, "min"), side(2.0, "max")
    ('lower', 'upper')
    """
    return "lower" if (value > 0) == (sense == "min") else "upper"


def limit(
    program: LinearProgram, kind: Literal["row", "column"], position: int, which: Literal["lower", "upper"]
) -> float:
    """A limit of a row or a bound of a column."""
    return float(getattr(program, f"{kind}_{which}")[position])


def weigh(program: LinearProgram, prices: Mapping[int, Fraction], sense: Sense, *, with_cost: bool) -> Sum:
    """Add up rows at given prices, exactly.

    For every point of the program ``cost @ x = prices @ (A x) + reduced @ x``; each term is replaced by the limit on the
    side that its sign and the sense ask for.

    Args:
        program: the program; its numbers are those of their decimal text.
        prices: multipliers by row.
        sense: ``max`` for an upper bound of the objective, ``min`` for a lower one.
        with_cost: whether the objective is the program's own, or nothing (a proof that there is no point at all).
    """
    priced = {row: price for row, price in prices.items() if price}
    rows = program.matrix[np.fromiter(priced, np.intp, len(priced))]
    costs = np.flatnonzero(program.cost) if with_cost else np.zeros(0, np.intp)
    numbers, power = whole_numbers(np.concatenate([rows.data, program.cost[costs]]))
    grain = lcm(*(price.denominator for price in priced.values()))  # all that follows is in whole numbers of 1 / unit
    unit, left = grain * power, defaultdict[int, int](int)
    for column, number in zip(costs.tolist(), numbers[len(rows.data) :], strict=True):
        left[column] = number * grain
    columns = rows.indices.tolist()
    for price, (begin, end) in zip(priced.values(), pairwise(rows.indptr.tolist()), strict=True):
        steps = price.numerator * (grain // price.denominator)
        for column, number in zip(columns[begin:end], numbers[begin:end], strict=True):
            left[column] -= number * steps
    reduced = {column: Fraction(number, unit) for column, number in sorted(left.items()) if number}
    total, wrong, loose = fraction(program.offset) if with_cost else ZERO, [], []
    for row, price in priced.items():
        given = limit(program, "row", row, side(price, sense))
        if not np.isfinite(given):
            wrong.append(row)
        elif given:
            total += price * fraction(given)
    for column, value in reduced.items():
        bound = limit(program, "column", column, side(value, sense))
        if not np.isfinite(bound):
            loose.append(column)
        elif bound:
            total += value * fraction(bound)
    return Sum(total, reduced, tuple(loose), tuple(wrong))


def usable(program: LinearProgram, prices: Vector, sense: Sense, drop: float) -> Vector:
    """Float prices without those that are noise, or rest on a side without a limit.

    Args:
        program: whose rows are priced.
        prices: by row, shape (rows,).
        sense: ``min`` or ``max``.
        drop: prices below this share of the greatest are noise, whatever the units of the rows.
    """
    if drop:
        size = np.abs(prices) / scaling_of(program).rows
        prices = np.where(size > drop * size.max(initial=0.0), prices, 0.0)
    low, high = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    rising, falling = (low, high) if sense == "min" else (high, low)
    return np.where(((prices > 0) & rising) | ((prices < 0) & falling), prices, 0.0)


def settle(
    program: LinearProgram,
    prices: Vector,
    *,
    with_cost: bool,
    tie: float = 1e-9,
    fixed: Mapping[int, Fraction] | None = None,
    work: Work | None = None,
) -> Prices | None:
    """Exact prices near float ones, such that columns that price out to nothing do so exactly.

    Args:
        program: the program.
        prices: by row, shape (rows,); rows priced at 0 stay at 0.
        with_cost: whether columns are priced against the program's cost or against nothing.
        tie: a column prices out when its remainder is below this share of the terms it is made of.
        fixed: prices known exactly.
        work: steps after which to give up, those of a diagnosis by default.

    Returns:
        Prices by row, or ``None`` where time or length ran out.
    """
    cost = program.cost if with_cost else np.zeros(program.shape[1])
    left = cost - program.matrix.T @ prices
    size = np.abs(cost) + abs(program.matrix).T @ np.abs(prices)
    boxed = np.isfinite(program.column_lower) & np.isfinite(program.column_upper)
    columns = np.flatnonzero((np.abs(left) <= tie * size) & (size > 0) & ~boxed)
    guess = {int(row): _simple(prices[row]) for row in np.flatnonzero(prices)} | dict(fixed or {})
    by_column = sp.csc_array(program.matrix)
    equations = []
    for column in columns.tolist():
        run = slice(by_column.indptr[column], by_column.indptr[column + 1])
        entries = zip(by_column.indices[run].tolist(), by_column.data[run].tolist(), strict=True)
        equations.append((fraction(cost[column]), {r: fraction(v) for r, v in entries if v and r in guess}))
    return lift(equations, guess, frozenset(fixed or ()), work)


def _simple(value: float) -> Fraction:
    """A float as a fraction of small numbers where one is as near as makes no difference, else by its decimal text.

    >>> _simple(1 / 3), _simple(0.1234567)
    (Fraction(1, 3), Fraction(1234567, 10000000))
    """
    near = Fraction(float(value)).limit_denominator(10_000)
    return near if abs(near - Fraction(float(value))) <= 1e-15 * abs(near) else fraction(value)
