"""Whole works that are built or not: what ``planner projects`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.projects.portfolio import ProjectPortfolio, project_portfolio
from planner.analysis.projects.programme import GAP
from planner.analysis.projects.worth import COUNT
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.economy import DataError, Finding
from planner.formulation import Formulation
from planner.reporting.run.manifest import manifest
from planner.reporting.run.proofs import write_judgement
from planner.reporting.tables.programme import programme_summary, programme_tables
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.searches import search_stopped, whole_projects
from planner.reporting.wording.sentences import STATUS
from planner.solver.highs import SolveOptions

__all__ = ["ProjectsAnswer", "projects"]


@dataclass(frozen=True, eq=False, repr=False)
class ProjectsAnswer(PosedAnswer):
    """What whole works are worth, and which programmes are nearly as good as the best.

    Args:
        formulation: what was asked.
        portfolio: everything that was found.
        limits: of each search, and how many programmes were to be listed, as the command line has them.
    """

    kind: ClassVar[str] = "projects"
    first: ClassVar[tuple[str, ...]] = ("projects",)
    beside: ClassVar[Literal["", "charts", "page"]] = "charts"
    holds_data: ClassVar[bool] = False

    portfolio: ProjectPortfolio
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """The share of all figures that the programme reaches; nothing where there is none."""
        return self.portfolio.programme.solution.objective if self.portfolio.programme.found else None

    @property
    def headline(self) -> str:
        """How far whole projects reach, and what nothing passes."""
        programme = self.portfolio.programme
        if not programme.found:
            return STATUS.get(programme.failure.status.value, "No programme was found.")
        said = whole_projects(plan_title(self.formulation), programme.solution.objective, programme.bound)
        return said if programme.starts else f"{said} No project is started."

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no programme, where there is none."""
        programme = self.portfolio.programme
        return None if programme.found else NoPlan.of(programme.failure, self.formulation)

    @property
    def unproved(self) -> str:
        """What is left open where the search was stopped."""
        programme = self.portfolio.programme
        return search_stopped(programme.search, programme.bound) if programme.found else ""

    @property
    def interrupted(self) -> str:
        """That the user broke off."""
        return "Interrupted: the tables hold what was found until then." if self.portfolio.interrupted else ""

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        found, programme = self.portfolio, self.portfolio.programme
        if not programme.found:
            return {}
        return {
            **programme_tables(programme, programme.solution),
            "worth": found.worth,
            "near_best": found.near_best,
            "official_list": found.official,
            "dates": found.dates,
        }

    def _found(self) -> Mapping[str, Any]:
        found, programme = self.portfolio, self.portfolio.programme
        told = {"objective": self.formulation.goal.says, "value": self.value, "unit": self.formulation.goal.unit}
        if not programme.found:
            return told
        return {
            **told,
            **programme_summary(programme),
            "in_every_programme_near_the_best": found.always,
            "worth": found.worth.to_dict("records"),
            "official_list": found.official.to_dict("records"),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        programme = self.portfolio.programme
        seconds = {"first_programme": programme.first, "search": programme.search.seconds}
        solution = programme.solution if programme.found else None
        return manifest(self.formulation, programme.search, solution, seconds, **self.limits)

    def _beside(self, draft: Path) -> None:
        """What proves the verdict on whole works, and charts."""
        write_judgement(self.portfolio.programme, draft)
        super()._beside(draft)


@spelled
def projects(
    economy: Subject,
    *,
    seconds: float = float("inf"),
    nodes: int = 20_000,
    gap: float = GAP,
    count: int = COUNT,
    log: Callable[[str], None] | None = None,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> ProjectsAnswer:
    """Choose whole projects, and ask what each of them is worth.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one.
        seconds: time limit of each search.
        nodes: branches of each search at most, the same on any machine; 0 for no limit.
        gap: relative gap at which a search may stop.
        count: programmes to list.
        log: receives the lines of HiGHS in the first search.
        tick: told what is being done.
        asked: model (``projects`` unless another is named), plan, scenario, corner, floor and changes, as ``planner.pose``
            takes them.

    Raises:
        DataError: the data, the model or the question do not fit, or there is no choice of projects.
    """
    ensure_in_range(seconds=seconds, nodes=nodes, gap=gap, count=count)
    if not isinstance(economy, Formulation):
        asked["model"] = asked.get("model") or "projects"
    formulation = with_projects(posed(economy, asked))
    return ProjectsAnswer(
        formulation,
        project_portfolio(
            formulation, SolveOptions(seconds=seconds, gap=gap, nodes=nodes), count=count, log=log, say=tick
        ),
        {"gap": gap, "nodes": nodes, "count": count},
    )


def with_projects(formulation: Formulation) -> Formulation:
    """The question, if it has projects to choose among.

    Raises:
        DataError: it has none.
    """
    if formulation.variables.projects.starts.width and formulation.goal.is_share:
        return formulation
    economy, question = formulation.economy, formulation.question
    if not len(economy.tables["projects"]):
        said = f"{economy.name} has no projects (projects.csv), so there is no choice of them to ask about."
        raise DataError([Finding("E178", "projects.csv", (), "project", "", said)], economy.folder)
    said = (
        f"The model {question.name} makes no choice of projects: that needs the family "
        '"project" and the objective "attainment" or "balanced", and a project that may begin within the horizon.'
    )
    raise DataError([Finding("E178", question.file, (), "families", "", said)], economy.folder)
