"""What a path is measured by: steady growth from the base period through the figures that were settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from planner.analysis.shares.proportional import BEGIN, LEAST
from planner.analysis.shares.target_rows import TargetRows
from planner.economy.arrays.time import Time
from planner.formulation import Formulation
from planner.formulation.measures import periods_of
from planner.formulation.targets import Targets, targets_of
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution, SolverError
from planner.solver.tangents import logarithm, maximise

__all__ = ["ALLOWED", "Reference", "ensure_answered", "held_at", "outputs_of", "reference_of", "steady_outputs"]

ALLOWED = 0.005  # share of its settled figure by which each may be missed on the path
_ENDS, _MEANS = 10.0, 1.0  # weight of products with a figure and of consumption, and of others
_BESIDE = 1e-5  # of the sum of logarithms of further figures, by vote, at which it is near enough
_SETTLED = 1e-7  # of a share, for the rounding at which shares were settled


@dataclass(frozen=True, eq=False)
class Reference:
    """Steady growth from the base period through the settled figures, by the unit of time.

    Args:
        names: products in the order of the economy, each over all its places, then ``*`` for household consumption.
        base: of each in the base period,
            0 where it is not known, shape (names,).
        level: shape (names, periods), 0 where there is none; that of a whole stands with its last part.
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


def outputs_of(formulation: Formulation) -> Matrix:
    """Output of each product in all its places and the level of consumption by period, (names × periods) by columns."""
    block, width, facts = formulation.program.column_block, formulation.program.shape[1], formulation.facts
    activity, level, periods = block["activity"], block["consumption"], np.arange(facts.T)
    makes = Matrix(facts.country.products.sums(facts.T) @ facts.technology.outputs)
    before, after = sp.csr_array((makes.shape[0], activity.start)), width - activity.start - makes.shape[1]
    products = sp.hstack([before, makes, sp.csr_array((makes.shape[0], after))])
    consumption = sp.csr_array((np.ones(len(periods)), (periods, level.start + periods)), shape=(len(periods), width))
    return Matrix(sp.vstack([products, consumption]))


def steady_outputs(formulation: Formulation) -> Matrix:
    """The same by the unit of time and by whole periods, in the row of the last part of each; the level as a mean."""
    time, outputs = formulation.facts.time, outputs_of(formulation)
    if time.even:
        return outputs
    size = len(formulation.facts.country.products.names)
    by_time = sp.diags_array(1.0 / time.whole_length) @ time.totals()
    level = by_time @ sp.diags_array(time.length)
    return Matrix(sp.block_diag([sp.kron(sp.eye_array(size), by_time), level]) @ outputs)


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
    names = (*facts.country.products.names.tolist(), "*")
    base = np.append(facts.base_totals, 1.0)
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
        level[k] = _steady(base[k], found, facts.time) * facts.time.closes
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
        if asked and _one_whole(formulation, when) and value > 0 and item in position and measure == of:
            lasts = 1.0 if item == "*" else float(formulation.facts.time.whole_length[when[0]])
            found.setdefault(position[item], {})[int(when[-1])] = float(value) / lasts
    return found


def _one_whole(formulation: Formulation, when: Sequence[int]) -> bool:
    """Whether periods are all the parts of one whole."""
    of = formulation.facts.time.of
    return bool(when) and list(when) == np.flatnonzero(of == of[when[0]]).tolist()


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
    body = steady_outputs(formulation)[np.array([k * formulation.facts.T + t for k, t in cells])]
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
    if not found.optimal:
        ensure_answered(found.solution, "the path's reference")
    return np.maximum(found.values[at], 0.0)


def ensure_answered(solution: Solution, what: str) -> None:
    """Refuse to go on from a linear program without an answer.

    Args:
        solution: of it.
        what: was sought.

    Raises:
        SolverError: there is no optimum.
    """
    if not solution.optimal:
        raise SolverError(f"{what}: {solution.status.value} {solution.detail}".rstrip())


def _steady(base: float, figures: dict[int, float], time: Time) -> Vector:
    """Growth at a steady rate from the base period through each figure; from nothing, a straight line to the first."""
    level, at, before = np.zeros(time.T), -1, base
    opens = time.opening(time.T)[:-1][time.opens][time.of]
    middle = np.append(opens + time.whole_length / 2.0, -0.5)  # of each whole, and of the base period
    for period, value in sorted(figures.items()):
        step = (middle[at + 1 : period + 1] - middle[at]) / (middle[period] - middle[at])
        level[at + 1 : period + 1] = before * (value / before) ** step if before > 0 else value * step
        at, before = period, value
    level[at + 1 :] = before
    return level
