"""How targets move from quarter to quarter, on what branches report or on what they made."""

from __future__ import annotations

import numpy as np

from planner.analysis.execution.world import Mask
from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector

__all__ = ["moved", "new_year", "pace_of"]

_MOST = 2.0  # times the plan, to which arrears raise a target at most
_MET = 0.98  # of targets, from which the pace counts as kept
_UP = 1.02  # by which targets rise again then
_LEAST = 0.8  # of the benchmark, below which targets are not cut


def moved(multiplier: Vector, rules: ExecutionRules, tautness: Vector, done: Vector, pace: float) -> Vector:
    """The planner's multipliers after a quarter, shape (J,).

    Args:
        multiplier: before it.
        rules: which rule.
        tautness: of each branch, shape (J,).
        done: reported share of the quarter's targets, shape (J,).
        pace: share of their targets that the branches served first have made.
    """
    if rules.targets == "raise_all":
        return np.clip(multiplier * (1.0 + rules.arrears * np.clip(1.0 - done, 0.0, None)), 1.0, _MOST)
    if rules.targets == "cut_to_pace":
        return np.clip(multiplier * (pace if pace < _MET else _UP), np.minimum(_LEAST / tautness, 1.0), 1.0)
    return multiplier


def new_year(multiplier: Vector, rules: ExecutionRules, done: Vector) -> Vector:
    """The multipliers with which a year begins, shape (J,): a year's arrears on its plan; a pace is kept.

    Args:
        multiplier: at the end of the year before.
        rules: which rule.
        done: reported share of its targets, shape (J,).
    """
    if rules.targets == "raise_all":
        return np.clip(1.0 + rules.arrears * np.clip(1.0 - done, 0.0, None), 1.0, _MOST)
    return multiplier


def pace_of(made: Vector, target: Vector, worth: Vector, first: Mask) -> float:
    """Share of their targets that some branches have made, by worth, none counted beyond its own; 1 where there are none.

    Args:
        made: of each branch, shape (J,).
        target: likewise.
        worth: of a unit, likewise.
        first: which branches count.
    """
    asked = float((worth * target)[first].sum())
    return float((worth * np.minimum(made, target))[first].sum()) / asked if asked > 0 else 1.0
