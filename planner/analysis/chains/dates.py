"""In which period figures could have been had: after the plan they are of, over economies that follow one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.analysis.chains.joined import joined
from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.reached import NO_PLAN
from planner.economy import DataError, Economy, Finding
from planner.formulation import Question, formulate
from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution
from planner.solver.weights import weights

__all__ = ["CANNOT_BEGIN", "asked_for", "by_dates", "by_itself", "joints", "own_periods"]

CANNOT_BEGIN = "cannot begin"  # its first period needs more than it opens with
_OF_GOODS = ("output", "delivery", "export", "import", "stock")  # measures whose figures mean the same on both sides


def asked_for(first: Economy, later: Economy, plan: str) -> pd.DataFrame:
    """The figures of a plan as a later economy is asked for them: its own of that name, else those of goods in the first.

    Args:
        first: economy whose plan it is.
        later: economy of the periods in which they are to be due.
        plan: its name.

    Returns:
        Rows as in the table `targets`.

    Raises:
        DataError: neither has figures that can be asked for.
    """
    own = later.tables["targets"]
    own = own[own["plan"] == plan]
    if len(own):
        return own.reset_index(drop=True)
    rows = first.tables["targets"]
    rows = rows[(rows["plan"] == plan) & rows["measure"].isin(_OF_GOODS) & (rows["period"] == first.periods[-1])]
    unit = dict(zip(later.tables["products"]["product"], later.tables["products"]["unit"], strict=True))
    rows = rows[[unit.get(item) == own_unit for item, own_unit in zip(rows["item"], rows["unit"], strict=True)]]
    if rows.empty:
        said = f'"{plan}" has no figures of goods that can be asked for of {later.name}. Name a plan of {first.name} that has.'
        raise DataError([Finding("E178", "targets.csv", (), "plan", plan, said)], later.folder)
    return rows.assign(origin="").reset_index(drop=True)


def by_dates(
    economies: Sequence[Economy],
    question: Question,
    plan: str,
    floors: Sequence[str | float],
    tick: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """θ* of a plan's figures due in each period after the first joint, by one program over all economies to the one of the date.

    Args:
        economies: first to last; each later one says at the end of which period it begins.
        question: of max θ.
        plan: whose figures.
        floors: closure of consumption of each economy, in its own base level.
        tick: told each date.

    Returns:
        economy, due, figures, attainment, reached, unit.
    """
    ends = joints(economies)
    together = []
    for at, economy in enumerate(economies[1:], start=1):
        figures = asked_for(economies[0], economy, plan)
        dates = own_periods(economies, at)
        every = pd.concat([figures.assign(period=due) for due in dates], ignore_index=True)
        posed = economy.with_tables({"targets": every})
        tick(f"{economy.name} as it follows")
        one, session = joined((*economies[:at], posed), ends[:at], question, plan, floors[: at + 1]), Session()
        for due in dates:
            tick(f"due in {due}")
            found = session.solve(one.asking(np.flatnonzero(one.parts[-1].targets.frame["period"] == due)))
            together.append(_row(economy, due, len(figures), found, question))
    return pd.DataFrame(together)


def by_itself(
    economy: Economy, question: Question, plan: str, floor: str | float, missing: tuple[str, str] | None = None
) -> dict[str, object]:
    """θ* of a plan's figures in one economy, with what it opens with.

    Args:
        economy: with the figures among its targets.
        question: of max θ.
        plan: whose figures.
        floor: closure of consumption.
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
    program = formulate(economy, replace(question, floor=floor, floor_by_period={}), plan).program
    found = Session().solve(program)
    return {**_row(economy, due, len(asked), found, question), **_heaviest(program, found)}


def joints(economies: Sequence[Economy]) -> list[str]:
    """Periods at whose end each economy but the first begins."""
    return [economy.heading.opening_period or economy.base_period for economy in economies[1:]]


def own_periods(economies: Sequence[Economy], at: int) -> tuple[str, ...]:
    """Periods of an economy that are not yet those of the next.

    Args:
        economies: first to last.
        at: which of them.
    """
    periods, ends = economies[at].periods, joints(economies)
    return periods[: periods.index(ends[at]) + 1] if at < len(ends) else periods


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
