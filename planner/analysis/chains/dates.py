"""In which period figures could have been had: after the plan they are of, over economies that follow one another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.joined import joined
from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.reached import NO_PLAN
from planner.economy import Economy
from planner.formulation import Question, formulate
from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution
from planner.solver.weights import weights

__all__ = ["CANNOT_BEGIN", "by_dates", "by_itself"]

CANNOT_BEGIN = "cannot begin"  # its first period needs more than it opens with


def by_dates(chain: EconomyChain, tick: Callable[[str], None] = lambda _: None) -> pd.DataFrame:
    """θ* of a plan's figures due in each period after the first joint, by one program over all economies to the one of the date.

    Args:
        chain: the economies, and what is asked of them.
        tick: told each date.

    Returns:
        economy, due, figures, attainment, reached, unit.
    """
    together = []
    for at, economy in enumerate(chain.economies[1:], start=1):
        tick(f"{economy.name} as it follows")
        dates = chain.dates(at)
        one, session = joined(chain.up_to(at, chain.due(at, dates))), Session()
        when = one.parts[-1].targets.frame["period"]
        for due in dates:
            tick(f"due in {due}")
            found = session.solve(one.asking(np.flatnonzero(when == due)))
            together.append(_row(economy, due, int((when == due).sum()), found, chain.question))
    return pd.DataFrame(together)


def by_itself(
    economy: Economy, question: Question, plan: str, missing: tuple[str, str] | None = None
) -> dict[str, object]:
    """θ* of a plan's figures in one economy, with what it opens with.

    Args:
        economy: with the figures among its targets.
        question: of max θ, with its floor.
        plan: whose figures.
        missing: of which kind of plant, and in which period, it opens with less than it needs: then nothing is solved.

    Returns:
        economy, due, figures, attainment, reached, unit; and of the heaviest limit, or of what is missing, ``family``, ``item``
        and ``period``.
    """
    asked = economy.tables["targets"]
    asked = asked[asked["plan"] == plan]
    due = max((str(period) for period in asked["period"]), key=economy.periods.index)
    if missing is not None:
        row = {"economy": economy.name, "due": due, "figures": len(asked), "attainment": float("nan")}
        limit = {"family": "capacity", "item": missing[0], "period": missing[1]}
        return {**row, "reached": CANNOT_BEGIN, "unit": question.share_unit, **limit}
    program = formulate(economy, question, plan).program
    found = Session().solve(program)
    return {**_row(economy, due, len(asked), found, question), **_heaviest(program, found)}


def _row(economy: Economy, due: str, count: int, found: Solution, question: Question) -> dict[str, object]:
    share = found.objective if found.optimal else float("nan")
    return {
        "economy": economy.name,
        "due": due,
        "figures": count,
        "attainment": share,
        "reached": "yes" if share >= INSIDE else "no" if found.optimal else NO_PLAN,
        "unit": question.share_unit,
    }


def _heaviest(program: LinearProgram, found: Solution) -> dict[str, str]:
    """The limit, other than of targets, of which one per cent more would help most: its family, item and period."""
    weight = np.abs(np.nan_to_num(weights(found)[0])) if found.optimal else np.zeros(0)
    weight[np.char.startswith(program.row_families.astype(str), "target")[: len(weight)]] = 0.0
    if not weight.max(initial=0.0) > 0.0:
        return {"family": "", "item": "", "period": ""}
    row = int(weight.argmax())
    block = next(block for block in program.rows if block.start <= row < block.stop)
    at = {axis: str(keys[row - block.start]) for axis, keys in zip(block.index, block.keys, strict=True)}
    period = at.pop("period", "")
    return {"family": block.name, "item": "/".join(at.values()), "period": period}
