"""Limits of the country: where an item has places, a limit without a region binds the sum over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.economy.arrays import Arrays, Labels
from planner.economy.arrays.country import Whole
from planner.formulation.families.growth_limit import begun_over, comes_within, periods_of_growth
from planner.formulation.named import EXPORTS, IMPORTS, PLANT, STOCKS, TRAINING
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Codes, Expression, Matrix, Rows, Vector


def _sums(wholes: Sequence[Whole], size: int, periods: int) -> Matrix:
    """Whole-period by item-period: adds up the places of each."""
    row = np.repeat(np.arange(len(wholes)), [len(whole.parts) for whole in wholes]).astype(np.intp)
    part = np.concatenate([whole.parts for whole in wholes]) if len(wholes) else np.zeros(0, np.intp)
    at = np.arange(periods)
    cells = (row[:, None] * periods + at).ravel(), (part[:, None] * periods + at).ravel()
    return Matrix((np.ones(len(cells[0])), cells), shape=(len(wholes) * periods, size * periods))


def _most(body: Expression, upper: Vector, keys: tuple[Labels, Labels], unit: Labels) -> Rows:
    return Rows(body, np.full(len(upper), -np.inf), upper, keys, unit)


def _labels(wholes: Sequence[Whole]) -> Labels:
    return np.array([whole.label for whole in wholes], object)


@family(
    "national_growth",
    algebra="Σ u₋L ≤ g ΣK₋₁ + g₀",
    index=("capacity", "period"),
    unit_of="capacity",
    says="Over all regions together, what comes on stream is at most a share of the plant before it, plus a floor.",
    part_of="growth_limit",
    group=PLANT,
    one_more="room for one more {unit} of {item} to come on stream anywhere in {period}",
    reads=("capacities", "regions"),
    needs="regions",
)
def national_growth(facts: Arrays, plan: Variables) -> Rows:
    """New plant of all places against plant of all places in the period before."""
    wholes, periods = facts.country.plant, periods_of_growth(facts)
    rows = np.array([whole.row for whole in wholes], np.intp)
    first = np.array([whole.parts[0] for whole in wholes], np.intp)
    rate = facts.country.stated("capacities", "growth_limit")[rows]
    floor = facts.country.stated("capacities", "growth_floor")[rows]
    each = np.zeros(len(facts.capacities))
    for whole, share in zip(wholes, rate, strict=True):
        each[whole.parts] = share
    together = _sums(wholes, len(facts.capacities), periods)
    body = together @ begun_over(facts, plan, periods, each)
    allowed = (floor[:, None] * facts.time.lasting(periods)).ravel()
    initial = facts.plant.column("initial")
    standing = np.array([initial[whole.parts].sum() for whole in wholes], dtype=float)
    allowed[::periods] += facts.time.pace(rate, periods)[:, 0] * standing
    kept = _comes(facts, first, periods)
    keys = np.repeat(_labels(wholes), periods)[kept], np.tile(facts.later(periods), len(wholes))[kept]
    return _most(body.rows(kept), allowed[kept], keys, np.repeat(facts.units("capacities")[first], periods)[kept])


@family(
    "growth_floor",
    algebra="Σ f ≤ g₀",
    index=("capacity", "period"),
    unit_of="capacity",
    says="What regions grow by beyond their own limits is at most the country's floor.",
    part_of="growth_limit",
    group=PLANT,
    one_more="one more {unit} of {item} that may be begun in {period} beyond the limit of a region",
    reads=("capacities", "regions"),
    needs="regions",
)
def growth_floor(facts: Arrays, plan: Variables) -> Rows:
    """The floor spent by all places."""
    wholes, T = facts.country.spending, facts.T
    counts = [len(whole.parts) for whole in wholes]
    row = np.repeat(np.arange(len(wholes)), counts).astype(np.intp)
    cells = facts.block(row), np.arange(len(row) * T)
    body = Matrix((np.ones(len(cells[0])), cells), shape=(len(wholes) * T, len(row) * T)) @ plan.floor_spent
    floor = facts.country.stated("capacities", "growth_floor")[[whole.row for whole in wholes]]
    first = np.array([whole.parts[0] for whole in wholes], np.intp)
    keys = np.repeat(_labels(wholes), T), np.tile(facts.periods, len(wholes))
    comes = facts.plant.arrival[first]
    room = (floor[:, None] * facts.time.lasting(1 + int(comes.max(initial=0)))[comes]).ravel()
    return _most(body, room, keys, np.repeat(facts.units("capacities")[first], T))


@family(
    "national_stock",
    algebra="Σ h ≤ limit",
    index=("product", "period"),
    unit_of="product",
    says="Stocks in all regions together stay within what the country can store.",
    part_of="stock",
    group=STOCKS,
    one_more="room to store one more {unit} of {item} anywhere in {period}",
    reads=("stocks", "regions"),
    needs="regions",
)
def national_stock(facts: Arrays, plan: Variables) -> Rows:
    """Stocks of all places against the room for them."""
    wholes, T = facts.country.kept, facts.T
    limit = facts.country.stated("stocks", "limit")[[whole.row for whole in wholes]]
    unit = facts.units("products")[[int(whole.parts[0]) for whole in wholes]]
    keys = np.repeat(_labels(wholes), T), np.tile(facts.periods, len(wholes))
    return _most(_sums(wholes, len(facts.products), T) @ plan.stock, np.repeat(limit, T), keys, np.repeat(unit, T))


@family(
    "national_training",
    algebra="Σ w ≤ g Σ(N + trained)",
    index=("training", "period"),
    unit_of="training",
    says="Those who start training in all regions together are at most a share of the skill they train for.",
    part_of="training",
    group=TRAINING,
    one_more="a place to train one more {unit}, {item}, anywhere in {period}",
    reads=("training", "supply", "regions"),
    needs="regions",
)
def national_training(facts: Arrays, plan: Variables) -> Rows:
    """Starts of training in all places against the higher grade in all places."""
    wholes, T = facts.country.trained, facts.T
    share = facts.country.stated("training", "growth_limit")[[whole.row for whole in wholes]]
    together = _sums(wholes, len(facts.links), T)
    grade = facts.training.grade @ plan.strength
    statement = together @ plan.training <= (together @ grade).scaled(
        (share[:, None] * facts.time.whole_length).ravel()
    )
    unit = facts.training.units[[int(whole.parts[0]) for whole in wholes]]
    keys = np.repeat(_labels(wholes), T), np.tile(facts.periods, len(wholes))
    return Rows.of(statement, keys, np.repeat(unit, T))


@family(
    "national_export",
    algebra="Σ e ≤ limit",
    index=("product", "period"),
    unit_of="product",
    says="Exports through all gates together stay within the limits of trade.",
    always=True,
    group=EXPORTS,
    one_more="a limit one {unit} higher on exports of {item} in {period}",
    reads=("trade", "regions"),
    needs="regions",
)
def national_export(facts: Arrays, plan: Variables) -> Rows:
    """Exports of all gates."""
    return _trade(facts, plan.exports, "export")


@family(
    "national_import",
    algebra="Σ m ≤ limit",
    index=("product", "period"),
    unit_of="product",
    says="Imports through all gates together stay within the limits of trade.",
    always=True,
    group=IMPORTS,
    one_more="a limit one {unit} higher on imports of {item} in {period}",
    reads=("trade", "regions"),
    needs="regions",
)
def national_import(facts: Arrays, plan: Variables) -> Rows:
    """Imports of all gates."""
    return _trade(facts, plan.imports, "import")


def _trade(facts: Arrays, traded: Expression, direction: str) -> Rows:
    wholes, T = facts.country.traded(direction), facts.T
    at = facts.codes("period", [str(facts.economy.tables["trade"]["period"].iloc[whole.row]) for whole in wholes])
    rows = np.arange(len(wholes)) * T + at
    limit = facts.country.stated("trade", "limit")[[whole.row for whole in wholes]]
    unit = facts.units("products")[[int(whole.parts[0]) for whole in wholes]]
    body = (_sums(wholes, len(facts.products), T) @ traded).rows(rows)
    return _most(body, limit, (_labels(wholes), facts.periods[at]), unit)


def _comes(facts: Arrays, first: Codes, periods: int) -> Codes:
    """Rows of whole-periods in which something begun within the plan comes on stream."""
    return np.flatnonzero(comes_within(facts, periods)[first].ravel())
