"""Official figures as rows of the program, and the share θ to which all are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES
from planner.formulation.measures import functional, unit_of
from planner.formulation.named import SHARE_OF, TARGET, Definition
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Codes, Expression, Matrix, Rows, Variable, Vector

Terms = list[tuple[str, str, str]]
Mask = npt.NDArray[np.bool_]

_AXES = ("measure", "item", "period")
_ROUNDING = (1e-6, 1e-9)  # of a figure, and in its unit: what a plan misses by no more is met


@dataclass(frozen=True, eq=False)
class Targets:
    """The targets of one plan, one element a target.

    A target is a floor (``at_least``), a cap (``at_most``) or both (``exactly``). A floor is reached to the share θ:
    Mx ≥ base + θ(official − base); ``base`` is 0 on the level basis. A cap holds in full at every θ: Mx ≤ official; only
    where its row says ``scales = yes`` is it eased, to Mx ≤ official + (1 − θ)(official − base). Hard targets, and floors
    at or below the base, hold in full too: a floor of 0 asks nothing, a cap of 0 allows nothing.

    Every measure of distance goes by this: what holds in full is part of the feasible set and is given up in none of them.

    Args:
        frame: the rows of the targets table, in order.
        terms: measure, item and period of each.
        official: the official figure, in the target's unit.
        base: the figure growth is counted from.
        lifted: whether θ scales its floor.
        eased: whether θ eases its cap.
        share: the attainment variable θ.
    """

    frame: pd.DataFrame
    terms: Terms
    official: Vector
    base: Vector
    lifted: Mask
    eased: Mask
    share: Variable

    def in_full(self) -> Targets:
        """The same targets with the common share held at one."""
        return replace(self, share=replace(self.share, lower=np.ones(1), upper=np.ones(1)))

    @cached_property
    def at_most(self) -> Mask:
        """Where there is a cap alone: less is better."""
        return self._sense("at_most")

    @cached_property
    def floor(self) -> Mask:
        """Where there is a least figure, whether θ scales it or not."""
        return ~self.at_most

    @cached_property
    def cap(self) -> Mask:
        """Where there is a greatest figure, whether θ eases it or not."""
        return ~self._sense("at_least")

    @cached_property
    def scaled(self) -> Mask:
        """Whether anything of a target depends on θ; the others hold in full."""
        return self.lifted | self.eased

    @cached_property
    def held(self) -> Mask:
        """Which have a side that holds in full and asks something: a part of the feasible set, beside its floors and balances."""
        return (self.cap & ~self.eased) | (self.floor & ~self.lifted & (self.official > 0))

    @cached_property
    def first_of_period(self) -> Codes:
        """Position of the first scaled target of the same periods as each, its own where it is not scaled, shape (targets,)."""
        own, periods = np.arange(len(self.frame)), self.frame["period"].to_numpy(dtype=object)
        same = (periods[:, None] == periods) & self.scaled
        return np.where(self.scaled, same.argmax(axis=1), own) if len(own) else own

    @property
    def kept(self) -> str:
        """What every plan of the feasible set keeps, in words."""
        return "the floors, the balances and the figures held in full" if self.held.any() else "the floors and balances"

    def _sense(self, name: str) -> Mask:
        found: Mask = self.frame["sense"].to_numpy(dtype=object) == name
        return found

    @property
    def span(self) -> Vector:
        """What a share of one is worth in the target's unit: official less base, shape (targets,)."""
        return self.official - self.base

    @cached_property
    def names(self) -> list[str]:
        """Measure, item and period of each, and its sense where that is not the usual one: each name once."""
        senses = self.frame["sense"]
        return [
            " ".join([*term, *([] if sense == "at_least" else [str(sense)])])
            for term, sense in zip(self.terms, senses, strict=True)
        ]

    @cached_property
    def manner(self) -> list[str]:
        """How each is asked, in words: to the share reached, or why it holds in full."""
        hard = (self.frame["hard"] == "yes").to_numpy()
        words = np.full(len(hard), "in full: not above the base period", object)
        words[self.cap] = "in full: a cap that leaves no room for a share"
        words[self.at_most] = "in full: a cap"
        words[hard] = "in full: hard"
        words[~self.scaled & ~self.held] = "in full: a floor of 0 asks nothing"
        words[self.scaled] = "to the share reached"
        words[self.scaled & self.held] = "to the share reached, and never more than in full"
        return [str(word) for word in words]

    def figures(self, shares: Vector) -> Vector:
        """The figure of each target at a share: base + share × (official − base), of an eased cap the greatest it allows."""
        up = self.base + shares * self.span
        down = self.official + (1.0 - shares) * self.span
        return np.where(self.lifted, up, np.where(self.eased, down, self.official))

    def shares_at(self, figures: Vector) -> Vector:
        """The share of each target at which a plan's figures stand; of one to be met exactly, the worse side counts.

        A side that holds in full has a share of 1 where it is met; else a floor has the part that is reached, a cap the
        official figure as a part of the plan's.

        Args:
            figures: in the units of the targets, shape (targets,).
        """
        span = np.where(self.scaled, self.span, 1.0)
        slack = _ROUNDING[0] * self.official + _ROUNDING[1]
        reached = np.where(
            figures >= self.official - slack, 1.0, figures / np.where(self.official > 0, self.official, 1.0)
        )
        passed = np.where(figures <= self.official + slack, 1.0, self.official / np.where(figures > 0, figures, 1.0))
        up = np.where(self.lifted, (figures - self.base) / span, reached)
        down = np.where(self.eased, 1.0 + (self.official - figures) / span, passed)
        worse = np.minimum(np.where(self.floor, up, np.inf), np.where(self.cap, down, np.inf))
        return np.where(np.isnan(figures), np.nan, worse)


def targets_of(
    facts: Arrays,
    plan: str,
    *,
    basis: str = "level",
    groups: Sequence[str] = (),
    without: Sequence[str] = (),
    figures: str = "official",
) -> Targets:
    """The targets of a plan, all of them: what a figure of zero asks is told in ``Targets.manner``.

    Args:
        facts: the economy as arrays.
        plan: name of the plan.
        basis: ``level`` or ``growth`` (over the base period's preferred actuals).
        groups: groups of products whose output figures alone are taken; empty for all figures.
        without: items whose targets are left out.
        figures: ``official``, or which end of targets given as ranges: ``modest`` (easier to meet) or ``ambitious``.
    """
    frame = facts.tables["targets"]
    kept = facts.labels("targets", "plan") == plan
    if groups:
        group = dict(zip(facts.products, facts.labels("products", "group"), strict=True))
        kept &= ((frame["measure"] == "output") & frame["item"].map(group).isin(groups)).to_numpy()
    if without:
        kept &= ~frame["item"].isin(without).to_numpy()
    frame, official = in_units(facts, frame[kept].reset_index(drop=True)), asked_for(frame, figures)[kept]
    sense, soft = frame["sense"].to_numpy(dtype=object), (frame["hard"] != "yes").to_numpy()
    base = base_figures(facts, frame) if basis == "growth" else np.zeros(len(frame))
    base = np.where(sense == "at_most", 0.0, base)
    open_to_share = soft & (official > base)
    eased = open_to_share & (sense != "at_least") & (frame["scales"] == "yes").to_numpy()
    lifted = open_to_share & (sense != "at_most")
    most = np.inf if (lifted | eased).any() or not len(frame) else 1.0  # where all hold in full, the share is one
    one = np.array([SHARE_OF[basis]], object)
    share = Variable("attainment", (), (), np.zeros(1), np.full(1, most), one)
    terms = list(zip(*(frame[axis] for axis in _AXES), strict=True))
    return Targets(frame, terms, official, base, lifted, eased, share)


def in_units(facts: Arrays, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of targets with the unit of each; where a row says none, that in which its measure counts its item."""
    units = [
        unit or ("" if item == "*" and MEASURES[measure].star == "level" else unit_of(facts, MEASURES[measure], item))
        for unit, measure, item in zip(frame["unit"], frame["measure"], frame["item"], strict=True)
    ]
    return frame.assign(unit=pd.Series(units, index=frame.index, dtype=object))


def asked_for(frame: pd.DataFrame, figures: str) -> Vector:
    """The figure asked of each row of a targets table: the official one, or an end of its range."""
    if figures == "official":
        return frame["value"].to_numpy(dtype=float)
    low_is_easy = (frame["sense"] != "at_most").to_numpy() == (figures == "modest")
    exact = (frame["sense"] == "exactly").to_numpy()
    ends = np.where(low_is_easy, frame["low"].to_numpy(dtype=float), frame["high"].to_numpy(dtype=float))
    return np.where(exact, frame["value"].to_numpy(dtype=float), ends)


def base_figures(facts: Arrays, frame: pd.DataFrame) -> Vector:
    """What each target's measure stood at in the base period; 0 where no actual says so, 1 for a level."""
    value = _in_the_base(facts.economy)
    return np.array(
        [_known(value, *key) or 0.0 for key in zip(frame["measure"], frame["item"], strict=True)], dtype=float
    )


def base_is_known(economy: Economy, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Of which targets an actual says what their measure stood at in the base period."""
    value = _in_the_base(economy)
    cells = zip(frame["measure"], frame["item"], strict=True)
    return np.array([_known(value, *cell) is not None for cell in cells], dtype=bool)


def _known(value: dict[tuple[str, str], float], measure: str, item: str) -> float | None:
    """What is known of the base period: 1 of a level and of an index, else what an actual says."""
    row = MEASURES[measure]
    level = row.unit == "level" or (row.star == "level" and item == "*")
    return value.get((measure, item), 1.0 if level else None)


def _in_the_base(economy: Economy) -> dict[tuple[str, str], float]:
    """What is known of the base period, by measure and item."""
    actuals = economy.tables["actuals"]
    known = actuals[(actuals["period"] == economy.base_period) & (actuals["preferred"] == "yes")]
    return dict(zip(zip(known["measure"], known["item"], strict=True), known["value"], strict=True))


def _hard(targets: pd.DataFrame, plan: str) -> pd.Series[bool]:
    return (targets["plan"] == plan) & (targets["hard"] == "yes")


@family(
    "target",
    algebra="Mx ≥ base + θ(figure − base)",
    index=_AXES,
    unit="unit of the target",
    says="Every official figure is reached to the share θ; hard ones in full.",
    group=TARGET,
    one_more="one more {unit} asked of the target {item} in {period}, beyond its share,",
    asked=True,
    reads=("targets",),
    alone=(Stated("targets", "value", lambda tables, plan: _hard(tables["targets"], plan)),),
    without="figures that hold in full are not asked for",
)
def target(facts: Arrays, plan: Variables) -> Rows:
    """One row a floor: what is least asked of each target."""
    targets = plan.targets
    moving = np.where(targets.lifted, targets.span, 0.0)
    lower = np.where(targets.lifted, targets.base, targets.official)
    return _rows(_side(facts, plan, targets.floor, -moving), targets.floor, targets, lower=lower)


@family(
    "target_ceiling",
    algebra="Mx ≤ figure; where it scales, Mx ≤ figure + (1 − θ)(figure − base)",
    index=_AXES,
    unit="unit of the target",
    says="A cap holds in full at every share, unless its row says that it is eased as far as the others fall short.",
    group=TARGET,
    one_more="one more {unit} allowed on the target {item} in {period}",
    asked=True,
    part_of="target",
    reads=("targets",),
)
def target_ceiling(facts: Arrays, plan: Variables) -> Rows:
    """One row a cap: what each target must not pass."""
    targets = plan.targets
    moving = np.where(targets.eased, targets.span, 0.0)
    return _rows(_side(facts, plan, targets.cap, moving), targets.cap, targets, upper=targets.official + moving)


@family(
    "one_share",
    algebra="z = z of the first figure of the period",
    index=_AXES,
    unit="unit of the sum",
    says="Where each period counts by itself, all its figures are missed by one share.",
    definition=Definition("that the figures of a period are missed by one share", "no period has two shares"),
    one_more="one more {unit} that {item} may be missed by in {period} beyond the share of its period",
    part_of="target",
    reads=("targets",),
)
def one_share(_: Arrays, plan: Variables) -> Rows:
    """One row a scaled target but the first of its periods."""
    if not plan.tied:
        return Rows.none(len(_AXES))
    targets = plan.targets
    first = targets.first_of_period
    tied = np.flatnonzero(first != np.arange(len(first)))
    missed = plan.missed.expression()
    body = missed.rows(tied) - missed.rows(first[tied])
    keys = tuple(targets.frame[name].str.replace(" ", "").to_numpy(dtype=object)[tied] for name in _AXES)
    return Rows(body, np.zeros(len(tied)), np.zeros(len(tied)), keys, plan.missed.unit[tied])


def _side(facts: Arrays, plan: Variables, chosen: Mask, moving: Vector) -> Expression:
    """The chosen targets' measures, and what a share of one adds to each; where single ones may be missed, their misses."""
    terms = [term for term, keep in zip(plan.targets.terms, chosen, strict=True) if keep]
    body = functional(facts, plan, terms) + Matrix(moving[chosen][:, None]) @ plan.targets.share
    return body + Matrix(np.diag(-moving)[chosen]) @ plan.missed if plan.missed.size else body


def _rows(
    body: Expression, chosen: Mask, targets: Targets, *, lower: Vector | None = None, upper: Vector | None = None
) -> Rows:
    count = int(chosen.sum())
    least = np.full(count, -np.inf) if lower is None else lower[chosen]
    most = np.full(count, np.inf) if upper is None else upper[chosen]
    columns = [targets.frame[name].to_numpy(dtype=object)[chosen] for name in (*_AXES, "unit")]
    names = dict(zip(_AXES, columns, strict=False))
    names["period"] = np.array(
        [text.replace(" ", "") for text in names["period"]], object
    )  # names of rows have no spaces
    return Rows(body, least, most, tuple(names.values()), columns[-1])
