"""Which groups of numbers are worth a design: each moved alone, from a few random states; the others are then not drawn.

A Sobol design needs as many draws again for every further group, and of several hundred numbers few matter. Moving one group
at a time from random states, as in a radial design, costs a solve a group and state. From the central values alone most groups
would seem idle, for what is scarce there is little. What is left out is named.

References:
    Campolongo, Saltelli and Cariboni 2011.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.analysis.uncertainty.design import Factors
from planner.analysis.uncertainty.draws import nine_digits, starting_basis
from planner.formulation.parametric.program import ParametricProgram
from planner.program import Vector

__all__ = ["COLUMNS", "kept_groups", "screened"]

COLUMNS = ["plan", "group", "change"]
STATES = 6  # from which each group is moved


def screened(stated: ParametricProgram, factors: Factors, seed: int) -> pd.DataFrame:
    """Draw a few states of all numbers, and in each of them draw every group anew, alone.

    Args:
        stated: a linear question.
        factors: of its numbers.
        seed: of all chance.

    Returns:
        A row a group, in the order of the factors: the mean change of the value, without sign. A state without any plan
        counts as a value of zero, as it does in indices.
    """
    session, basis = starting_basis(stated.formulation)
    groups = np.where(factors.of >= 0, np.array([*factors.groups, ""], object)[factors.of], "")
    names = list(dict.fromkeys(factors.groups))
    rng = np.random.default_rng(seed)
    change = np.zeros(len(names))

    def value(values: Vector) -> float:
        program = stated.at(factors.numbers.closed(values[None, :])[0][0])
        session.begin(program, basis if program.shape == stated.formulation.program.shape else None)
        solution = session.solve(program)
        return nine_digits(solution.objective) if solution.optimal else 0.0

    for _ in range(STATES):
        here, there = (factors.values(rng.random(len(factors))) for _ in range(2))
        middle = value(here)
        for i, name in enumerate(names):
            change[i] += abs(value(np.where(groups == name, there, here)) - middle) / STATES
    return pd.DataFrame({"plan": stated.formulation.plan, "group": names, "change": change}, columns=COLUMNS)


def kept_groups(tables: Sequence[pd.DataFrame], keep: int) -> list[str]:
    """The groups that change most in any of the plans, in the order of the factors; idle ones only if all are.

    >>> one = pd.DataFrame({"group": ["a", "b", "c"], "change": [0.0, 0.2, 0.1]})
    >>> other = pd.DataFrame({"group": ["a", "b", "c"], "change": [0.3, 0.0, 0.0]})
    >>> kept_groups([one, other], 2)
    ['a', 'b']
    """
    every = pd.concat([table[["group", "change"]] for table in tables], ignore_index=True)
    most = every.groupby("group", sort=False)["change"].max()
    live = most[most > 0.0] if (most > 0.0).any() else most
    chosen = set(live.sort_values(ascending=False, kind="stable").index[:keep])
    return [str(group) for group in most.index if group in chosen]
