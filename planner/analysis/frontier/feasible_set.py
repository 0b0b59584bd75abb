"""The feasible set of attainable pairs of two quantities: its exact polygon, and how far a point lies outside.

The set of plans is a polyhedron, so its shadow on two quantities is a polygon. Each solve finds the point farthest in one
direction. Between two neighbouring corners the direction across is tried: either a corner lies beyond, or the edge is
proved. That takes at most twice as many solves as there are corners, and four to begin with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.analysis.shares.target_rows import TargetRows
from planner.economy import DataError, Finding
from planner.economy.findings import did_you_mean
from planner.economy.measures import MEASURES
from planner.economy.periods import spelled
from planner.formulation import Formulation
from planner.formulation.measures import functional, items_of, periods_of, unit_of
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.scaling import sizes_of
from planner.solver.solution import Status

__all__ = [
    "NothingLimitsError",
    "Polygon",
    "Quantity",
    "at_least",
    "distance",
    "feasible_set",
    "on_ray",
    "pareto",
    "polygon",
    "quantity",
    "row_of",
]

CLOSE = 1e-7  # of the size of the feasible set: corners nearer than this to an edge lie on it
_TURN = 0.37  # radians by which the first directions are turned, so that none is square to an edge

Point = tuple[float, float]
_ROUNDING = 1e-9  # of the greatest corner


class NothingLimitsError(ValueError):
    """A quantity can be had in any amount, so that there is no polygon."""


@dataclass(frozen=True)
class Quantity:
    """A measure of the plan.

    Args:
        measure: as in the targets table.
        item: as in the targets table.
        period: as in the targets table.
        unit: its unit.
    """

    measure: str
    item: str
    period: str
    unit: str

    @property
    def term(self) -> tuple[str, str, str]:
        """Measure, item and period."""
        return self.measure, self.item, self.period

    @property
    def text(self) -> str:
        """As the command line writes it."""
        return ":".join(self.term)


@dataclass(frozen=True)
class Polygon:
    """The attainable pairs.

    Args:
        corners: in order around, anticlockwise, none on a straight line with its neighbours; empty where there is no plan.
        solves: how many linear programs it took.
    """

    corners: tuple[Point, ...]
    solves: int


def quantity(text: str, formulation: Formulation, *, option: str = "") -> Quantity:
    """Read ``MEASURE:ITEM:PERIOD``.

    Args:
        text: such as ``output:steel:1933``, ``consumption:*:1933`` or ``investment:*:1929..1933``.
        formulation: whose economy has the labels.
        option: where it was written, for findings.

    Raises:
        DataError: there is no such quantity, with the nearest word.
    """
    facts = formulation.facts

    def wrong(said: str) -> DataError:
        return DataError([Finding("E104", option, (), "", text, said)], formulation.economy.folder)

    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 3:
        raise wrong(f'"{text}" does not read MEASURE:ITEM:PERIOD, such as output:steel:1933.')
    name, item, period = parts
    if name not in MEASURES:
        raise wrong(f'There is no measure "{name}".{did_you_mean(name, MEASURES)} Measures: {", ".join(MEASURES)}.')
    measure = MEASURES[name]
    labels = [str(label) for label in facts.axis(measure.axis)]
    whole = item == "*" and measure.star
    if not whole and (item == "*" or not items_of(facts, measure, item)):
        raise wrong(f'There is no "{item}" to measure {name} of.{did_you_mean(item, labels)}')
    if not periods_of(period, formulation.economy.periods):
        raise wrong(f'"{period}" names no periods; there are {", ".join(formulation.economy.periods)}.')
    return Quantity(name, item, spelled(period, formulation.economy.periods), unit_of(facts, measure, item))


def row_of(formulation: Formulation, terms: Sequence[tuple[str, str, str]]) -> tuple[Vector, Vector]:
    """Weights of quantities on the columns of the program, shape (quantities, columns), and their constants."""
    body = functional(formulation.facts, formulation.variables, terms)
    return np.asarray(formulation.program.body(body).toarray(), dtype=float), body.constant


def feasible_set(formulation: Formulation, free: Sequence[Quantity], hold: float | None = None) -> LinearProgram:
    """The program of all plans, targets aside; hard ones stay, being part of the feasible set.

    Args:
        formulation: linear.
        free: quantities whose own targets are let go in any case.
        hold: share at which all other targets of the plan are held; ``None`` to let them all go.
    """
    program = formulation.program
    if "target" not in program.row_block or not len(formulation.targets.frame):
        return program
    handle = TargetRows(formulation)
    own = {q.term for q in free}
    among = np.array([formulation.targets.terms[int(i)] in own for i in handle.scaled], dtype=bool)
    loose = handle.scaled if hold is None else handle.scaled[among]
    program = handle.at(handle.free(program, loose), 0.0)
    return program if hold is None else handle.held(program, handle.scaled[~among], hold)


def at_least(program: LinearProgram, weights: Vector, least: float) -> LinearProgram:
    """The program with one more row, the last: a weighted sum of columns is at least an amount."""
    name = np.array(["at_least"], object)
    return program.with_rows("quantity", Matrix(weights[None, :]), lower=least, index=("quantity",), keys=(name,))


def polygon(
    program: LinearProgram, weights: Vector, constants: Vector, session: Session, *, sizes: Vector | None = None
) -> Polygon:
    """The polygon of attainable pairs.

    Args:
        program: the feasible set (`feasible_set`).
        weights: of both quantities, shape (2, columns).
        constants: shape (2,).
        session: warm.
        sizes: usual size of each quantity, so that directions are even; two more solves where not given.

    Raises:
        NothingLimitsError: a quantity can be had in any amount.
    """
    usual = (np.abs(weights) * sizes_of(program)).max(axis=1, initial=0.0)
    scale, solves = np.where(usual > 0, usual, 1.0), 0

    def farthest(direction: Vector) -> Vector | None:
        nonlocal solves
        solves += 1
        cost = (direction / scale) @ weights
        solution = session.solve(program.with_(sense="max", cost=cost, offset=0.0))
        if solution.status is Status.UNBOUNDED:
            raise NothingLimitsError
        return None if np.isnan(solution.value) else weights @ solution.values + constants

    if sizes is None:
        greatest = [farthest(direction) for direction in np.eye(2)]
        sizes = np.array([0.0 if point is None else point[i] for i, point in enumerate(greatest)])
    scale = np.where(np.abs(sizes) > 1e-12 * scale, np.abs(sizes), scale)
    angles = _TURN + np.arange(4) * np.pi / 2
    first = [farthest(np.array([np.cos(a), np.sin(a)])) for a in angles]
    found = [point for point in first if point is not None]
    if len(found) < len(first):
        return Polygon((), solves)
    corners = _distinct(found, scale)
    closed = list(zip(corners, corners[1:] + corners[:1], strict=True)) if len(corners) > 1 else []
    result: list[Vector] = []
    for one, two in closed:
        result += [one, *_beyond(one, two, farthest, scale)]
    return Polygon(tuple((float(x), float(y)) for x, y in _convex(result or corners, scale)), solves)


def _distinct(points: list[Vector], scale: Vector) -> list[Vector]:
    kept: list[Vector] = []
    for point in points:
        if all(np.abs((point - other) / scale).max() > CLOSE * _size(points, scale) for other in kept):
            kept.append(point)
    return kept


def _size(points: Sequence[Vector], scale: Vector) -> float:
    return max(1e-12, float(np.abs(np.array(points) / scale).max()))


def _beyond(one: Vector, two: Vector, farthest: Callable[[Vector], Vector | None], scale: Vector) -> list[Vector]:
    """Corners between two neighbours, in order; the way round is anticlockwise, so outside is to the right."""
    edge = (two - one) / scale
    length = float(np.hypot(*edge))
    outward = np.array([edge[1], -edge[0]]) / length
    point = farthest(outward)
    near = CLOSE * _size([one, two], scale)
    if point is None or float(outward @ ((point - one) / scale)) <= near:
        return []
    if min(float(np.abs((point - end) / scale).max()) for end in (one, two)) <= near:
        return []
    return [*_beyond(one, point, farthest, scale), point, *_beyond(point, two, farthest, scale)]


def _convex(points: list[Vector], scale: Vector) -> list[Vector]:
    """Corners without those on the straight line between their neighbours."""
    points = _distinct(points, scale)
    if len(points) < 3:
        return points
    kept = []
    for i, here in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % len(points)]
        a, b = (here - before) / scale, (after - before) / scale
        if abs(a[0] * b[1] - a[1] * b[0]) > CLOSE * _size(points, scale) * float(np.hypot(*b)):
            kept.append(here)
    return kept


def pareto(corners: Sequence[Point]) -> list[bool]:
    """Which corners no other point beats in both quantities, more of either being better.

    A difference that is rounding, against the greatest corner, beats nobody.

    >>> pareto([(0, 0), (2, 0), (1, 1), (0, 1)]), pareto([(1, 2), (0, 2 + 1e-14)])
    ([False, True, True, False], [True, False])
    """
    near = [_ROUNDING * max((abs(corner[axis]) for corner in corners), default=0.0) for axis in (0, 1)]

    def beaten(point: Point) -> bool:
        ahead = ((x - point[0], y - point[1]) for x, y in corners)
        return any(x >= -near[0] and y >= -near[1] and (x > near[0] or y > near[1]) for x, y in ahead)

    return [not beaten(point) for point in corners]


def distance(corners: Sequence[Point], point: Point) -> tuple[float, Point]:
    """Distance of a point from a polygon in shares of its own coordinates, and the nearest point; 0 inside.

    Args:
        corners: anticlockwise.
        point: with positive coordinates.

    >>> distance([(0, 0), (2, 0), (2, 2), (0, 2)], (4.0, 1.0))
    (0.5, (2.0, 1.0))
    """
    size = np.abs(np.array(point, dtype=float))
    ring = np.array(corners, dtype=float).reshape(-1, 2) / np.where(size > 0, size, 1.0)
    here = np.array(point, dtype=float) / np.where(size > 0, size, 1.0)
    following = np.roll(ring, -1, axis=0)
    edge = following - ring
    cross = edge[:, 0] * (here[1] - ring[:, 1]) - edge[:, 1] * (here[0] - ring[:, 0])
    if len(ring) > 2 and (cross >= -1e-12).all():
        return 0.0, point
    along = np.sum((here - ring) * edge, axis=1) / np.maximum(np.sum(edge**2, axis=1), 1e-300)
    nearest = ring + np.clip(along, 0.0, 1.0)[:, None] * edge
    far = np.hypot(*(nearest - here).T)
    best = int(far.argmin())
    x, y = nearest[best] * np.where(size > 0, size, 1.0)
    return float(far[best]), (float(x), float(y))


def on_ray(corners: Sequence[Point], point: Point) -> float:
    """Greatest share of a point's two figures that can be had together, more than asked of either being allowed.

    >>> on_ray([(0, 0), (2, 0), (2, 2), (0, 2)], (4.0, 1.0))
    0.5
    """
    ring = [(float(x), float(y)) for x, y in corners]
    best = max((min(x / point[0], y / point[1]) for x, y in ring), default=float("nan"))
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):  # where an edge meets the ray itself
        turn = (by - ay) * point[0] - (bx - ax) * point[1]
        along = (ax * point[1] - ay * point[0]) / turn if turn else -1.0
        if 0.0 <= along <= 1.0:
            best = max(best, (ax + along * (bx - ax)) / point[0])
    return best
