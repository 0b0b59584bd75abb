"""Verdicts over the ranges of the data, and the ladder of plans side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from planner.economy import load
from planner.economy.annual import year_before
from planner.economy.arrays import Arrays
from planner.economy.corner import CORNERS
from planner.economy.uncertain import UncertainNumbers
from planner.feasibility.attainment import Attainment, attain, ensure_figures
from planner.formulation import Question, formulate
from planner.solver.certificate import Certificate
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
        central: of the official figures; optimistic: of the modest end of the figures where they are ranges.
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
    economy: str,
    question: Question,
    cases: Iterable[Case],
    *,
    sets: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Many cases at every corner of the ranges, by level and by growth, side by side, on all cores.

    Args:
        economy: name or path; question: whose families and targets are asked about; cases: the rungs.
        sets: changes of single rows; tick: told each scenario and corner that is done.

    Returns:
        ``verdicts.csv``: one row a case, corner and end of the figures; ``verdict_over_ranges`` is the same for all rows
        of a case.
    """
    every = list(cases)
    jobs = [
        (scenario, corner, tuple(case for case in every if case.scenario == scenario))
        for scenario in dict.fromkeys(case.scenario for case in every)
        for corner in CORNERS
    ]
    rows = [row for found in _in_parallel(economy, question, jobs, tuple(sets), tick, len(every)) for row in found]
    table = pd.DataFrame(rows)
    key = ["plan", "scenario", "floor", "model"]
    verdict = {(*(row[k] for k in key), row["corner"], row["figures"]): str(row["verdict"]) for row in rows}
    table["verdict_over_ranges"] = [
        strength(verdict[*case, "central", "official"], verdict[*case, "optimistic", "modest"], uncertain=uncertain)
        for *case, uncertain in table[[*key, "_uncertain"]].itertuples(index=False, name=None)
    ]
    table["unit"] = "share of the official figures"
    order = {case: i for i, case in enumerate(every)}
    rank = [
        order[Case(p, s, f, m == "annual")]
        for p, s, f, m in zip(table["plan"], table["scenario"], table["_floor"], table["model"], strict=True)
    ]
    return (
        table.assign(_rank=rank)
        .sort_values("_rank", kind="stable")
        .drop(columns=["_rank", "_floor", "_uncertain"])
        .reset_index(drop=True)
    )


Job = tuple[str, str, tuple[Case, ...]]
Row = dict[str, object]


def _in_parallel(
    economy: str, question: Question, jobs: list[Job], sets: tuple[str, ...], tick: Callable[[str], None], size: int
) -> Iterator[list[Row]]:
    """Rows of every job; with more than a few cases on all cores, in order."""
    if size < 4:
        results: Iterator[list[Row]] = (_rows(economy, question, job, sets) for job in jobs)
    else:
        from joblib import Parallel, delayed

        results = Parallel(n_jobs=-1, return_as="generator")(
            delayed(_rows)(economy, question, job, sets) for job in jobs
        )
    for job, rows in zip(jobs, results, strict=True):
        tick(f"{job[0]}, {job[1]}")
        yield rows


def _rows(economy: str, question: Question, job: Job, sets: tuple[str, ...]) -> list[Row]:
    """All cases of one scenario at one corner; the tables are read once."""
    scenario, corner, cases = job
    facts = load(economy, scenario=scenario, corner=corner, sets=sets)
    whole, session = Arrays(facts), Session()
    rows: list[Row] = []
    empty: dict[str, dict[bytes, Certificate | None]] = {}
    for (plan, annual), same in groupby(cases, key=lambda case: (case.plan, case.annual)):
        uncertain = len(UncertainNumbers.of(facts, plan)) > 0
        arrays = Arrays(year_before(facts, plan)) if annual else whole
        known_empty = empty.setdefault(arrays.periods[0] if annual else "", {})
        for case in same:
            asked = replace(question, objective="attainment", floor=case.floor)
            ensure_figures(formulate(arrays, asked, plan))
            growth = attain(formulate(arrays, replace(asked, basis="growth"), plan), session, proof=False)
            for figures in ("official", "modest"):
                level = attain(formulate(arrays, asked, plan, figures=figures), session, known_empty=known_empty)
                rows.append(_row(case, corner, figures, level, growth if figures == "official" else None, uncertain))
    return rows


def _row(
    case: Case, corner: str, figures: str, level: Attainment, growth: Attainment | None, uncertain: bool
) -> Row:  # fmt: skip
    proof = level.certificate
    return {
        "plan": case.plan,
        "scenario": case.scenario,
        "floor": str(case.floor),
        "model": "annual" if case.annual else "five_year",
        "corner": corner,
        "figures": figures,
        "attainment": level.share,
        "attainment_of_growth": growth.share if growth is not None else float("nan"),
        "verdict": level.verdict,
        "gap_proved": float(proof.gap) if proof is not None and proof.gap is not None else float("nan"),
        "_floor": case.floor,
        "_uncertain": uncertain,
    }
