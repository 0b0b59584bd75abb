"""Verdicts over the ranges of the data, and the ladder of plans side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import isnan
from typing import NamedTuple

import pandas as pd

from planner.analysis.feasibility.attainment import Attainment, attain, ensure_figures
from planner.analysis.feasibility.claims import in_one_place
from planner.analysis.feasibility.households import bears
from planner.analysis.feasibility.regions import asks
from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.economy.corner import CORNERS
from planner.economy.opening_position import year_before
from planner.economy.places.undivided import undivided
from planner.economy.uncertain import UncertainNumbers
from planner.formulation import Formulation, Question, formulate
from planner.formulation.registry import came_from
from planner.program.text import Lines, program_lines, variant_lines
from planner.proof.certificate import Certificate
from planner.proof.certificate_table import table
from planner.solver.highs import Session, SolveOptions

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
) -> list[VerdictRow]:
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


def verdict_table(question: Question, every: Sequence[Case], found: Iterable[VerdictRow]) -> pd.DataFrame:
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
    at = {(row.case, row.cells["corner"], row.cells["figures"]): row for row in rows}
    table["verdict_over_ranges"] = [
        _over_ranges(at[row.case, "central", "official"], at[row.case, "optimistic", "modest"]) for row in rows
    ]
    table["unit"] = question.share_unit
    return table


def in_one_place_table(question: Question, found: Iterable[VerdictRow]) -> pd.DataFrame:
    """``in_one_place.csv``: where there are regions, share and verdict of the country in one place; else empty.

    Args:
        question: that was asked.
        found: what was found of some cases.
    """
    key = ("plan", "scenario", "floor", "model", "corner", "figures")
    rows = [
        {**{name: row.cells[name] for name in key}, "attainment": row.one[0], "verdict": row.one[1]}
        for row in found
        if row.one is not None
    ]
    return pd.DataFrame(rows).assign(unit=question.share_unit) if rows else pd.DataFrame()


def _over_ranges(central: VerdictRow, generous: VerdictRow) -> str:
    """The verdict over the ranges; of regions nothing is certain but what holds of the country in one place.

    Shares of regions stay at their centre at every corner. Of them alone it is known that no others would do.
    """
    optimistic, uncertain = str(generous.cells["verdict"]), central.uncertain
    if generous.one is not None:
        _, anywhere = generous.one
        uncertain = uncertain and anywhere in ("outside", "empty")
        optimistic = "outside" if optimistic == "empty" and anywhere != "empty" else optimistic
    return strength(str(central.cells["verdict"]), optimistic, uncertain=uncertain)


_FEW = 4  # cases that are not worth a second process


class VerdictRow(NamedTuple):
    """One row of the table.

    Args:
        case: which rung it is about.
        cells: of the table.
        uncertain: whether any number of it is uncertain.
        one: where there are regions, share and verdict of the country in one place.
        found: what stands behind it, and where there are regions the same of the country in one place, if that is kept.
        proofs: else the proofs, as they are written.
    """

    case: Case
    cells: dict[str, object]
    uncertain: bool
    one: tuple[float, str] | None = None
    found: tuple[Attainment, ...] = ()
    proofs: tuple[Written, ...] = ()


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
) -> Iterator[list[VerdictRow]]:
    """Rows of every job; with more than a few cases on all cores, in order."""
    each = ((question, facts, corner, cases) for facts, _, corner, cases in jobs)
    if size < _FEW:
        results: Iterator[list[VerdictRow]] = (_rows(*job, in_words=written) for job in each)
    else:
        from joblib import Parallel, delayed

        results = Parallel(n_jobs=-1, return_as="generator")(delayed(_rows)(*job, in_words=written) for job in each)
    for job, rows in zip(jobs, results, strict=True):
        tick(f"{job[1]}, {job[2]}")
        yield rows


def _rows(
    question: Question, economy: Economy, corner: str, cases: tuple[Case, ...], *, in_words: bool
) -> list[VerdictRow]:
    """All cases of one scenario at one corner."""
    facts = economy.at_corner(corner)
    whole, sessions = Arrays(facts), (_session(corner), _session(corner))
    country = Arrays(undivided(facts)) if whole.regional else None
    rows: list[VerdictRow] = []
    script = _Script()
    proofs: dict[tuple[str, bool], dict[bytes, Certificate | None]] = {}
    floors: tuple[dict[str, float], dict[str, float]] = {}, {}
    for (plan, annual), same in groupby(cases, key=lambda case: (case.plan, case.annual)):
        single = country if country is not None and asks(country, question, plan) else None
        uncertain = len(UncertainNumbers.of(facts, plan)) > 0 and (single is not None or not whole.regional)
        arrays = Arrays(year_before(facts, plan)) if annual else whole
        known = [proofs.setdefault((arrays.periods[0] if annual else "", one), {}) for one in (False, True)]
        for case in same:
            asked = replace(question, objective="attainment", floor=case.floor)
            official = formulate(arrays, asked, plan)
            ensure_figures(official)
            growth = attain(formulate(arrays, replace(asked, basis="growth"), plan), sessions[0], proof=False)
            for figures in ("official", "modest"):
                posed = official if figures == "official" else formulate(arrays, asked, plan, figures=figures)
                one = None
                if single is not None:
                    in_one = formulate(single, asked, plan, figures=figures)
                    one = attain(in_one, sessions[1], known=known[1], figures=figures)
                level = _level(posed, one, sessions[0], figures, known[0])
                cells = _cells(case, asked, corner, figures, level, growth if figures == "official" else None)
                cells["highest_floor"] = _kept(level, one, floors) if level.empty else float("nan")
                found, of_one = [level], None
                if one is not None:
                    of_one = one.share, one.verdict
                    found.append(_of_one_place(one))
                proved = tuple(script.written(case, some) for some in found) if in_words else ()
                kept = () if in_words else tuple(found)
                rows.append(
                    VerdictRow(
                        case, cells, uncertain, of_one, kept, tuple(proof for proof in proved if proof is not None)
                    )
                )
    return rows


def _level(
    posed: Formulation, one: Attainment | None, session: Session, figures: str, known: dict[bytes, Certificate | None]
) -> Attainment:
    """θ* and its proof; where the country in one place has no plan, that is the proof for every division of it."""
    empty = one is not None and one.verdict == "empty"
    level = attain(posed, session, proof=not empty, figures=figures, known=known)
    return replace(level, decided="empty") if empty and level.empty else level


def _kept(level: Attainment, one: Attainment | None, floors: tuple[dict[str, float], dict[str, float]]) -> float:
    """The highest floor that some plan keeps; none, where there is none for the country in one place."""
    if one is not None and one.empty and isnan(bears(one.formulation, floors[1])):
        return float("nan")
    return bears(level.formulation, floors[0])


class _Script:
    """Proofs as they are written one after another, each claim once: where no plan is, one proof serves all."""

    def __init__(self) -> None:
        self.text, self.told = Lines(), set[str]()

    def written(self, case: Case, found: Attainment) -> Written | None:
        """The proof of what was found of a case, if there is one that was not written before."""
        proof = found.certificate
        claim = f"{case.label}: {proof.claim}" if proof is not None else ""
        if proof is None or claim in self.told:
            return None
        certificate, origin = replace(proof, claim=claim), came_from(found.formulation.economy.tables)
        now = program_lines(certificate.program, origin, declared=certificate.declared)
        changes = variant_lines(self.text, now) if self.text else now
        self.told.add(claim)
        self.text = now
        return Written(claim, changes, table(certificate))


def _session(corner: str) -> Session:
    """A solver for a corner; multipliers of what has no plan are read of the central values alone."""
    return Session(SolveOptions(rays=corner == CORNERS[0]))


def _of_one_place(found: Attainment) -> Attainment:
    """What was found of the country in one place, its proof called so."""
    proof = found.certificate
    return found if proof is None else replace(found, certificate=replace(proof, claim=in_one_place(proof.claim)))


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
