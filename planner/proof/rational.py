"""Sparse linear equations in whole numbers, solved exactly.

Elimination modulo a prime says which equations settle which unknowns, and gives the first digits of the solution to that
base; each further digit costs one substitution (Dixon 1982). The digits are read as fractions, which are put into the
equations before anybody believes them. How ill the equations are conditioned does not matter.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from planner.proof.work import Work

PRIME = (1 << 127) - 1
LONGEST = 14_000  # bits of a solution; Python refuses to print whole numbers of more than 4,300 digits
Row = Mapping[int, int]


class Elimination:
    """Equations in echelon form modulo a prime.

    Args:
        rows: coefficients of each equation by unknown.
        work: steps to spend.

    >>> found = Elimination([{0: 1, 1: 2}, {0: 2, 1: 4}, {1: 1}], Work())
    >>> found.rank, sorted(found.pivots)
    (2, [(0, 0), (2, 1)])
    """

    def __init__(self, rows: Sequence[Row], work: Work) -> None:
        """Eliminate, shortest equation first, by the unknown with fewest uses."""
        self.work = work
        self.pivots: list[tuple[int, int]] = []
        self.inverse: list[int] = []
        self.lower: list[list[tuple[int, int]]] = []
        self.upper: list[list[tuple[int, int]]] = []
        table = [{u: r for u, value in row.items() if (r := value % PRIME)} for row in rows]
        uses: dict[int, set[int]] = {}
        for number, row in enumerate(table):
            for unknown in row:
                uses.setdefault(unknown, set()).add(number)
        self._alone(table, uses)
        self._eliminate(table, uses)

    @property
    def rank(self) -> int:
        """Rank modulo the prime: at most that over the rationals."""
        return len(self.pivots)

    def _alone(self, table: list[dict[int, int]], uses: dict[int, set[int]]) -> None:
        """Unknowns in one equation only settle it without any elimination."""
        queue = sorted(unknown for unknown, where in uses.items() if len(where) == 1)
        heapq.heapify(queue)
        while queue:
            unknown = heapq.heappop(queue)
            if len(uses[unknown]) != 1:
                continue
            (number,) = uses[unknown]
            others = [u for u in table[number] if u != unknown]
            self._close(number, unknown, table, uses, [])
            for other in others:
                if len(uses[other]) == 1:
                    heapq.heappush(queue, other)

    def _eliminate(self, table: list[dict[int, int]], uses: dict[int, set[int]]) -> None:
        queue = [(len(row), number) for number, row in enumerate(table) if row]
        heapq.heapify(queue)
        while queue:
            length, number = heapq.heappop(queue)
            row = table[number]
            if not row or length != len(row):  # settled, or changed in length since
                continue
            pivot = min(row, key=lambda unknown: (len(uses[unknown]), unknown))
            inverse = pow(row[pivot], -1, PRIME)
            taken = []
            for other in sorted(uses[pivot] - {number}):
                factor = table[other][pivot] * inverse % PRIME
                taken.append((other, factor))
                self._subtract(table[other], row, factor, other, uses)
                if table[other]:
                    heapq.heappush(queue, (len(table[other]), other))
            self._close(number, pivot, table, uses, taken)

    def _close(
        self,
        number: int,
        pivot: int,
        table: list[dict[int, int]],
        uses: dict[int, set[int]],
        taken: list[tuple[int, int]],
    ) -> None:
        row = table[number]
        for unknown in row:
            uses[unknown].discard(number)
        self.work.spend(1 + len(row))
        self.pivots.append((number, pivot))
        self.inverse.append(pow(row.pop(pivot), -1, PRIME))
        self.lower.append(taken)
        self.upper.append(list(row.items()))
        table[number] = {}

    def _subtract(
        self, target: dict[int, int], source: dict[int, int], factor: int, number: int, uses: dict[int, set[int]]
    ) -> None:
        self.work.spend(len(source))
        for unknown, value in source.items():
            if result := (target.get(unknown, 0) - factor * value) % PRIME:
                target[unknown] = result
                uses[unknown].add(number)
            else:
                target.pop(unknown, None)
                uses[unknown].discard(number)

    def solve(self, right: Mapping[int, int]) -> dict[int, int]:
        """Unknowns modulo the prime for right-hand sides by equation; those without a pivot are 0."""
        rest = dict(right)
        for (number, _), taken in zip(self.pivots, self.lower, strict=True):
            if value := rest.get(number):
                for other, factor in taken:
                    rest[other] = (rest.get(other, 0) - factor * value) % PRIME
        found: dict[int, int] = {}
        for (number, pivot), inverse, terms in zip(
            reversed(self.pivots), reversed(self.inverse), reversed(self.upper), strict=True
        ):
            total = rest.get(number, 0) - sum(value * found[unknown] for unknown, value in terms if unknown in found)
            found[pivot] = total * inverse % PRIME
        self.work.spend(2 * len(self.pivots) + sum(map(len, self.upper)) + sum(map(len, self.lower)))
        return found


def solve_exactly(
    rows: Sequence[Row], right: Sequence[int], work: Work, *, elimination: Elimination | None = None
) -> dict[int, Fraction] | None:
    """Solve equations in whole numbers; unknowns that they leave free are 0, equations that follow from others are not looked at.

    Args:
        rows: coefficients of each equation by unknown.
        right: their right-hand sides.
        work: steps to spend.
        elimination: of the same rows, if there is one.

    Returns:
        The unknowns that the equations settle; ``None`` where the numbers would be too long.

    >>> sorted(solve_exactly([{0: 3, 1: 1}, {1: 7}], [1, 1], Work()).items())
    [(0, Fraction(2, 7)), (1, Fraction(1, 7))]
    """
    form = elimination or Elimination(rows, work)
    used = [number for number, _ in form.pivots]
    settled = {unknown for _, unknown in form.pivots}
    left = {number: right[number] for number in used}
    entries = [(number, [(u, a) for u, a in rows[number].items() if u in settled]) for number in used]
    size = sum(len(terms) for _, terms in entries)
    digits: dict[int, int] = dict.fromkeys(settled, 0)
    power, count, look = 1, 0, 3
    while power.bit_length() < 2 * LONGEST:
        step = form.solve({number: value % PRIME for number, value in left.items() if value % PRIME})
        for unknown, digit in step.items():
            digits[unknown] += digit * power
        for number, terms in entries:
            left[number] = (left[number] - sum(a * step[u] for u, a in terms)) // PRIME
        work.spend(size * (1 + power.bit_length() // 2000))
        power, count = power * PRIME, count + 1
        if count >= look or not any(left.values()):
            found = _fractions(digits, power, work)
            if found is not None and _holds(entries, right, found, work):
                return found
            look = count + max(2, count // 2)
    return None


def _fractions(digits: Mapping[int, int], modulus: int, work: Work) -> dict[int, Fraction] | None:
    """Short fractions that are these numbers modulo a power of the prime; ``None`` where one is not short.

    Unknowns of one system mostly share their denominator, so each is read as a multiple of what came before.
    """
    found: dict[int, Fraction] = {}
    bound = math.isqrt(modulus // 2) >> 16  # with some bits to spare: what fits by chance does not pass
    common = 1
    for unknown, residue in digits.items():
        number = residue * common % modulus
        if number > modulus // 2:
            number -= modulus
        if abs(number) <= bound:
            found[unknown] = Fraction(number, common)
            work.spend(1)
            continue
        short = _reconstructed(residue, modulus, bound, work)
        if short is None:
            return None
        found[unknown] = short
        joint = math.lcm(common, short.denominator)
        if joint <= bound:
            common = joint
    return found


def _reconstructed(residue: int, modulus: int, bound: int, work: Work) -> Fraction | None:
    """The fraction with small numerator and denominator that is a number modulo another (Wang 1981)."""
    above, below, old, new = modulus, residue % modulus, 0, 1
    work.spend(modulus.bit_length() // 4)
    while below > bound:
        quotient = above // below
        above, below = below, above - quotient * below
        old, new = new, old - quotient * new
    if new == 0 or abs(new) > bound or math.gcd(below, new) != 1:
        return None
    return Fraction(below, new)


def _holds(
    entries: Sequence[tuple[int, list[tuple[int, int]]]],
    right: Sequence[int],
    found: Mapping[int, Fraction],
    work: Work,
) -> bool:
    """Whether fractions satisfy the equations."""
    common = math.lcm(*(value.denominator for value in found.values()))
    whole = {unknown: value.numerator * (common // value.denominator) for unknown, value in found.items()}
    work.spend(sum(len(terms) for _, terms in entries) * (1 + common.bit_length() // 2000))
    return all(sum(a * whole[u] for u, a in terms) == right[number] * common for number, terms in entries)
