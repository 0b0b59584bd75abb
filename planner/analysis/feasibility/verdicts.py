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
from planner.formulation.registry import came_from
from planner.program.text import Lines, program_lines, variant_lines
from planner.proof.certificate import Certificate
from planner.proof.certificate_table import table
from planner.solver.highs import Session

STRENGTHS = {
    "certainly outside": "outside even where every uncertain number is at the end that favours the plan",
    "outside": "outside at the central values; it is not excluded that favourable numbers would bring it inside",
    "within reach": "outside at the central values, inside where every uncertain number favours the plan at once",
    "inside": "inside at the central values",
    "empty set": "no plan at all keeps floors and balances, whatever the targets, wherever the numbers lie",
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
        return "empty set"
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

    @property
    def label(self) -> str:
        """The case in a few words.

        >>> Case("ambitious", "base", "promised").label
        'ambitious, scenario base, floor promised'
        """
        return f"{self.plan}, scenario {self.scenario}, floor {self.floor}{', as one year' if self.annual else ''}"


def judged(
    economy: Economy,
    question: Question,
    every: Sequence[Case],
    *,
    written: bool = False,
    tick: Callable[[str], None] = lambda _: None,
) -> list[Row]:
    """Every case at every corner: scenario by scenario and corner by corner, so that programs much alike stand together.

    Args:
        economy: whose corners and scenarios are taken.
        question: whose families and targets are asked about.
        every: the cases.
        written: whether what stands behind each is kept as its proof is written, for many; else as it was solved, for few.
        tick: told each scenario and corner that is done.

    Raises:
        DataError: a scenario cannot be had of this economy.
    """
    jobs = [
        (facts, scenario, corner, tuple(case for case in every if case.scenario == scenario))
        for scenario, facts in ((name, economy.in_scenario(name)) for name in dict.fromkeys(c.scenario for c in every))
        for corner in CORNERS
    ]
    return [row for found in _in_parallel(question, jobs, tick, len(every), written=written) for row in found]


def verdict_table(question: Question, every: Sequence[Case], found: Iterable[Row]) -> pd.DataFrame:
    """``verdicts.csv`` of some cases: one row a case, corner and end of the figures.

    ``verdict_over_ranges`` is the same for all rows of a case.

    Args:
        question: that was asked.
        every: the cases, in their order.
        found: what was found of them.
    """
    rank = {case: i for i, case in enumerate(every)}
    rows = sorted(found, key=lambda row: rank[row.case])
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
    """One row of the table.

    Args:
        case: which rung it is about.
        cells: of the table.
        uncertain: whether any number of it is uncertain.
        found: what stands behind it, if that is kept.
        proof: else the proof, as it is written.
    """

    case: Case
    cells: dict[str, object]
    uncertain: bool
    found: Attainment | None = None
    proof: Written | None = None


class Written(NamedTuple):
    """A proof as it is written: the name of the claim, the text of its program, and the lines of the certificate.

    Args:
        claim: its name.
        text: what the program has otherwise than the one of the row before it, or the whole text where there is none.
        lines: of the certificate.
    """

    claim: str
    text: Lines | list[tuple[str, ...]]
    lines: list[dict[str, str]]


Job = tuple[Economy, str, str, tuple[Case, ...]]


def _in_parallel(
    question: Question, jobs: list[Job], tick: Callable[[str], None], size: int, *, written: bool
) -> Iterator[list[Row]]:
    """Rows of every job; with more than a few cases on all cores, in order."""
    each = ((question, facts, corner, cases) for facts, _, corner, cases in jobs)
    if size < _FEW:
        results: Iterator[list[Row]] = (_rows(*job, written=written) for job in each)
    else:
        from joblib import Parallel, delayed

        results = Parallel(n_jobs=-1, return_as="generator")(delayed(_rows)(*job, written=written) for job in each)
    for job, rows in zip(jobs, results, strict=True):
        tick(f"{job[1]}, {job[2]}")
        yield rows


def _rows(question: Question, economy: Economy, corner: str, cases: tuple[Case, ...], *, written: bool) -> list[Row]:
    """All cases of one scenario at one corner."""
    facts = economy.at_corner(corner)
    whole, session = Arrays(facts), Session()
    rows: list[Row] = []
    text, told = Lines(), set[str]()
    proofs: dict[str, dict[bytes, Certificate | None]] = {}
    floors: dict[str, float] = {}
    for (plan, annual), same in groupby(cases, key=lambda case: (case.plan, case.annual)):
        # shares stay at their centre at every corner, so that nothing is certain over the ranges of a country that is shared out
        uncertain = len(UncertainNumbers.of(facts, plan)) > 0 and not whole.regional
        arrays = Arrays(year_before(facts, plan)) if annual else whole
        known = proofs.setdefault(arrays.periods[0] if annual else "", {})
        for case in same:
            asked = replace(question, objective="attainment", floor=case.floor)
            official = formulate(arrays, asked, plan)
            ensure_figures(official)
            growth = attain(formulate(arrays, replace(asked, basis="growth"), plan), session, proof=False)
            for figures in ("official", "modest"):
                posed = official if figures == "official" else formulate(arrays, asked, plan, figures=figures)
                level = attain(posed, session, figures=figures, known=known)
                cells = _cells(case, asked, corner, figures, level, growth if figures == "official" else None)
                cells["highest_floor"] = bears(level.formulation, floors) if level.empty else float("nan")
                claim = f"{case.label}: {level.certificate.claim}" if level.certificate is not None else ""
                if not written or level.certificate is None or claim in told:  # where no plan is, one proof serves all
                    rows.append(Row(case, cells, uncertain, None if written else level))
                    continue
                certificate = replace(level.certificate, claim=claim)
                now = program_lines(certificate.program, came_from(posed.economy.tables), declared=certificate.declared)
                changes = variant_lines(text, now) if text else now
                rows.append(Row(case, cells, uncertain, None, Written(claim, changes, table(certificate))))
                told.add(claim)
                text = now
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
