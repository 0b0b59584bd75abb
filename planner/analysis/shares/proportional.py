"""Proportional shares: the feasible figure of each target, where what some gain is weighed against what others lose."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.shares.balanced import capped
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.formulation.targets import Mask
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.basis import BASIC, LOWER, UPPER, Basis
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Solution, SolverError, Status
from planner.solver.tangents import Tangents, logarithm, maximise

__all__ = ["BEGIN", "CLEAR", "LEAST", "MET", "Nearby", "Proportional", "proportional", "weights_of"]

LEAST = (
    0.01  # share from which on a logarithm is taken; below it stands its tangent, so that nothing counts without end
)
MET = 1.0 - 1e-6  # share at which a target is met
CLEAR = 0.98  # of the highest floor under consumption; above it next to nothing is left to be shared out
_GAP = 1e-8  # of the sum of logarithms, by vote, at which it is looked at more closely
_EXACT = 1e-13  # by how much a tangent may miss a logarithm at a point that stands
_AROUND = np.array([-1e-3, -1e-4, 0.0, 1e-4, 1e-3])  # where tangents then stand, relative to the share
_NEARBY = np.concatenate(
    [np.array([-0.3, -0.1, -0.03, -0.01, -3e-3, 3e-3, 0.01, 0.03, 0.1]), _AROUND]
)  # where data moved
_FEW = 10  # linear programs at most for the shares of moved data
BEGIN = np.array([LEAST, 0.1, 0.3, 0.6, 1.0])  # shares at which tangents stand to begin with
_AGAINST = 0.01  # share by which a target is raised to see which others would give way
_FALLS = 1e-4  # of a share, by which it falls then
_ENOUGH = 1.05  # multiple of the floor above which it need not be known, where reasons are not


@dataclass(frozen=True, eq=False)
class Proportional:
    """Proportional shares of a plan's targets.

    Args:
        first: the attainment solve, whose prices say what binds.
        shares: share of each target, shape (targets,); 1 for those that hold in full; ``nan`` if there are none.
        alone: of each target that falls short, the greatest share alone, shape (targets,); ``nan`` for the others.
        rivals: of each target given up for others, which would fall if it were raised, by position.
        unmade: which cannot be made even alone, shape (targets,); they were taken out first.
        gap: of the sum of weighted logarithms, by which a better plan could at most be better.
        steps: linear programs solved.
        left: by what the floor under consumption could be multiplied before no plan is left; infinite without a floor; only
            whether it is less than 1.05 where reasons were not asked for.
        values: a plan with these shares, in the columns of the program, shape (columns,).
        otherwise: the shares by the other weighting (each figure one vote, or each series), shape (targets,); ``None`` where
            reasons were not asked for, or the weights are the same.
    """

    first: Solution
    shares: Vector
    alone: Vector
    rivals: dict[int, tuple[int, ...]]
    unmade: Mask
    gap: float = 0.0
    steps: int = 0
    left: float = np.inf
    values: Vector | None = None
    otherwise: Vector | None = None

    @property
    def refused(self) -> bool:
        """Whether the floor is so near to all that can be had that shares would mean nothing."""
        return bool(self.first.optimal and self.left < 1.0 / CLEAR)

    def why(self, target: int) -> str:
        """Why a target falls short: ``out of reach by itself``, ``given up for others``, or nothing where it does not."""
        if not self.shares[target] < MET:
            return ""
        if self.unmade[target]:
            return "cannot be made"
        return "given up for others" if target in self.rivals else "out of reach by itself"


def weights_of(formulation: Formulation, *, other: bool = False) -> Vector:
    """Weight of each target, shape (targets,): its own, or by series its part of one vote of the same measure and item.

    Args:
        formulation: whose targets.
        other: whether those of the weighting that the question does not ask for are wanted.
    """
    frame = formulation.targets.frame
    own = frame["weight"].to_numpy(dtype=float)
    if (formulation.question.share_weights == "rows") is not other or not len(frame):
        return own
    votes: Vector = frame.groupby(["measure", "item"])["period"].transform("nunique").to_numpy(dtype=float)
    return own / votes


def proportional(
    formulation: Formulation, session: Session | None = None, first: Solution | None = None, *, reasons: bool = True
) -> Proportional:
    """Maximise the weighted sum of the logarithms of the shares, none counted above one.

    No change of plan raises some shares by some per cent without lowering others by as much or more in sum: proportional
    fairness (Kelly, Maulloo and Tan 1998), the bargaining point of Nash. The shares of at least ``LEAST`` are unique.

    Args:
        formulation: of a question about the share of targets.
        session: a warm solver.
        first: the solve of max θ, if it is this session's last.
        reasons: whether it is found why targets fall short, which takes one or two linear programs for each.
    """
    session = session or Session()
    if first is None or first.program is not formulation.program:
        first = session.solve(capped(TargetRows(formulation), formulation.program))
    count = len(formulation.targets.frame)
    nothing, none = np.full(count, np.nan), np.zeros(count, bool)
    if first.optimal and not formulation.targets.scaled.any():
        return Proportional(first, np.ones(count), nothing, {}, none)
    if not first.optimal and first.status is not Status.INFEASIBLE:
        return Proportional(first, nothing, nothing, {}, none)
    split = _Split(TargetRows(formulation), weights_of(formulation))
    begin = split.basis(session.basis, first) if first.optimal else None
    cutting = Session(replace(session.limits, method="devex"))
    settled = split.settle(split.scaled, cutting, begin)
    if not first.optimal and not settled.optimal:  # else single shares are below 0, as no common one may be
        return Proportional(first, nothing, nothing, {}, none)
    further = Session(session.limits.primal)  # other objectives on the same plans
    further.begin(settled.solution.program, cutting.basis)
    if not settled.optimal:
        raise _no_answer(settled.solution)
    left = split.floor_left(settled.solution.program, further, np.inf if reasons else _ENOUGH)
    if left < 1.0 / CLEAR:
        return Proportional(first, nothing, nothing, {}, none, left=left)
    alone, unmade = nothing.copy(), none.copy()
    shares = split.read(settled.values)
    low = split.scaled[shares[split.scaled] <= LEAST * (1 + 1e-6)]
    for i in low:
        alone[i] = split.greatest(settled.solution.program, i, further)
    unmade[low] = alone[low] <= LEAST * (1 + 1e-6)
    if unmade.any():
        settled = split.settle(split.scaled[~unmade[split.scaled]], cutting)
        shares = split.read(settled.values)
        shares[unmade] = alone[unmade]
        if not settled.optimal:
            raise _no_answer(settled.solution)
    rivals: dict[int, tuple[int, ...]] = {}
    for i in split.scaled[shares[split.scaled] < MET] if reasons else ():
        if np.isnan(alone[i]):
            alone[i] = split.greatest(settled.solution.program, i, further)
        if not unmade[i] and shares[i] < min(alone[i], 1.0) - _FALLS:
            rivals[int(i)] = split.giving_way(settled.solution.program, int(i), shares, alone, further)
    values = settled.values[: formulation.program.shape[1]]
    otherwise = _otherwise(formulation, split, shares, unmade, begin, cutting) if reasons else None
    return Proportional(first, shares, alone, rivals, unmade, settled.gap, settled.steps, left, values, otherwise)


class Nearby:
    """Proportional shares of economies that are not far from one, each begun from where the shares of that one were found.

    Args:
        formulation: of a question about the share of targets.
        found: its proportional shares; targets that cannot be made are given up.
    """

    def __init__(self, formulation: Formulation, found: Proportional) -> None:
        """Find where to begin."""
        self._found, self._session = found, Session(SolveOptions().primal)
        self._split(formulation, None, most=1)
        self._begin = self._session.basis

    def shares(self, formulation: Formulation) -> Vector:
        """The shares of one of these economies, shape (targets,); ``nan`` where no plan is left.

        Args:
            formulation: of the same question.
        """
        split, settled = self._split(formulation, self._begin, most=_FEW)
        return split.read(settled.values) if settled.optimal else np.full(len(self._found.shares), np.nan)

    def _split(self, formulation: Formulation, begin: Basis | None, most: int) -> tuple[_Split, Tangents]:
        split = _Split(TargetRows(formulation), weights_of(formulation))
        weighed = split.weighed(split.scaled[~self._found.unmade[split.scaled]])
        here = self._found.shares[weighed]
        points = np.concatenate([np.repeat(BEGIN[:, None], len(weighed), axis=1), here * (1.0 + _NEARBY[:, None])])
        return split, split.closely(weighed, points, here, self._session, most, begin)


def _otherwise(
    formulation: Formulation, split: _Split, shares: Vector, unmade: Mask, begin: Basis | None, session: Session
) -> Vector | None:
    """The shares by the other weighting; nothing where the weights are the same, or there is no answer."""
    weights = weights_of(formulation, other=True)
    if (weights == weights_of(formulation)).all():
        return None
    settled = split.weighted(weights).settle(split.scaled[~unmade[split.scaled]], session, begin)
    return np.where(unmade, shares, split.read(settled.values)) if settled.optimal else None


class _Split:
    """The program with the share of each target in a column of its own, and the floor as a multiple of itself."""

    def __init__(self, handle: TargetRows, weights: Vector) -> None:
        """Put a share in the place of θ in the rows of each target, and the floor's multiple in its rows."""
        program, self.scaled, self._theta = handle.program, handle.scaled, handle.theta
        self.weights, self._width, self._count = weights, program.shape[1], len(weights)
        wide = handle.apart(program, "share", lower=-np.inf, upper=1.0)
        floor = wide.row_block.get("consumption_floor")
        at = np.zeros(0, np.intp) if floor is None else np.arange(floor.start, floor.stop)
        body = Matrix((-wide.row_lower[at], (at, np.zeros(len(at), np.intp))), shape=(program.shape[0], 1))
        self.program = wide.limited(at, lower=0.0).with_columns("floor", body, lower=1.0, upper=1.0)
        self._floored = bool(body.data.any())
        self._prices = handle.prices

    def weighted(self, weights: Vector) -> _Split:
        """The same program with other weights, shape (targets,)."""
        other = copy(self)
        other.weights = weights
        return other

    def column(self, targets: Codes) -> Codes:
        """The columns of some targets' shares."""
        return self._width + np.searchsorted(self.scaled, targets)

    def read(self, values: Vector) -> Vector:
        """The share of each target in a point, shape (targets,)."""
        shares = np.ones(self._count)
        shares[self.scaled] = values[self.column(self.scaled)]
        return shares

    def basis(self, before: Basis, first: Solution) -> Basis | None:
        """The basis of max θ as one of this program: the share of the target that holds θ back stands for θ."""
        if before.columns[self._theta] != BASIC or len(before.rows) != self.program.shape[0]:
            return None
        columns, more = before.columns.copy(), np.full(len(self.scaled) + 1, UPPER, np.int8)
        columns[self._theta] = LOWER
        more[int(self._prices(first)[self.scaled].argmax())] = BASIC
        return Basis(np.append(columns, more), before.rows)

    def weighed(self, targets: Codes) -> Codes:
        """Those of some targets that have a weight."""
        some: Codes = targets[self.weights[targets] > 0]
        return some

    def settle(self, targets: Codes, session: Session, begin: Basis | None = None) -> Tangents:
        """The proportional shares of some targets, the others given up."""
        weighed = self.weighed(targets)
        at, weight = self.column(weighed), self.weights[weighed]
        points, curve = np.repeat(BEGIN[:, None], len(at), axis=1), logarithm(LEAST)
        found = maximise(self.program, at, weight, curve, points, session, gap=_GAP * float(weight.sum()), begin=begin)
        if not found.optimal or found.miss <= _EXACT:
            return found
        here = found.values[at]
        return self.closely(weighed, here * (1.0 + _AROUND[:, None]), here, session, 40)

    def closely(
        self, weighed: Codes, points: Vector, here: Vector, session: Session, most: int, begin: Basis | None = None
    ) -> Tangents:
        """The same to the last digits, around shares that are not far from them."""
        at, weight, curve = self.column(weighed), self.weights[weighed], logarithm(LEAST)
        return maximise(
            self.program, at, weight, curve, points, session, near=_EXACT, most=most, begin=begin, around=here
        )

    def floor_left(self, program: LinearProgram, session: Session, most: float) -> float:
        """By what the floor could be multiplied, at most so much, before no plan is left, the targets given up."""
        if not self._floored:
            return np.inf
        floor = self.program.shape[1] - 1
        return _most(program.bounded(floor, lower=0.0, upper=most), np.array([floor]), np.ones(1), session)

    def greatest(self, program: LinearProgram, target: int, session: Session) -> float:
        """The greatest share of a target, all others given up."""
        own = self.column(np.array([target]))
        return _most(program.bounded(own, upper=np.inf), own, np.ones(1), session)

    def giving_way(
        self, program: LinearProgram, target: int, shares: Vector, alone: Vector, session: Session
    ) -> tuple[int, ...]:
        """The targets that would fall if one were raised by a hundredth (or half as far as it goes), the least being lost."""
        own, share = self.column(np.array([target])), shares[target]
        raised = program.bounded(own, lower=min(share + _AGAINST, (share + min(1.0, alone[target])) / 2.0))
        others = self.scaled[self.scaled != target]
        worth = self.weights[others] / np.maximum(shares[others], LEAST)
        cost = np.zeros(program.shape[1])
        cost[self.column(others)] = worth
        found = session.solve(raised.maximising(cost, "least lost"))
        if not found.optimal:
            return ()
        lost = shares[others] - found.values[self.column(others)]
        order = np.argsort(-lost * worth, kind="stable")
        return tuple(int(others[k]) for k in order if lost[k] > _FALLS)


def _most(program: LinearProgram, columns: Codes, cost: Vector, session: Session) -> float:
    """The greatest weighted sum of some columns; infinite where nothing limits it.

    Raises:
        SolverError: there is no answer.
    """
    weights = np.zeros(program.shape[1])
    weights[columns] = cost
    solution = session.solve(program.maximising(weights, "greatest"))
    if solution.status is Status.UNBOUNDED:
        return np.inf
    if not solution.optimal:
        raise _no_answer(solution)
    return solution.objective


def _no_answer(solution: Solution) -> SolverError:
    return SolverError(f"proportional shares: {solution.status.value} {solution.detail}".rstrip())
