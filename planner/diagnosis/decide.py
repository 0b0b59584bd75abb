"""Whether a linear program has a point: an exact point, or an exact proof that there is none.

The ways, cheapest first: what single rows say; a solver's basis or multipliers, made exact; the same about a point close by,
enlarged until what is wrong with it is as large as anything (iterative refinement, Gleixner, Steffy and Wolter 2016); the
simplex method in fractions. A solver's word is advice in all of them and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.diagnosis.exact_simplex import decide_exactly
from planner.diagnosis.points import Point, clipped, corner, holds
from planner.diagnosis.proof import Proof
from planner.diagnosis.propagation import Chain, Propagation
from planner.diagnosis.rays import proof_from
from planner.program import LinearProgram
from planner.program.exact_program import ExactProgram, Limit
from planner.proof.work import Work, WorkSpentError
from planner.solver.elastic import Elastic, row_scale
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Solution, Status

MOST_CHAIN = 1_500_000  # steps for what single rows say
ROUNDS = 4  # enlargements
LARGE = 20_000  # rows and columns from which a solver simplifies first; its multipliers then cost a second solve
SMALL = 4_000  # terms of a program that the exact simplex method may be tried on without a thought


@dataclass(frozen=True, eq=False)
class Decision:
    """What was found out.

    Args:
        point: an exactly feasible point, if one was found.
        proof: a contradiction, if one was found.
        chain: the chain of single rows that led to it.
        optimal: whether the point is where a solver saw the optimum.
        unbounded: whether it saw no end.
        near: the best point known where neither was found.
    """

    point: Point | None = None
    proof: Proof | None = None
    chain: Chain | None = None
    optimal: bool = False
    unbounded: bool = False
    near: Point | None = None

    @property
    def open(self) -> bool:
        """Whether it is undecided."""
        return self.point is None and self.proof is None


def clash_of(program: ExactProgram) -> Proof | None:
    """A row or column whose lower limit is above its upper one."""
    for kind, lower, upper in (
        ("column", program.column_lower, program.column_upper),
        ("row", program.row_lower, program.row_upper),
    ):
        for at, (low, high) in enumerate(zip(lower, upper, strict=True)):
            if low is not None and high is not None and low > high:
                return Proof(program, {}, ("row" if kind == "row" else "column", at))
    return None


def decide(program: ExactProgram, work: Work, *, objective: bool = True) -> Decision:
    """Decide a linear program.

    Args:
        program: whole-number columns may take any value between.
        work: steps to spend; what is not decided by then stays open.
        objective: whether to look for the optimum, and not for any point.

    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[1], matrix=[[1], [1]], row_lower=[1, -np.inf],
    ...     row_upper=[np.inf, 1 - 1e-12]
    ... ))
    >>> decide(program, Work()).proof.gap
    Fraction(1, 1000000000000)
    """
    if proof := clash_of(program):
        return Decision(proof=proof)
    try:
        if chain := Propagation(program, work.part(0.1, MOST_CHAIN)).run():
            return Decision(proof=chain.proof(), chain=chain)
    except WorkSpentError:
        pass
    return by_solver(program, work, objective=objective)


def by_solver(program: ExactProgram, work: Work, *, objective: bool = False) -> Decision:
    """Decide a program whose single rows show nothing, with a solver's advice."""
    advice = Advice(program, work)
    try:
        if not program.shape[1] or not program.shape[0]:
            point = tuple(
                _nearest(low, high) for low, high in zip(program.column_lower, program.column_upper, strict=True)
            )
            return advice.corner_of(advice.solve(program.floats)) if objective and point else Decision(point=point)
        found = advice.first(objective=objective)
        if found.open:
            found = advice.enlarged(found.near)
        if found.open:
            found = advice.elastic(found.near)
        return advice.exactly(found) if found.open else found
    except WorkSpentError:
        return Decision(near=advice.near)


class Advice:
    """A solver that is asked about one program, and what becomes of its answers."""

    def __init__(self, program: ExactProgram, work: Work) -> None:
        """Scale rows: a solver's tolerances are absolute."""
        self.program, self.work = program, work
        floats = program.floats
        self.scale = row_scale(floats)
        data = floats.matrix.data * np.repeat(self.scale, np.diff(floats.matrix.indptr))
        self.scaled = floats.with_coefficients(np.arange(len(data)), data).with_(
            row_lower=floats.row_lower * self.scale,
            row_upper=floats.row_upper * self.scale,
            integer=np.zeros(program.shape[1], bool),
        )
        self.session: Session | None = None
        self.near: Point | None = None
        self.size = 10 + sum(program.shape) // 10

    def solve(self, program: LinearProgram) -> Solution:
        """Solve a program of floats, and count the work."""
        least = 2 * sum(self.program.shape)  # multipliers of a simplified program cost a second solve within the limit
        most = min(max(self.work.left // self.size, least), 10**7)
        self.session = Session(
            SolveOptions(
                seconds=self.work.seconds,
                iterations=most,
                presolve=sum(self.program.shape) > LARGE,
                again=False,
                small=1e-9,
            )
        )
        solution = self.session.solve(program, as_it_is=True)
        self.work.spend(self.size * (solution.iterations + 1) + len(program.matrix.data))
        return solution

    def first(self, *, objective: bool) -> Decision:
        """The program as it stands."""
        program = self.scaled if objective else self.scaled.with_(cost=np.zeros(self.program.shape[1]))
        solution = self.solve(program)
        unbounded = solution.status is Status.UNBOUNDED
        if unbounded:
            solution = self.solve(self.scaled.with_(cost=np.zeros(self.program.shape[1])))
        found = self.corner_of(solution)
        if found.point is not None:
            return Decision(point=found.point, optimal=objective and not unbounded, unbounded=unbounded)
        return found

    def corner_of(self, solution: Solution) -> Decision:
        """The exact point of a solution, or the exact proof of its multipliers."""
        if solution.ray is not None and (proof := proof_from(self.program, solution.ray * self.scale, self.work)):
            return Decision(proof=proof)
        if solution.status is not Status.OPTIMAL or self.session is None:
            return Decision(near=self.near)
        point = corner(self.program, self.session.basis, self.work)
        if point is not None and holds(self.program, point, self.work):
            return Decision(point=point, optimal=True)
        rough = clipped(self.program, solution.values.tolist())
        if holds(self.program, rough, self.work):
            return Decision(point=rough)
        self.near = rough if point is None else self._within(point)
        return Decision(near=self.near)

    def _within(self, point: Point) -> Point:
        """An exact point pulled back into its bounds, to digits that floats have."""
        return clipped(self.program, [float(value) for value in point])

    def enlarged(self, near: Point | None) -> Decision:
        """The program seen from a point close by, ever larger."""
        if near is None:
            return Decision()
        for _ in range(ROUNDS):
            worst = max((float(self.scale[i]) * float(gap) for i, gap in self._row_gaps(near).items()), default=0.0)
            if not worst:
                return Decision(point=near) if holds(self.program, near, self.work) else Decision(near=near)
            factor = Fraction(2) ** int(np.clip(-np.floor(np.log2(worst)), 1, 400))
            solution = self.solve(self._seen_from(near, factor))
            if solution.ray is not None and (proof := proof_from(self.program, solution.ray * self.scale, self.work)):
                return Decision(proof=proof)
            if solution.status is not Status.OPTIMAL or self.session is None:
                return Decision(near=near)
            point = corner(self.program, self.session.basis, self.work)
            if point is not None and holds(self.program, point, self.work):
                return Decision(point=point)
            moved = [value + Fraction(float(step)) / factor for value, step in zip(near, solution.values, strict=True)]
            near = tuple(map(_between, moved, self.program.column_lower, self.program.column_upper))
            self.near = near
        return Decision(near=near)

    def _row_gaps(self, point: Point) -> dict[int, Fraction]:
        self.work.spend(4 * sum(len(row) for row in self.program.rows))
        return {at: gap for (kind, at), gap in self.program.violations(point).items() if kind == "row"}

    def _seen_from(self, point: Point, factor: Fraction) -> LinearProgram:
        """The program about a point, its limits enlarged."""
        bodies = [self.program.body(i, point) for i in range(len(self.program.rows))]
        low, high = (
            np.array([_enlarged(limit, body, factor, none) for limit, body in zip(limits, bodies, strict=True)])
            for limits, none in ((self.program.row_lower, -np.inf), (self.program.row_upper, np.inf))
        )
        left, right = (
            np.array([_enlarged(limit, value, factor, none) for limit, value in zip(limits, point, strict=True)])
            for limits, none in ((self.program.column_lower, -np.inf), (self.program.column_upper, np.inf))
        )
        return self.scaled.with_(
            cost=np.zeros(len(point)),
            row_lower=low * self.scale,
            row_upper=high * self.scale,
            column_lower=left,
            column_upper=right,
        )

    def elastic(self, near: Point | None) -> Decision:
        """The program whose rows may be broken at a price: its prices, or its point."""
        most = max(1, min(self.work.left // (2 * self.size), 10**7))
        session = Session(SolveOptions(seconds=self.work.seconds, iterations=most))
        strain = Elastic(self.program.floats, session=session).strain(self.program.floats)
        self.work.spend(most // 100)
        if not strain.solved:
            return Decision(near=near)
        if proof := proof_from(self.program, strain.prices, self.work):
            return Decision(proof=proof)
        point = clipped(self.program, strain.values.tolist())
        if holds(self.program, point, self.work):
            return Decision(point=point)
        return self.enlarged(point)

    def exactly(self, found: Decision) -> Decision:
        """The simplex method in fractions, as far as the work goes."""
        terms = sum(len(row) for row in self.program.rows)
        work = self.work.part(0.9 if terms <= SMALL else 0.5)
        basic: list[int] = []
        if self.session is not None:
            states = self.session.basis.columns.tolist()
            basic = [j for j, state in enumerate(states) if state == 1]
        try:
            answer = decide_exactly(self.program, work, basic=basic)
        except WorkSpentError:
            return found
        return Decision(proof=answer) if isinstance(answer, Proof) else Decision(point=answer)


def _between(value: Fraction, low: Limit, high: Limit) -> Fraction:
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def _enlarged(limit: Limit, at: Fraction, factor: Fraction, none: float) -> float:
    if limit is None:
        return none
    value = (limit - at) * factor
    return none if abs(value) >= 10**19 else float(value)


def _nearest(low: Limit, high: Limit) -> Fraction:
    return _between(Fraction(0), low, high)
