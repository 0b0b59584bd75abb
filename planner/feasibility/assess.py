"""The whole answer for one plan: how far outside, why, what it would have taken, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from planner.economy import DataError, load
from planner.economy.annual import year_before
from planner.feasibility.alone import each_alone, leave_out
from planner.feasibility.attainment import INSIDE, Attainment, attain, ensure_figures
from planner.feasibility.balanced import Balanced, balanced
from planner.feasibility.caveats import judgements
from planner.feasibility.decomposition import decompose, shared_floor
from planner.feasibility.flips import Flips, flips
from planner.feasibility.horizon import earlier, year_reached
from planner.feasibility.plan_conflicts import Conflicts, conflicts_of
from planner.feasibility.relaxation import relax
from planner.feasibility.shortfall import MostMet, least_shortfall, most_met
from planner.feasibility.verdicts import Case, ladder
from planner.formulation import Formulation, formulate
from planner.program import Vector
from planner.solver.certificate import Certificate
from planner.solver.highs import Session

Tick = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Assessment:
    """Everything found about one plan, under one scenario and one closure of consumption.

    Args:
        attained: θ* at the central values with its proof; generous: the same for the modest end of the figures at the
            optimistic corner, on which "certainly" rests; balanced: shares and the plan that has them.
        verdicts: the case at every corner, by level and by growth, for official and modest figures.
        alone, held, without: readings of each target (``each_alone``), shape (targets,).
        missed: shares missed where their weighted sum is least, shape (targets,); met: most targets met in full.
        relaxation, leave_one_out, conflicts, horizon, decomposition: the further measures as tables.
        earlier_share: θ* with everything due one period earlier.
        flips: single numbers that would turn the verdict; judgements: what the data's curator decided after seeing one.
    """

    attained: Attainment
    generous: Attainment
    verdicts: pd.DataFrame
    judgements: tuple[str, ...] = ()
    balanced: Balanced | None = None
    alone: Vector | None = None
    held: Vector | None = None
    without: Vector | None = None
    missed: Vector | None = None
    met: MostMet | None = None
    relaxation: pd.DataFrame = field(default_factory=pd.DataFrame)
    leave_one_out: pd.DataFrame = field(default_factory=pd.DataFrame)
    conflicts: Conflicts | None = None
    horizon: pd.DataFrame = field(default_factory=pd.DataFrame)
    decomposition: pd.DataFrame = field(default_factory=pd.DataFrame)
    earlier_share: float = float("nan")
    flips: Flips | None = None

    def reading(self, name: str) -> Vector:
        """A reading of every target by name (alone, held, without, missed, share); ``nan`` where the region is empty."""
        values = (self.balanced.shares if self.balanced else None) if name == "share" else getattr(self, name)
        return (
            np.full(len(self.formulation.targets.frame), np.nan) if values is None else np.asarray(values, dtype=float)
        )

    @property
    def formulation(self) -> Formulation:
        """What was asked, at the central values."""
        return self.attained.formulation

    @property
    def proofs(self) -> dict[str, Certificate | None]:
        """Certificates by the name of their folder, the central one first."""
        return {"central": self.attained.certificate, "optimistic": self.generous.certificate}

    @property
    def verdict(self) -> str:
        """The verdict over the ranges of the data."""
        return str(self.verdicts["verdict_over_ranges"].iloc[0])

    def attainment(self, corner: str, figures: str = "official", column: str = "attainment") -> float:
        """θ* at a corner, from the table of verdicts."""
        rows = self.verdicts[(self.verdicts["corner"] == corner) & (self.verdicts["figures"] == figures)]
        return float(rows[column].iloc[0])


def assess(
    formulation: Formulation, *, against: str | None = "realised", years: int = 15, tick: Tick = lambda _: None
) -> Assessment:
    """Find everything about one plan.

    Args:
        formulation: a plan's question at the central values, as ``planner.planning.pose`` states it.
        against: scenario of what happened, for the decomposition; ``None`` to leave that out.
        years: how many periods later the figures may at most be due.
        tick: told what is being worked on.
    """
    economy, plan, annual = formulation.economy, formulation.plan, formulation.question.annual
    question = replace(formulation.question.in_parts, objective="attainment")
    formulation = formulate(formulation.facts, question, plan)
    ensure_figures(formulation)
    session = Session()
    tick("attainment and its proof")
    attained = attain(formulation, session)
    tick("corners of the ranges")
    original = economy.folder.as_posix()
    verdicts = ladder(
        original, question, [Case(plan, economy.scenario or "base", question.floor, annual)], sets=economy.sets
    )
    found: dict[str, Any] = {
        "attained": attained,
        "generous": _generous(formulation, original, annual, session),
        "verdicts": verdicts,
        "judgements": judgements(economy),
    }
    if attained.share < INSIDE or not attained.solution.optimal:
        tick("smallest conflicts and cures")
        found["conflicts"] = conflicts_of(formulation)
    if attained.solution.optimal:
        found |= _of_targets(attained, session, tick)
        if not annual:  # one year from the state before it has no other date, and its state is not a scenario's
            found |= _of_dates_and_data(attained, original, against, years, tick)
    return Assessment(**found)


def _of_targets(attained: Attainment, session: Session, tick: Tick) -> dict[str, Any]:
    """Every reading of the targets, and what meeting them would have taken."""
    formulation, share = attained.formulation, attained.share
    tick("every target alone")
    readings = each_alone(formulation, share, session)
    tick("targets left out")
    without = leave_out(formulation, readings.without, share, session)
    tick("balanced shares")
    shares = balanced(formulation, session)
    tick("shortfalls")
    missed, met = least_shortfall(formulation), most_met(formulation)
    tick("what it would have taken")
    return {
        "balanced": shares, "alone": readings.alone, "held": readings.held, "without": readings.without, "missed": missed,
        "met": met, "relaxation": relax(formulation, share), "leave_one_out": without,
    }  # fmt: skip


def _of_dates_and_data(
    attained: Attainment, original: str, against: str | None, years: int, tick: Tick
) -> dict[str, Any]:
    """Other dates, other assumptions, and single numbers that would turn the verdict."""
    formulation = attained.formulation
    economy, question, plan = formulation.economy, formulation.question, formulation.plan
    horizon = year_reached(economy, question, plan, years, lambda label: tick(f"figures due in {label}"))
    moved = attain(formulate(earlier(economy, plan), question, plan), proof=False)
    tick("from the plan's assumptions to what happened")
    decomposition = _decomposed(formulation, original, against, tick)
    tick("numbers that would turn the verdict")
    turning = _flips(formulation, original, attained.share, tick)
    return {"horizon": horizon, "earlier_share": moved.share, "decomposition": decomposition, "flips": turning}


def _generous(formulation: Formulation, original: str, annual: bool, session: Session) -> Attainment:
    """The modest end of the figures at the optimistic corner."""
    economy = formulation.economy
    facts = load(original, scenario=economy.scenario or "base", corner="optimistic", sets=economy.sets)
    if annual:
        facts = year_before(facts, formulation.plan)
    modest = formulate(facts, formulation.question, formulation.plan, figures="modest")
    return attain(modest, session, figures="modest")


def _decomposed(formulation: Formulation, original: str, against: str | None, tick: Tick) -> pd.DataFrame:
    economy = formulation.economy
    if against is None or against == economy.scenario:
        return pd.DataFrame()
    try:
        happened = load(original, scenario=against, sets=economy.sets)
    except DataError:
        return pd.DataFrame()  # an economy without such a scenario has nothing to be compared with
    question = replace(formulation.question, floor=shared_floor(happened, formulation.question))
    table = decompose(economy, happened, question, formulation.plan, tick)
    return table.assign(floor=str(question.floor), against=against)


def _flips(formulation: Formulation, original: str, share: float, tick: Tick) -> Flips:
    economy = formulation.economy
    corner = "pessimistic" if share >= INSIDE else "optimistic"
    other = load(original, scenario=economy.scenario or "base", corner=corner, sets=economy.sets)
    return flips(economy, other, formulation.question, formulation.plan, tick)
