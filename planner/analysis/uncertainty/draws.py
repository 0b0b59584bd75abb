"""Solving draws: what one worker does with a few of them, the same on every machine.

Every draw is solved from one and the same basis, that of the central values, whatever was solved before it. So its answer
depends on its own numbers alone, not on the order of the draws nor on who solves them.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from planner.analysis.uncertainty.design import Factors
from planner.analysis.uncertainty.figures import figures
from planner.formulation import Formulation
from planner.formulation.parametric.program import ParametricProgram
from planner.program import Codes, LinearProgram, Vector
from planner.solver.basis import Basis
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Status

__all__ = [
    "EMPTY",
    "SOLVED",
    "UNDECIDED",
    "Draw",
    "Trial",
    "nine_digits",
    "packed",
    "solve_draws",
    "solve_packed",
    "starting_basis",
    "trial_of",
    "unpacked",
]

SOLVED, EMPTY, UNDECIDED = "solved", "empty", "undecided"
_SAID = {Status.OPTIMAL: SOLVED, Status.INFEASIBLE: EMPTY}
_LIMITS = SolveOptions().primal
_PATIENCE = 4  # from the central basis a draw that has a plan takes far fewer iterations than a fourth of the rows
_ENDLESS = 5  # times the rows: the primal simplex method was seen to go round in circles for good
_FLOOR = "consumption_floor"
_THOROUGH = SolveOptions(
    method="ipm", rays=False
)  # proves at once that there is no plan where the simplex method wanders


@dataclass(frozen=True, eq=False)
class Trial:
    """A question that is to be solved for many draws.

    Args:
        stated: as a function of its numbers.
        factors: what is drawn for them.
        places: position of each of its factors in the design, shape (factors,).
        basis: from which every draw is solved; ``None`` where the central values leave no plan.
        each_target: whether the share of each target is wanted too, together with the others and alone.
    """

    stated: ParametricProgram
    factors: Factors
    places: Codes
    basis: Basis | None
    each_target: bool

    @property
    def formulation(self) -> Formulation:
        """The question at the central values."""
        return self.stated.formulation


@dataclass(frozen=True)
class Draw:
    """What came of one draw of one question.

    Args:
        number: of the draw.
        status: ``solved``, ``empty`` (no plan keeps floors and balances) or ``undecided``.
        value: of the objective, to nine significant digits; ``nan`` where there is none.
        shares: share of each target, all of them together, likewise; empty where they were not wanted.
        alone: greatest share of each target with all others given up, at most 1; empty where they were not wanted.
        fails: of a draw without a plan: ``floor`` where there would be one without the floor under household consumption,
            else ``balances``.
    """

    number: int
    status: str
    value: float
    shares: tuple[float, ...] = ()
    alone: tuple[float, ...] = ()
    fails: str = ""


def nine_digits(value: float) -> float:
    """A number to nine significant digits: what is written is the same on every machine.

    >>> nine_digits(0.48166076487252135)
    0.481660765
    """
    return float(f"{value:.9g}")


def trial_of(stated: ParametricProgram, factors: Factors, names: Sequence[str], *, each_target: bool) -> Trial:
    """A question made ready for draws.

    Args:
        stated: of a linear question.
        factors: of its numbers.
        names: factors of the design, in order.
        each_target: whether the share of each target is wanted too, together with the others and alone.
    """
    at = {name: i for i, name in enumerate(names)}
    _, basis = starting_basis(stated.formulation)
    return Trial(stated, factors, np.array([at[name] for name in factors.names], np.intp), basis, each_target)


def starting_basis(formulation: Formulation) -> tuple[Session, Basis | None]:
    """The basis of the central values, from which every draw is solved, and a solver to solve with."""
    session = Session(_LIMITS, like=formulation.program)
    central = session.solve(formulation.program)
    return session, session.basis if central.optimal else None


def solve_draws(trial: Trial, numbers: Sequence[int], shares: Vector) -> list[Draw]:
    """Solve a few draws.

    Args:
        trial: the question.
        numbers: of the draws.
        shares: quantiles of the design's factors, shape (draws, factors).
    """
    hasty = trial.basis is not None and not trial.each_target
    rows = len(trial.formulation.program.row_lower)
    limits = replace(_LIMITS, iterations=max(100, rows // _PATIENCE) if hasty else _ENDLESS * rows)
    session = Session(limits, like=trial.formulation.program)
    values, _ = trial.factors.many(np.asarray(shares, dtype=float)[:, trial.places])
    return [_solved(trial, session, number, row) for number, row in zip(numbers, values, strict=True)]


def packed(asked: object) -> bytes:
    """What is asked as it travels to other processes: packed once, however many tasks carry it."""
    return pickle.dumps(asked, protocol=pickle.HIGHEST_PROTOCOL)


def solve_packed(trial: bytes, numbers: Sequence[int], shares: Vector) -> list[Draw]:
    """``solve_draws`` of a question that came packed."""
    return solve_draws(unpacked(trial), numbers, shares)


@lru_cache(maxsize=16)
def unpacked(parcel: bytes) -> Any:
    """What was packed; each process unpacks it once."""
    return pickle.loads(parcel)


def _solved(trial: Trial, session: Session, number: int, values: Vector) -> Draw:
    program = trial.stated.at(values)
    _begin(trial, session, program)
    draw = _answer(trial, session, number, program)
    if draw.status == UNDECIDED:
        draw = _answer(trial, Session(_THOROUGH), number, program)
        if draw.status == SOLVED:
            return _exactly(trial, number, program, draw)
    return replace(draw, fails=_fails(program)) if draw.status == EMPTY else draw


def _fails(program: LinearProgram) -> str:
    """Whether a program without a plan has one when households may get less."""
    if _FLOOR not in program.row_block:
        return "balances"
    own = program.row_block[_FLOOR]
    eased = program.relaxed(np.arange(own.start, own.stop))
    return "floor" if Session(_THOROUGH).solve(eased).optimal else "balances"


def _exactly(trial: Trial, number: int, program: LinearProgram, draw: Draw) -> Draw:
    # an interior point comes within 1e-6 of the value; a vertex has it
    exact = _answer(trial, Session(), number, program)
    return exact if exact.status == SOLVED else draw


def _answer(trial: Trial, session: Session, number: int, program: LinearProgram) -> Draw:
    if trial.each_target:
        found = figures(replace(trial.formulation, program=program), session)
        first, reached, alone = found.first, tuple(map(nine_digits, found.shares)), tuple(map(nine_digits, found.alone))
    else:
        first, reached, alone = session.solve(program), (), ()
    value = nine_digits(first.objective if first.optimal else np.nan)
    return Draw(number, _SAID.get(first.status, UNDECIDED), value, reached, alone)


def _begin(trial: Trial, session: Session, program: LinearProgram) -> None:
    same = trial.basis is not None and program.shape == trial.formulation.program.shape
    session.begin(program, trial.basis if same else None)
