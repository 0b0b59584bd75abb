"""Programs with whole numbers: a whole point, or a record of cases that leaves nothing out and ends in a proof each.

Branching splits at a column that is not whole: at most so much, or at least one more. A case ends where its relaxation is
contradicted exactly. A search of the solver's own only shows where whole points may be; what it says of there being none is
not believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

import numpy as np

from planner.diagnosis.decide import by_solver, clash_of
from planner.diagnosis.points import Point, holds
from planner.diagnosis.proof import Member, Proof
from planner.diagnosis.propagation import Chain, Propagation
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work, WorkSpentError
from planner.solver.highs import Session, SolveOptions

CASES = 4_000
A_CASE, A_SPLIT = 5_000, 50  # steps that a case costs before it is looked at, and each split that leads to it
NODES = 20_000  # of the solver's own search for a whole point
Split = tuple[int, Literal["at most", "at least"], int]


@dataclass(frozen=True, eq=False)
class End:
    """A case without a point: the splits that lead to it, and the contradiction of its relaxation."""

    path: tuple[Split, ...]
    proof: Proof


@dataclass(frozen=True, eq=False)
class WholeDecision:
    """What was found out.

    Args:
        point: a whole point that meets everything exactly.
        chain: single rows and roundings that contradict each other.
        ends: all cases, where each is contradicted.
        cases: how many cases were looked at.
        optimal: whether the point is where the solver's search ended with an optimum.
    """

    point: Point | None = None
    chain: Chain | None = None
    ends: tuple[End, ...] = ()
    cases: int = 0
    optimal: bool = False

    @property
    def infeasible(self) -> bool:
        """Whether it is proved that there is no whole point."""
        return self.chain is not None or bool(self.ends)

    def members(self, program: ExactProgram) -> tuple[Member, ...]:
        """Rows, bounds and whole numbers that the proof uses; the limits of cases are not among them."""
        if self.chain is not None:
            return self.chain.members
        found: dict[Member, None] = {}
        for end in self.ends:
            split = {Member("upper" if side == "at most" else "lower", column) for column, side, _ in end.path}
            found |= {Member("whole", column): None for column, _, _ in end.path}
            for member in end.proof.members:
                if member not in split or _own(program, end, member):
                    found[member] = None
        return tuple(sorted(found))


def _own(program: ExactProgram, end: End, member: Member) -> bool:
    """Whether a bound that a case uses is the program's own and not a split's."""
    side: Literal["lower", "upper"] = "lower" if member.kind == "lower" else "upper"
    return program.limit("column", member.position, side) == end.proof.program.limit("column", member.position, side)


def decide_whole(program: ExactProgram, work: Work, *, cases: int = CASES, search: bool = True) -> WholeDecision:
    """Decide a program with whole numbers.

    Args:
        program: any.
        work: steps to spend.
        cases: to look at, at most.
        search: whether the solver may look for a whole point first.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0, 0], matrix=[[2, 2]], row_lower=[3],
    ...     row_upper=[3], integer=[True, True]
    ... ))
    >>> found = decide_whole(program, Work())
    >>> found.chain.divisor, len(found.members(program))
    (Fraction(2, 1), 3)
    """
    try:
        if chain := Propagation(program, work.part(0.1, 500_000), whole=True).run():
            return WholeDecision(chain=chain)
    except WorkSpentError:
        pass
    try:
        if search and (found := _searched(program, work)) is not None:
            return found
        return branched(program, work, cases)
    except WorkSpentError:
        return WholeDecision()


def _searched(program: ExactProgram, work: Work) -> WholeDecision | None:
    """A whole point where the solver's own search sees one."""
    solution = Session(SolveOptions(seconds=work.seconds, nodes=NODES)).solve(program.floats, as_it_is=True)
    work.spend(1000 + (10 + sum(program.shape) // 10) * max(0, solution.iterations))
    if not np.isfinite(solution.values).all():
        return None
    point = _completed(program, solution.values.tolist(), work)
    return None if point is None else WholeDecision(point=point, optimal=solution.optimal)


def _completed(program: ExactProgram, values: Sequence[float | Fraction], work: Work) -> Point | None:
    """The exact point that is left when whole numbers are fixed near their values."""
    fixed = {j: Fraction(round(value)) for j, value in enumerate(values) if program.integer[j]}
    narrowed = program.with_(
        column_lower=tuple(fixed.get(j, low) for j, low in enumerate(program.column_lower)),
        column_upper=tuple(fixed.get(j, high) for j, high in enumerate(program.column_upper)),
    )
    found = by_solver(narrowed, work, objective=True)
    return found.point if found.point is not None and holds(program, found.point, work, whole=True) else None


def branched(program: ExactProgram, work: Work, cases: int) -> WholeDecision:
    """Split until every case is contradicted, or a whole point is met, or there are too many cases."""
    waiting: list[tuple[Split, ...]] = [()]
    ends: list[End] = []
    seen = 0
    while waiting:
        if seen >= cases:
            return WholeDecision(cases=seen)
        path = waiting.pop()
        seen += 1
        work.spend(A_CASE + A_SPLIT * len(path))
        case = along(program, path)
        proof = clash_of(case)
        point: Point | None = None
        if proof is None:
            chain = Propagation(case, work.part(0.1, 200_000)).run()
            proof = chain.proof() if chain else None
        if proof is None:
            found = by_solver(case, work)
            proof, point = found.proof, found.point
        if proof is not None:
            ends.append(End(path, proof))
            continue
        if point is None:
            return WholeDecision(cases=seen)
        column = _undecided(program, point)
        if column is None:
            return WholeDecision(point=point, cases=seen)
        below = floor(point[column])
        waiting += [(*path, (column, "at least", below + 1)), (*path, (column, "at most", below))]
    return WholeDecision(ends=tuple(ends), cases=seen)


def _undecided(program: ExactProgram, point: Point) -> int | None:
    """The column that is furthest from a whole number; ``None`` where all are whole that should be."""
    away = [
        (abs(value - round(value)), -j)
        for j, value in enumerate(point)
        if program.integer[j] and value.denominator != 1
    ]
    return -max(away)[1] if away else None


def along(program: ExactProgram, path: Iterable[Split]) -> ExactProgram:
    """The relaxed program of a case."""
    lower, upper = list(program.column_lower), list(program.column_upper)
    for column, side, value in path:
        low, high = lower[column], upper[column]
        if side == "at most":
            upper[column] = Fraction(value) if high is None else min(high, Fraction(value))
        else:
            lower[column] = Fraction(value) if low is None else max(low, Fraction(value))
    return program.with_(
        column_lower=tuple(lower), column_upper=tuple(upper), integer=(False,) * program.shape[1], cost={}
    )
