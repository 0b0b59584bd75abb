"""An irreducible conflict of rows and bounds: together they cannot hold; without any one of them, they can.

Found by deletion from the rows and bounds that a contradiction uses, re-solved in place. Such a set is a help to whoever
mends a model; it is never the cause, for a model may hold many.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from planner.program import Codes, LinearProgram, Vector
from planner.solver.certificate import Certificate, clashing, prove_empty
from planner.solver.elastic import Answer, Leeway, Strain
from planner.solver.highs import Limits, Session

_PRICED = 1e-9  # share of the greatest price (or of a column's own terms) below which nothing is used


class Member(NamedTuple):
    """A row, or one bound of a column, by its position."""

    kind: Literal["row", "lower", "upper"]
    position: int


@dataclass(frozen=True, eq=False)
class Irreducible:
    """A conflict of rows and bounds.

    Args:
        program: what it is a conflict of.
        members: rows and bounds that cannot hold together.
        confirmed: members without which the others can hold, by a checked point.
        certificate: the exact proof that they cannot hold together, as a claim about the whole program.
    """

    program: LinearProgram
    members: tuple[Member, ...]
    confirmed: frozenset[Member]
    certificate: Certificate | None

    @property
    def irreducible(self) -> bool:
        """Whether the contradiction is proved and every member is confirmed to be needed for it."""
        return (
            self.certificate is not None and not self.certificate.declared and self.confirmed == frozenset(self.members)
        )

    @property
    def rows(self) -> tuple[str, ...]:
        """Names of its rows."""
        return tuple(self.program.row_names[m.position] for m in self.members if m.kind == "row")

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """Its bounds: name of the column, and ``lower`` or ``upper``."""
        return tuple((self.program.column_names[m.position], m.kind) for m in self.members if m.kind != "row")


def irreducible_conflict(
    program: LinearProgram, strain: Strain | None = None, *, seconds: float = 30.0
) -> Irreducible | None:
    """Cut a contradiction down until each of its members is needed.

    Args:
        program: a linear program that has no point.
        strain: its leeway, if it is known.
        seconds: time to spend; members not tried by then stay in, unconfirmed.

    Returns:
        The conflict, or ``None`` where floats show no contradiction to start from.

    >>> program = LinearProgram.plain(cost=[0, 0], matrix=[[1, 1], [1, -1]], row_upper=[-1.0, 5.0])
    >>> found = irreducible_conflict(program)
    >>> found.rows, found.bounds, found.irreducible
    (('r(1)',), (('x(1)', 'lower'), ('x(2)', 'lower')), True)
    """
    if clash := clashing(program):
        kind, at = clash
        members = [Member("row", at)] if kind == "row" else [Member("lower", at), Member("upper", at)]
        return Irreducible(program, tuple(members), frozenset(members), prove_empty(program, "conflict"))
    deadline = time.monotonic() + seconds
    strain = strain or Leeway(program).strain(program)
    if strain.answer is not Answer.INFEASIBLE:
        return None
    search = _Deletion(program, _used(program, strain.prices), deadline)
    members = sorted(search.run())
    return Irreducible(program, tuple(members), frozenset(search.needed), _proof(program, members, deadline))


class _Deletion:
    """Deletion of one member after the other, on the rows and columns that are left."""

    def __init__(self, program: LinearProgram, start: set[Member], deadline: float) -> None:
        self.program, self.deadline = program, deadline
        self.needed: set[Member] = set()
        self.kept: set[Member] = set()
        self._take(start)

    def _take(self, members: set[Member]) -> None:
        """Build the small program of the members' rows."""
        self.members = members
        self.row_at = np.array(sorted(m.position for m in members if m.kind == "row"), dtype=np.intp)
        self.small, self.column_at = part_of(self.program, self.row_at)
        self.leeway = Leeway(self.small, session=Session(Limits(seconds=30.0)))

    def _strain(self, members: Iterable[Member]) -> tuple[Strain, LinearProgram]:
        program = _limited(self.small, self.row_at, self.column_at, set(members))
        return self.leeway.strain(program), program

    def _less(self, strain: Strain, program: LinearProgram, without: set[Member]) -> set[Member]:
        """The members that the contradiction left after a deletion uses, if they suffice for one."""
        used = {
            Member(m.kind, int((self.row_at if m.kind == "row" else self.column_at)[m.position]))
            for m in _used(program, strain.prices)
        }
        less = (used & without) | self.kept
        return less if less < without and self._strain(less)[0].answer is Answer.INFEASIBLE else without

    def run(self) -> set[Member]:
        """Delete what is not needed; what is left, tried or not."""
        queue = sorted(self.members, key=lambda m: (m.kind != "row", m.position))
        while queue and time.monotonic() < self.deadline:
            candidate = queue.pop(0)
            if candidate not in self.members:
                continue
            without = self.members - {candidate}
            strain, program = self._strain(without)
            if strain.answer is Answer.INFEASIBLE:
                less = self._less(strain, program, without)
                if 2 * len(less) < len(self.small.row_names):
                    self._take(less)
                self.members = less
                continue
            self.kept.add(candidate)
            if strain.answer is Answer.FEASIBLE:
                self.needed.add(candidate)
        return self.members


def part_of(program: LinearProgram, rows: Codes) -> tuple[LinearProgram, Codes]:
    """The program of some rows and the columns they touch, and the positions of these columns."""
    matrix = program.matrix[rows]
    columns = np.unique(matrix.indices).astype(np.intp)
    small = LinearProgram.plain(
        cost=np.zeros(len(columns)), matrix=matrix[:, columns],
        row_lower=program.row_lower[rows], row_upper=program.row_upper[rows],
        column_lower=program.column_lower[columns], column_upper=program.column_upper[columns],
    )  # fmt: skip
    return small, columns


def _limited(small: LinearProgram, row_at: Codes, column_at: Codes, members: set[Member]) -> LinearProgram:
    """The small program with the limits of the members alone."""
    rows = np.isin(row_at, [m.position for m in members if m.kind == "row"])
    low = np.isin(column_at, [m.position for m in members if m.kind == "lower"])
    high = np.isin(column_at, [m.position for m in members if m.kind == "upper"])
    return small.with_(
        row_lower=np.where(rows, small.row_lower, -np.inf), row_upper=np.where(rows, small.row_upper, np.inf),
        column_lower=np.where(low, small.column_lower, -np.inf), column_upper=np.where(high, small.column_upper, np.inf),
    )  # fmt: skip


def _used(program: LinearProgram, prices: Vector) -> set[Member]:
    """The rows with a price, and the bounds that what is left of each column rests on."""
    matrix = abs(program.matrix)
    greatest = np.asarray(matrix.max(axis=1).toarray()).ravel() if matrix.nnz else np.ones(program.shape[0])
    weight = np.abs(prices) * np.where(greatest > 0, greatest, 1.0)
    rows = np.flatnonzero(weight > _PRICED * weight.max(initial=0.0))
    left = -(program.matrix.T @ prices)
    left = np.where(np.abs(left) > _PRICED * (matrix.T @ np.abs(prices)), left, 0.0)
    low = np.flatnonzero((left > 0) & np.isfinite(program.column_lower))
    high = np.flatnonzero((left < 0) & np.isfinite(program.column_upper))
    members = {Member("row", int(i)) for i in rows}
    return members | {Member("lower", int(j)) for j in low} | {Member("upper", int(j)) for j in high}


def _proof(program: LinearProgram, members: list[Member], deadline: float) -> Certificate | None:
    """The exact proof from the members' limits alone, restated for the whole program."""
    row_at = np.array([m.position for m in members if m.kind == "row"], dtype=np.intp)
    small, column_at = part_of(program, row_at)
    small = _limited(small, row_at, column_at, set(members))
    found = prove_empty(small, "conflict", seconds=max(5.0, deadline - time.monotonic()), declare=False)
    if found is None:
        return None
    multipliers: dict[int, Fraction] = {int(row_at[i]): weight for i, weight in found.multipliers.items()}
    whole = Certificate("conflict", "empty", program, multipliers, {})
    return whole if whole.valid else None
