"""The path to the settled figures: of all plans that reach them, the one whose yearly outputs come nearest to steady growth.

A path is a choice among many, so the rule is one sentence and one convex quadratic program. Deviations from steady growth and
falls stand in one sum: put one before the other, and a hair's breadth of the first starves everything for the second.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from planner.analysis.shares.balanced import least_labour_weights
from planner.analysis.shares.reference import (
    ALLOWED,
    Reference,
    ensure_answered,
    held_at,
    outputs_of,
    reference_of,
    steady_outputs,
)
from planner.formulation import Formulation
from planner.formulation.registry import FAMILIES
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.basis import Basis
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Solution, Status
from planner.solver.tangents import PARABOLA, Tangents, maximise

__all__ = ["RULE", "Path", "path_to"]

RULE = (
    "Of all plans that reach the settled figures (to half a per cent), the one whose yearly outputs come nearest to steady "
    "growth; it is one of many."
)
_FALLS = 10.0  # weight of a fall, in those of its product
_DEVIATIONS = (-0.3, -0.05, 0.05, 0.3, 0.0)  # where tangents stand to begin with
_FALLEN = (0.1, 0.0)
_RELATIVE, _NEAR = 1e-6, 1e-9  # where the tangents are near enough to the squares
_STILL = 1e-9, 1e-7  # of the reference, by which outputs may move as what is unused is made least
_STEPS = 5_000  # that are taken from nothing before the plan with the least unused is sought from the path
_TOLD = 0.01  # of the level before, from which on a fall is looked into
_SOFTENS = 1e-3  # of an output, by which it could be more if nothing but itself held it down
_EASE = 1e-6  # of the reference, by which other outputs may be less then
_TRIFLE = 1e-6  # weight of what settles nothing but ties
_BALANCE = "material_balance"  # a question may keep none


@dataclass(frozen=True, eq=False)
class Path:
    """A plan that reaches the settled figures by the steadiest way.

    Args:
        reference: steady growth.
        plan: the whole plan, as a solution of the program.
        output: outputs in all places and the level of consumption, shape (names, periods).
        gap: relative to the sum of squares, by which a better path could at most be better.
        steps: linear programs solved.
        unused: what the balances leave unused of each product, shape (products, periods).
    """

    formulation: Formulation
    reference: Reference
    program: LinearProgram
    plan: Solution
    output: Vector
    gap: float
    steps: int
    unused: Vector

    @cached_property
    def units(self) -> npt.NDArray[np.object_]:
        """Unit of each output and of the level of consumption, shape (names,)."""
        facts = self.formulation.facts
        units = facts.units("products")[facts.country.products.first]
        return np.append(units, self.formulation.variables.consumption.unit[:1])

    @cached_property
    def pace(self) -> Vector:
        """The same by the unit of time and by whole periods, with the last part of each, shape (names, periods)."""
        if self.formulation.facts.time.even:
            return self.output
        return np.asarray(steady_outputs(self.formulation) @ self.plan.values).reshape(self.output.shape)

    @cached_property
    def falls(self) -> Vector:
        """By how much of the level before each output falls below it, shape (names, periods); 0 where it does not."""
        before = np.hstack([self.reference.base[:, None], self.pace])[:, _before(self.formulation) + 1]
        fall = np.where(before > 0, 1.0 - self.pace / np.where(before > 0, before, 1.0), 0.0)
        fall[:, ~self.formulation.facts.time.closes] = 0.0
        fall[:, self.reference.last + 1 :] = 0.0
        return np.maximum(fall, 0.0)

    @cached_property
    def room(self) -> tuple[Vector, Vector]:
        """Least and greatest of each yearly output at the settled shares, each of shape (names, periods); ``nan`` after it."""
        ends = np.full((2, *self.output.shape), np.nan)
        # Ends of one side in one period lie near one another: from each to the next is a third of the way that it is from
        # the least of an output to its greatest.
        for period, (side, sign) in itertools.product(range(self.reference.last + 1), enumerate((1.0, -1.0))):
            ends[side, :, period] = [self._end(name, period, sign) for name in range(self.output.shape[0])]
        return ends[0], ends[1]

    def greatest(self, name: int, period: int) -> float:
        """The most of a yearly output that the settled figures leave room for; infinite without limit, ``nan`` of none.

        Args:
            name: position among the names.
            period: position of it.
        """
        return self._end(name, period, -1.0)

    @cached_property
    def _ends(self) -> tuple[Matrix, Session]:
        return outputs_of(self.formulation), Session(SolveOptions().primal)

    def _end(self, name: int, period: int, sign: float) -> float:
        outputs, session = self._ends
        cost = np.asarray(outputs[[name * self.output.shape[1] + period]].todense()).ravel()
        if not cost.any():
            return float("nan")
        found = session.solve(self.program.minimising(sign * cost, "a yearly output"))
        if found.status is Status.UNBOUNDED:
            return -sign * np.inf
        return sign * found.objective if found.optimal else float("nan")

    @cached_property
    def causes(self) -> dict[tuple[int, int], tuple[str, str, str] | None]:
        """What holds an output down where it falls, by name and period: the family, item and period of a row.

        One linear program a fall: the greatest of this output with every other one as it is on the path, and in it the row
        with the greatest price times amount: a limit, or ``output``, another product that would have to leave its own way.
        Where it could be more by itself it falls to soften a later fall, whose cause it shares.
        """
        outputs, rows = steady_outputs(self.formulation), self.reference.rows
        names, periods, T = np.array(self.reference.names), self.formulation.facts.periods, self.output.shape[1]
        fallen = rows[self.falls.ravel()[rows] > _TOLD]
        reached, ease = self.pace.ravel()[rows], _EASE * self.reference.level.ravel()[rows]
        still = self.program.with_rows(
            "output",
            outputs[rows],
            lower=reached - ease,
            upper=reached + ease,
            index=("product", "period"),
            keys=(names[rows // T], periods[rows % T]),
        )
        first, session = self.program.shape[0], Session(SolveOptions().primal)
        closing = np.flatnonzero(self.formulation.facts.time.closes).tolist()
        following = dict(itertools.pairwise(closing))
        found: dict[tuple[int, int], tuple[str, str, str] | None] = {}
        for cell in fallen[::-1]:
            own = first + int(np.searchsorted(rows, cell))
            cost = np.asarray(outputs[[cell]].todense()).ravel()
            solution = session.solve(still.limited(own, upper=np.inf).maximising(cost, "an output that falls"))
            name, period = divmod(int(cell), T)
            free = solution.optimal and solution.objective > self.pace[name, period] * (1.0 + _SOFTENS)
            later = found.get((name, following.get(period, -1)))
            found[name, period] = later if free or not solution.optimal else _dearest(solution, own)
        return found


def _dearest(solution: Solution, own: int) -> tuple[str, str, str] | None:
    """The row with the greatest price times amount, on both its sides; targets, definitions and one row aside."""
    program = solution.program
    weight = np.abs(solution.row_prices) * (abs(program.matrix) @ np.abs(solution.values))
    weight[np.array([not _gives_way(family) for family in program.row_families])] = 0.0
    weight[own] = 0.0
    row = int(weight.argmax())
    if weight[row] <= 0.0:
        return None
    block = next(block for block in program.rows if block.start <= row < block.stop)
    labels = {axis: str(keys[row - block.start]) for axis, keys in zip(block.index, block.keys, strict=True)}
    period = labels.pop("period", "")
    return block.name, "/".join(labels.values()), period


def _gives_way(family: str) -> bool:
    known = FAMILIES.get(family)
    return family == "output" or (known is not None and known.group is not None and not known.of_targets)


def path_to(
    formulation: Formulation, shares: Vector, session: Session | None = None, feasible_set: LinearProgram | None = None
) -> Path:
    """The steadiest path to the settled shares.

    ``min Σ a ((y − R)/R)² + Σ b f²`` with ``y_t + f R_{t−1} ≥ min(1, R_t/R_{t−1}) y_{t−1}``, by tangents, to a relative gap
    of 1e-6 or until no tangent is missing by 1e-9; then, with outputs held, the least free disposal.

    Args:
        formulation: of a question about the share of targets.
        shares: settled, shape (targets,).
        session: a solver.
        feasible_set: plans among which it is sought; ``None`` for those that reach the settled figures to half a per cent.

    Raises:
        SolverError: a linear program had no answer.
    """
    session = session or Session()
    reference = reference_of(formulation, shares, session)
    held = feasible_set or held_at(formulation, shares, ALLOWED)
    outputs, width = steady_outputs(formulation), held.shape[1]
    wide, weight, points = _with_deviations(held, outputs, reference, _before(formulation))
    at = np.arange(width, wide.shape[1])
    cutting = Session(replace(session.limits, method="devex"))
    found = maximise(wide, at, weight, PARABOLA, points, cutting, relative=_RELATIVE, near=_NEAR)
    if np.isinf(found.gap):
        ensure_answered(found.solution, "the path")
    plan = _least_unused(formulation, held, outputs, reference, found, cutting.basis)
    output = np.asarray(outputs_of(formulation) @ plan.values).reshape(reference.level.shape)
    gap = found.gap / max(-found.value, 1e-300)
    return Path(formulation, reference, held, plan, output, gap, found.steps, _unused(formulation, plan))


def _with_deviations(
    program: LinearProgram, outputs: Matrix, reference: Reference, preceding: Codes
) -> tuple[LinearProgram, Vector, Vector]:
    """The program with a deviation and a fall for each output; their weights, and where their tangents begin."""
    T, rows = reference.level.shape[1], reference.rows
    level = reference.level.ravel()[rows]
    name, period = np.divmod(rows, T)
    count, height = len(rows), program.shape[0]
    relative = _scaled(outputs[rows], 1.0 / level)
    first = preceding[period] < 0
    earlier_rows = np.where(first, rows, name * T + preceding[period])
    before = np.where(first, reference.base[name], reference.level.ravel()[earlier_rows])
    slope = np.where(before > 0, np.minimum(1.0, level / np.where(before > 0, before, 1.0)), 1.0)
    unit = np.where(before > 0, before, reference.level[name, reference.last])
    earlier = _scaled(outputs[earlier_rows], np.where(first, 0.0, slope))
    change = _scaled(Matrix(outputs[rows] - earlier), 1.0 / unit)
    wide = program.with_columns("deviation", Matrix((height, count)), lower=-np.inf)
    wide = wide.with_columns("fall", Matrix((height, count)))
    one, none = sp.eye_array(count), sp.csr_array((count, count))
    wide = wide.with_rows("deviation", Matrix(sp.hstack([relative, -one, none])), lower=1.0, upper=1.0)
    lower = np.where(first, slope * reference.base[name] / unit, 0.0)
    wide = wide.with_rows("fall", Matrix(sp.hstack([change, none, one])), lower=lower)
    own = reference.weight[name]
    points = np.full((len(_DEVIATIONS), 2 * count), np.nan)
    points[:, :count] = np.array(_DEVIATIONS)[:, None]
    points[-len(_FALLEN) :, count:] = np.array(_FALLEN)[:, None]
    return wide, np.concatenate([own, _FALLS * own]), points


def _before(formulation: Formulation) -> Codes:
    """Where the whole before that of each period closes, shape (T,); -1 of the first."""
    time = formulation.facts.time
    return np.append(-1, np.flatnonzero(time.closes))[time.of]


def _scaled(matrix: Matrix, factors: Vector) -> Matrix:
    """Each row multiplied by its factor."""
    return Matrix(
        (matrix.data * np.repeat(factors, np.diff(matrix.indptr)), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def _least_unused(
    formulation: Formulation,
    program: LinearProgram,
    outputs: Matrix,
    reference: Reference,
    found: Tangents,
    basis: Basis,
) -> Solution:
    """Of the plans with these outputs, one that leaves least unused; of those, one with least labour.

    It is sought from nothing, and where that takes too long, from the steadiest point.

    Args:
        formulation: of a question about the share of targets.
        program: of the settled figures.
        outputs: by columns of it.
        reference: steady growth.
        found: the steadiest point, in the columns of the program, then a deviation and a fall of each output.
        basis: at which it was found.
    """
    T, rows, width = reference.level.shape[1], reference.rows, program.shape[1]
    balance = program.row_block.get(_BALANCE)
    time = formulation.facts.time
    level = reference.level[formulation.facts.country.products.which]
    each = (level[:, np.flatnonzero(time.closes)[time.of]] * time.length).ravel()
    size = np.where((each > 0) & (np.arange(len(each)) % T <= reference.last), each, np.inf)
    slack = np.asarray(program.matrix[balance.slice].T @ (1.0 / size)) if balance is not None else 0.0
    labour = least_labour_weights(formulation, program)
    cost = slack + _TRIFLE * labour / max(float(np.abs(labour * found.values[:width]).sum()), 1e-300)
    reached, ease = np.asarray(outputs[rows] @ found.values[:width]), _STILL[0] * reference.level.ravel()[rows]
    held = program.with_rows("output", outputs[rows], lower=reached - ease, upper=reached + ease)
    least = Session(SolveOptions(iterations=_STEPS)).solve(held.minimising(cost, "least unused"))
    if least.optimal:
        return least
    last, apart = found.solution.program, np.arange(width, width + len(rows))
    session = Session(SolveOptions().primal)
    for still in _STILL:
        within = last.bounded(apart, lower=found.values[apart] - still, upper=found.values[apart] + still)
        within = within.minimising(np.append(cost, np.zeros(last.shape[1] - width)), "least unused")
        session.begin(within, basis)
        least = session.solve(within)
        if least.optimal:
            break
    ensure_answered(least, "the path's least unused")
    own = program.shape[0]
    return replace(
        least,
        program=program.minimising(cost, "least unused"),
        values=least.values[:width],
        row_prices=least.row_prices[:own],
        column_prices=least.column_prices[:width],
    )


def _unused(formulation: Formulation, plan: Solution) -> Vector:
    """What each balance leaves unused, shape (products, periods); ``nan`` where the question keeps none."""
    block, program = formulation.program.row_block.get(_BALANCE), plan.program
    if block is None:
        return np.full((len(formulation.facts.products), formulation.facts.T), np.nan)
    left = np.asarray(program.matrix[block.slice] @ plan.values) - program.row_lower[block.slice]
    return np.maximum(left.reshape(-1, formulation.facts.T), 0.0)
