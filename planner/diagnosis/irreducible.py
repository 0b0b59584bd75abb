"""A conflict: rows and bounds that cannot hold together, proved, and none of which can be spared.

The limits that a contradiction uses are one, and if the contradiction is a corner of all there are, none of them can be
spared: rank tells (``Proof.irreducible``). So nothing is deleted on a solver's word. To find small ones, contradictions are
looked for in which rows that the last one did not use cost more, and then in what is left without one member after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.diagnosis.decide import Advice
from planner.diagnosis.proof import Member, Proof
from planner.diagnosis.rays import proof_from
from planner.program import Vector
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work, WorkSpentError
from planner.solver.elastic import UniformRelaxation
from planner.solver.highs import Session, SolveOptions

FEW = 2  # members of a conflict that nobody need look for a smaller one of
TRIES = 12  # members left out one by one;
LARGE, FEWER = 50, 4  # of a conflict of more members than the first, only as many as the second


@dataclass(frozen=True, eq=False)
class Conflict:
    """A conflict.

    Args:
        program: what it is a conflict of.
        members: rows, bounds and whole numbers that cannot hold together.
        irreducible: whether without any one of them the others can.
        proof: the contradiction, as weights of rows of the whole program; ``None`` where whole numbers are needed for it.
    """

    program: ExactProgram
    members: tuple[Member, ...]
    irreducible: bool
    proof: Proof | None = None

    @property
    def rows(self) -> tuple[str, ...]:
        """Names of its rows."""
        return tuple(self.program.row_names[m.position] for m in self.members if m.kind == "row")

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """Its bounds: name of the column, and ``lower`` or ``upper``."""
        names = self.program.column_names
        return tuple((names[m.position], m.kind) for m in self.members if m.kind in ("lower", "upper"))

    @property
    def whole(self) -> tuple[str, ...]:
        """Columns whose whole numbers it needs."""
        return tuple(self.program.column_names[m.position] for m in self.members if m.kind == "whole")


def smallest_contradiction(program: ExactProgram, proof: Proof, work: Work) -> tuple[Proof, bool]:
    """A contradiction that uses few limits, from one that may use many.

    Args:
        program: the program.
        proof: a valid contradiction of it.
        work: steps to spend on smaller ones.

    Returns:
        The one found that uses fewest, and whether none of its limits can be spared.
    """
    best = proof
    sure = False
    try:
        best = _tried(program, proof, work)
        sure = best.irreducible(work)
        for other in _others(program, best, work):
            if len(other.members) < len(best.members) or not sure:
                other_sure = other.irreducible(work)
                if other_sure or not sure:
                    best, sure = other, other_sure
            if len(best.members) <= FEW:
                break
    except WorkSpentError:
        sure = sure or _sure(best)
    return best, sure


def _tried(program: ExactProgram, proof: Proof, work: Work) -> Proof:
    """A contradiction reduced, or as it is where that takes too long."""
    try:
        return reduced(program, proof, work.part(0.3))
    except WorkSpentError:
        return proof


def _sure(proof: Proof) -> bool:
    try:
        return proof.irreducible(Work(2_000_000))
    except WorkSpentError:
        return False


def reduced(program: ExactProgram, proof: Proof, work: Work) -> Proof:
    """A contradiction among the members of another, none of which can be spared if that could be brought about."""
    for _ in range(4):
        if len(proof.members) <= 1 or proof.irreducible(work):
            break
        small, row_at, _ = part_of(program, proof.members)
        found = proof_of(small, work, None)
        if found is None or (whole := restated(program, found, row_at)) is None:
            break
        if len(whole.members) >= len(proof.members) and not whole.irreducible(work):
            break
        proof = whole
    return proof


def _others(program: ExactProgram, best: Proof, work: Work) -> Iterable[Proof]:
    """Other contradictions: with rows priced in several ways, then without one member of the best after the other."""
    lengths = np.array([max(1, len(row)) for row in program.rows], dtype=float)
    weighty = np.zeros(program.shape[0])
    for i, weight in best.weights.items():
        weighty[i] = abs(float(weight))
    weighty /= Advice(program, work).scale
    weighty /= weighty.max(initial=1e-300)
    for give in (None, lengths / lengths.max(initial=1.0), *(eps / (weighty + eps) for eps in (1.0, 1e-2, 1e-3))):
        found = proof_of(program, work, give)
        if found is not None:
            yield found
    members = sorted(best.members, key=lambda member: (member.kind != "row", member.position))
    for member in members[: TRIES if len(members) <= LARGE else FEWER]:
        found = proof_of(without(program, (member,)), work, None)
        if found is not None and (again := restated(program, found, list(range(program.shape[0])))) is not None:
            yield again


def proof_of(program: ExactProgram, work: Work, give: Vector | None) -> Proof | None:
    """The contradiction that takes least weight of rows.

    Args:
        program: the program.
        work: steps to spend.
        give: how dear each row is, shape (rows,), at most 1; all alike by default.
    """
    advice = Advice(program, work)
    most = max(1, min(work.left // advice.size, 10**7))
    session = Session(SolveOptions(seconds=work.seconds, iterations=most, presolve=False, again=False))
    strain = UniformRelaxation(program.floats, give, session).strain(program.floats)
    work.spend(advice.size * (20 + strain.iterations))
    return proof_from(program, strain.prices, work) if strain.solved else None


def without(program: ExactProgram, members: Iterable[Member]) -> ExactProgram:
    """The program without the limits of some members; rows and columns stay where they are."""
    gone = set(members)
    rows, columns = range(program.shape[0]), range(program.shape[1])
    return program.with_(
        row_lower=tuple(None if Member("row", i) in gone else program.row_lower[i] for i in rows),
        row_upper=tuple(None if Member("row", i) in gone else program.row_upper[i] for i in rows),
        column_lower=tuple(None if Member("lower", j) in gone else program.column_lower[j] for j in columns),
        column_upper=tuple(None if Member("upper", j) in gone else program.column_upper[j] for j in columns),
        integer=tuple(program.integer[j] and Member("whole", j) not in gone for j in columns),
    )


def part_of(program: ExactProgram, members: Iterable[Member]) -> tuple[ExactProgram, list[int], list[int]]:
    """The program of some members alone, and where its rows and columns stand in the whole one.

    Args:
        program: the whole.
        members: rows and bounds to keep; columns of the rows that have no bound among them are free.
    """
    chosen = set(members)
    row_at = sorted(m.position for m in chosen if m.kind == "row")
    columns = {j for i in row_at for j in program.rows[i]} | {m.position for m in chosen if m.kind != "row"}
    column_at = sorted(columns)
    place = {j: k for k, j in enumerate(column_at)}
    small = ExactProgram(
        program.sense,
        {place[j]: price for j, price in program.cost.items() if j in place},
        program.offset,
        tuple({place[j]: a for j, a in program.rows[i].items()} for i in row_at),
        tuple(program.row_lower[i] for i in row_at),
        tuple(program.row_upper[i] for i in row_at),
        tuple(program.column_lower[j] if Member("lower", j) in chosen else None for j in column_at),
        tuple(program.column_upper[j] if Member("upper", j) in chosen else None for j in column_at),
        tuple(program.integer[j] and Member("whole", j) in chosen for j in column_at),
        tuple(program.row_names[i] for i in row_at),
        tuple(program.column_names[j] for j in column_at),
        program.objective,
    )
    return small, row_at, column_at


def restated(program: ExactProgram, proof: Proof, row_at: list[int]) -> Proof | None:
    """A contradiction of a part as one of the whole program."""
    found = Proof(program, {row_at[i]: weight for i, weight in proof.weights.items()})
    return found if found.valid else None
