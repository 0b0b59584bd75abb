"""Exact solutions of sparse linear equations with a float solution at hand.

Which equations and unknowns make a regular system is found by sparse elimination modulo a prime; its float factors then
give the solution thirty bits at a time, each step correcting the last by the exact remainder, until the digits repeat as
those of short fractions do (Wan 2006). What comes out is added up exactly afterwards, so nothing here has to be believed.
"""

from __future__ import annotations

import heapq
import math
import warnings
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp

from planner.proof.work import Work, WorkSpentError

Prices: TypeAlias = dict[int, Fraction]
Equation: TypeAlias = tuple[Fraction, Prices]  # right-hand side, coefficient of each unknown

PRIME = 2**61 - 1
STEP = 30  # bits a step; floats hold 53, and what is lost to a system's condition has to fit into the rest
MOST = 20_000  # bits after which a fraction is no longer one a person can hold
SPARE = 64  # bits by which digits must agree with a fraction beyond what any number's would
BLUR = STEP - 8  # bits at the end that a step may leave wrong


def lift(equations: list[Equation], guess: Prices, fixed: frozenset[int], work: Work | None = None) -> Prices | None:
    """Unknowns near their guess that satisfy equations exactly.

    Unknowns that the equations leave free keep their guess, as do the fixed ones. An equation that contradicts those before
    it is left out: the sum made afterwards tells whether that does harm.

    Args:
        equations: right-hand side and coefficients of each.
        guess: a value of every unknown.
        fixed: unknowns to keep.
        work: steps after which to give up, those of a diagnosis by default.

    Returns:
        All unknowns, or ``None`` where work, length or condition forbids.

    >>> lift([(Fraction(1), {0: Fraction(3)})], {0: Fraction(1, 2)}, frozenset())
    {0: Fraction(1, 3)}
    """
    work = Work() if work is None else work
    try:
        return _lifted(equations, guess, fixed, work)
    except WorkSpentError:
        return None


def _lifted(equations: list[Equation], guess: Prices, fixed: frozenset[int], work: Work) -> Prices | None:
    """All unknowns, as in `lift`."""
    order = _pivots([[u for u in terms if u not in fixed] for _, terms in equations], equations, work)
    place = {unknown: i for i, (_, unknown) in enumerate(order)}
    rows, columns, values, sums = [], [], [], []
    for i, (number, _) in enumerate(order):
        total, terms = equations[number]
        total -= sum(value * guess[u] for u, value in terms.items() if u not in place)
        whole = math.lcm(total.denominator, *(value.denominator for value in terms.values()))
        for unknown, value in terms.items():
            if unknown in place:
                rows.append(i)
                columns.append(place[unknown])
                values.append(int(value * whole))
        sums.append(int(total * whole))
    found = _refine(rows, columns, values, sums, work) if order else []
    return None if found is None else guess | {unknown: found[i] for unknown, i in place.items()}


def _pivots(unknowns: list[list[int]], equations: list[Equation], work: Work) -> list[tuple[int, int]]:
    """Equations and the unknown each settles, by elimination modulo a prime, shortest equation first."""
    table = [
        {u: terms[u].numerator * pow(terms[u].denominator, -1, PRIME) % PRIME for u in free}
        for free, (_, terms) in zip(unknowns, equations, strict=True)
    ]
    uses: dict[int, set[int]] = {}
    for number, equation in enumerate(table):
        for unknown in equation:
            uses.setdefault(unknown, set()).add(number)
    queue = [(len(equation), number) for number, equation in enumerate(table)]
    heapq.heapify(queue)
    closed, order = set(), []
    while queue:
        length, number = heapq.heappop(queue)
        equation = table[number]
        if number in closed or length != len(equation) or not equation:  # settled, since changed in length, or empty
            continue
        closed.add(number)
        pivot = min(equation, key=lambda unknown: (len(uses[unknown]), unknown))
        for unknown in equation:
            uses[unknown].discard(number)
        inverse = pow(equation[pivot], -1, PRIME)
        work.spend(len(equation) * (1 + len(uses[pivot])))
        for other in sorted(uses[pivot]):
            _subtract(table[other], equation, table[other][pivot] * inverse % PRIME, other, uses)
            heapq.heappush(queue, (len(table[other]), other))
        order.append((number, pivot))
    return order


def _subtract(
    target: dict[int, int], source: dict[int, int], factor: int, number: int, uses: dict[int, set[int]]
) -> None:
    for unknown, value in source.items():
        result = (target.get(unknown, 0) - factor * value) % PRIME
        if result:
            target[unknown] = result
            uses[unknown].add(number)
        else:
            target.pop(unknown, None)
            uses[unknown].discard(number)


def _refine(
    rows: list[int], columns: list[int], values: list[int], sums: list[int], work: Work
) -> list[Fraction] | None:
    """The solution of a regular system of whole numbers, read from its binary digits."""
    from scipy.sparse.linalg import splu  # a third of the time that scipy takes to import, and few proofs come to this

    size = len(sums)
    greatest = [1] * size
    for row, value in zip(rows, values, strict=True):
        greatest[row] = max(greatest[row], abs(value))
    scaled = [value / greatest[row] for row, value in zip(rows, values, strict=True)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            factors = splu(sp.csc_array((scaled, (rows, columns)), shape=(size, size)))
    except RuntimeError:  # singular as far as floats can tell
        return None
    digits, left, bits, look = [0] * size, sums, 0, 128
    while bits < MOST:
        work.spend(len(values) * (1 + bits // 1024))  # a product with a whole number of so many digits
        step = factors.solve(np.array([value / most for value, most in zip(left, greatest, strict=True)]))
        if not np.isfinite(step).all() or (bits and np.abs(step).max() > 2.0**BLUR):
            return None  # the correction does not shrink: too ill a condition for floats
        more = [round(value * 2**STEP) for value in step.tolist()]
        digits = [(old << STEP) + new for old, new in zip(digits, more, strict=True)]
        left = [value << STEP for value in left]
        for row, column, value in zip(rows, columns, values, strict=True):
            left[row] -= value * more[column]
        bits += STEP
        if not any(left):  # nothing is left over: the digits are the numbers
            return [Fraction(number, 1 << bits) for number in digits]
        if bits >= look:
            if (found := _read(digits, bits)) is not None:
                return found
            look = 2 * bits
    return None


def _read(digits: list[int], bits: int) -> list[Fraction] | None:
    """The short fractions that ``digits / 2**bits`` show the first digits of; ``None`` where one shows none.

    Unknowns of one system mostly share their denominators, so each is read as a multiple of what came before.
    """
    common, found, most = 1, [], (bits - SPARE) // 2
    for number in digits:
        if common.bit_length() > most // 2:
            common = 1
        seen = Fraction(number * common, 1 << bits)
        short = seen.limit_denominator(1 << (most - common.bit_length()))
        if abs(short - seen) > Fraction(common, 1 << (bits - BLUR - 2)):
            return None
        found.append(short / common)
        common *= short.denominator
    return found
