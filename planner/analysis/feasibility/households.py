"""What the feasible set leaves to households: how high a floor some plan can keep, if no figure is asked of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.formulation import Formulation, Question, formulate
from planner.program import Block, LinearProgram, Matrix, select
from planner.solver.highs import Session

__all__ = ["bears", "floor_sentence", "greatest_least", "highest_floor", "shared_floor"]


def highest_floor(facts: Economy | Arrays, question: Question) -> float:
    """The highest level of consumption that some plan keeps in every period, targets and the question's floor aside.

    Args:
        facts: the economy as arrays.
        question: whose other families hold.

    Returns:
        A share of the base level; ``nan`` where no plan keeps the balances at all.
    """
    families = tuple(f for f in question.families if f not in ("target", "consumption_floor"))
    posed = formulate(facts, replace(question.in_parts, families=families, objective="consumption", floor=0.0), "")
    solution = Session().solve(greatest_least(posed.program, posed.program.column_block["consumption"]))
    return solution.objective if solution.optimal else float("nan")


def bears(formulation: Formulation, known: dict[str, float] | None = None) -> float:
    """What floor some plan keeps where a feasible set is empty; infinite where it is not the floor that empties it.

    Args:
        formulation: a question whose feasible set is empty.
        known: highest floors of these same facts by first period, read and added to: they are the same for every plan.
    """
    known = {} if known is None else known
    first = formulation.economy.periods[0]
    if first not in known:
        known[first] = highest_floor(formulation.facts, formulation.question)
    level = known[first]
    return float("inf") if level >= float(formulation.variables.floor.max(initial=0.0)) else level


def floor_sentence(level: float, corner: str = "central") -> str:
    """What an empty set would bear, in a sentence.

    Args:
        level: as `bears` finds it; rounded down to what is kept for certain.
        corner: of the ranges.

    >>> floor_sentence(0.9423)
    'At central values some plan keeps households at 0.942 of the base level in every period, and none at more.'
    >>> floor_sentence(float("nan"), "pessimistic")
    'At pessimistic values no plan keeps the balances even without a floor under consumption.'
    >>> floor_sentence(float("inf"), "optimistic")
    'At optimistic values it is the figures held in full that no plan keeps, not the floor under consumption.'
    """
    if np.isinf(level):
        return f"At {corner} values it is the figures held in full that no plan keeps, not the floor under consumption."
    if np.isnan(level):
        return f"At {corner} values no plan keeps the balances even without a floor under consumption."
    kept = np.floor(level * 1000.0 + 1e-6) / 1000.0
    return f"At {corner} values some plan keeps households at {kept:g} of the base level in every period, and none at more."


def shared_floor(facts: Economy | Arrays, question: Question) -> str | float:
    """The question's floor, or the highest the feasible set bears as things turned out, if that is lower.

    Below the base level this is a diagnosis, not an option: it says how low the arithmetic would have pressed people.

    Args:
        facts: the economy as it turned out.
        question: whose floor is asked.
    """
    asked = (
        question.floor if isinstance(question.floor, float) else {"base": 1.0, "promised": 1.0}.get(question.floor, 0.0)
    )
    bears = float(np.nan_to_num(highest_floor(facts, question)))
    return question.floor if bears >= asked - 1e-9 else float(np.floor(bears * 100.0) / 100.0)


def greatest_least(program: LinearProgram, block: Block) -> LinearProgram:
    """The program that raises the least of a block of columns: max z with z ≤ each of them."""
    size, columns = len(block.unit), program.shape[1]
    each = select(np.arange(block.start, block.stop), columns)
    wider = program.with_rows("each", each, lower=0.0, index=block.index, keys=block.keys, unit=block.unit)
    last = np.concatenate([np.zeros(program.shape[0]), -np.ones(size)])[:, None]
    wider = wider.with_columns("least", Matrix(last), lower=-np.inf, unit=block.unit[:1])
    return wider.maximising(np.append(np.zeros(columns), 1.0), "least level", str(block.unit[0]))
