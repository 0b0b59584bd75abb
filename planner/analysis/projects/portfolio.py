"""Everything asked about the projects of an economy at once: the best programme, its neighbours, worth, the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from planner.analysis.projects.official_list import dates_compared, official_list
from planner.analysis.projects.programme import GAP, Programme, find_programme
from planner.analysis.projects.worth import COUNT, WITHIN, Searches, near_best, near_best_table, worth
from planner.formulation import Formulation
from planner.solver.highs import SolveOptions


@dataclass(frozen=True, eq=False)
class ProjectPortfolio:
    """Answers about projects.

    Args:
        programme: the best.
        worth: tables (see ``planner.analysis.projects.worth`` and ``planner.analysis.projects.official_list``); empty
            where there is no programme.
        near_best: likewise.
        official: likewise.
        dates: likewise.
        within: how far below the best, relatively, still counts as nearly as good.
        interrupted: by the user; the tables hold what was found until then.
    """

    programme: Programme
    worth: pd.DataFrame
    near_best: pd.DataFrame
    official: pd.DataFrame
    dates: pd.DataFrame
    within: float = WITHIN
    interrupted: bool = False

    @property
    def always(self) -> list[str]:
        """Projects in every programme within ``within`` of the best, proved by the bounds."""
        return [] if self.worth.empty else list(self.worth.loc[self.worth["needed"] == "yes", "project"])


def project_portfolio(
    formulation: Formulation,
    limits: SolveOptions | None = None,
    *,
    count: int = COUNT,
    log: Callable[[str], None] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> ProjectPortfolio:
    """Find the best programme and ask what single projects do for it.

    Args:
        formulation: about a share of targets, with projects open to choice.
        limits: of each search.
        count: programmes to list.
        log: receives the lines of HiGHS in the first search.
        say: receives what is being done.

    Raises:
        ValueError: the question is not about a share of targets, or has no projects.
    """
    if not formulation.goal.is_share or not formulation.variables.projects.starts.width:
        raise ValueError("the question needs projects and the share of targets as its objective")
    limits = limits or SolveOptions(gap=GAP)
    say("Searching for the best programme")
    programme = find_programme(formulation, limits, log=log)
    if not programme.found:
        nothing = pd.DataFrame()
        return ProjectPortfolio(programme, nothing, nothing, nothing, nothing)
    searches = Searches(formulation, programme, limits)
    listed = near_best(searches, count=count, say=say)
    say("Reading the official list")
    official = official_list(searches)
    dates = dates_compared(formulation, programme.starts)
    worths = worth(searches, say)
    return ProjectPortfolio(
        programme, worths, near_best_table(searches, listed), official, dates, interrupted=searches.interrupted
    )
