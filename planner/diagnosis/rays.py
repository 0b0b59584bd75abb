"""From a solver's multipliers to exact ones.

A float price leaves a residue of about 1e-16 on columns that should cancel, and on a column without a bound the smallest
residue spoils a proof. So the rows that carry a price are solved once more, exactly, for the columns that all but cancel.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from planner.diagnosis.proof import Proof
from planner.program import Vector
from planner.program.exact_program import ExactProgram
from planner.proof.rational import Elimination, Row, solve_exactly
from planner.proof.work import Work

_LOOK = (
    (0.0, 1e-9),
    (1e-9, 1e-9),
    (0.0, 1e-7),
    (1e-13, 1e-11),
    (0.0, 1e-12),
    (1e-6, 1e-6),
)  # noise; what all but cancels


def proof_from(program: ExactProgram, prices: Vector, work: Work, *, most: Vector | None = None) -> Proof | None:
    """A contradiction near a solver's multipliers.

    Args:
        program: the program.
        prices: of its rows, shape (rows,), positive on lower limits.
        work: steps to spend.
        most: a size that no price exceeds, shape (rows,): those as large as that are exactly so.

    Returns:
        A valid proof, its greatest weight one, or ``None``.
    """
    if not np.isfinite(prices).all() or not np.abs(prices).max(initial=0.0):
        return None
    floats = program.floats
    size = _greatest(program) * np.abs(prices)
    for sign in (1.0, -1.0):
        low, high = np.isfinite(floats.row_lower), np.isfinite(floats.row_upper)
        priced = sign * prices
        priced = np.where(((priced > 0) & low) | ((priced < 0) & high), priced, 0.0)
        left = -(floats.matrix.T @ priced)
        terms = abs(floats.matrix).T @ np.abs(priced)
        tried: set[tuple[bytes, bytes]] = set()
        for noise, tie in _LOOK:
            rows = np.flatnonzero((size > noise * size.max()) & (priced != 0))
            cancel = np.flatnonzero((np.abs(left) <= tie * terms) & (terms > 0))
            key = rows.tobytes(), cancel.tobytes()
            if key in tried:
                continue
            tried.add(key)
            known = _known(priced, most)
            found = Proof(program, _settled(program, priced, rows.tolist(), set(cancel.tolist()), known, work))
            if found.weights and found.valid:
                return found if known else found.scaled()
    return None


def _known(prices: Vector, most: Vector | None) -> dict[int, Fraction]:
    """Prices that are as large as they may be, exactly."""
    if most is None:
        return {}
    at = np.flatnonzero(np.isfinite(most) & (np.abs(np.abs(prices) - most) <= 1e-9 * most))
    return {int(i): Fraction(float(most[i])) * (1 if prices[i] > 0 else -1) for i in at}


def _settled(
    program: ExactProgram, prices: Vector, rows: list[int], cancel: set[int], known: dict[int, Fraction], work: Work
) -> dict[int, Fraction]:
    """Weights of rows such that columns cancel exactly; known ones stay, or else that of the row that weighs most."""
    if not rows:
        return {}
    if not known:
        greatest = _greatest(program)
        first = max(rows, key=lambda i: abs(prices[i]) * greatest[i])
        prices = prices / abs(prices[first])
        known = {first: Fraction(1 if prices[first] > 0 else -1)}
    whole, by_column = program.whole_rows, dict[int, dict[int, int]]()
    for i in rows:
        for j, a in whole[i].terms:
            if j in cancel:
                by_column.setdefault(j, {})[i] = a
    equations: list[Row] = [{i: a for i, a in terms.items() if i not in known} for terms in by_column.values()]
    elimination = Elimination(equations, work)
    settled = {unknown for _, unknown in elimination.pivots}
    free = {i: _simple(prices[i] / whole[i].scale) for i in rows if i not in known and i not in settled}
    free |= {i: weight / whole[i].scale for i, weight in known.items()}
    common = math.lcm(*(value.denominator for value in free.values()))
    right = [-sum(a * int(free[i] * common) for i, a in terms.items() if i in free) for terms in by_column.values()]
    found = solve_exactly(equations, right, work, elimination=elimination)
    if found is None:
        return {}
    weights = {i: value / common for i, value in found.items()} | free
    return {i: value * whole[i].scale for i, value in sorted(weights.items()) if value}


def _simple(value: float) -> Fraction:
    """A float as a fraction of small numbers where one is near, else exactly."""
    exact = Fraction(float(value))
    near = exact.limit_denominator(10_000)
    return near if abs(near - exact) <= abs(exact) / 10**12 else exact


def _greatest(program: ExactProgram) -> Vector:
    """The greatest coefficient of each row, shape (rows,); 1 where there is none."""
    matrix = program.floats.matrix
    greatest = np.zeros(matrix.shape[0])
    np.maximum.at(greatest, np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), np.abs(matrix.data))
    return np.where(greatest > 0, greatest, 1.0)
