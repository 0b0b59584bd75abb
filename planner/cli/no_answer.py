"""Ends without an answer, in words: the region itself is empty or has no limit, or the solver stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cli.exit_codes import EndError, Exit
from planner.formulation.objectives import OBJECTIVES
from planner.language.numbers import number
from planner.solver.solution import Solution, Status

if TYPE_CHECKING:
    from planner.formulation import Formulation

_MOST = 12  # rows named; a longer list helps nobody
_HEAVY = 1e-9  # share of the heaviest multiplier below which one is rounding


def ensure_answered(solution: Solution, formulation: Formulation | None = None) -> None:
    """End the command unless the solve is an answer.

    Args:
        solution: the solve everything rests on.
        formulation: what was asked, if more is to be said of an empty region than its rows.

    Raises:
        EndError: the region is empty or the objective has no limit (exit 4), or the solver stopped (exit 5).
    """
    if solution.status is Status.INFEASIBLE:
        raise EndError(Exit.EMPTY, "\n".join([*_empty(solution), *_bears(formulation)]))
    if solution.status is Status.UNBOUNDED:
        raise EndError(
            Exit.EMPTY,
            f"The question has no answer: nothing limits {_sought(solution.program.objective)}, so any amount is possible.\n"
            "A limit is missing among the model's families or in the economy's tables.",
        )
    if solution.status is not Status.OPTIMAL:
        took = f"after {solution.seconds:.3g} s ({solution.detail or solution.status.value})"
        raise EndError(
            Exit.STOPPED,
            f"{solution.solver} stopped without proof {took}. Nothing was written.\n"
            "Give it longer with --time-limit, or try another solver (`planner list solvers`).",
        )


def _sought(objective: str) -> str:
    """What an objective seeks, as a phrase.

    >>> _sought("own"), _sought("consumption"), _sought("output of steel")
    ('the weighted sum that is asked for', 'household consumption', 'output of steel')
    """
    return OBJECTIVES[objective].within if objective in OBJECTIVES else objective.replace("_", " ")


def ensure_proved(solution: Solution, bound: float) -> None:
    """End with exit 5 where a search was stopped after it had found something; the results stand, without their proof.

    Args:
        solution: the search.
        bound: what nothing passes, by its own account.
    """
    if solution.status is Status.STOPPED:
        raise EndError(
            Exit.STOPPED,
            f"The search was stopped after {solution.seconds:.3g} s. This is the best found so far; nothing passes {bound:.6g}.\n"
            "Give it longer with --time-limit, or be content with a wider --gap.",
        )


def _bears(formulation: Formulation | None) -> list[str]:
    """What floor the economy would bear, and what its scenario says its readers must know."""
    if formulation is None:
        return []
    economy = formulation.economy
    caution = [f"Scenario {economy.scenario}: {economy.caution}"] if economy.caution else []
    if formulation.question.floor_in_force is None:
        return caution
    from planner.analysis.feasibility.households import bears, floor_sentence

    told = "`--floor` sets the least consumption asked for."
    return [told, floor_sentence(bears(formulation), economy.corner), *caution]


def _empty(solution: Solution) -> list[str]:
    rows = conflicting_rows(solution)
    held = any(row.startswith("target") for row in rows)
    rest = " and what is asked of figures in any case" if held else ", whatever becomes of targets"
    lines = [f"The region itself is empty: no plan satisfies the balances, limits and floors{rest}."]
    if rows:
        lines += ["These cannot hold together:", *(f"  {row}" for row in rows[:_MOST])]
    if len(rows) > _MOST:
        lines.append(f"  and {len(rows) - _MOST} more")
    lines.append("`planner explain FAMILY` says what a row means.")
    return lines


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
