"""By how much limits would have to move so that a program can hold: least in sum, and of the fewest rows.

Whole numbers stay whole. Bounds of columns hold, but where the two bounds of one column contradict each other the upper one
gives way: no row could cure that. The sum is least as a solver sees it; that the moves are enough is exact, and so is the
least that is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.diagnosis.decide import by_solver
from planner.diagnosis.points import Point
from planner.diagnosis.proof import Proof
from planner.diagnosis.rays import proof_from
from planner.diagnosis.whole_numbers import decide_whole
from planner.program import Vector
from planner.program.exact_program import ExactProgram, Side
from planner.proof.work import Work, WorkSpentError
from planner.solver.elastic import Elastic
from planner.solver.highs import Session, SolveOptions

ZERO = Fraction(0)


@dataclass(frozen=True)
class Move:
    """A limit that moves.

    Args:
        kind: ``row`` or ``column``.
        position: of it.
        name: its name.
        side: which limit.
        before: its values.
        after: likewise.
    """

    kind: str
    position: int
    name: str
    side: Side
    before: Fraction
    after: Fraction

    @property
    def by(self) -> Fraction:
        """How far it moves."""
        return abs(self.after - self.before)


@dataclass(frozen=True, eq=False)
class Moves:
    """Limits that move, and the point that meets all limits then.

    Args:
        limits: those that move.
        point: exact.
        total: the weighted sum of their moves.
        proved: a total that no choice of moves of rows goes below, by an exact proof; 0 without one.
        proof: that proof, its greatest weight one.
    """

    limits: tuple[Move, ...]
    point: Point
    total: Fraction
    proved: Fraction = ZERO
    proof: Proof | None = None


def crossing(program: ExactProgram) -> tuple[Move, ...]:
    """The moves of upper bounds that lie below the lower ones."""
    found = []
    for j, (low, high) in enumerate(zip(program.column_lower, program.column_upper, strict=True)):
        if low is not None and high is not None and low > high:
            found.append(Move("column", j, program.column_names[j], "upper", high, low))
    return tuple(found)


def moved(program: ExactProgram, moves: Iterable[Move]) -> ExactProgram:
    """The program with limits moved."""
    parts = {
        (kind, side): list(getattr(program, f"{kind}_{side}"))
        for kind in ("row", "column")
        for side in ("lower", "upper")
    }
    for move in moves:
        parts[move.kind, move.side][move.position] = move.after
    return program.with_(**{f"{kind}_{side}": tuple(values) for (kind, side), values in parts.items()})


def least_moves(program: ExactProgram, weights: Sequence[Fraction | None], work: Work) -> Moves | None:
    """The moves of rows' limits that are least in their weighted sum.

    Args:
        program: any.
        weights: what moving a limit of each row by one costs; ``None`` for one that stays.
        work: steps to spend.

    Returns:
        Moves that are enough; ``None`` where none were found.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3, -np.inf],
    ...     row_upper=[np.inf, 1]
    ... ))
    >>> found = least_moves(program, [Fraction(1), Fraction(3)], Work())
    >>> [(move.name, move.after) for move in found.limits], found.total, found.proved
    ([('r(1)', Fraction(1, 1))], Fraction(2, 1), Fraction(2, 1))
    """
    bounds = crossing(program)
    mended = moved(program, bounds)
    if any(program.integer):
        return _whole_moves(mended, bounds, weights, work)
    try:
        floats = mended.floats
        costs = np.array([np.inf if weight is None else float(weight) for weight in weights])
        step = 10 + sum(program.shape) // 10  # of an iteration
        if step * sum(program.shape) > work.left:  # it takes about as many iterations as there are rows and columns
            return None
        session = Session(
            SolveOptions(seconds=work.seconds, iterations=max(1, min(work.left // step, 10**6)), again=False)
        )
        strain = Elastic(floats, costs, session).strain(floats)
        work.spend(step * (strain.iterations + 2))
        if not strain.solved:
            return None
        proof = None if bounds else _proof(program, strain.prices, costs, work)
        point = _point(
            mended, [i for i in np.flatnonzero(strain.violations > 0).tolist() if weights[i] is not None], costs, work
        )
    except WorkSpentError:
        return None
    if point is None:
        return None
    limits = (*bounds, *moves_to(mended, point))
    total = sum((move.by * _price(weights, move) for move in limits), ZERO)
    proved = min(total, proof.gap) if proof else ZERO
    return Moves(limits, point, total, proved, proof)


def _whole_moves(
    program: ExactProgram, bounds: tuple[Move, ...], weights: Sequence[Fraction | None], work: Work
) -> Moves | None:
    """The same for a program with whole numbers: as good as the solver's search sees, and nothing of it proved."""
    soft = [i for i, weight in enumerate(weights) if weight is not None]
    costs = np.array([np.inf if weight is None else float(weight) for weight in weights])
    try:
        point = _point(program, soft, costs, work)
    except WorkSpentError:
        return None
    if point is None:
        return None
    limits = (*bounds, *moves_to(program, point))
    return Moves(limits, point, sum((move.by * _price(weights, move) for move in limits), ZERO))


def _price(weights: Sequence[Fraction | None], move: Move) -> Fraction:
    weight = weights[move.position] if move.kind == "row" else Fraction(1)
    return Fraction(0) if weight is None else weight


def moves_to(program: ExactProgram, point: Sequence[Fraction]) -> tuple[Move, ...]:
    """The moves of rows' limits that a point asks for."""
    found = []
    for i, name in enumerate(program.row_names):
        low, high, body = program.row_lower[i], program.row_upper[i], program.body(i, point)
        if low is not None and body < low:
            found.append(Move("row", i, name, "lower", low, body))
        elif high is not None and body > high:
            found.append(Move("row", i, name, "upper", high, body))
    return tuple(found)


def _proof(program: ExactProgram, prices: Vector, costs: Vector, work: Work) -> Proof | None:
    """The proof that the prices of the least sum give, scaled so that its gap is a least sum."""
    found = proof_from(program, prices, work, most=costs)
    if found is None:
        return None
    ratios = [abs(weight) / Fraction(float(costs[i])) for i, weight in found.weights.items() if np.isfinite(costs[i])]
    most = max(ratios, default=ZERO)
    return Proof(program, {i: weight / most for i, weight in found.weights.items()}) if most else None


def _point(program: ExactProgram, broken: list[int], costs: Vector, work: Work) -> Point | None:
    """The exact point of the least sum: rows that give way get columns of their own for it."""
    width = program.shape[1]
    rows, cost = [dict(row) for row in program.rows], dict[int, Fraction]()
    for count, i in enumerate(broken):
        up, down = width + 2 * count, width + 2 * count + 1
        rows[i] |= {up: Fraction(1), down: Fraction(-1)}
        cost |= {up: Fraction(float(costs[i])), down: Fraction(float(costs[i]))}
    more = 2 * len(broken)
    wide = program.with_(
        sense="min",
        cost=cost,
        offset=ZERO,
        rows=tuple(rows),
        column_lower=(*program.column_lower, *[ZERO] * more),
        column_upper=(*program.column_upper, *[None] * more),
        integer=(*program.integer, *[False] * more),
        column_names=(*program.column_names, *(f"move {k}" for k in range(more))),
    )
    decided = decide_whole(wide, work) if any(program.integer) else by_solver(wide, work, objective=True)
    point = decided.point
    return None if point is None else point[:width]


def moves_of_rows(program: ExactProgram, rows: Iterable[int], work: Work) -> Moves | None:
    """The least moves of some rows' limits alone, all others holding.

    Args:
        program: any.
        rows: that may move.
        work: steps to spend.
    """
    mended = moved(program, bounds := crossing(program))
    costs = np.ones(program.shape[0])
    try:
        point = _point(mended, sorted(rows), costs, work)
    except WorkSpentError:
        return None
    if point is None:
        return None
    limits = (*bounds, *moves_to(mended, point))
    return Moves(limits, point, sum((move.by for move in limits), ZERO))
