"""Branch records: a proof that no whole point passes a limit, where the linear relaxation alone does not say so.

A search says what it found and what it could not exclude; its own tree is not handed out. So the tree is made again, by
the plainest rule there is: split at the most undecided whole-number column, at most so much on one side and at least one
more on the other, until each end passes the limit nowhere. Every end is a linear program with a certificate in exact
arithmetic, and that the ends leave nothing out can be read off their paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.program import LinearProgram
from planner.proof.certificate import Certificate, prove, prove_empty
from planner.proof.certificate_table import table
from planner.proof.verify import HEAD
from planner.solver.highs import Session
from planner.solver.mixed import broken, in_parts
from planner.solver.solution import Solution, Status

Step = tuple[int, str, int]  # column, "at most" or "at least", whole number


@dataclass(frozen=True, eq=False)
class Leaf:
    """One end of the tree.

    Args:
        path: the splits that lead to it, in order.
        bound: the optimum there as the solver has it, ``nan`` where there is no point.
        certificate: exact proof that no point there passes the limit; ``None`` where none was made.
    """

    path: tuple[Step, ...]
    bound: float
    certificate: Certificate | None


@dataclass(frozen=True, eq=False)
class BranchRecord:
    """What was tried to show that no whole point passes a limit.

    Args:
        program: the mixed-integer program.
        limit: what its objective is not to reach.
        ends: the ends of the tree so far.
        complete: whether they are all of it.
        point: whether a whole point that passes the limit was met, so that there is nothing to prove.
    """

    program: LinearProgram
    limit: float
    ends: tuple[Leaf, ...]
    complete: bool
    point: bool = False

    @property
    def proved(self) -> bool:
        """Whether every end is proved in exact arithmetic and the ends leave nothing out."""
        whole = self.complete and covers([end.path for end in self.ends])
        return whole and all(end.certificate is not None and self._short(end.certificate) for end in self.ends)

    def _short(self, certificate: Certificate) -> bool:
        if not certificate.valid:
            return False
        return certificate.states == "empty" or _falls_short(self.program, float(certificate.bound), self.limit)

    @property
    def says(self) -> str:
        """The record in a sentence."""
        if self.point:
            return "A whole point passes the limit: nothing is excluded."
        if self.proved:
            return f"{len(self.ends)} cases leave nothing out; each falls short by a certificate in exact arithmetic."
        lack = sum(end.certificate is None for end in self.ends)
        state = "all of the tree" if self.complete else "part of the tree"
        return f"Not certified: {len(self.ends)} cases, {state}, {lack} without a certificate. The bound is the search's own."


def branch(program: LinearProgram, limit: float, *, most: int = 500) -> BranchRecord:
    """Split until no case passes a limit, then prove each case.

    Args:
        program: mixed-integer; a maximum is to stay below the limit, a minimum above it.
        limit: in the objective's unit.
        most: cases after which the record is left incomplete, so that the same program gives the same record anywhere.

    >>> program = LinearProgram.plain(
    ...     cost=[1.0], matrix=[[2.0]], row_upper=[3.0], integer=[True], sense="max"
    ... )
    >>> record = branch(program, 1.2)
    >>> [end.path for end in record.ends], record.proved
    ([((0, 'at least', 2),), ((0, 'at most', 1),)], True)
    """
    session = Session()
    waiting: list[tuple[Step, ...]] = [()]
    found: list[tuple[tuple[Step, ...], Solution]] = []
    while waiting:
        if len(found) + len(waiting) > most:
            return BranchRecord(program, limit, tuple(Leaf(path, _bound(s), None) for path, s in found), complete=False)
        path = waiting.pop()
        solution = session.solve(_along(program, path))
        if solution.status is Status.INFEASIBLE or (
            solution.optimal and _falls_short(program, solution.objective, limit)
        ):
            found.append((path, solution))
            continue
        undecided = broken(program, solution.values) if solution.optimal else np.zeros(0, dtype=np.intp)
        if not len(undecided):  # a whole point, or a solver that gave up: either way nothing is excluded here
            ends = tuple(Leaf(at, _bound(s), None) for at, s in found)
            return BranchRecord(program, limit, ends, complete=False, point=solution.optimal)
        column = int(undecided[0])
        below = int(np.floor(solution.values[column]))
        waiting += [(*path, (column, "at most", below)), (*path, (column, "at least", below + 1))]
    return BranchRecord(program, limit, _certified(program, found), complete=True)


def _certified(program: LinearProgram, found: Sequence[tuple[tuple[Step, ...], Solution]]) -> tuple[Leaf, ...]:
    ends = []
    for number, (path, solution) in enumerate(found, 1):
        claim = f"case {number}"
        if solution.optimal:
            certificate: Certificate | None = prove(solution, claim)
        else:
            certificate = prove_empty(_along(program, path), claim, declare=False)
        if certificate is not None and certificate.declared:
            certificate = None
        ends.append(Leaf(path, _bound(solution), certificate))
    return tuple(ends)


def record_claims(record: BranchRecord) -> list[list[dict[str, str]]]:
    """The lines of each case as ``certificate.csv`` holds them: the splits that lead to it stand before its rows.

    Args:
        record: a proved one.
    """
    names, claims = record.program.column_names, []
    for end in record.ends:
        if end.certificate is None:
            continue
        head, *rest = table(end.certificate)
        splits = [
            dict.fromkeys(HEAD, "")
            | {"claim": head["claim"], "part": "split", "name": names[column], "side": side, "limit": str(value)}
            for column, side, value in end.path
        ]
        claims.append([head, *splits, *rest])
    return claims


def _bound(solution: Solution) -> float:
    return solution.objective if solution.optimal else float("nan")


def _falls_short(program: LinearProgram, objective: float, limit: float) -> bool:
    return objective < limit if program.sense == "max" else objective > limit


def _along(program: LinearProgram, path: Sequence[Step]) -> LinearProgram:
    """The relaxed program at the end of a path."""
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    for column, side, value in path:
        if side == "at most":
            upper[column] = min(upper[column], value)
        else:
            lower[column] = max(lower[column], value)
    return in_parts(program).with_(column_lower=lower, column_upper=upper)


def covers(paths: Sequence[tuple[Step, ...]]) -> bool:
    """Whether the ends of some paths leave no whole number out: at each split both sides are there, one number apart.

    >>> covers([((0, "at most", 0),), ((0, "at least", 1), (3, "at most", 2)), ((0, "at least", 1), (3, "at least", 3))])
    True
    >>> covers([((0, "at most", 0),), ((0, "at least", 2),)])
    False
    """
    if list(paths) == [()]:
        return True
    heads = {path[0] for path in paths if path}
    sides = {side: (column, value) for column, side, value in heads}
    if len(heads) != 2 or any(not path for path in paths) or set(sides) != {"at most", "at least"}:
        return False
    (column, below), (other, above) = sides["at most"], sides["at least"]
    return (column, below + 1) == (other, above) and all(
        covers([p[1:] for p in paths if p[0] == head]) for head in heads
    )
