"""The whole answer for one plan: how far outside, why, what it would have taken, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE, Attainment, attain, ensure_figures
from planner.analysis.feasibility.conflicts import PlanConflicts, conflicts_of
from planner.analysis.feasibility.decomposition import decompose
from planner.analysis.feasibility.horizon import earlier, year_reached
from planner.analysis.feasibility.households import bears, shared_floor
from planner.analysis.feasibility.regions import Matching, country_of, has_regional_figures, match
from planner.analysis.feasibility.relaxation import relax
from planner.analysis.feasibility.shortfall import MostMet, least_shortfall, most_met
from planner.analysis.feasibility.switching_values import SwitchingValues, switching_values
from planner.analysis.feasibility.target_readings import each_alone, leave_out, proofs_without
from planner.analysis.feasibility.verdicts import Case, in_one_place_table, judged, verdict_table
from planner.analysis.shares.conditioning import share_changes
from planner.analysis.shares.settled import Settled, settle
from planner.economy import Economy
from planner.economy.places.undivided import undivided
from planner.formulation import Formulation, formulate
from planner.program import Vector
from planner.proof.certificate import Certificate
from planner.solver.highs import Session

Tick = Callable[[str], None]

REGIONAL = 12  # conflicts and cures that are listed with regions, and half of it by region: each is far more work
WHAT_HAPPENED = "*"  # in place of a scenario: the one that the economy itself names as what happened


@dataclass(frozen=True, eq=False)
class Assessment:
    """Everything found about one plan, under one scenario and one closure of consumption.

    Args:
        attained: θ* at the central values with its proof.
        generous: the same for the modest end of the figures at the optimistic corner, on which "certainly" rests.
        verdicts: the case at every corner, by level and by growth, for official and modest figures.
        cases: what stands behind each of its rows, by corner and end of the figures; with regions, of the country in one place
            as well.
        anywhere: where there are regions, the country in one place, as a table.
        claims: proofs that no growth of some limits would do, and that the rest stays out of reach without some figure.
        judgements: what the data's curator decided after seeing a verdict.
        left_out: what could not be found and why, in sentences.
        bears: where the feasible set is empty at a corner, the highest floor that some plan keeps there, by corner.
        against: scenario of what happened, as it was asked for.
        years: how many periods later figures might be due.
        settled: shares and the plan that has them.
        moves: largest change of each share where the data move a little (``share_changes``), shape (targets,).
        alone: a reading of each target (``each_alone``), shape (targets,).
        held: likewise.
        without: likewise.
        missed: shares missed where their weighted sum is least, shape (targets,).
        met: most targets met in full.
        relaxation: what meeting them would have taken, as a table.
        regional_relaxation: the same of all that there is in each region, likewise.
        leave_one_out: θ* without single targets and pairs, likewise.
        conflicts: smallest conflicts and cures.
        by_region: the same by region over all items, where there are regions.
        horizon: later dates, as a table.
        decomposition: from the plan's assumptions to what happened, likewise.
        earlier_share: θ* with everything due one period earlier.
        switching_values: single numbers that would turn the verdict.
        matching: where the plan has figures of regions, what can be had of these, of the country's, and of all.
    """

    attained: Attainment
    generous: Attainment
    verdicts: pd.DataFrame
    cases: Mapping[tuple[str, str], tuple[Attainment, ...]] = field(default_factory=dict)
    anywhere: pd.DataFrame = field(default_factory=pd.DataFrame)
    claims: tuple[Certificate, ...] = ()
    judgements: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    bears: Mapping[str, float] = field(default_factory=dict)
    against: str | None = WHAT_HAPPENED
    years: int = 15
    settled: Settled | None = None
    moves: Vector | None = None
    alone: Vector | None = None
    held: Vector | None = None
    without: Vector | None = None
    missed: Vector | None = None
    met: MostMet | None = None
    relaxation: pd.DataFrame = field(default_factory=pd.DataFrame)
    regional_relaxation: pd.DataFrame = field(default_factory=pd.DataFrame)
    leave_one_out: pd.DataFrame = field(default_factory=pd.DataFrame)
    conflicts: PlanConflicts | None = None
    by_region: PlanConflicts | None = None
    horizon: pd.DataFrame = field(default_factory=pd.DataFrame)
    decomposition: pd.DataFrame = field(default_factory=pd.DataFrame)
    earlier_share: float = float("nan")
    switching_values: SwitchingValues | None = None
    matching: Matching | None = None

    def reading(self, name: str) -> Vector:
        """A reading of every target by name (alone, held, without, missed, share, moves); ``nan`` where there is none."""
        values = (self.settled.shares if self.settled else None) if name == "share" else getattr(self, name)
        return (
            np.full(len(self.formulation.targets.frame), np.nan) if values is None else np.asarray(values, dtype=float)
        )

    @property
    def formulation(self) -> Formulation:
        """What was asked, at the central values."""
        return self.attained.formulation

    @property
    def proofs(self) -> dict[str, Certificate]:
        """Certificates of everything that is called proved, by the name of the claim; that of the central values first."""
        found = [attained.certificate for one_and_all in self.cases.values() for attained in one_and_all]
        found += [*self.claims, *(claim for some in (self.conflicts, self.by_region) if some for claim in some.claims)]
        return {proof.claim: proof for proof in found if proof is not None}

    @property
    def verdict(self) -> str:
        """The verdict over the ranges of the data."""
        return str(self.verdicts["verdict_over_ranges"].iloc[0])

    @property
    def in_one_place(self) -> dict[str, Attainment]:
        """Where there are regions, the country in one place: at the centre the official figures, else their modest ends."""
        ends = {"central": "official", "optimistic": "modest"}
        return {at: level[1] for at, which in ends.items() if len(level := self.cases.get((at, which), ())) > 1}

    def attainment(self, corner: str, figures: str = "official", column: str = "attainment") -> float:
        """θ* at a corner, from the table of verdicts."""
        rows = self.verdicts[(self.verdicts["corner"] == corner) & (self.verdicts["figures"] == figures)]
        return float(rows[column].iloc[0])


def assess(
    formulation: Formulation, *, against: str | None = WHAT_HAPPENED, years: int = 15, tick: Tick = lambda _: None
) -> Assessment:
    """Find everything about one plan.

    Args:
        formulation: a plan's question, as ``planner.answers.solve.pose`` states it; it is asked at every corner of the ranges.
        against: scenario of what happened, for the decomposition; ``*`` for the one the economy names, ``None`` to leave
            that out.
        years: how many periods later the figures may at most be due.
        tick: told what is being worked on.

    Raises:
        DataError: there is no such scenario, or it cannot be had of an economy changed in memory.
    """
    economy, plan = formulation.economy.at_corner("central"), formulation.plan
    annual = formulation.question.annual
    by_rule = formulation.question.sought.reading == "balanced"
    question = replace(formulation.question.in_parts, objective="balanced" if by_rule else "attainment")
    formulation = formulate(formulation.facts if economy is formulation.economy else economy, question, plan)
    ensure_figures(formulation)
    happened, left_out = _happened(economy, against) if not annual else (None, ())
    session = Session()
    tick("attainment and its proof, at every corner of the ranges")
    every = [Case(plan, economy.scenario or "base", question.floor, annual)]
    cases = judged(economy, question, every)
    by = {(str(row.cells["corner"]), str(row.cells["figures"])): row.found for row in cases}
    attained, generous = by["central", "official"][0], by["optimistic", "modest"][0]
    formulation = attained.formulation
    found: dict[str, Any] = {
        "attained": attained,
        "generous": generous,
        "verdicts": verdict_table(question, every, cases),
        "cases": by,
        "anywhere": in_one_place_table(question, cases),
        "against": against,
        "years": years,
        "judgements": tuple(economy.tables["judgements"]["text"]),
        "left_out": left_out,
    }
    found["bears"] = {a.formulation.economy.corner: bears(a.formulation) for a in (attained, generous) if a.empty}
    if attained.share < INSIDE or not attained.solution.optimal:
        tick("smallest conflicts and cures")
        if not formulation.facts.regional:
            found["conflicts"] = conflicts_of(formulation)
        else:
            found["conflicts"] = conflicts_of(formulation, most=REGIONAL)
            found["by_region"] = conflicts_of(formulation, most=REGIONAL // 2, by_region=True)
    if attained.solution.optimal:
        found |= _of_targets(attained, session, tick)
        if has_regional_figures(formulation):
            tick("figures of regions")
            found["matching"] = match(formulation, session, attained.solution)
        if not annual:  # one year from the state before it has no other date, and its state is not a scenario's
            turned = by["pessimistic" if attained.share >= INSIDE else "optimistic", "official"][0].formulation.economy
            found |= _of_dates_and_data(attained, happened, turned, years, tick)
    return Assessment(**found)


def _happened(economy: Economy, against: str | None) -> tuple[Economy | None, tuple[str, ...]]:
    """The economy as it turned out, and what is left out for want of it."""
    scenario = economy.backtest_scenario if against == WHAT_HAPPENED else against
    if not scenario or scenario == (economy.scenario or "base"):
        return None, ()
    if against == WHAT_HAPPENED and economy.modified:
        said = (
            f"The decomposition is left out: {', '.join(economy.modified)} changed in memory, so what happened cannot be "
            f'taken from the scenario "{scenario}".'
        )
        return None, (said,)
    return economy.in_scenario(scenario), ()


def _of_targets(attained: Attainment, session: Session, tick: Tick) -> dict[str, Any]:
    """Every reading of the targets, and what meeting them would have taken."""
    formulation, share = attained.formulation, attained.share
    tick("every target alone")
    readings = each_alone(formulation, share, session)
    tick("targets left out")
    without = leave_out(formulation, readings.without, share, session)
    tick("shares of the targets")
    settled = settle(formulation, session)
    tick("shares where the data move a little")
    moves = share_changes(formulation, settled.proportional) if settled.proportional is not None else None
    tick("shortfalls")
    missed, met = least_shortfall(formulation), most_met(formulation)
    tick("what it would have taken")
    relaxation = relax(formulation, share)
    tick("proofs")
    return {
        "settled": settled,
        "moves": moves,
        "alone": readings.alone,
        "held": readings.held,
        "without": readings.without,
        "missed": missed,
        "met": met,
        "relaxation": relaxation.table,
        "regional_relaxation": relaxation.by_region,
        "leave_one_out": without,
        "claims": (*relaxation.claims, *proofs_without(formulation, readings.without)),
    }


def _of_dates_and_data(
    attained: Attainment, happened: Economy | None, turned: Economy, years: int, tick: Tick
) -> dict[str, Any]:
    """Other dates, other assumptions, and single numbers that would turn the verdict; ``turned`` is the corner towards that."""
    formulation = attained.formulation
    economy, question, plan = formulation.economy, formulation.question, formulation.plan
    horizon = year_reached(economy, question, plan, years, lambda label: tick(f"figures due in {label}"))
    moved = attain(formulate(earlier(economy, plan), question, plan), proof=False)
    tick("from the plan's assumptions to what happened")
    decomposition = _decomposed(formulation, happened, tick) if happened is not None else pd.DataFrame()
    tick("numbers that would turn the verdict")
    turning = switching_values(economy, turned, question, plan, tick)
    return {
        "horizon": horizon,
        "earlier_share": moved.share,
        "decomposition": decomposition,
        "switching_values": turning,
    }


def _decomposed(formulation: Formulation, happened: Economy, tick: Tick) -> pd.DataFrame:
    """The decomposition; with regions, that of the country in one place: regions have their shares in either case."""
    planned, country = formulation.economy, country_of(formulation.economy, formulation.question, formulation.plan)
    if country is not None:
        planned, happened = country, undivided(happened)
    question = replace(formulation.question, floor=shared_floor(happened, formulation.question))
    table = decompose(planned, happened, question, formulation.plan, tick)
    floor = "" if question.floor_in_force is None else str(question.floor)
    return table.assign(floor=floor, against=happened.scenario or "base")
