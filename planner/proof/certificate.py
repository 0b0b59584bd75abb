"""Certificates: multipliers that add rows up to a bound, or to a contradiction, in exact arithmetic.

For an optimum the prices of the rows prove how good any point can be; for a program without a point the prices of its
elastic program prove that there is none. Nothing here is believed because a solver said it: the sum is done in fractions
on the program as it is written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from planner.program import LinearProgram, Vector
from planner.proof.exact import ZERO, Sense, Sum, fraction, limit, settle, side, usable, weigh
from planner.proof.rational_solve import Prices
from planner.proof.repair import repaired
from planner.proof.work import Work
from planner.solver.bounds import BOUND, boxed, clashing
from planner.solver.elastic import SHARP, Elastic, Strain, UniformRelaxation
from planner.solver.highs import Session
from planner.solver.scaling import Scaling, scaling_of
from planner.solver.solution import Solution

__all__ = ["Certificate", "States", "boxed", "clashing", "prove", "prove_empty"]

States = Literal["at most", "at least", "empty"]
SIDES: tuple[Literal["lower"], Literal["upper"]] = ("lower", "upper")
LONGEST = 14_000  # bits; Python refuses to print whole numbers of more than 4,300 digits
CLOSE = 1e-6  # relative distance of a bound from the optimum from which on it is as good
SHORT = (
    300_000  # steps that exact prices may take: short ones take a tenth of that, and long ones nobody can check by hand
)
_LOOK = ((1e-15, 1e-11), (1e-9, 1e-9))  # below what share a price is noise, and a column prices out to nothing


@dataclass(frozen=True, eq=False)
class Certificate:
    """A proof.

    Args:
        claim: its name among the claims of a run.
        states: ``at most`` or ``at least`` (the objective, whatever the point), or ``empty`` (there is no point).
        program: what it speaks of, with any declared bounds.
        multipliers: the weight of each row used; a greater right-hand side of a row with weight w moves the bound by w.
        declared: columns whose bound was declared for the proof, and on which side: ``lower``, ``upper`` or ``both``.
        clash: a row or column whose lower limit is above its upper one, which proves ``empty`` without any sum.
    """

    claim: str
    states: States
    program: LinearProgram
    multipliers: Mapping[int, Fraction]
    declared: Mapping[int, str]
    clash: tuple[Literal["row", "column"], int] | None = None

    @property
    def sense(self) -> Sense:
        """``max`` for an upper bound; a contradiction is a lower bound of nothing that is above nothing."""
        return "max" if self.states == "at most" else "min"

    @cached_property
    def sum(self) -> Sum:
        """The exact sum."""
        return weigh(self.program, self.multipliers, self.sense, with_cost=self.states != "empty")

    @property
    def bound(self) -> Fraction:
        """The bound proved; for ``empty`` the amount by which nothing would have to exceed nothing."""
        if self.clash:
            low, high = (limit(self.program, *self.clash, which) for which in SIDES)
            return fraction(low) - fraction(high)
        return self.sum.total

    @property
    def valid(self) -> bool:
        """Whether the sum proves what is stated."""
        if self.sum.loose or self.sum.wrong or (self.states == "empty" and self.bound <= 0):
            return False
        return all(
            max(w.numerator.bit_length(), w.denominator.bit_length()) < LONGEST for w in self.multipliers.values()
        )

    @cached_property
    def goal(self) -> int | None:
        """The column that is the whole objective, at cost one and without a constant; ``None`` for any other objective."""
        priced = np.flatnonzero(self.program.cost)
        alone = len(priced) == 1 and self.program.cost[priced[0]] == 1 and self.program.offset == 0
        return int(priced[0]) if alone and self.states != "empty" else None

    @property
    def gap(self) -> Fraction | None:
        """What is proved to be missing: 1 − bound where a share is maximised, the contradiction where there is no point."""
        if self.states == "empty":
            return self.bound
        return 1 - self.bound if self.states == "at most" and self.goal is not None else None

    @cached_property
    def needs(self) -> Prices:
        """For a share: multiplier × what the share takes of each row; over all rows it comes to one (Σ p g = 1)."""
        if self.goal is None:
            return {}
        column = self.program.matrix[:, [self.goal]].toarray().ravel()
        return {row: w * fraction(column[row]) for row, w in self.multipliers.items() if w and column[row]}

    def weight(self, kind: Literal["row", "column"], position: int) -> Fraction:
        """The multiplier of a row, or of a column's bound."""
        return (self.multipliers if kind == "row" else self.sum.reduced)[position]

    def product(self, kind: Literal["row", "column"], position: int) -> Fraction:
        """Multiplier × the limit it rests on."""
        weight = self.weight(kind, position)
        return weight * fraction(limit(self.program, kind, position, side(weight, self.sense)))

    @cached_property
    def margin(self) -> tuple[float, float]:
        """The tolerance under which a proof of ``empty`` still stands: if all limits give way by it, absolute and relative.

        A solver whose tolerance is greater may call the program feasible without being wrong by its own lights.
        """
        used = [(self.weight("row", i), self.product("row", i)) for i, w in self.multipliers.items() if w]
        used += [(d, self.product("column", j)) for j, d in self.sum.reduced.items()]
        weights, products = sum(abs(float(w)) for w, _ in used), sum(abs(float(p)) for _, p in used)
        gap = float(self.bound)
        return (gap / weights if weights else 0.0), (gap / products if products else 0.0)


def prove(solution: Solution, claim: str = "") -> Certificate:
    """Prove how good any point of a solved linear program can be.

    Args:
        solution: an optimum with prices.
        claim: name of the claim; the objective's by default.

    Returns:
        A valid certificate; its bound is the optimum, or just beyond it where exact prices were not to be had.

    Raises:
        ValueError: the solution has no prices.

    >>> program = LinearProgram.plain(cost=[1.0], matrix=[[3.0]], row_upper=[1.0], sense="max")
    >>> prove(Session().solve(program)).bound
    Fraction(1, 3)
    """
    program = solution.program
    if not solution.optimal or np.isnan(solution.row_prices).any():
        raise ValueError("only an optimum with prices can be proved")
    states: States = "at most" if program.sense == "max" else "at least"
    for attempt in _attempts(solution):
        for prices in _near(program, attempt.row_prices, program.sense):
            found = Certificate(claim or program.objective, states, program, _kept(prices), {})
            if found.valid and _close(found.bound, solution):
                return found
    return _declare(found, solution.values)


def _attempts(solution: Solution) -> Iterator[Solution]:
    """A solution, and one with sharper prices."""
    yield solution
    sharper = _sharper(solution.program)
    if sharper.optimal:
        yield sharper


def _near(program: LinearProgram, prices: Vector, sense: Sense) -> Iterator[Prices]:
    """Prices near those of an optimum that columns price out at: exact ones where they are short, then repaired ones."""
    work = Work(SHORT)  # prices that are long at the first look are long at the second
    for drop, tie in _LOOK:
        known = usable(program, prices, sense, drop)
        if work.left > 0 and (settled := settle(program, known, with_cost=True, tie=tie, work=work)) is not None:
            yield settled
    yield repaired(program, prices, sense, with_cost=True)


def prove_empty(
    program: LinearProgram,
    claim: str = "empty",
    *,
    session: Session | None = None,
    strain: Strain | None = None,
    declare: bool = True,
) -> Certificate | None:
    """Prove that a program has no point.

    The greatest multiplier is one, so that the gap is also a least total by which the rows are broken.

    Args:
        program: the program; whole-number columns may take any value between.
        claim: name of the claim.
        session: a solver to use.
        strain: an elastic optimum whose prices to try; by default those that use few rows.
        declare: whether bounds may be declared where there is no proof without.

    Returns:
        A valid certificate, or ``None`` where no multipliers were found that prove it.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> prove_empty(program).bound
    Fraction(2, 1)
    """
    if clash := clashing(program):
        return Certificate(claim, "empty", program, {}, {}, clash)
    session, tried = session or Session(), list[Strain]()
    forms = (UniformRelaxation, Elastic)
    for one in (strain,) if strain else (form(program, session=session).strain(program) for form in forms):
        tried.append(one)
        if found := _from_strain(program, claim, one):
            return found
    if strain is None and (found := _from_units(program, scaling_of(program), claim, session)):
        return found
    for one in tried if declare and any(one.gap > 0 for one in tried) else ():
        if one.solved and (found := _in_floats(program, claim, one)).valid:
            return found
    return None


def _from_units(program: LinearProgram, units: Scaling, claim: str, session: Session) -> Certificate | None:
    """A proof from the prices of the program whose rows and columns have units of their own."""
    scaled = units.scaled(program)
    for form in (UniformRelaxation, Elastic):
        strain = form(scaled, session=session).strain(scaled)
        if strain.gap > 0 and (found := _from_strain(program, claim, strain, units.rows)):
            return found
    return None


def _from_strain(program: LinearProgram, claim: str, strain: Strain, rows: Vector | float = 1.0) -> Certificate | None:
    """A proof from the prices of an elastic optimum, without declared bounds.

    Args:
        program: of which there is no point.
        claim: name of the claim.
        strain: of the program, or of the same with its rows multiplied.
        rows: what they were multiplied by, powers of two, shape (rows,).
    """
    rows, work = np.broadcast_to(rows, program.shape[:1]), Work(SHORT)
    for drop, tie in _LOOK if strain.solved else ():
        level = strain.prices / max(np.abs(strain.prices).max(initial=0.0), 1e-300)
        prices = usable(program, level * rows, "min", drop)
        ones = np.flatnonzero((np.abs(np.abs(level) - 1.0) < 1e-9) & (prices != 0))
        whole = {int(i): fraction(np.round(level[i])) * Fraction(float(rows[i])) for i in ones}
        few = work.left > 0
        settled = settle(program, prices, with_cost=False, tie=tie, fixed=whole, work=work) if few else None
        for candidate in (settled, _plain(prices)):
            found = Certificate(claim, "empty", program, _to_one(_kept(candidate or {})), {})
            if found.valid:
                return found
    if strain.gap > 0:
        mended = repaired(program, strain.prices * rows, "min", with_cost=False)
        found = Certificate(claim, "empty", program, _to_one(_kept(mended)), {})
        if found.valid:
            return found
    return None


def _in_floats(program: LinearProgram, claim: str, strain: Strain) -> Certificate:
    """A proof from prices as they are, with bounds declared for what rounding leaves; not always a valid one."""
    prices = _plain(usable(program, strain.prices, "min", 1e-15))
    return _declare(Certificate(claim, "empty", program, _to_one(prices), {}), strain.values)


def _declare(certificate: Certificate, values: Vector) -> Certificate:
    """The certificate with bounds declared for its loose columns, a thousand times beyond anything the solution holds."""
    program, loose = certificate.program, certificate.sum.loose
    held = np.concatenate([np.abs(values), np.abs(program.column_lower), np.abs(program.column_upper)])
    greatest = held[np.isfinite(held)].max(initial=0.0)
    bound = BOUND
    while bound < 1000.0 * greatest:
        bound *= 1000.0
    wider = boxed(program, bound, np.array(loose, dtype=float))
    free = np.isinf(program.column_lower) & np.isinf(program.column_upper)
    marks = {j: "both" if free[j] else side(certificate.sum.reduced[j], certificate.sense) for j in loose}
    return Certificate(certificate.claim, certificate.states, wider, certificate.multipliers, marks)


def _plain(prices: Vector) -> Prices:
    """Float prices as the numbers their decimal text says."""
    return {int(i): fraction(prices[i]) for i in np.flatnonzero(prices)}


def _kept(prices: Prices) -> Prices:
    return {row: price for row, price in sorted(prices.items()) if price}


def _to_one(prices: Prices) -> Prices:
    """Prices scaled so that the greatest is one."""
    greatest = max(map(abs, prices.values()), default=ZERO) or Fraction(1)
    return {row: price / greatest for row, price in prices.items()}


def _sharper(program: LinearProgram) -> Solution:
    """The program solved again with tighter prices: the solver's tolerance on them is absolute."""
    units = scaling_of(program)
    scaled = units.scaled(program)
    solution = Session().solve(scaled.with_(cost=scaled.cost * SHARP), as_it_is=True)
    prices = solution.row_prices * units.rows / (units.objective(program) * SHARP)
    return replace(solution, program=program, values=solution.values * units.columns, row_prices=prices)


def _close(bound: Fraction, solution: Solution) -> bool:
    """Whether a bound is as good as the optimum, measured against what objective and limits put into either."""
    program, prices = solution.program, solution.row_prices
    limits = np.where((prices > 0) == (program.sense == "min"), program.row_lower, program.row_upper)
    weighed = prices * np.where(np.isfinite(limits), limits, 0.0)
    size = np.abs(program.cost * solution.values).sum() + np.abs(weighed).sum()
    return abs(float(bound) - solution.objective) <= CLOSE * max(float(size), abs(solution.objective))
