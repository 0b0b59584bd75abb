"""When each figure could have been had by itself, the horizon going on into the economies that follow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.joined import joined
from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.reached import ALONE, single_figures, when_reached
from planner.analysis.feasibility.target_readings import greatest
from planner.solver.highs import Session

__all__ = ["reached_over"]


def reached_over(chain: EconomyChain, tick: Callable[[str], None] = lambda _: None) -> pd.DataFrame:
    """Three years of every figure in the table `reached` of the first economy: due, first feasible, reached.

    What cannot be had by the end of the first economy is looked for in the periods after it, by one program over all economies
    to the one of the period: still one will from the first period on, which gives up every other figure.

    Args:
        chain: economies under conditions as they turned out; its families hold, its plan does not matter.
        tick: told what is sought.

    Returns:
        As of ``when_reached``.
    """
    table = when_reached(chain.economies[0], chain.asked(0))
    seen = list(chain.economies[0].periods)
    for at, economy in enumerate(chain.economies[1:], start=1):
        unit = dict(zip(economy.tables["products"]["product"], economy.tables["products"]["unit"], strict=True))
        open_ = table[table["feasible"] == f"after {seen[-1]}"]
        open_ = open_[[unit.get(item) == own for item, own in zip(open_["item"], open_["unit"], strict=True)]]
        dates = [period for period in chain.dates(at) if period not in seen]
        if open_.empty or not dates:
            continue
        tick(f"figures by themselves, {economy.name} as it follows")
        most_of = open_.groupby("item", sort=False)["value"].max()
        largest = {str(item): float(value) for item, value in most_of.items()}
        one = joined(chain.up_to(at, single_figures(economy, largest, dates), ALONE))
        frame, session = one.parts[-1].targets.frame, Session()
        for item, rows in open_.groupby("item", sort=False):
            left = rows["value"]
            for due in dates if len(left) else ():
                [position] = np.flatnonzero((frame["item"] == item) & (frame["period"] == due))
                most = greatest(session, one.asking(np.array([position]))) * largest[str(item)]
                had = left.index[most >= INSIDE * left]
                table.loc[had, "feasible"] = due
                left = left.drop(had)
                if left.empty:
                    break
            table.loc[left.index, "feasible"] = f"after {dates[-1]}"
        seen += dates
    return table
