"""Official figures as rows of the program, and the share θ to which all are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays import Arrays, Labels
from planner.formulation.measures import functional
from planner.formulation.question import SHARE_OF
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Rows, Variable, Vector

Terms = list[tuple[str, str, str]]


@dataclass(frozen=True, eq=False)
class Targets:
    """The targets of one plan, one element a target.

    A target is reached to the share θ when ``at_least``: Gx ≥ base + θ(official − base); ``at_most``: Gx ≤ (2 − θ)
    official. ``base`` is 0 on the level basis. Hard targets and (on the growth basis) targets at or below the base hold in
    full at every θ.

    Args:
        frame: the rows of the targets table, in order.
        terms: measure, item and period of each.
        official: the official figure, in the target's unit.
        base: the figure growth is counted from.
        scaled: whether θ scales the target.
        share: the attainment variable θ.
    """

    frame: pd.DataFrame
    terms: Terms
    official: Vector
    base: Vector
    scaled: npt.NDArray[np.bool_]
    share: Variable

    def in_full(self) -> Targets:
        """The same targets with the common share held at one."""
        return replace(self, share=replace(self.share, lower=np.ones(1), upper=np.ones(1)))

    @cached_property
    def at_most(self) -> npt.NDArray[np.bool_]:
        """Where less is better."""
        return self._sense("at_most")

    @cached_property
    def exactly(self) -> npt.NDArray[np.bool_]:
        """Where neither more nor less is wanted."""
        return self._sense("exactly")

    def _sense(self, name: str) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = self.frame["sense"].to_numpy(dtype=object) == name
        return found

    @property
    def span(self) -> Vector:
        """What a share of one is worth in the target's unit: official less base, shape (targets,)."""
        return self.official - self.base


def targets_of(
    facts: Arrays,
    plan: str,
    *,
    basis: str = "level",
    groups: Sequence[str] = (),
    without: Sequence[str] = (),
    figures: str = "official",
) -> Targets:
    """The targets of a plan; a figure of zero cannot be shared and is left out unless it is hard.

    Args:
        facts: the economy as arrays.
        plan: name of the plan.
        basis: ``level`` or ``growth`` (over the base period's preferred actuals).
        groups: groups of products whose output figures alone are taken; empty for all figures.
        without: items whose targets are left out.
        figures: ``official``, or which end of targets given as ranges: ``modest`` (easier to meet) or ``ambitious``.
    """
    frame = facts.tables["targets"]
    asked = asked_for(frame, figures)
    hard = facts.labels("targets", "hard") == "yes"
    kept = (facts.labels("targets", "plan") == plan) & ((asked != 0) | hard)
    if groups:
        group = dict(zip(facts.products, facts.labels("products", "group"), strict=True))
        kept &= ((frame["measure"] == "output") & frame["item"].map(group).isin(groups)).to_numpy()
    if without:
        kept &= ~frame["item"].isin(without).to_numpy()
    frame, official = frame[kept].reset_index(drop=True), asked[kept]
    base = base_figures(facts, frame) if basis == "growth" else np.zeros(len(frame))
    base = np.where(facts.labels("targets", "sense")[kept] == "at_most", 0.0, base)
    scaled = ~hard[kept] & (official > base)
    one = np.array([SHARE_OF[basis]], object)
    share = Variable("attainment", (), (), np.zeros(1), np.full(1, np.inf), one)
    return Targets(
        frame, list(zip(frame["measure"], frame["item"], frame["period"], strict=True)), official, base, scaled, share
    )


def asked_for(frame: pd.DataFrame, figures: str) -> Vector:
    """The figure asked of each row of a targets table: the official one, or an end of its range."""
    if figures == "official":
        return frame["value"].to_numpy(dtype=float)
    low_is_easy = (frame["sense"] != "at_most").to_numpy() == (figures == "modest")
    exact = (frame["sense"] == "exactly").to_numpy()
    ends = np.where(low_is_easy, frame["low"].to_numpy(dtype=float), frame["high"].to_numpy(dtype=float))
    return np.where(exact, frame["value"].to_numpy(dtype=float), ends)


def base_figures(facts: Arrays, frame: pd.DataFrame) -> Vector:
    """What each target's measure stood at in the base period; 0 where no actual says so, 1 for the consumption level."""
    actuals = facts.tables["actuals"]
    known = actuals[(actuals["period"] == facts.economy.base_period) & (actuals["preferred"] == "yes")]
    value = dict(zip(zip(known["measure"], known["item"], strict=True), known["value"], strict=True))
    value.setdefault(("consumption", "*"), 1.0)
    return np.array([value.get(key, 0.0) for key in zip(frame["measure"], frame["item"], strict=True)], dtype=float)


def _keys(targets: Targets, chosen: npt.NDArray[np.bool_]) -> tuple[Labels, ...]:
    return tuple(targets.frame[axis].to_numpy(dtype=object)[chosen] for axis in ("measure", "item", "period"))


@family(
    "target",
    algebra="Gx ≥ base + θ(g − base)",
    index=("measure", "item", "period"),
    unit="unit of the target",
    says="Every official figure is reached to the share θ; hard ones in full.",
    reads=("targets",),
)
def target(facts: Arrays, plan: Variables) -> Rows:
    """One row a target; its sense and share as in ``Targets``."""
    targets = plan.targets
    sign = np.where(targets.at_most, 1.0, -1.0)
    scale = np.where(targets.scaled, sign * targets.span, 0.0)
    body = functional(facts, plan, targets.terms) + _column(scale) @ targets.share
    if plan.missed.size:
        body = body + Matrix(np.diag(-scale)) @ plan.missed
    floor = np.where(targets.scaled, targets.base, targets.official)
    ceiling = np.where(targets.scaled, 2.0 * targets.official, targets.official)
    exact_and_hard = targets.exactly & ~targets.scaled
    lower = np.where(targets.at_most, -np.inf, floor)
    upper = np.where(targets.at_most | exact_and_hard, ceiling, np.inf)
    everything = np.ones(len(targets.frame), bool)
    return Rows(body, lower, upper, _keys(targets, everything), targets.frame["unit"].to_numpy(dtype=object))


@family(
    "target_ceiling",
    algebra="Gx ≤ (2 − θ)g",
    index=("measure", "item", "period"),
    unit="unit of the target",
    says="A figure to be met exactly is overshot by no more than others fall short.",
    part_of="target",
    reads=("targets",),
)
def target_ceiling(facts: Arrays, plan: Variables) -> Rows:
    """The other side of targets whose sense is ``exactly``."""
    targets = plan.targets
    chosen = targets.exactly & targets.scaled
    terms = [term for term, keep in zip(targets.terms, chosen, strict=True) if keep]
    body = functional(facts, plan, terms) + _column(targets.span[chosen]) @ targets.share
    if plan.missed.size:
        body = body + Matrix(np.diag(-targets.span)[chosen]) @ plan.missed
    units = targets.frame["unit"].to_numpy(dtype=object)[chosen]
    upper = targets.official[chosen] + targets.span[chosen]
    return Rows(body, np.full(len(terms), -np.inf), upper, _keys(targets, chosen), units)


def _column(values: Vector) -> Matrix:
    return Matrix(values[:, None])
