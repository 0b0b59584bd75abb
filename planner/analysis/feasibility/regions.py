"""Whether the figures of regions and those of the country match: in their sums, and in what can be had together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.analysis.shares.target_rows import TargetRows
from planner.economy import DataError, Economy, Finding
from planner.economy.arrays import Arrays
from planner.economy.places import AT, place, regions_of
from planner.economy.places.undivided import undivided
from planner.formulation import Formulation, Question
from planner.formulation.targets import targets_of
from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status

__all__ = ["Matching", "asks", "country_of", "has_regional_figures", "match", "of_regions"]

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

_SLACK = 1e-7  # of the share, given up so that the least hauls can be looked for beside it


@dataclass(frozen=True, eq=False)
class Matching:
    """What can be had of a plan's figures, the country's and those of regions.

    Args:
        formulation: what was asked.
        country: the greatest share of the country's figures alone.
        regions: the same of the figures of regions alone.
        both: the same of all of them.
        alone: of each region that has figures, the share to which these can be had where no other figure is asked for.
        hauls: a plan at the share of all, with the least hauled; nothing where there is no plan.
    """

    formulation: Formulation
    country: float
    regions: float
    both: Solution
    alone: Mapping[str, float]
    hauls: Solution | None

    @property
    def of_regions(self) -> Flags:
        """Which figures are of regions, shape (targets,)."""
        return of_regions(self.formulation)

    @property
    def verified(self) -> int:
        """How many figures of regions were seen in a source."""
        return int((self.formulation.targets.frame["verified"].to_numpy(dtype=object)[self.of_regions] == "yes").sum())


def of_regions(formulation: Formulation) -> Flags:
    """Which figures are of regions, shape (targets,)."""
    return np.array([AT in item for item in formulation.targets.frame["item"]], dtype=bool)


def country_of(economy: Economy, question: Question, plan: str) -> Economy | None:
    """The country in one place, where there are regions and the plan has figures of the country that can be met in part.

    What is out of reach there is so for every division into regions.

    Args:
        economy: with regions or without.
        question: about the targets of a plan.
        plan: name of the plan.
    """
    if not len(economy.tables["regions"]):
        return None
    country = undivided(economy)
    return country if asks(Arrays(country), question, plan) else None


def asks(country: Arrays, question: Question, plan: str) -> bool:
    """Whether a plan has figures of the country as a whole that can be met in part."""
    targets = targets_of(country, plan, basis=question.basis, groups=question.groups, without=question.without)
    return bool(targets.scaled.any())


def has_regional_figures(formulation: Formulation) -> bool:
    """Whether a plan has figures of regions that could be met in part."""
    return bool((of_regions(formulation) & formulation.targets.scaled).any()) and not _misfit(formulation)[0]


def match(formulation: Formulation, session: Session | None = None, both: Solution | None = None) -> Matching:
    """Solve for the country's figures, for those of regions, for all, and for each region by itself.

    Args:
        formulation: of a question that seeks the share of all figures; whole projects are no part of it.
        session: a warm solver.
        both: the solve of all figures, where it is there already.

    Raises:
        DataError: there are no regions, no figures of any, or the question does not seek a share.
    """
    said, where = _misfit(formulation)
    if said:
        raise DataError([Finding("E178", where, (), "", formulation.plan, said)], formulation.economy.folder)
    rows, session = TargetRows(formulation), session or Session()
    items = [str(item) for item in formulation.targets.frame["item"]]
    placed = of_regions(formulation)

    def share(program: LinearProgram) -> float:
        found = session.solve(program)
        return float(found.objective) if found.status is Status.OPTIMAL else np.nan

    def without(others: Flags) -> LinearProgram:
        return rows.free(rows.program, np.intersect1d(np.flatnonzero(others), rows.scaled))

    both = both or session.solve(rows.program)
    country, regions = share(without(placed)), share(without(~placed))
    alone = {}
    for region in formulation.facts.layout.regions:
        own = np.array([region in regions_of(place(item)) for item in items], dtype=bool)
        if own.any():
            alone[region] = share(without(~own))
    hauls = _least_hauled(rows, both, session) if both.status is Status.OPTIMAL else None
    return Matching(formulation, country, regions, both, alone, hauls)


def _least_hauled(rows: TargetRows, both: Solution, session: Session) -> Solution | None:
    """A plan at the same share that hauls the least: what moves, by its weight and how far."""
    facts, program = rows.formulation.facts, rows.program
    cost = np.zeros(program.shape[1])
    cost[program.column_block["activity"].slice] = np.repeat(
        facts.technology.distance * facts.technology.weight, facts.T
    )
    at = program.bounded(np.array([rows.theta]), lower=both.objective * (1.0 - _SLACK))
    found = session.solve(at.minimising(cost, "hauls", "weight and length of links"))
    return found if found.status is Status.OPTIMAL else None


def _misfit(formulation: Formulation) -> tuple[str, str]:
    """Why the question cannot be asked, and in which file; an empty sentence where it can."""
    said, where = "", formulation.question.file
    if not formulation.facts.regional:
        said, where = "The economy has no regions: regions.csv has no row.", "regions.csv"
    elif not formulation.targets.frame["item"].str.contains(AT, regex=False).any():
        plan = f'The plan "{formulation.plan}" has' if formulation.plan else "No plan is asked about, so there are"
        said, where = f"{plan} no figures of regions (targets.csv, column region).", "targets.csv"
    elif not formulation.goal.is_share or "attainment" not in formulation.program.column_block:
        said = (
            "The question does not seek the share to which all figures are reached. Ask it of the model `attainment`."
        )
    return said, where
