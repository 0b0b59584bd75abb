"""A contradiction: rows weighed and added up, exactly, and the rows and bounds that this takes.

Whatever the values of the columns, ``0 = Σ y (A x) − (Σ y A) x``. Each term is at least its weight times the limit on the
side that the weight's sign asks for; where the sum of these is above 0, no values meet all rows and bounds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from planner.program.exact_program import ExactProgram, Side
from planner.proof.rational import LONGEST, Elimination
from planner.proof.work import Work

ZERO = Fraction(0)


class Member(NamedTuple):
    """A row, one bound of a column, or that a column takes whole numbers only; by position."""

    kind: Literal["row", "lower", "upper", "whole"]
    position: int


class Used(NamedTuple):
    """A limit that a contradiction uses: weight × limit = product."""

    member: Member
    side: Side
    weight: Fraction
    limit: Fraction

    @property
    def product(self) -> Fraction:
        """What the limit adds to the sum."""
        return self.weight * self.limit


@dataclass(frozen=True, eq=False)
class Proof:
    """A contradiction.

    Args:
        program: what it speaks of; whole-number columns may take any value between.
        weights: of rows; a positive one rests on the lower limit, a negative one on the upper.
        clash: a row or column whose lower limit is above its upper one; then no weights are needed.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0], matrix=[[1], [1]], row_lower=[3, -math.inf],
    ...     row_upper=[math.inf, 1]
    ... ))
    >>> proof = Proof(program, {0: Fraction(1), 1: Fraction(-1)})
    >>> proof.valid, proof.gap, proof.members
    (True, Fraction(2, 1), (Member(kind='row', position=0), Member(kind='row', position=1)))
    """

    program: ExactProgram
    weights: Mapping[int, Fraction]
    clash: tuple[Literal["row", "column"], int] | None = None

    @cached_property
    def reduced(self) -> dict[int, Fraction]:
        """What is left on each column when the rows are added up, where that is not nothing: the weight of its bound."""
        rows = self.program.whole_rows
        parts = {i: weight / rows[i].scale for i, weight in self.weights.items() if weight}
        common = math.lcm(*(part.denominator for part in parts.values()))
        total: dict[int, int] = {}
        for i, part in parts.items():
            weight = part.numerator * (common // part.denominator)
            for column, value in rows[i].terms:
                total[column] = total.get(column, 0) - weight * value
        return {column: Fraction(value, common) for column, value in sorted(total.items()) if value}

    @cached_property
    def loose(self) -> tuple[Member, ...]:
        """Rows and columns without a limit on the side that is asked for: with any of them nothing is proved."""
        rows = [
            Member("row", i) for i, weight in self.weights.items() if weight and self._limit("row", i, weight) is None
        ]
        columns = [Member(_side(d), j) for j, d in self.reduced.items() if self._limit("column", j, d) is None]
        return (*rows, *columns)

    @cached_property
    def used(self) -> tuple[Used, ...]:
        """Every limit that the sum uses, rows first."""
        if self.clash:
            kind, at = self.clash
            limits = [(side, self.program.limit(kind, at, side)) for side in _SIDES]
            return tuple(
                Used(Member("row" if kind == "row" else side, at), side, Fraction(1 if side == "lower" else -1), limit)
                for side, limit in limits
                if limit is not None
            )
        found = []
        for i, weight in sorted(self.weights.items()):
            if weight and (limit := self._limit("row", i, weight)) is not None:
                found.append(Used(Member("row", i), _side(weight), weight, limit))
        for j, d in self.reduced.items():
            if (limit := self._limit("column", j, d)) is not None:
                found.append(Used(Member(_side(d), j), _side(d), d, limit))
        return tuple(found)

    @property
    def members(self) -> tuple[Member, ...]:
        """The rows and bounds that the sum uses, each once."""
        return tuple(dict.fromkeys(used.member for used in self.used))

    @cached_property
    def gap(self) -> Fraction:
        """By how much the sum exceeds nothing."""
        return sum((used.product for used in self.used), ZERO)

    @property
    def valid(self) -> bool:
        """Whether it is a contradiction, in numbers that can be written down."""
        if self.clash:
            return self.gap > 0
        short = all(
            max(weight.numerator.bit_length(), weight.denominator.bit_length()) < LONGEST
            for weight in self.weights.values()
        )
        return short and not self.loose and self.gap > 0

    @cached_property
    def margin(self) -> tuple[Fraction, Fraction]:
        """By how much every limit used could give way and leave it standing: in its own unit, and as a share of its terms."""
        weights = sum((abs(used.weight) for used in self.used), ZERO)
        products = sum((abs(used.product) for used in self.used), ZERO)
        return (self.gap / weights if weights else ZERO), (
            self.gap / products if products else self.gap and Fraction(1)
        )

    def scaled(self, greatest: Fraction | int = 1) -> Proof:
        """The same contradiction with weights whose greatest is as given."""
        most = max((abs(weight) for weight in self.weights.values()), default=ZERO)
        if not most:
            return self
        return Proof(self.program, {i: weight * greatest / most for i, weight in self.weights.items()}, self.clash)

    def irreducible(self, work: Work) -> bool:
        """Whether without any one of its members the others can hold, by the rank of what they say.

        A set of limits contradicts itself only through weights under which its terms cancel. If all such weights are multiples
        of one another, and none of them is 0, then without one member nothing cancels, and what cannot cancel can always be
        met. The rank modulo a prime is at most the true one, so where it is one less than the number of members that is so
        (Gleeson and Ryan 1990).
        """
        if self.clash:
            return True
        rows = [i for i, weight in self.weights.items() if weight]
        if not rows:
            return False
        bound = set(self.reduced)
        equations = [{j: a for j, a in self.program.whole_rows[i].terms if j not in bound} for i in rows]
        return Elimination(equations, work).rank == len(rows) - 1

    def _limit(self, kind: Literal["row", "column"], position: int, weight: Fraction) -> Fraction | None:
        return self.program.limit(kind, position, _side(weight))


_SIDES: tuple[Literal["lower"], Literal["upper"]] = ("lower", "upper")


def _side(weight: Fraction) -> Side:
    return "lower" if weight > 0 else "upper"
