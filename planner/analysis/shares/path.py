"""The path to the settled figures: of all plans that reach them, the one whose yearly outputs come nearest to steady growth.

A path is a choice among many, so the rule is one sentence and one convex quadratic program. Deviations from steady growth and
falls stand in one sum: put one before the other, and a hair's breadth of the first starves everything for the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from planner.analysis.shares.balanced import least_labour_weights
from planner.analysis.shares.proportional import BEGIN, LEAST
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.formulation.measures import periods_of
from planner.formulation.registry import FAMILIES
from planner.formulation.targets import Targets, targets_of
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Solution, SolverError, Status
from planner.solver.tangents import PARABOLA, logarithm, maximise

__all__ = ["ALLOWED", "RULE", "Path", "Reference", "path_to", "reference_of"]

ALLOWED = 0.005  # share of its settled figure by which each may be missed on the path
RULE = (
    "Of all plans that reach the settled figures (to half a per cent), the one whose yearly outputs come nearest to steady "
    "growth; it is one of many."
)
_ENDS, _MEANS = 10.0, 1.0  # weight of products with a figure and of consumption, and of others
_FALLS = 10.0  # weight of a fall, in those of its product
_DEVIATIONS = (-0.3, -0.05, 0.05, 0.3, 0.0)  # where tangents stand to begin with
_FALLEN = (0.1, 0.0)
_RELATIVE, _NEAR = 1e-6, 1e-9  # where the tangents are near enough to the squares
_BESIDE = 1e-5  # of the sum of logarithms of further figures, by vote, at which it is near enough
_SETTLED = 1e-7  # of a share, for the rounding at which shares were settled
_STILL = 1e-9  # of the reference, by which outputs may move when what is unused is made least
_TOLD = 0.01  # of the level before, from which on a fall is looked into
_SOFTENS = 1e-3  # of an output, by which it could be more if nothing but itself held it down
_EASE = 1e-6  # of the reference, by which other outputs may be less then
_TRIFLE = 1e-6  # weight of what settles nothing but ties


@dataclass(frozen=True, eq=False)
class Reference:
    """Steady growth from the base period through the settled figures.

    Args:
        names: products in the order of the economy, then ``*`` for household consumption.
        base: of each in the base period,
            0 where it is not known, shape (names,).
        level: shape (names, periods), 0 where there is none.
        kind: where it comes from, shape (names,): ``figure``, ``plan below`` (a figure of the plan this one was laid over, as
            far as it can be had beside the settled ones), ``least`` (the least it must reach), or nothing.
        last: position of the last period that has a figure.
        below: least share of its figures of the plan below that the reference goes through, shape (names,); ``nan`` for others.
    """

    names: tuple[str, ...]
    base: Vector
    level: Vector
    kind: tuple[str, ...]
    last: int
    below: Vector

    @cached_property
    def rows(self) -> Codes:
        """Positions in (names × periods) that have a reference and are not after the last."""
        return np.flatnonzero((self.level > 0) & (np.arange(self.level.shape[1]) <= self.last))

    @property
    def weight(self) -> Vector:
        """Weight of deviations by name, shape (names,)."""
        return np.array(
            [
                _ENDS if kind == "figure" or name == "*" else _MEANS
                for name, kind in zip(self.names, self.kind, strict=True)
            ]
        )


@dataclass(frozen=True, eq=False)
class Path:
    """A plan that reaches the settled figures by the steadiest way.

    Args:
        reference: steady growth.
        plan: the whole plan, as a solution of the program.
        output: outputs and the level of consumption, shape (names, periods).
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
    def falls(self) -> Vector:
        """By how much of the level before each output falls below it, shape (names, periods); 0 where it does not."""
        before = np.hstack([self.reference.base[:, None], self.output[:, :-1]])
        fall = np.where(before > 0, 1.0 - self.output / np.where(before > 0, before, 1.0), 0.0)
        fall[:, self.reference.last + 1 :] = 0.0
        return np.maximum(fall, 0.0)

    @cached_property
    def room(self) -> tuple[Vector, Vector]:
        """Least and greatest of each yearly output at the settled shares, each of shape (names, periods); ``nan`` after it."""
        ends = np.full((2, *self.output.shape), np.nan)
        for name in range(self.output.shape[0]):
            for period in range(self.reference.last + 1):
                ends[:, name, period] = self._end(name, period, 1.0), self.greatest(name, period)
        return ends[0], ends[1]

    def greatest(self, name: int, period: int) -> float:
        """The most of a yearly output that the settled figures leave room for; infinite without limit, ``nan`` of none.

        Args:
            name: position of the product.
            period: position of it.
        """
        return self._end(name, period, -1.0)

    @cached_property
    def _ends(self) -> tuple[Matrix, Session]:
        return outputs_of(self.formulation), Session(SolveOptions(method="primal", rays=False))

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
        outputs, rows = outputs_of(self.formulation), self.reference.rows
        names, periods, T = np.array(self.reference.names), self.formulation.facts.periods, self.output.shape[1]
        fallen = rows[self.falls.ravel()[rows] > _TOLD]
        reached, ease = self.output.ravel()[rows], _EASE * self.reference.level.ravel()[rows]
        still = self.program.with_rows(
            "output",
            outputs[rows],
            lower=reached - ease,
            upper=reached + ease,
            index=("product", "period"),
            keys=(names[rows // T], periods[rows % T]),
        )
        first, session = self.program.shape[0], Session(SolveOptions(rays=False))
        found: dict[tuple[int, int], tuple[str, str, str] | None] = {}
        for cell in fallen[::-1]:
            own = first + int(np.searchsorted(rows, cell))
            cost = np.asarray(outputs[[cell]].todense()).ravel()
            solution = session.solve(still.limited(own, upper=np.inf).maximising(cost, "an output that falls"))
            name, period = divmod(int(cell), T)
            free = solution.optimal and solution.objective > self.output[name, period] * (1.0 + _SOFTENS)
            later = found.get((name, period + 1))
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
    block = next(block for block in program.rows if block.start <= row < block.start + len(block.unit))
    labels = {axis: str(keys[row - block.start]) for axis, keys in zip(block.index, block.keys, strict=True)}
    period = labels.pop("period", "")
    return block.name, "/".join(labels.values()), period


def _gives_way(family: str) -> bool:
    known = FAMILIES.get(family)
    return family == "output" or (known is not None and known.group is not None and not known.of_targets)


def outputs_of(formulation: Formulation) -> Matrix:
    """Output of each product and the level of consumption by period, (names × periods) by columns of the program."""
    block, width = formulation.program.column_block, formulation.program.shape[1]
    makes, activity, level = formulation.facts.technology.outputs, block["activity"], block["consumption"]
    before, after = sp.csr_array((makes.shape[0], activity.start)), width - activity.start - makes.shape[1]
    products = sp.hstack([before, makes, sp.csr_array((makes.shape[0], after))])
    periods = np.arange(formulation.facts.T)
    consumption = sp.csr_array((np.ones(len(periods)), (periods, level.start + periods)), shape=(len(periods), width))
    return Matrix(sp.vstack([products, consumption]))


def held_at(formulation: Formulation, shares: Vector, allowed: float) -> LinearProgram:
    """The program with every target held at its settled share, or at as much less as is allowed of it."""
    handle = TargetRows(formulation)
    asked = shares[handle.scaled] - allowed * np.abs(shares[handle.scaled])
    program = handle.held(formulation.program, handle.scaled, asked)
    return program.bounded(handle.theta, lower=0.0, upper=0.0)


def reference_of(formulation: Formulation, shares: Vector, session: Session | None = None) -> Reference:
    """Steady growth through the settled figures of products and of consumption.

    Args:
        formulation: of a question about the share of targets.
        shares: settled, shape (targets,).
        session: a solver.
    """
    facts, T = formulation.facts, formulation.facts.T
    names = (*map(str, facts.products), "*")
    base = np.append(facts.base_outputs, 1.0)
    figures = _figures(formulation, formulation.targets, formulation.targets.figures(shares), names)
    last = max(
        (t for *_, text in formulation.targets.terms for t in periods_of(text, list(facts.periods))), default=T - 1
    )
    kind, part = ["figure" if name in figures else "" for name in range(len(names))], np.full(len(names), np.nan)
    below = {name: found for name, found in _of_the_plan_below(formulation, names).items() if name not in figures}
    open_names = [k for k in range(len(names) - 1) if k not in {**figures, **below} and base[k] > 0]
    beside = {**below, **{k: {last: base[k]} for k in open_names}}
    if beside:
        reached, least = _beside(formulation, shares, beside, np.array(open_names, np.intp), session or Session())
        for k, found in below.items():
            figures[k], kind[k] = {t: found[t] * reached[k, t] for t in found}, "plan below"
            part[k] = min(reached[k, t] for t in found)
        for k, output in zip(open_names, least, strict=True):
            figures[k], kind[k] = {last: max(base[k], output)}, "least"
    if len(names) - 1 not in figures:
        figures[len(names) - 1] = {last: base[-1]}
    level = np.zeros((len(names), T))
    for k, found in figures.items():
        level[k] = _steady(base[k], found, T)
    return Reference(names, base, level, tuple(kind), last, part)


def _figures(
    formulation: Formulation, targets: Targets, values: Vector, names: tuple[str, ...]
) -> dict[int, dict[int, float]]:
    """Figures of outputs and consumption in single periods, by name and period; caps ask for nothing."""
    position = {name: k for k, name in enumerate(names)}
    periods = list(formulation.facts.periods)
    found: dict[int, dict[int, float]] = {}
    for (measure, item, text), value, asked in zip(targets.terms, values, targets.floor, strict=True):
        when, of = periods_of(text, periods), "consumption" if item == "*" else "output"
        if asked and len(when) == 1 and value > 0 and item in position and measure == of:
            found.setdefault(position[item], {})[int(when[0])] = float(value)
    return found


def _of_the_plan_below(formulation: Formulation, names: tuple[str, ...]) -> dict[int, dict[int, float]]:
    """Official figures of the plan that this one was laid over, if any."""
    plans = formulation.facts.tables["plans"]
    extended = plans.loc[plans["plan"] == formulation.plan, "extends"].tolist()
    if not extended or not extended[0]:
        return {}
    below = targets_of(formulation.facts, str(extended[0]))
    return _figures(formulation, below, below.official, names)


def _beside(
    formulation: Formulation, shares: Vector, figures: dict[int, dict[int, float]], open_names: Codes, session: Session
) -> tuple[dict[tuple[int, int], float], Vector]:
    """What can be had beside the settled figures: proportional shares of further ones, and the least of some outputs then.

    Args:
        formulation: of a question about the share of targets.
        shares: settled, shape (targets,).
        figures: further ones, by name and period; those of ``open_names`` are their outputs in the base period.
        open_names: whose sum, each in its base, is then made least, the shares of the others held.
        session: a solver.

    Returns:
        Shares by name and period, and the least outputs, shape (open names,).
    """
    cells = [(name, t) for name, found in figures.items() for t in found]
    name, value = np.array([k for k, _ in cells]), np.array([figures[k][t] for k, t in cells])
    body = outputs_of(formulation)[np.array([k * formulation.facts.T + t for k, t in cells])]
    program, reached, is_open = held_at(formulation, shares, ALLOWED), np.ones(len(cells)), np.isin(name, open_names)
    if not is_open.all():
        reached = _shares_beside(program, body, value, 1.0 / np.bincount(name)[name], session)
        asked = value * (reached - _SETTLED)
        program = program.with_rows("figure", body[~is_open], lower=asked[~is_open])
    least = np.zeros(0)
    if len(open_names):
        cost = np.asarray(body[is_open].T @ (1.0 / value[is_open]))
        needed = session.solve(program.minimising(cost, "least output"))
        if np.isnan(needed.values).any():  # else a point that is not proved the least to nine digits serves as well
            raise SolverError(f"the path's reference: {needed.status.value} {needed.detail}".rstrip())
        least = np.asarray(body[is_open] @ needed.values)
    return dict(zip(cells, reached.tolist(), strict=True)), least


def _shares_beside(program: LinearProgram, body: Matrix, value: Vector, weight: Vector, session: Session) -> Vector:
    """Proportional shares of further figures in a program: of the rows of a body, shape (figures,)."""
    count = len(value)
    at = program.shape[1] + np.arange(count)
    wide = program.with_columns("share", Matrix((program.shape[0], count)), lower=-np.inf, upper=1.0)
    wide = wide.with_rows("figure", Matrix(sp.hstack([body, -sp.diags_array(value)])), lower=0.0)
    points, curve = np.repeat(BEGIN[:, None], count, axis=1), logarithm(LEAST)
    found = maximise(wide, at, weight, curve, points, session, gap=_BESIDE * float(weight.sum()))
    _ensure(found.solution, "the path's reference")
    return np.maximum(found.values[at], 0.0)


def _ensure(solution: Solution, what: str) -> None:
    if not solution.optimal:
        raise SolverError(f"{what}: {solution.status.value} {solution.detail}".rstrip())


def _steady(base: float, figures: dict[int, float], T: int) -> Vector:
    """Growth at a steady rate from the base period through each figure; from nothing, a straight line to the first."""
    level, at, before = np.zeros(T), -1, base
    for period, value in sorted(figures.items()):
        step = (np.arange(at + 1, period + 1) - at) / (period - at)
        level[at + 1 : period + 1] = before * (value / before) ** step if before > 0 else value * step
        at, before = period, value
    level[at + 1 :] = before
    return level


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
    outputs, width = outputs_of(formulation), held.shape[1]
    wide, weight, points = _with_deviations(held, outputs, reference)
    at = np.arange(width, wide.shape[1])
    cutting = Session(replace(session.limits, method="devex"))
    found = maximise(wide, at, weight, PARABOLA, points, cutting, relative=_RELATIVE, near=_NEAR)
    if np.isinf(found.gap):
        _ensure(found.solution, "the path")
    plan = _least_unused(formulation, held, outputs, reference, found.values[:width])
    output = np.asarray(outputs @ plan.values).reshape(reference.level.shape)
    gap = found.gap / max(-found.value, 1e-300)
    return Path(formulation, reference, held, plan, output, gap, found.steps, _unused(formulation, plan))


def _with_deviations(
    program: LinearProgram, outputs: Matrix, reference: Reference
) -> tuple[LinearProgram, Vector, Vector]:
    """The program with a deviation and a fall for each output; their weights, and where their tangents begin."""
    T, rows = reference.level.shape[1], reference.rows
    level = reference.level.ravel()[rows]
    name, period = np.divmod(rows, T)
    count, height = len(rows), program.shape[0]
    relative = _scaled(outputs[rows], 1.0 / level)
    first = period == 0
    before = np.where(first, reference.base[name], reference.level.ravel()[np.maximum(rows - 1, 0)])
    slope = np.where(before > 0, np.minimum(1.0, level / np.where(before > 0, before, 1.0)), 1.0)
    unit = np.where(before > 0, before, reference.level[name, reference.last])
    earlier = _scaled(outputs[np.maximum(rows - 1, 0)], np.where(first, 0.0, slope))
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


def _scaled(matrix: Matrix, factors: Vector) -> Matrix:
    """Each row multiplied by its factor."""
    return Matrix(
        (matrix.data * np.repeat(factors, np.diff(matrix.indptr)), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def _least_unused(
    formulation: Formulation, program: LinearProgram, outputs: Matrix, reference: Reference, values: Vector
) -> Solution:
    """Of the plans with these outputs, one that leaves least unused; of those, one with least labour."""
    T, rows = reference.level.shape[1], reference.rows
    reached = np.asarray(outputs[rows] @ values)
    ease = _STILL * reference.level.ravel()[rows]
    still = program.with_rows("output", outputs[rows], lower=reached - ease, upper=reached + ease)
    balance = program.row_block["material_balance"]
    counted = np.arange(len(balance.unit)) % T <= reference.last
    size = np.where(reference.level[:-1].ravel() > 0, reference.level[:-1].ravel(), np.inf)
    size = np.where(counted, size, np.inf)
    slack = np.asarray(program.matrix[balance.start : balance.stop].T @ (1.0 / size))
    labour = least_labour_weights(formulation, program)
    cost = slack + _TRIFLE * labour / max(float(np.abs(labour * values).sum()), 1e-300)
    found = Session().solve(still.minimising(cost, "least unused"))
    _ensure(found, "the path's least unused")
    return found


def _unused(formulation: Formulation, plan: Solution) -> Vector:
    """What each balance leaves unused, shape (products, periods)."""
    block, program = formulation.program.row_block["material_balance"], plan.program
    run = slice(block.start, block.stop)
    left = np.asarray(program.matrix[run] @ plan.values) - program.row_lower[run]
    return np.maximum(left.reshape(-1, formulation.facts.T), 0.0)
