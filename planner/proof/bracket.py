"""An optimum between two numbers: a plan that holds in our own arrays, and a bound proved in whole numbers.

Any approximate answer gives both. Its prices, repaired by the rows (`planner.proof.repair`), prove a bound whatever they were.
Its point becomes a plan in two steps: what equations define is settled again, within what room the columns have; then as
little as makes it hold is mixed in of a plan with room to spare, which may be done since the feasible set is convex. So that
little is needed, limits are tightened for the solver by some times its tolerance.

References:
    Neumaier and Shcherbina 2004, "Safe bounds in linear and mixed-integer linear programming"; Applegate et al. 2021,
    "Practical large-scale linear programming using primal-dual hybrid gradient".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Vector
from planner.proof.certificate import Certificate, States
from planner.proof.repair import repaired
from planner.solver.first_order import approximate
from planner.solver.scaling import scaling_of

__all__ = ["GAP", "WORK", "Bracket", "bracket"]

GAP = 5e-4  # relative, at which a bracket is narrow enough unless said otherwise
WORK = 200_000  # iterations of all stages together, unless said otherwise
FIRST, FINEST = 1e-3, 1e-6  # tolerances of the solver: of the first look, and the least of the stages that follow
FINER = 2.0, 10.0  # times, by which a stage is finer than the one before, at least and at most
TIGHTER = 3.0  # times the tolerance, by which limits are tightened, of what the row consists of
ROOMY = 0.01  # of what a row consists of: room of the plan that is mixed in
HOLDS = 1e-12  # by which a row may be missed, of what it consists of: rounding of its sum
SPARE = 1e-11  # by which an inequality is kept away from its limit, so that rounding of equations breaks none
ROUNDS = 3  # of settling equations


@dataclass(frozen=True, eq=False)
class Bracket:
    """What is known of an optimum.

    Args:
        program: linear.
        values: a plan that holds, shape (columns,); ``nan`` where none was found.
        prices: those behind the bound, shape (rows,).
        certificate: of the bound; ``None`` where nothing was proved.
        iterations: taken by the method.
        wanted: the relative gap at which it was to end.
    """

    program: LinearProgram
    values: Vector
    prices: Vector
    certificate: Certificate | None
    iterations: int
    wanted: float

    @property
    def reached(self) -> float:
        """The objective of the plan; ``nan`` without one."""
        return float(self.program.cost @ self.values + self.program.offset)

    @property
    def bound(self) -> float:
        """What no plan passes, in floats; infinite where nothing was proved."""
        return -self.program.sign * np.inf if self.certificate is None else float(self.certificate.bound)

    @property
    def gap(self) -> float:
        """Relative distance of the two; infinite where one of them is missing."""
        apart = abs(self.bound - self.reached)
        return float(apart / max(abs(self.bound), 1e-300)) if np.isfinite(apart) else np.inf

    @property
    def narrow(self) -> bool:
        """Whether it is as narrow as was wanted."""
        return self.gap <= self.wanted


def bracket(program: LinearProgram, *, gap: float = GAP, work: int = WORK, claim: str = "") -> Bracket:
    """Bracket the optimum of a linear program, ever more narrowly.

    Args:
        program: linear.
        gap: relative, at which to end.
        work: iterations at most, of all stages together; what was found until then stands.
        claim: name of what is proved; the objective's by default.

    Returns:
        The bracket, narrow enough or not.

    >>> program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    >>> found = bracket(program)
    >>> found.reached <= 36.0 <= found.bound, found.narrow
    (True, True)
    """
    search = _Search(program, claim or program.objective, work)
    first = search.near(0.0, FIRST)
    if first is not None:
        search.size = search.of_rows(np.abs(first[0]))
        roomy = search.near(ROOMY, FIRST)
        if roomy is not None:
            search.settle(roomy[0])
        tolerance = search.begin_at(first[0], gap)
        while (near := search.near(TIGHTER * tolerance, tolerance)) is not None:
            search.settle(near[0])
            search.sharpen(near[1])
            if (known := search.found(gap)).narrow or tolerance < 1.01 * FINEST:
                break
            tolerance = max(tolerance / np.clip(2.0 * known.gap / gap, *FINER), FINEST)
        if not search.proved:  # the work ended too early
            search.sharpen(first[1])
    return search.found(gap)


class _Search:
    """Stages of one search, in the program's own units but for what equations are settled in."""

    def __init__(self, program: LinearProgram, claim: str, work: int) -> None:
        self.program, self.claim, self.left, self.spent = program, claim, work, 0
        self.size = np.zeros(program.shape[0])
        self._values, self._prices = np.full(program.shape[1], np.nan), np.full(program.shape[0], np.nan)
        self._roomy: Vector | None = None
        self._certificate: Certificate | None = None
        self._sizes = abs(program.matrix)
        self._equal = program.row_lower == program.row_upper
        self._units = scaling_of(program)

    def begin_at(self, values: Vector, gap: float) -> float:
        """The tolerance of the first stage after the look: where tightened limits alone cost half of the gap that is wanted.

        Args:
            values: a point with limits as they are; what room costs is seen beside it.
            gap: that is wanted.
        """
        if self._roomy is None:
            return FIRST / FINER[1]
        cost, offset = self.program.cost, self.program.offset
        there, here = float(cost @ values + offset), float(cost @ self._roomy + offset)
        slope = abs(there - here) / max(abs(there), 1e-300) / ROOMY
        return float(np.clip(gap / (2.0 * TIGHTER * max(slope, 1e-9)), FINEST, FIRST))

    @property
    def proved(self) -> bool:
        """Whether there is a bound."""
        return self._certificate is not None

    def of_rows(self, values: Vector) -> Vector:
        """What each row consists of, all terms counted as positive, shape (rows,)."""
        return np.asarray(self._sizes @ values)

    def near(self, tight: float, tolerance: float) -> tuple[Vector, Vector] | None:
        """An approximate optimum with limits tightened by a share of what rows consist of."""
        if self.left <= 0:
            return None
        by, p = np.where(self._equal, 0.0, tight * self.size), self.program
        room = p.row_upper - p.row_lower
        by = np.where(room < 4.0 * by, room / 4.0, by)
        got = approximate(p.with_(row_lower=p.row_lower + by, row_upper=p.row_upper - by), tolerance, self.left)
        if got is None:
            return None
        self.left -= got[2]
        self.spent += got[2]
        return got[0], got[1]

    def sharpen(self, prices: Vector) -> None:
        """Prove a bound with prices, and keep it if it is the best."""
        sense = self.program.sense
        mended = repaired(self.program, prices, sense, with_cost=True)
        states: States = "at most" if sense == "max" else "at least"
        kept = {row: price for row, price in sorted(mended.items()) if price}
        one = Certificate(self.claim, states, self.program, kept, {})
        if not one.valid:
            return
        best = self._certificate
        if best is None or (one.bound < best.bound if sense == "max" else one.bound > best.bound):
            self._certificate, self._prices = one, prices

    def settle(self, values: Vector) -> None:
        """Make a plan of a point, and keep it if it holds and is the best."""
        values = self._equations(values)
        if self._roomy is not None:
            values = self._mixed(values, self._roomy)
        if not self._holds(values):
            return
        if self._roomy is None:
            self._roomy = values
        if not self.program.sign * (self.program.cost @ values) >= self.program.sign * (
            self.program.cost @ self._values
        ):
            self._values = values

    def _equations(self, values: Vector) -> Vector:
        """A point near another one at which equations hold; a column moves the less the nearer it is to a bound."""
        from scipy.sparse.linalg import splu

        p, units = self.program, self._units
        if not self._equal.any():
            return values
        rows = np.flatnonzero(self._equal)
        scale = sp.diags_array(units.rows[rows])
        body = sp.csr_array(scale @ p.matrix[rows])
        for _ in range(ROUNDS):
            room = np.minimum(values - p.column_lower, p.column_upper - values)
            room = np.where(np.isfinite(room), np.minimum(room, units.columns + np.abs(values)), units.columns) ** 2
            left = p.row_lower[rows] * units.rows[rows] - body @ values
            normal = sp.csc_array(body @ sp.diags_array(room) @ body.T)
            slight = 1e-14 * max(normal.diagonal().max(initial=0.0), 1e-300)
            step = splu(sp.csc_array(normal + slight * sp.eye_array(len(rows)))).solve(left)
            moved: Vector = np.clip(values + room * (body.T @ step), p.column_lower, p.column_upper)
            values = moved
        return values

    def _mixed(self, values: Vector, roomy: Vector) -> Vector:
        """The point with as little of a roomy plan as makes every inequality hold."""
        over, spare = self._over(values), -self._over(roomy)
        wrong = (over > 0) & ~self._equal
        share = float((over[wrong] / np.maximum(over[wrong] + spare[wrong], 1e-300)).max(initial=0.0))
        mixed: Vector = values + min(1.0, share * (1.0 + 1e-6)) * (roomy - values) if share else values
        return mixed

    def _over(self, values: Vector) -> Vector:
        """By how much each row is beyond a limit, short of it counted as negative, with what is kept away from it."""
        p, reached = self.program, np.asarray(self.program.matrix @ values)
        spare = np.where(self._equal, 0.0, SPARE) * self.of_rows(np.abs(values))
        over: Vector = np.maximum(p.row_lower - reached, reached - p.row_upper) + spare
        return over

    def _holds(self, values: Vector) -> bool:
        over, size = self._over(values), self.of_rows(np.abs(values))
        return bool((over <= np.where(self._equal, HOLDS * size, 0.0)).all())

    def found(self, wanted: float) -> Bracket:
        """What is known so far."""
        return Bracket(self.program, self._values, self._prices, self._certificate, self.spent, wanted)
