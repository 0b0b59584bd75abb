"""The value of a question as a function of one number or group of numbers, multiplied by a factor.

Where the numbers stand in limits alone the value is piecewise linear and concave (convex where something is minimised), and
is found exactly: tangents at two points cross; if the value at the crossing lies on them, the crossing is a breakpoint and
both pieces are known; else each half is treated alike. That takes about two solves a piece. Where the numbers stand in
coefficients the curve bends, and is sampled more finely where it bends more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from planner.analysis.feasibility.relaxation import Growth, with_growth
from planner.analysis.sensitivity.selector import Selection
from planner.economy.units import Units
from planner.formulation import Formulation
from planner.program import LinearProgram, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Straight", "curve_table", "exact_points", "sampled_points", "straight_between"]

CLOSE = 1e-8  # of what the objective is made of: a point this near a line lies on it
NARROW = 1e-7  # of the whole span: pieces shorter than this are not told apart
FINEST, COARSE = 1 / 128, 8  # shortest piece of a sampled curve as a share of its span, and first pieces
BEND = 2e-3  # of the curve's height: a middle this far from the chord is looked at more closely
_SIDES = ("row_lower", "row_upper", "column_lower", "column_upper")

Points = list[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Straight:
    """A family of programs whose limits move along a line: at ``low`` as in one, at ``high`` as in the other."""

    low: float
    high: float
    first: LinearProgram
    last: LinearProgram

    def at(self, factor: float) -> LinearProgram:
        """The program at a factor."""
        far = (factor - self.low) / (self.high - self.low)
        moved = {side: _between(getattr(self.first, side), getattr(self.last, side), far) for side in _SIDES}
        return self.first.with_(**moved)

    def slope(self, solution: Solution) -> float:
        """Change of the objective per unit of the factor, by one set of prices of a solution."""
        program, total = solution.program, 0.0
        pairs = ((solution.row_prices, _SIDES[:2]), (solution.column_prices, _SIDES[2:]))
        for prices, (lower, upper) in pairs:
            moves = [getattr(self.last, side) - _finite(getattr(self.first, side)) for side in (lower, upper)]
            at_lower = prices * program.sign > 0  # the lower limit is the one that costs
            move = np.where(at_lower, moves[0], moves[1])
            total += float(np.where(prices != 0, prices * np.where(np.isfinite(move), move, 0.0), 0.0).sum())
        return total / (self.high - self.low)


def _finite(values: Vector) -> Vector:
    return np.where(np.isfinite(values), values, 0.0)


def _between(one: Vector, two: Vector, far: float) -> Vector:
    same = one == two
    return np.where(same, one, (1.0 - far) * _finite(one) + far * _finite(two))


def straight_between(formulation: Formulation, selection: Selection, low: float, high: float) -> Straight | None:
    """The programs of a question between two factors, if they differ along a line in their limits alone."""
    ends = [selection.formulated(formulation, factor).program for factor in (low, high)]
    middle = selection.formulated(formulation, (low + high) / 2).program
    for program in (*ends, middle):
        if not (
            program.same_pattern(ends[0]) and np.allclose(program.matrix.data, ends[0].matrix.data, rtol=1e-12, atol=0)
        ):
            return None
        if not np.array_equal(program.cost, ends[0].cost) or program.offset != ends[0].offset:
            return None
    family = Straight(low, high, *ends)
    told = family.at((low + high) / 2)
    on_line = all(
        _near(getattr(told, side), getattr(middle, side), *(getattr(end, side) for end in ends)) for side in _SIDES
    )
    return family if on_line else None


def _near(one: Vector, other: Vector, *ends: Vector) -> bool:
    """Whether limits agree, against their size at the ends between which they lie."""
    size = np.max([np.abs(_finite(values)) for values in (other, *ends)], axis=0)
    return bool(np.all((one == other) | (np.abs(_finite(one) - _finite(other)) <= 1e-9 * size)))


def exact_points(family: Straight, session: Session) -> tuple[Points, int]:
    """Ends and breakpoints of the value between two factors, exactly.

    Args:
        family: of programs.
        session: warm.

    Returns:
        Points (factor, value) in order, over the part of the span in which there is a plan; and how many solves it took.
    """
    ends = _span_with_plans(family, session)
    if ends is None:
        return [], 1
    solves, near = 0, 0.0

    def look(factor: float) -> tuple[float, float, float]:
        nonlocal solves, near
        solves += 1
        solution = session.solve(family.at(factor))
        if factor in ends:
            near = max(near, CLOSE * solution.magnitude)
        return factor, solution.value, family.slope(solution)

    left, right = look(ends[0]), look(ends[1])
    points = {left[0]: left[1], right[0]: right[1]}
    open_pieces = [(left, right)]
    while open_pieces:
        one, two = open_pieces.pop()
        crossing = _crossing(one, two, near)
        if crossing is None or min(crossing[0] - one[0], two[0] - crossing[0]) < NARROW * (family.high - family.low):
            continue
        new = look(crossing[0])
        points[new[0]] = new[1]
        if abs(new[1] - crossing[1]) > near:
            open_pieces += [(one, new), (new, two)]
    return _without_straight(sorted(points.items()), near), solves


def _span_with_plans(family: Straight, session: Session) -> tuple[float, float] | None:
    """The part of the span in which there is a plan; its ends are found by a program of their own."""
    ends = [family.low, family.high]
    for i, (here, there) in enumerate(((family.first, family.last), (family.last, family.first))):
        if session.solve(here).optimal:
            continue
        moves = {s: _finite(getattr(there, s) - _finite(getattr(here, s))) for s in _SIDES}
        if moves["column_lower"].any():
            return None
        growth = Growth(moves["row_lower"], moves["row_upper"], moves["column_upper"])
        least = Session().solve(with_growth(here, {"factor": growth}))
        if not least.optimal or least.objective > 1.0:
            return None
        way = least.objective * (1 + 1e-9) * (family.high - family.low)
        ends[i] = ends[i] + way if i == 0 else ends[i] - way
    return (ends[0], ends[1]) if ends[0] < ends[1] else None


def _crossing(
    one: tuple[float, float, float], two: tuple[float, float, float], near: float
) -> tuple[float, float] | None:
    """Where the tangents at two points meet between them; nothing where the piece between is straight.

    Args:
        one: factor, value and slope.
        two: likewise.
        near: how far from a line a value may be that lies on it.
    """
    (a, fa, sa), (b, fb, sb) = one, two
    chord = (fb - fa) / (b - a)
    if min(abs(sa - chord), abs(sb - chord)) * (b - a) <= near or sa == sb:
        return None
    at = (fb - fa + sa * a - sb * b) / (sa - sb)
    return (at, fa + sa * (at - a)) if a < at < b else None


def _without_straight(points: Points, near: float) -> Points:
    """Points where the curve bends, and its ends."""
    kept = points[:1]
    for i in range(1, len(points) - 1):
        (a, fa), (b, fb), (c, fc) = kept[-1], points[i], points[i + 1]
        if abs(fa + (fc - fa) * (b - a) / (c - a) - fb) > 10 * near:
            kept.append(points[i])
    return kept + points[1:][-1:]


def sampled_points(formulation: Formulation, selection: Selection, low: float, high: float, session: Session) -> Points:
    """Points of the value between two factors, closer together where it bends; ``nan`` where there is no plan."""
    known: dict[float, float] = {}

    def look(factor: float) -> float:
        if factor not in known:
            solution = session.solve(selection.formulated(formulation, factor).program)
            known[factor] = solution.value
        return known[factor]

    grid = [float(x) for x in np.linspace(low, high, COARSE + 1)]
    height = float(np.nanmax([look(x) for x in grid], initial=0.0) - np.nanmin([look(x) for x in grid], initial=np.inf))
    pieces = list(pairwise(grid))
    while pieces:
        a, b = pieces.pop()
        ends = (look(a), look(b))
        if (b - a) / 2 < FINEST * (high - low) or np.isnan(ends).all():
            continue
        middle = (a + b) / 2
        off = look(middle) - sum(ends) / 2
        if np.isnan(off) or abs(off) > BEND * max(
            height, CLOSE * float(np.nanmax(np.abs(list(known.values())), initial=0.0))
        ):
            pieces += [(a, middle), (middle, b)]
    return sorted(known.items())


def curve_table(
    formulation: Formulation, selection: Selection, low: float, high: float, session: Session
) -> pd.DataFrame:
    """The value curve of a selection between two factors.

    Args:
        formulation: linear.
        selection: which numbers.
        low: factors.
        high: likewise.
        session: warm.

    Returns:
        selector, factor, amount (sum of the numbers, where they are of one column) and its unit, value and its unit,
        slope_after (change of the value per 1 of the factor, up to the next point), how (``exact`` or ``sampled``), plan
        (whether there is one).
    """
    family = straight_between(formulation, selection, low, high)
    points = (
        sampled_points(formulation, selection, low, high, session)
        if family is None
        else exact_points(family, session)[0]
    )
    factor, value = (np.array([point[i] for point in points], dtype=float) for i in (0, 1))
    slope = np.append(np.diff(value) / np.diff(factor), np.nan) if len(points) else np.zeros(0)
    slope = np.where(np.abs(slope) <= CLOSE * np.abs(value).max(initial=0.0), 0.0, slope)
    economy = formulation.economy
    told = Units.of(economy)
    return pd.DataFrame(
        {
            "selector": selection.text,
            "factor": factor,
            "amount": selection.total(economy, told) * factor,
            "unit": selection.unit(economy, told),
            "value": value,
            "value_unit": formulation.goal.unit,
            "slope_after": slope,
            "how": "sampled" if family is None else "exact",
            "plan": np.where(np.isnan(value), "no", "yes"),
        }
    )
