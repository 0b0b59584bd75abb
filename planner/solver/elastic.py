"""How far a program is from having a point: rows that may be broken at a price, in two forms.

``Elastic`` asks for the least total of what is broken, ``UniformRelaxation`` for the least by which all rows give way alike. Both
always have an optimum, and where a program has no point their prices are the multipliers of a proof: of the whole distance
the first, of few rows the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution
from planner.solver.violation import share_of, violations, worst_violation

CLEAR = 1e-9  # a violation, or a contradiction, above this share of what its rows consist of is no rounding
SHARP = 2.0**20  # prices are wanted to twelve digits; the solver's tolerance on them is absolute


class ElasticOutcome(Enum):
    """Whether a program has a point, as far as numbers can tell."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class Strain:
    """The least violation of a program's rows.

    Args:
        distance: weighted total of violations at the point (``Elastic``), or by how much all rows give way
            (``UniformRelaxation``).
        values: the point, within its bounds, shape (columns,).
        violations: what each row is broken by, in its own unit, shape (rows,).
        sizes: what a violation of each row is small against, shape (rows,).
        prices: multipliers of the rows, shape (rows,).
        gap: what the prices add up to: a contradiction if above 0; by float arithmetic, so no proof.
        weight: what the gap is small against.
        iterations: simplex iterations of the solve.
        solved: whether the solver found an optimum; where not, hard rows and bounds may admit no point.
    """

    distance: float
    values: Vector
    violations: Vector
    sizes: Vector
    prices: Vector
    gap: float
    weight: float
    iterations: int = 0
    solved: bool = True

    @property
    def worst(self) -> float:
        """The greatest violation as a share of what its row consists of; ``inf`` without a point."""
        return share_of(self.violations, self.sizes) if self.solved else np.inf

    @property
    def answer(self) -> ElasticOutcome:
        """Feasible if the point satisfies all rows, infeasible if the prices contradict them clearly."""
        if self.gap > CLEAR * self.weight:
            return ElasticOutcome.INFEASIBLE
        return ElasticOutcome.FEASIBLE if self.worst <= CLEAR else ElasticOutcome.UNDECIDED


def tidied(program: LinearProgram, values: Vector) -> Vector:
    """The point, with traces that rounding leaves of cancelled terms set to nothing where it satisfies rows better so."""
    best, least = values, worst_violation(program, values)
    for trace in (1e-15, 1e-13, 1e-11):
        if least <= CLEAR:
            break
        small = np.abs(values) < trace * np.abs(values).max(initial=0.0)
        other = np.clip(np.where(small, 0.0, values), program.column_lower, program.column_upper)
        worst = worst_violation(program, other)
        if worst < least:
            best, least = other, worst
    return best


def contradiction(program: LinearProgram, prices: Vector, values: Vector, sizes: Vector) -> tuple[float, float]:
    """What prices on rows add up to (above 0: no point can exist), and what that is small against."""
    limits = np.where(prices > 0, program.row_lower, program.row_upper)
    prices = np.where(np.isfinite(limits), prices, 0.0)  # a price without a limit is rounding
    limits = np.where(np.isfinite(limits), limits, 0.0)
    left = -(program.matrix.T @ prices)
    left = np.where(np.abs(left) <= CLEAR * (abs(program.matrix).T @ np.abs(prices)), 0.0, left)
    bounds = np.where(left > 0, program.column_lower, program.column_upper)
    reach = 10.0 * np.abs(values).max(initial=1.0)  # a remainder without a bound is rounding, if it matters little here
    bounds = np.where(np.isfinite(bounds), bounds, -np.sign(left) * reach)
    gap = prices @ limits + left @ bounds
    return float(gap), float(np.abs(prices) @ sizes + np.abs(left) @ np.maximum(np.abs(values), np.abs(bounds)))


class Elastic:
    """The elastic program of one pattern, kept in a warm solver: the least weighted total of violations.

    Rows are scaled by powers of two to a greatest coefficient near one, and all limits by one power of two, because the
    solver's tolerance is absolute: without that a row in a large unit is broken for nothing.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> strain = Elastic(program).strain(program)
    >>> strain.distance, strain.prices.tolist(), strain.gap
    (2.0, [1.0, -1.0], 2.0)
    """

    def __init__(self, program: LinearProgram, weights: Vector | None = None, session: Session | None = None) -> None:
        """Take a program's pattern.

        Args:
            program: coefficients, and limits to take the scale from.
            weights: what breaking a row by one of its unit costs, shape (rows,); 1 by default, ``inf`` for a hard row.
            session: the solver to keep warm.
        """
        rows, columns = program.shape
        weights = np.ones(rows) if weights is None else weights
        soft = np.isfinite(weights)
        self._weights = np.where(soft, weights, 0.0)
        self._room = np.where(soft, np.inf, 0.0)
        self._frame = _Frame(program, session or Session())
        step = sp.eye_array(rows)
        price = SHARP * self._weights / self._frame.scale
        self._least = price[price > 0].min(initial=np.inf)
        self._widened = LinearProgram.plain(
            cost=np.concatenate([np.zeros(columns), price, price]),
            matrix=Matrix(sp.hstack([self._frame.matrix(program), step, -step], format="csr")),
        )

    def strain(self, program: LinearProgram) -> Strain:
        """The least total violation of a program of the pattern; its limits and bounds may differ from the first one's."""
        frame, low, high = self._frame, program.row_lower, program.row_upper
        factor = frame.scale * frame.zoom
        room = np.concatenate(
            [np.where(np.isfinite(low), self._room, 0.0), np.where(np.isfinite(high), self._room, 0.0)]
        )
        solution = frame.solve(program, self._widened, low * factor, high * factor, room)
        strain = frame.strain(program, solution, solution.row_prices, self._least)
        return replace(strain, distance=float(self._weights @ strain.violations)) if strain.solved else strain


class UniformRelaxation:
    """The program in which all rows give way alike, each by as many of its greatest coefficient.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> strain = UniformRelaxation(program).strain(program)
    >>> strain.distance, strain.prices.tolist(), strain.answer.value
    (1.0, [0.5, -0.5], 'infeasible')
    """

    def __init__(self, program: LinearProgram, weights: Vector | None = None, session: Session | None = None) -> None:
        """Take a program's pattern.

        Args:
            program: coefficients, and limits to take the scale from.
            weights: how many of its greatest coefficient each row gives, shape (rows,); 1 by default, 0 for a hard row.
            session: the solver to keep warm.
        """
        rows, columns = program.shape
        give = np.ones(rows) if weights is None else weights
        self._frame = _Frame(program, session or Session())
        self._two_sided = np.flatnonzero(np.isfinite(program.row_lower) & np.isfinite(program.row_upper))
        sign = np.where(np.isfinite(program.row_lower), give, -give)
        matrix = self._frame.matrix(program)
        column = sp.csr_array(np.concatenate([sign, -give[self._two_sided]])[:, None])
        self._widened = LinearProgram.plain(
            cost=np.append(np.zeros(columns), SHARP),
            matrix=Matrix(sp.hstack([sp.vstack([matrix, matrix[self._two_sided]]), column], format="csr")),
        )

    @property
    def scale(self) -> Vector:
        """By what each row was multiplied, shape (rows,); a price divided by it compares with other rows' prices."""
        return self._frame.scale

    def strain(self, program: LinearProgram) -> Strain:
        """The least leeway of a program of the pattern; limits may differ from the first one's, but not gain a side."""
        frame, double = self._frame, self._two_sided
        factor = frame.scale * frame.zoom
        low, high = program.row_lower * factor, program.row_upper * factor
        lower = np.concatenate([low, np.full(len(double), -np.inf)])
        upper = np.concatenate([high, high[double]])
        upper[double] = np.inf
        solution = frame.solve(program, self._widened, lower, upper, np.array([np.inf]))
        prices = solution.row_prices[: len(low)].copy()
        prices[double] += solution.row_prices[len(low) :]
        strain = frame.strain(program, solution, prices, SHARP / max(1, len(prices)))
        return replace(strain, distance=float(solution.values[-1]) / frame.zoom) if strain.solved else strain


class _Frame:
    """What the two forms share: scaling, the solve, and the way back to the program's own units."""

    def __init__(self, program: LinearProgram, session: Session) -> None:
        self.session = session
        self.scale = row_scale(program)
        self.zoom = _zoom(program, self.scale)

    def matrix(self, program: LinearProgram) -> Matrix:
        """The rows, scaled."""
        return Matrix(sp.diags_array(self.scale) @ program.matrix)

    def solve(
        self, program: LinearProgram, widened: LinearProgram, lower: Vector, upper: Vector, room: Vector
    ) -> Solution:
        """Solve the program widened by columns from 0 to ``room``."""
        return self.session.solve(
            widened.with_(
                row_lower=lower,
                row_upper=upper,
                column_lower=np.append(program.column_lower * self.zoom, np.zeros(len(room))),
                column_upper=np.append(program.column_upper * self.zoom, room),
            ),
            as_it_is=True,
        )

    def strain(self, program: LinearProgram, solution: Solution, prices: Vector, least: float) -> Strain:
        """Point and prices of a solve, judged on the program's own arrays.

        Args:
            program: the program.
            solution: of its widened form.
            prices: of the scaled rows, shape (rows,).
            least: what the greatest price must come to where there is a contradiction; far below it, prices are rounding.
        """
        rows, columns = program.shape
        if not solution.optimal:
            nothing = np.full(rows, np.nan)
            at = np.full(columns, np.nan)
            return Strain(np.inf, at, nothing, nothing, nothing, -np.inf, 1.0, solution.iterations, solved=False)
        values = np.clip(solution.values[:columns] / self.zoom, program.column_lower, program.column_upper)
        broken, sizes = violations(program, values)
        rounding = np.abs(prices).max(initial=0.0) < CLEAR * least
        prices = np.zeros(rows) if rounding else prices * self.scale / SHARP
        gap, weight = contradiction(program, prices, values, sizes)
        found = Strain(0.0, values, broken, sizes, prices, gap, weight, solution.iterations)
        if found.answer is ElasticOutcome.UNDECIDED:
            values = tidied(program, values)
            broken, sizes = violations(program, values)
            found = replace(found, values=values, violations=broken, sizes=sizes)
        return found


def row_scale(program: LinearProgram) -> Vector:
    """A power of two for each row that brings its greatest coefficient near one, shape (rows,)."""
    greatest = np.zeros(program.shape[0])
    at = np.repeat(np.arange(program.shape[0]), np.diff(program.matrix.indptr))
    np.maximum.at(greatest, at, np.abs(program.matrix.data))
    return np.exp2(-np.round(np.log2(np.where(greatest > 0, greatest, 1.0))))


def _zoom(program: LinearProgram, scale: Vector) -> float:
    """One power of two that lifts the smallest limit to one, as far as the largest stays below 1e8."""
    limits = np.abs(
        np.concatenate(
            [program.row_lower * scale, program.row_upper * scale, program.column_lower, program.column_upper]
        )
    )
    limits = limits[np.isfinite(limits) & (limits > 0)]
    if not len(limits):
        return 1.0
    return float(np.exp2(np.floor(np.log2(max(1.0, min(1.0 / limits.min(), 1e8 / limits.max()))))))
