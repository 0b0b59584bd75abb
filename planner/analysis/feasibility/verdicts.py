"""Verdicts over the ranges of the data, and the ladder of plans side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from planner.analysis.feasibility.attainment import Attainment, attain, ensure_figures
from planner.analysis.feasibility.households import bears
from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.economy.corner import CORNERS
from planner.economy.opening_position import year_before
from planner.economy.uncertain import UncertainNumbers
from planner.formulation import Question, formulate
from planner.proof.certificate import Certificate
from planner.solver.highs import Session

STRENGTHS = {
    "certainly outside": "outside even where every uncertain number is at the end that favours the plan",
    "outside": "outside at the central values; it is not excluded that favourable numbers would bring it inside",
    "within reach": "outside at the central values, inside where every uncertain number favours the plan at once",
    "inside": "inside at the central values",
    "region empty": "no plan at all keeps floors and balances, whatever the targets, wherever the numbers lie",
    "undecided": "the solver stopped, or tolerances decide",
}


def strength(central: str, optimistic: str, *, uncertain: bool = True) -> str:
    """The verdict over the ranges, from the verdicts at the central values and at the optimistic corner.

    Args:
        central: of the official figures.
        optimistic: of the modest end of the figures where they are ranges.
        uncertain: whether any number has a range; where none has, nothing is certain over the ranges.

    >>> strength("outside", "outside"), strength("outside", "inside"), strength("inside", "inside")
    ('certainly outside', 'within reach', 'inside')
    >>> strength("outside", "outside", uncertain=False)
    'outside'
    """
    if optimistic == "empty":
        return "region empty"
    if central == "inside":
        return "inside"
    if central in ("outside", "empty"):
        beyond = "certainly outside" if uncertain else "outside"
        return {"outside": beyond, "inside": "within reach"}.get(optimistic, "outside")
    return "undecided"


@dataclass(frozen=True)
class Case:
    """One rung of the ladder: a plan, the conditions, the closure of consumption, and whether it is tested as one year."""

    plan: str
    scenario: str
    floor: str | float
    annual: bool = False


def ladder(
    economy: Economy, question: Question, cases: Iterable[Case], *, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """Many cases at every corner of the ranges, by level and by growth, side by side, on all cores.

    Args:
        economy: whose corners and scenarios are taken.
        question: whose families and targets are asked about.
        cases: the rungs.
        tick: told each scenario and corner that is done.

    Returns:
        ``verdicts.csv``: one row a case, corner and end of the figures; ``verdict_over_ranges`` is the same for all rows
        of a case.

    Raises:
        DataError: a scenario cannot be had of this economy.
    """
    every = list(cases)
    return verdict_table(question, judged(economy, question, every, tick))


def judged(
    economy: Economy, question: Question, every: Sequence[Case], tick: Callable[[str], None] = lambda _: None
) -> list[Row]:
    """Every case at every corner, in the order of the cases.

    Args:
        economy: whose corners and scenarios are taken.
        question: whose families and targets are asked about.
        every: the cases.
        tick: told each scenario and corner that is done.
    """
    jobs = [
        (facts, scenario, corner, tuple(case for case in every if case.scenario == scenario))
        for scenario, facts in ((name, economy.in_scenario(name)) for name in dict.fromkeys(c.scenario for c in every))
        for corner in CORNERS
    ]
    rows = [row for found in _in_parallel(question, jobs, tick, len(every)) for row in found]
    rank = {case: i for i, case in enumerate(every)}
    return sorted(rows, key=lambda row: rank[row.case])


def verdict_table(question: Question, rows: Sequence[Row]) -> pd.DataFrame:
    """``verdicts.csv`` of some cases.

    Args:
        question: that was asked.
        rows: what was found of the cases.
    """
    table = pd.DataFrame([row.cells for row in rows])
    verdict = {(row.case, row.cells["corner"], row.cells["figures"]): str(row.cells["verdict"]) for row in rows}
    table["verdict_over_ranges"] = [
        strength(
            verdict[row.case, "central", "official"], verdict[row.case, "optimistic", "modest"], uncertain=row.uncertain
        )
        for row in rows
    ]
    table["unit"] = question.share_unit
    return table


_FEW = 4  # cases that are not worth a second process


class Row(NamedTuple):
    """One row of the table, the case it is about, whether any number of it is uncertain, and what stands behind it if kept."""

    case: Case
    cells: dict[str, object]
    uncertain: bool
    found: Attainment | None


Job = tuple[Economy, str, str, tuple[Case, ...]]


def _in_parallel(question: Question, jobs: list[Job], tick: Callable[[str], None], size: int) -> Iterator[list[Row]]:
    """Rows of every job; with more than a few cases on all cores, in order."""
    each = ((question, facts, corner, cases, size < _FEW) for facts, _, corner, cases in jobs)
    if size < _FEW:
        results: Iterator[list[Row]] = (_rows(*job) for job in each)
    else:
        from joblib import Parallel, delayed

        results = Parallel(n_jobs=-1, return_as="generator")(delayed(_rows)(*job) for job in each)
    for job, rows in zip(jobs, results, strict=True):
        tick(f"{job[1]}, {job[2]}")
        yield rows


def _rows(question: Question, economy: Economy, corner: str, cases: tuple[Case, ...], keep: bool) -> list[Row]:
    """All cases of one scenario at one corner; with what stands behind each where that is to be kept."""
    facts = economy.at_corner(corner)
    whole, session = Arrays(facts), Session()
    rows: list[Row] = []
    empty: dict[str, dict[bytes, Certificate | None]] = {}
    floors: dict[str, float] = {}
    for (plan, annual), same in groupby(cases, key=lambda case: (case.plan, case.annual)):
        uncertain = len(UncertainNumbers.of(facts, plan)) > 0
        arrays = Arrays(year_before(facts, plan)) if annual else whole
        known_empty = empty.setdefault(arrays.periods[0] if annual else "", {})
        for case in same:
            asked = replace(question, objective="attainment", floor=case.floor)
            ensure_figures(formulate(arrays, asked, plan))
            growth = attain(formulate(arrays, replace(asked, basis="growth"), plan), session, proof=False)
            for figures in ("official", "modest"):
                posed = formulate(arrays, asked, plan, figures=figures)
                level = attain(posed, session, figures=figures, known_empty=known_empty)
                cells = _cells(case, asked, corner, figures, level, growth if figures == "official" else None)
                cells["highest_floor"] = bears(level.formulation, floors) if level.empty else float("nan")
                rows.append(Row(case, cells, uncertain, level if keep else None))
    return rows


def _cells(
    case: Case, question: Question, corner: str, figures: str, level: Attainment, growth: Attainment | None
) -> dict[str, object]:
    proof = level.certificate
    return {
        "plan": case.plan,
        "scenario": case.scenario,
        "floor": "" if question.floor_in_force is None else str(case.floor),
        "model": question.name,
        "annual": "yes" if case.annual else "no",
        "corner": corner,
        "figures": figures,
        "attainment": level.share,
        "attainment_of_growth": growth.share if growth is not None else float("nan"),
        "verdict": level.verdict,
        "gap_proved": float(proof.gap) if proof is not None and proof.gap is not None else float("nan"),
    }
