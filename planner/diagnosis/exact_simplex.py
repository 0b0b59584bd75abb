"""The simplex method in fractions, for programs that floats cannot decide.

Every row has a value of its own, tied to the columns by an equation. Values outside the basis rest at a limit; one in the
basis that breaks a limit is exchanged for one that can mend it, always the first by number, so that the method ends
(Bland 1977; Dutertre and de Moura 2006). Where none can mend it, its equation is the contradiction.

An equation is kept in whole numbers without a common factor, over one denominator: sums of fractions would be brought to
lowest terms one by one, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from planner.diagnosis.points import Point
from planner.diagnosis.proof import Proof
from planner.program.exact_program import ExactProgram, Limit
from planner.proof.work import Work

ZERO = Fraction(0)


def decide_exactly(program: ExactProgram, work: Work, *, basic: Sequence[int] = ()) -> Point | Proof:
    """A point of a linear program, or the contradiction that there is none.

    Args:
        program: whole-number columns may take any value between.
        work: steps to spend.
        basic: columns to take into the basis first, if a basis is at hand.

    Raises:
        WorkSpentError: before it was decided.

    >>> from planner.program import LinearProgram
    >>> import numpy as np
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0], matrix=[[3], [1]], row_lower=[1, -np.inf],
    ...     row_upper=[np.inf, 0.5]
    ... ))
    >>> decide_exactly(program, Work())
    (Fraction(1, 3),)
    """
    table = _Table(program, work)
    for column in basic:
        table.take(column)
    return table.run()


@dataclass(slots=True)
class _Equation:
    """A value as a sum of others: ``over`` × value = Σ whole number × other.

    Args:
        over: above zero.
        terms: the whole numbers, none zero, by the others' places.
    """

    over: int
    terms: dict[int, int]

    def solved_for(self, other: int, value: int) -> _Equation:
        """The same equation, of one of the others in place of the value, whose place becomes an other's."""
        own = self.terms[other]
        sign = 1 if own > 0 else -1
        terms = {value: sign * self.over} | {j: -sign * a for j, a in self.terms.items() if j != other}
        return _Equation(abs(own), terms)

    def without(self, other: int, solved: _Equation) -> _Equation:
        """The same value with one of the others replaced by what it is itself a sum of."""
        factor = self.terms.pop(other)
        common = gcd(factor, solved.over)
        times, factor = solved.over // common, factor // common
        terms = {j: times * a for j, a in self.terms.items()} if times != 1 else self.terms
        for j, a in solved.terms.items():
            terms[j] = terms.get(j, 0) + factor * a
        over = times * self.over
        common = gcd(over, *terms.values())
        return _Equation(over // common, {j: a // common for j, a in terms.items() if a})


class _Table:
    """Values 0 .. n−1 are those of the columns, n .. n+m−1 those of the rows."""

    def __init__(self, program: ExactProgram, work: Work) -> None:
        self.program, self.work = program, work
        count, width = program.shape
        self.width = width
        self.lower: list[Limit] = [*program.column_lower, *program.row_lower]
        self.upper: list[Limit] = [*program.column_upper, *program.row_upper]
        self.rows = {width + i: _Equation(row.scale, dict(row.terms)) for i, row in enumerate(program.whole_rows)}
        self.values = [self._start(j) for j in range(width)]
        self.values += [program.body(i, self.values) for i in range(count)]
        self.outside: dict[int, set[int]] = {j: set() for j in range(width)}  # basic rows that hold a value outside
        for basic, row in self.rows.items():
            for j in row.terms:
                self.outside[j].add(basic)

    def _start(self, j: int) -> Fraction:
        low, high = self.lower[j], self.upper[j]
        return low if low is not None else high if high is not None else ZERO

    def take(self, column: int) -> None:
        """Bring a column into the basis, in exchange for a row that rests at a limit afterwards."""
        if column in self.rows:
            return
        rows = sorted(b for b in self.outside[column] if b >= self.width)
        for basic in rows:
            low, high = self.lower[basic], self.upper[basic]
            if low is not None and low == high:
                self._exchange(basic, column, low)
                return

    def run(self) -> Point | Proof:
        """Mend broken limits until none is left, or one cannot be mended."""
        while True:
            first = min(((b, limit) for b in self.rows if (limit := self._broken(b)) is not None), default=None)
            if first is None:
                return tuple(self.values[: self.width])
            broken, limit = first
            rising = limit > self.values[broken]
            entering = min(
                (j for j, a in self.rows[broken].terms.items() if self._can(j, rise=(a > 0) == rising)), default=None
            )
            if entering is None:
                return self._contradiction(broken, rising=rising)
            self._exchange(broken, entering, limit)

    def _broken(self, at: int) -> Limit:
        """The limit that a value breaks, if it does."""
        value, low, high = self.values[at], self.lower[at], self.upper[at]
        if low is not None and value < low:
            return low
        return high if high is not None and value > high else None

    def _can(self, j: int, *, rise: bool) -> bool:
        limit = self.upper[j] if rise else self.lower[j]
        return limit is None or (self.values[j] < limit if rise else self.values[j] > limit)

    def _exchange(self, leaving: int, entering: int, limit: Fraction) -> None:
        """Exchange two values, the leaving one resting at a limit."""
        row = self.rows.pop(leaving)
        step = (limit - self.values[leaving]) * Fraction(row.over, row.terms[entering])
        for j in row.terms:
            self.outside[j].discard(leaving)
        holders = self.outside.pop(entering)
        for basic in holders:
            held = self.rows[basic]
            self.values[basic] += Fraction(held.terms[entering], held.over) * step
        self.values[leaving] = limit
        self.values[entering] += step
        solved = row.solved_for(entering, leaving)
        self.outside[leaving] = set()
        for basic in sorted(holders):
            self._substitute(basic, entering, solved)
        for j in solved.terms:
            self.outside[j].add(entering)
        self.rows[entering] = solved

    def _substitute(self, basic: int, entering: int, solved: _Equation) -> None:
        found = self.rows[basic] = self.rows[basic].without(entering, solved)
        for j in solved.terms:
            (self.outside[j].add if j in found.terms else self.outside[j].discard)(basic)
        self.work.spend((4 + found.over.bit_length() // 100) * len(solved.terms))

    def _contradiction(self, broken: int, *, rising: bool) -> Proof:
        """The equation of a value that cannot be mended, as weights of rows."""
        sign = 1 if rising else -1
        row = self.rows[broken]
        terms = {broken: Fraction(sign)} | {j: Fraction(-sign * a, row.over) for j, a in row.terms.items()}
        weights = {j - self.width: value for j, value in sorted(terms.items()) if j >= self.width}
        found = Proof(self.program, weights).scaled()
        if not weights:
            raise AssertionError("the equation of a value holds at least one row")
        return found
