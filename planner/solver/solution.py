"""What a solver answered, checked against our own arrays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from planner.program import Expression, LinearProgram, Variable, Vector
from planner.solver.scaling import scaling_of
from planner.solver.violation import worst_violation

_LEAST = 1e-3  # of the unit, so that it matters only where there is next to nothing else


class SolverError(RuntimeError):
    """A solver refused a call: a bug of ours or a program no solver can take."""


class StoppedError(SolverError):
    """A solver stopped without an answer, or with one that is not proved."""


class Status(Enum):
    """How a solve ended; only ``OPTIMAL``, ``INFEASIBLE`` and ``UNBOUNDED`` are answers."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    STOPPED = "stopped"  # a limit was met; a point may exist, a proof does not
    FAILED = "failed"  # the solver gave up


@dataclass(frozen=True)
class Residuals:
    """Greatest violations, recomputed from the program's arrays.

    Args:
        rows: of rows, of bounds, and of whole numbers; absolute, in units of their own.
        bounds: likewise.
        integrality: likewise.
        relative: of rows, as a share of what each consists of, the same in whatever units.
    """

    rows: float
    bounds: float
    integrality: float
    relative: float

    @property
    def worst(self) -> float:
        """The greatest of them."""
        return max(self.rows, self.bounds, self.integrality)


@dataclass(frozen=True, eq=False, repr=False)
class Solution:
    """A solved program.

    Shadow prices follow one convention, whatever the sense: the price of a row is the change of the objective, in its own
    unit, for one more unit of the row's limit (its right-hand side); the price of a column is the same for its bound.
    So more of a scarce resource has a positive price when something is maximised, and a negative one when a cost is
    minimised.

    Args:
        program: what was solved.
        status: how it ended.
        objective: value of the objective in the program's own sense; ``nan`` without a point.
        values: shape (columns,).
        row_prices: shape (rows,).
        column_prices: shape (columns,); ``nan`` where there are none (integers, no optimum).
        bound: proven bound of the objective (equal to it for a linear program).
        solver: name and version.
        detail: the solver's own words.
        iterations: simplex or interior-point iterations.
        seconds: wall-clock time.
        ray: Farkas multipliers on rows of an infeasible program, if the solver gave them; shape (rows,).
    """

    program: LinearProgram
    status: Status
    objective: float
    values: Vector
    row_prices: Vector
    column_prices: Vector
    bound: float
    solver: str
    detail: str = ""
    iterations: int = 0
    seconds: float = 0.0
    ray: Vector | None = None

    def __repr__(self) -> str:
        """Status and objective."""
        return f"Solution({self.status.value}, {self.objective!r}, {self.solver})"

    @property
    def optimal(self) -> bool:
        """Whether the solver claims an optimum."""
        return self.status is Status.OPTIMAL

    @property
    def stopped(self) -> str:
        """Why there is no answer, in words; empty where there is one."""
        if self.status in (Status.OPTIMAL, Status.INFEASIBLE, Status.UNBOUNDED):
            return ""
        return f"{self.solver} stopped without proof after {self.seconds:.3g} s ({self.detail or self.status.value})"

    @property
    def value(self) -> float:
        """The optimum; ``nan`` where no point exists, infinite where nothing limits the objective.

        Raises:
            StoppedError: there is no answer.
        """
        if self.stopped:
            raise StoppedError(self.stopped)
        if self.status is Status.UNBOUNDED:
            return -self.program.sign * float("inf")
        return self.objective if self.optimal else float("nan")

    @cached_property
    def row_values(self) -> Vector:
        """What each row comes to, recomputed."""
        return np.asarray(self.program.matrix @ self.values)

    @cached_property
    def slacks(self) -> Vector:
        """Room of each row to its nearer limit, in the row's unit; negative where violated, ``inf`` for a free row."""
        return np.minimum(self.row_values - self.program.row_lower, self.program.row_upper - self.row_values)

    @cached_property
    def residuals(self) -> Residuals:
        """How far the point is from satisfying the program, by our own arithmetic."""
        program = self.program
        rows = np.maximum(0.0, -self.slacks)
        low, high = program.column_lower - self.values, self.values - program.column_upper
        bounds = np.maximum(0.0, np.maximum(low, high))
        whole = np.abs(self.values - np.round(self.values))[program.integer]
        return Residuals(
            float(rows.max(initial=0.0)),
            float(bounds.max(initial=0.0)),
            float(whole.max(initial=0.0)),
            worst_violation(program, self.values),
        )

    @cached_property
    def magnitude(self) -> float:
        """What a change of the objective is small or large against, in the objective's unit; never nothing.

        Its own terms, or where there are none its unit in a program whose numbers are near one.
        """
        floor = _LEAST / scaling_of(self.program).objective(self.program)
        return float(np.abs(self.program.cost * np.nan_to_num(self.values)).sum()) + floor

    def block(self, name: str) -> Vector:
        """Values of a block of columns."""
        return self.values[self.program.column_block[name].slice]

    def read(self, expression: Expression | Variable) -> Vector:
        """Value of every row of an expression of the program's columns, or of a block of them."""
        if isinstance(expression, Variable):
            return self.block(expression.name)
        total = expression.constant.copy()
        for variable, matrix in expression.terms:
            total += matrix @ self.block(variable.name)
        return total

    def prices(self, family: str) -> Vector:
        """Shadow prices of a family's rows."""
        return self.row_prices[self.program.row_block[family].slice]
