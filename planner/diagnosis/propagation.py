"""What single rows say, exactly: the bounds that follow from a row and the bounds of its other columns.

Many contradictions are as plain as that, and a chain of such steps can be read by a person. Each bound found is a sum of
rows and bounds of the file, so a chain that ends in a contradiction gives its weights too. Whole numbers are rounded, which
is no sum of rows; then the chain itself is the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.diagnosis.proof import Member, Proof
from planner.program import Vector
from planner.program.exact_program import ExactProgram, Limit, Side
from planner.proof.work import Work

ZERO = Fraction(0)
PASSES = 4  # tightenings of one bound: where bounds creep towards each other, an optimum ends it at once
ROUNDS = 400  # passes over all rows
LONGEST = 3000  # bits of a bound
_SIDES: tuple[Side, Side] = ("lower", "upper")


@dataclass(frozen=True)
class Step:
    """A bound that follows from a row and bounds known before.

    Args:
        column: the bound.
        side: likewise.
        value: likewise.
        row: what it follows from; ``None`` for a rounding to a whole number, or a bound of the file.
        before: the steps whose bounds it uses.
        rounded: whether the value was rounded because the column takes whole numbers only.
    """

    column: int
    side: Side
    value: Fraction
    row: int | None
    before: tuple[int, ...] = ()
    rounded: bool = False


@dataclass(frozen=True, eq=False)
class Chain:
    """Steps that end in a contradiction.

    Args:
        program: the program, exact.
        steps: in order; the first ones are bounds of the file.
        row: the row that the last bounds contradict; ``None`` where two bounds of a column contradict each other.
        last: the steps that contradict the row, or each other.
        lower: whether it is the row's lower limit that cannot be reached.
        divisor: a number of which a row's terms are multiples, and none lies between its limits (whole numbers only).
    """

    program: ExactProgram
    steps: tuple[Step, ...]
    row: int | None
    last: tuple[int, ...]
    lower: bool = True
    divisor: Fraction | None = None

    @property
    def used(self) -> tuple[int, ...]:
        """The steps that matter, in order."""
        wanted, open_ = set[int](), list(self.last)
        while open_:
            step = open_.pop()
            if step not in wanted:
                wanted.add(step)
                open_ += self.steps[step].before
        return tuple(sorted(wanted))

    @property
    def whole(self) -> bool:
        """Whether it rests on whole numbers."""
        return self.divisor is not None or any(self.steps[step].rounded for step in self.used)

    @property
    def members(self) -> tuple[Member, ...]:
        """Rows, bounds and whole numbers that it uses."""
        found: dict[Member, None] = {}
        for number in self.used:
            step = self.steps[number]
            if step.rounded:
                found[Member("whole", step.column)] = None
            if step.row is not None:
                found[Member("row", step.row)] = None
            elif not step.rounded:
                found[Member(step.side, step.column)] = None
        if self.row is not None:
            found[Member("row", self.row)] = None
            if self.divisor is not None:
                found |= {Member("whole", j): None for j in self.program.rows[self.row]}
        return tuple(sorted(found))

    def proof(self) -> Proof | None:
        """The chain as one sum of rows; ``None`` where it rests on whole numbers."""
        if self.whole:
            return None
        weights: dict[int, Fraction] = {}
        needs: dict[int, Fraction] = {}
        for number in self.last:
            step = self.steps[number]
            if self.row is None:
                needs[number] = Fraction(1 if step.side == "lower" else -1)
            else:
                needs[number] = -self.program.rows[self.row][step.column] * (1 if self.lower else -1)
        if self.row is not None:
            weights[self.row] = Fraction(1 if self.lower else -1)
        for number in range(len(self.steps) - 1, -1, -1):
            need, step = needs.pop(number, ZERO), self.steps[number]
            if not need or step.row is None:
                continue
            row = self.program.rows[step.row]
            share = need / row[step.column]
            weights[step.row] = weights.get(step.row, ZERO) + share
            for other in step.before:
                column = self.steps[other].column
                needs[other] = needs.get(other, ZERO) - share * row[column]
        if not any(weights.values()):
            first = self.steps[self.last[0]].column
            return Proof(self.program, {}, ("column", first))
        found = Proof(self.program, {i: w for i, w in sorted(weights.items()) if w}).scaled()
        return found if found.valid else None


class Propagation:
    """Bounds as far as single rows give them.

    Args:
        program: the program.
        work: steps to spend.
        whole: whether whole numbers are rounded.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0, 0], matrix=[[1, 1], [1, 0]], row_lower=[5, 0],
    ...     row_upper=[9, 1], column_upper=[9, 3]
    ... ))
    >>> chain = Propagation(program, Work()).run()
    >>> chain.members, chain.proof().gap
    ((Member(kind='row', position=0), Member(kind='row', position=1), Member(kind='upper', position=1)), Fraction(1, 1))
    """

    def __init__(self, program: ExactProgram, work: Work, *, whole: bool = False) -> None:
        """Start from the bounds of the file."""
        self.program, self.work, self.whole = program, work, whole
        self.steps: list[Step] = []
        self.best: dict[tuple[int, Side], int] = {}
        self.times: dict[tuple[int, Side], int] = {}
        for j, (low, high) in enumerate(zip(program.column_lower, program.column_upper, strict=True)):
            for side, value in zip(_SIDES, (low, high), strict=True):
                if value is not None:
                    self._add(Step(j, side, value, None))

    def value(self, column: int, side: Side) -> Limit:
        """The best bound so far."""
        at = self.best.get((column, side))
        return None if at is None else self.steps[at].value

    def run(self) -> Chain | None:
        """Tighten until nothing changes; the chain that ends in a contradiction, if one does."""
        for j in range(self.program.shape[1]):
            if chain := self._crossed(j):
                return chain
        if chain := self._plainest():
            return chain
        waiting = dict.fromkeys(range(self.program.shape[0]))
        for _ in range(ROUNDS):
            changed: dict[int, None] = {}
            for row in waiting:
                for column in self._tighten(row):
                    if chain := self._crossed(column):
                        return chain
                    changed |= dict.fromkeys(self.program.by_column[column])
                if chain := self._broken(row):
                    return chain
            if not changed:
                return None
            waiting = dict(sorted(changed.items()))
        return None

    def _plainest(self) -> Chain | None:
        """Of the rows that the bounds of the file alone contradict, the shortest."""
        return min(self.alone(), key=lambda chain: len(chain.members), default=None)

    def alone(self) -> list[Chain]:
        """The contradictions of single rows and the bounds of the file, one a row."""
        return [chain for row in self._suspects() if (chain := self._broken(row))]

    def _suspects(self) -> list[int]:
        """Rows that floats do not show to be at peace with the bounds of their columns."""
        floats = self.program.floats
        matrix, rising = floats.matrix, floats.matrix.data > 0
        low, high = floats.column_lower[matrix.indices], floats.column_upper[matrix.indices]
        at = np.repeat(np.arange(len(floats.row_lower)), np.diff(matrix.indptr))

        def total(bounds: Vector) -> Vector:
            return np.bincount(at, weights=matrix.data * bounds, minlength=len(floats.row_lower)).astype(float)

        with np.errstate(invalid="ignore"):
            least, most = total(np.where(rising, low, high)), total(np.where(rising, high, low))
            terms = total(np.where(np.isfinite(low) & (low != 0), np.sign(matrix.data) * np.abs(low), 0.0))
            terms = terms + total(np.where(np.isfinite(high), np.sign(matrix.data) * np.abs(high), 0.0))
            room = 1e-9 * terms
            calm = (least < floats.row_upper - room) & (most > floats.row_lower + room)
        whole = self.whole and any(self.program.integer)
        return [i for i in range(len(calm)) if whole or not calm[i]]

    def _add(self, step: Step) -> None:
        if self.whole and self.program.integer[step.column] and step.value.denominator != 1:
            self.steps.append(step)
            rounded = Fraction(math.ceil(step.value) if step.side == "lower" else math.floor(step.value))
            step = Step(step.column, step.side, rounded, None, (len(self.steps) - 1,), rounded=True)
        self.best[step.column, step.side] = len(self.steps)
        self.steps.append(step)

    def _crossed(self, column: int) -> Chain | None:
        low, high = self.value(column, "lower"), self.value(column, "upper")
        if low is None or high is None or low <= high:
            return None
        return Chain(self.program, tuple(self.steps), None, (self.best[column, "lower"], self.best[column, "upper"]))

    def _ends(self, row: int, side: Side) -> tuple[Fraction, list[int]]:
        """What a row comes to at the bounds that make it least (``lower``) or greatest, and the columns without one."""
        total, open_ = ZERO, []
        for column, a in self.program.rows[row].items():
            value = self.value(column, side if a > 0 else _other(side))
            if value is None:
                open_.append(column)
            else:
                total += a * value
        self.work.spend(8 * len(self.program.rows[row]))
        return total, open_

    def _broken(self, row: int) -> Chain | None:
        """The contradiction of a row and the bounds of its columns, or of its terms' common divisor and its limits."""
        low, high = self.program.row_lower[row], self.program.row_upper[row]
        if low is not None and high is not None and low > high:
            return None
        for side, limit in zip(_SIDES, (high, low), strict=True):
            if limit is None:
                continue
            total, open_ = self._ends(row, side)
            if not open_ and (total > limit if side == "lower" else total < limit):
                return Chain(self.program, tuple(self.steps), row, self._steps_of(row, side), lower=side == "upper")
        return self._divided(row, low, high)

    def _divided(self, row: int, low: Limit, high: Limit) -> Chain | None:
        terms = self.program.rows[row]
        if (
            not self.whole
            or low is None
            or high is None
            or not all(self.program.integer[j] for j in terms)
            or not terms
        ):
            return None
        scale, whole = self.program.whole_rows[row]
        divisor = Fraction(math.gcd(*(a for _, a in whole)), scale)
        if math.ceil(low / divisor) <= math.floor(high / divisor):
            return None
        return Chain(self.program, tuple(self.steps), row, (), divisor=divisor)

    def _steps_of(self, row: int, side: Side, without: int | None = None) -> tuple[int, ...]:
        terms = self.program.rows[row].items()
        return tuple(self.best[j, side if a > 0 else _other(side)] for j, a in terms if j != without)

    def _tighten(self, row: int) -> Iterator[int]:
        """Bounds that a row gives its columns; the columns that changed."""
        terms = self.program.rows[row]
        for side, limit in zip(_SIDES, (self.program.row_upper[row], self.program.row_lower[row]), strict=True):
            if limit is None:
                continue
            total, open_ = self._ends(row, side)
            if len(open_) > 1:
                continue
            for column in open_ or list(terms):
                a = terms[column]
                mine = self.value(column, side if a > 0 else _other(side))
                rest = total if open_ or mine is None else total - a * mine
                value = (limit - rest) / a
                if self._better(column, _other(side) if a > 0 else side, value):
                    before = self._steps_of(row, side, column)
                    self._add(Step(column, _other(side) if a > 0 else side, value, row, before))
                    yield column

    def _better(self, column: int, side: Side, value: Fraction) -> bool:
        """Whether a bound is worth taking: tighter, not too long, and not one more creep."""
        old = self.value(column, side)
        if old is not None and (value <= old if side == "lower" else value >= old):
            return False
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > LONGEST:
            return False
        self.times[column, side] = self.times.get((column, side), 0) + 1
        return self.times[column, side] <= PASSES


def _other(side: Side) -> Side:
    return "upper" if side == "lower" else "lower"
