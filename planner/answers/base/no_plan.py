"""Why a question has no plan, in words: the set of plans is empty or has no end, or the solver stopped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.analysis.feasibility.households import bears, floor_sentence
from planner.formulation import Formulation
from planner.formulation.objectives import OBJECTIVES
from planner.language.numbers import number
from planner.solver.solution import Solution, Status

__all__ = ["NoPlan", "conflicting_rows"]

_MOST = 12  # rows named; a longer list helps nobody
_HEAVY = 1e-9  # share of the heaviest multiplier below which one is rounding


@dataclass(frozen=True, eq=False)
class NoPlan:
    """A question that has no plan.

    Args:
        said: the reason in sentences, what follows from the floor aside.
        stopped: whether the solver stopped, so that nothing is known.
        conflict: rows that cannot hold together, heaviest first.
        ask: the formulation whose floor is asked about, where that may be the reason.
    """

    said: tuple[str, ...]
    stopped: bool = False
    conflict: tuple[str, ...] = ()
    ask: Formulation | None = None

    @staticmethod
    def of(solution: Solution, formulation: Formulation | None = None) -> NoPlan | None:
        """Why a solve is no answer; nothing where it is one.

        Args:
            solution: the solve everything rests on.
            formulation: what was asked, if more is to be said of an empty set of plans than its rows.
        """
        if solution.status is Status.INFEASIBLE:
            rows = conflicting_rows(solution)
            return NoPlan(_empty(rows), conflict=tuple(rows), ask=formulation)
        if solution.status is Status.UNBOUNDED:
            sought = _sought(solution.program.objective)
            return NoPlan(
                (
                    f"The question has no answer: nothing limits {sought}, so any amount is possible.",
                    "A limit is missing among the model's families or in the economy's tables.",
                )
            )
        if solution.status is Status.OPTIMAL:
            return None
        took = f"after {solution.seconds:.3g} s ({solution.detail or solution.status.value})"
        return NoPlan(
            (
                f"{solution.solver} stopped without proof {took}. Nothing was written.",
                "Give it longer with --time-limit, or try another solver (`planner list solvers`).",
            ),
            stopped=True,
        )

    @cached_property
    def _level(self) -> float | None:
        return None if self.ask is None or self.ask.question.floor_in_force is None else bears(self.ask)

    @property
    def highest_floor(self) -> float | None:
        """The highest floor under consumption that some plan keeps; nothing where it is not the floor, or not known."""
        return None if self._level is None or not np.isfinite(self._level) else self._level

    @cached_property
    def text(self) -> str:
        """The reason, and what floor the economy would bear."""
        lines = [*self.said]
        if self.ask is not None:
            economy = self.ask.economy
            if self._level is not None:
                told = "`--floor` sets the least consumption asked for."
                lines += [told, floor_sentence(self._level, economy.corner)]
            lines += [f"Scenario {economy.scenario}: {economy.caution}"] if economy.caution else []
        return "\n".join(lines)


def _sought(objective: str) -> str:
    """What an objective seeks, as a phrase.

    >>> _sought("own"), _sought("consumption"), _sought("output of steel")
    ('the weighted sum that is asked for', 'household consumption', 'output of steel')
    """
    return OBJECTIVES[objective].within if objective in OBJECTIVES else objective.replace("_", " ")


def _empty(rows: list[str]) -> tuple[str, ...]:
    held = any(row.startswith("target") for row in rows)
    rest = " and what is asked of figures in any case" if held else ", whatever becomes of targets"
    lines = [f"The feasible set is empty: no plan satisfies the balances, limits and floors{rest}."]
    if rows:
        lines += ["These cannot hold together:", *(f"  {row}" for row in rows[:_MOST])]
    if len(rows) > _MOST:
        lines.append(f"  and {len(rows) - _MOST} more")
    return (*lines, "`planner explain FAMILY` says what a row means.")


def conflicting_rows(solution: Solution) -> list[str]:
    """Rows whose weighted sum is a contradiction, heaviest first, with the limit that counts.

    Args:
        solution: an infeasible one; without multipliers from the solver nothing is known.
    """
    if solution.ray is None:
        return []
    program = solution.program
    row_of = np.repeat(np.arange(program.shape[0]), np.diff(program.matrix.indptr))
    size = np.bincount(row_of, weights=np.abs(program.matrix.data), minlength=program.shape[0])
    weight = np.abs(solution.ray) * np.where(size > 0, size, 1.0)
    order = np.argsort(-weight, kind="stable")
    units = [str(unit) for block in program.rows for unit in block.unit]
    lines = []
    for row in order[weight[order] > _HEAVY * weight.max(initial=0.0)].tolist():
        low, high = float(program.row_lower[row]), float(program.row_upper[row])
        at_least = solution.ray[row] > 0 or high == np.inf
        sign, amount = ("=", low) if low == high else (">=", low) if at_least else ("<=", high)
        limit = f"{sign} {number(amount)}"
        lines.append(f"{program.row_names[row]} {limit} {units[row]}".rstrip())
    return lines
