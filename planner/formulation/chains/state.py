"""The state that a plan leaves at the end of a period, in the form of the table `opening`: kind, key, period, value, unit.

Every entry is an expression of the plan's unknowns, so that the same definition says what a solved plan left behind and how the
limits of a later economy depend on a plan that is still sought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.economy import DataError, Finding
from planner.economy.arrays import Arrays, Codes, Labels, Vector
from planner.formulation.formulate import Formulation
from planner.program import Expression, powers, select
from planner.solver.solution import Solution

__all__ = ["COLUMNS", "StateEntries", "state_at", "state_table"]

COLUMNS = ("end_of", "kind", "key", "period", "unit", "value")
_ALWAYS = ("capacity", "stock", "debt", "labour", "consumption")  # of which a row of nothing is a row too


@dataclass(frozen=True, eq=False)
class StateEntries:
    """Entries of one kind, one row each.

    Args:
        kind: what they are of.
        key: product, capacity, resource, link, technique or currency, shape (entries,).
        period: when what was begun is finished, or what stands is gone; else the period after, shape (entries,).
        unit: of each, shape (entries,).
        body: what it comes to in a plan.
    """

    kind: str
    key: Labels
    period: Labels
    unit: Labels
    body: Expression


def state_at(formulation: Formulation, t: int) -> tuple[StateEntries, ...]:
    """The state at the end of a period.

    Args:
        formulation: the question whose plan it is.
        t: position of the period.

    Raises:
        DataError: periods are not all whole and one unit of time long.
    """
    if not formulation.facts.time.even:
        said = f"The state that {formulation.economy.name} leaves is told by counting periods, and its periods are not alike."
        raise DataError([Finding("E214", "periods.csv", (), "", "", said)], formulation.economy.folder)
    return tuple(entries for entries in _kinds(formulation, t) if entries.body.size)


def state_table(formulation: Formulation, solution: Solution, periods: int) -> pd.DataFrame:
    """The state at the end of every period of a plan.

    Args:
        formulation: what was asked.
        solution: the plan.
        periods: how many, from the first.

    Returns:
        end_of, kind, key, period, unit, value; what was begun or is in training without a row is nothing. No rows where periods
        are not alike.
    """
    if not formulation.facts.time.even:
        return pd.DataFrame(columns=list(COLUMNS))
    parts = []
    for t in range(periods):
        for one in state_at(formulation, t):
            value = solution.read(one.body)
            there = np.ones(len(value), bool) if one.kind in _ALWAYS else np.abs(value) > 0.0
            columns = {"key": one.key, "period": one.period, "unit": one.unit, "value": value + 0.0}
            frame = pd.DataFrame({name: column[there] for name, column in columns.items()})
            parts.append(frame.assign(end_of=formulation.facts.periods[t], kind=one.kind))
    table = pd.concat(parts, ignore_index=True)[list(COLUMNS)]
    return table.sort_values(list(COLUMNS[:2]), kind="stable", ignore_index=True)


def _kinds(formulation: Formulation, t: int) -> Iterator[StateEntries]:
    facts, plan, T = formulation.facts, formulation.variables, formulation.facts.T
    after = facts.later(T + 1)[t + 1]

    def now(kind: str, key: Labels, unit: Labels, body: Expression) -> StateEntries:
        return StateEntries(kind, key, np.full(len(key), after, object), unit, body)

    def at(count: int) -> Codes:
        return np.arange(count, dtype=np.intp) * T + t

    yield now(
        "capacity",
        facts.capacities,
        facts.units("capacities"),
        plan.capacity.expression().rows(at(len(facts.capacities))),
    )
    yield from _under_way(facts, formulation, t)
    yield from _ending(facts, formulation, t)
    on = np.flatnonzero(~facts.carried_round)
    stored = facts.storable[on]
    yield now(
        "stock",
        facts.products[stored],
        facts.units("products")[stored],
        plan.stock_held.expression().rows(on * T + t),
    )
    if len(facts.tables["finance"]) or facts.trade.owed_before.any():
        abroad = facts.trade.currencies
        owed = (facts.trade.so_far @ plan.borrowing).rows(at(len(abroad))) + facts.trade.owed_before
        yield now("debt", abroad, abroad, owed)
    beside = plan.strength - facts.by_period("supply", "resource", "value")
    labour = facts.labour
    yield now("labour", facts.resources[labour], facts.units("resources")[labour], beside.rows(labour * T + t))
    yield _in_training(facts, formulation, t)
    yield now(
        "consumption",
        np.array(["*"], object),
        plan.consumption.unit[t : t + 1],
        plan.consumption.expression().rows(np.array([t])),
    )
    yield _ahead(facts, formulation, t)
    runs = plan.running.expression().rows(at(plan.running.size // T if T else 0))
    yield now("running", plan.running.keys[0][t::T], plan.running.unit[t::T], runs)


def _under_way(facts: Arrays, formulation: Formulation, t: int) -> Iterator[StateEntries]:
    """Works begun under the plan, and those of before it that still come, by the period in which they come on stream."""
    size, T, gestation = len(facts.capacities), facts.T, facts.plant.gestation
    later = facts.later(T + int(gestation.max(initial=0)) + 1)
    k, start = (axis.ravel() for axis in np.indices((size, T)))
    rows = np.flatnonzero((start <= t) & (start + gestation[k] > t))
    unit = facts.units("capacities")
    yield StateEntries(
        "building",
        facts.capacities[k[rows]],
        later[(start + gestation[k])[rows]],
        unit[k[rows]],
        formulation.variables.start.expression().rows(rows),
    )
    known = np.flatnonzero((facts.plant.pipeline != 0.0) & (start > t))
    body = Expression.zero(len(known)) + facts.plant.pipeline[known]
    yield StateEntries("pipeline", facts.capacities[k[known]], facts.periods[start[known]], unit[k[known]], body)


def _ending(facts: Arrays, formulation: Formulation, t: int) -> Iterator[StateEntries]:
    """Plant whose fixed life ends after the period, as it stands at the end of it, by the period in which it is gone."""
    T, life, plan = facts.T, facts.plant.life, formulation.variables
    k, came = (axis.ravel() for axis in np.indices((len(facts.capacities), T)))
    unit, left = facts.units("capacities")[k], facts.plant.survives[k]
    old = np.flatnonzero((facts.plant.retiring != 0.0) & (came > t))
    stands = facts.plant.retiring[old] / powers(left[old], (came - t)[old])
    yield StateEntries(
        "retiring", facts.capacities[k[old]], facts.periods[came[old]], unit[old], Expression.zero(len(old)) + stands
    )
    new = np.flatnonzero(
        (life[k] <= np.iinfo(np.int32).max)
        & ~np.isnan(facts.plant.column("life"))[k]
        & (came <= t)
        & (came + life[k] > t)
    )
    ends = (came + life[k])[new]
    labels = facts.later(max(T, int(ends.max(initial=0)) + 1))
    on_stream = (plan.begun + facts.plant.pipeline).rows(new).scaled(powers(left[new], (t - came)[new]))
    yield StateEntries("retiring", facts.capacities[k[new]], labels[ends], unit[new], on_stream)


def _in_training(facts: Arrays, formulation: Formulation, t: int) -> StateEntries:
    """Persons in training at the end of the period, by the period in which they join the higher grade."""
    T = facts.T
    length = facts.tables["training"]["periods"].to_numpy().astype(np.intp)
    link, start = (axis.ravel() for axis in np.indices((len(length), T)))
    rows = np.flatnonzero((start <= t) & (start + length[link] > t))
    labels = facts.later(T + int(length.max(initial=0)) + 1)
    return StateEntries(
        "training",
        facts.links[link[rows]],
        labels[(start + length[link])[rows]],
        facts.training.units[link[rows]],
        formulation.variables.training.expression().rows(rows),
    )


def _ahead(facts: Arrays, formulation: Formulation, t: int) -> StateEntries:
    """Techniques that have taken something ahead of a later period of the horizon, by that period."""
    T = facts.T
    rows = facts.tables["coefficients"]
    lead: Vector = np.zeros(len(facts.activities))
    np.maximum.at(lead, facts.column_codes("coefficients", "activity"), rows["lead"].to_numpy(dtype=float))
    j, p = (axis.ravel() for axis in np.indices((len(facts.activities), T)))
    taken = np.flatnonzero((p > t) & (p - lead[j] <= t))
    body = select(taken, len(j)) @ formulation.variables.activity
    return StateEntries(
        "activity", facts.activities[j[taken]], facts.periods[p[taken]], facts.technology.units[j[taken]], body
    )
