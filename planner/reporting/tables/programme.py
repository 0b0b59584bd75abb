"""What is built or run as a whole, as tables: a programme of projects, units that run, expansions of plant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from planner.analysis.projects.programme import Programme
from planner.economy.arrays import Arrays, Codes, Labels
from planner.formulation import Formulation
from planner.formulation.projects.starts import Mask
from planner.program import Matrix, Variable, Vector
from planner.proof.branch_record import BranchRecord
from planner.reporting.tables.plan import Reader, tidy
from planner.solver.solution import Solution

STARTED, LEFT, BEGUN = "started", "left", "begun before"
_UNITS_BY = ["kind", "item", "period"]
_NEAR = 1e-6  # of a unit, by which a solver may miss a whole number


def projects_table(formulation: Formulation, plan: Solution) -> pd.DataFrame:
    """Every project by period: when it is started and on stream, what is spent on it and what is made in it.

    Args:
        formulation: with the family ``project``.
        plan: a plan with whole projects, or with projects in parts (then shares of a start are shown).

    Returns:
        One row a project and period. ``start`` and ``on_stream`` are empty where a project is left, ``on_stream`` also
        where it would come after the horizon. ``spent`` is the value of goods taken, in value units at central norms;
        ``plant`` what stands of it, in units of capacity; ``made`` its share in what its kind of plant makes, where that
        is one product.
    """
    reader = Reader(formulation, plan)
    starts, facts = reader.plan.projects.starts, reader.facts
    shape = (len(starts.labels), facts.T)
    started = np.where(np.abs(plan.block("project_start")) > 1e-6, plan.block("project_start"), 0.0).reshape(shape)
    spent = _per_project(reader.plan.projects.spending, started)
    plant = _standing(reader, started)
    table = pd.DataFrame(
        {
            "project": np.repeat(starts.labels, facts.T),
            "period": np.tile(facts.periods, shape[0]),
            "name": np.repeat(starts.table["name"].to_numpy(dtype=object), facts.T),
            "region": np.repeat(starts.table["region"].to_numpy(dtype=object), facts.T),
            "capacity": np.repeat(facts.capacities[starts.capacity], facts.T),
            "decision": np.repeat(_decision(starts.begun, started), facts.T),
            "start": np.repeat(_labels(facts, started, np.indices(shape)[1]), facts.T),
            "on_stream": np.repeat(_labels(facts, started, starts.arrival), facts.T),
            "size": np.repeat(starts.sizes, facts.T),
            "plant": plant.ravel(),
            "unit": np.repeat(facts.units("capacities")[starts.capacity], facts.T),
            "spent": spent.ravel(),
            "spent_unit": facts.economy.value_unit,
            **_made(reader, starts.capacity, plant),
        }
    )
    kept = starts.kept.to_dict("records")
    before = pd.DataFrame(
        {
            "project": [row["project"] for row in kept],
            "period": "",
            "name": [row["name"] for row in kept],
            "region": [row["region"] for row in kept],
            "capacity": [row["capacity"] for row in kept],
            "decision": BEGUN,
            "start": "",
            "on_stream": "",
            "size": [row["size"] for row in kept],
            "unit": [row["unit"] for row in kept],
            "spent_unit": facts.economy.value_unit,
        }
    )
    return tidy(pd.concat([table, before], ignore_index=True) if kept else table, ["project", "period"])


def _per_project(matrix: Matrix, started: Vector) -> Vector:
    """A period-by-column matrix applied to the starts of each project apart, shape (projects, periods)."""
    cells = matrix.tocoo()
    result = np.zeros(started.shape)
    np.add.at(result, (cells.col // started.shape[1], cells.row), cells.data * started.ravel()[cells.col])
    return result


def _standing(reader: Reader, started: Vector) -> Vector:
    """Plant of each project in existence, retirement taken off, shape (projects, periods)."""
    starts, facts = reader.plan.projects.starts, reader.facts
    cells = starts.commissions.tocoo()
    plant = np.zeros(started.shape)
    np.add.at(plant, (cells.col // facts.T, cells.row % facts.T), cells.data * started.ravel()[cells.col])
    stays = facts.plant.stays.reshape(-1, facts.T)[starts.capacity]
    for t in range(1, facts.T):
        plant[:, t] += stays[:, t] * plant[:, t - 1]
    return plant


def _decision(begun: Mask, started: Vector) -> Labels:
    on = (started > 0).any(axis=1)
    words: Labels = np.array([LEFT, STARTED, "stopped", "gone on with"], object)[2 * begun + on]
    return words


def _labels(facts: Arrays, started: Vector, when: Codes) -> Labels:
    """What a project's start is in each period, that of its start taken; empty where there is none within the horizon."""
    at = when[np.arange(len(started)), np.argmax(started > 0, axis=1)]
    known = (started > 0).any(axis=1) & (at < facts.T)
    return np.where(known, facts.periods[np.minimum(at, facts.T - 1)], "").astype(object)


def _made(reader: Reader, capacity: Codes, plant: Vector) -> dict[str, Vector | Labels]:
    """Product, quantity and unit made in each project's plant, at its share of the plant of its kind."""
    facts = reader.facts
    level = reader.value(reader.plan.activity).reshape(-1, facts.T)
    existing = reader.value(reader.plan.capacity).reshape(-1, facts.T)
    runs = facts.technology.occupies.tocoo()
    on = np.zeros((len(facts.capacities), len(facts.activities)), bool)
    on[runs.row // facts.T, runs.col // facts.T] = True
    principal = facts.codes("product", facts.tables["activities"]["product"])
    product, made, unit = [], np.full(plant.shape, np.nan), []
    for i, k in enumerate(capacity):
        products = np.unique(principal[on[k]])
        single = len(products) == 1
        product.append(facts.products[products[0]] if single else "")
        unit.append(facts.units("products")[products[0]] if single else "")
        if single:
            share = plant[i] / np.where(existing[k] > 0, existing[k], 1.0)
            made[i] = share * level[on[k]].sum(axis=0)
    T = facts.T
    return {
        "product": np.repeat(np.array(product, object), T),
        "made": made.ravel(),
        "made_unit": np.repeat(np.array(unit, object), T),
    }


def programme_tables(programme: Programme, plan: Solution) -> dict[str, pd.DataFrame]:
    """The projects of a plan, and the branches where they are what proves the verdict.

    Args:
        programme: found by a search.
        plan: a plan with its projects.
    """
    record = programme.judgement.record if programme.judgement else None
    branches = {} if record is None else {"branches": record_table(record)}
    return {"projects": projects_table(programme.formulation, plan), **branches}


def record_table(record: BranchRecord) -> pd.DataFrame:
    """A branch record, one row a split of a case: the cases leave nothing out, and each falls short by its certificate."""
    names = record.program.column_names
    rows = []
    for number, end in enumerate(record.ends, start=1):
        proved = end.certificate is not None and end.certificate.valid
        empty = end.certificate is not None and end.certificate.states == "empty"
        bound = end.bound if empty or end.certificate is None else float(end.certificate.bound)
        states = "no point" if empty else "bound"
        for depth, (column, side, value) in enumerate(end.path or ((-1, "", 0),), start=1):
            split = "everything" if column < 0 else f"{names[column]} {side} {value}"
            rows.append(
                {"case": number, "depth": depth, "split": split, "states": states, "bound": bound, "certified": proved}
            )
    return pd.DataFrame(rows)


def with_projects_fixed(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables whose prices say in their heading under which condition they hold: a mixed-integer program has none.

    What the linear solve says of the starts it was given is left out: that is no worth of a project.
    """
    result = {
        name: table.rename(columns={"shadow_price": "shadow_price_projects_fixed"}) for name, table in tables.items()
    }
    prices = result["prices"]
    return {**result, "prices": prices[prices["family"] != "project_start"].reset_index(drop=True)}


def programme_summary(programme: Programme) -> dict[str, Any]:
    """What was found, what no programme passes, and what each number is, in a few keys."""
    judgement = programme.judgement
    return {
        "bound": programme.bound,
        "gap": programme.gap if programme.found else None,
        "in_parts": programme.relaxed.objective,
        "by_the_unit": programme.by_the_unit,
        "verdict": judgement.verdict if judgement else None,
        "verdict_rests_on": judgement.says if judgement else None,
        "prices_hold": "with the projects fixed as chosen",
        "programme": [{"project": project, "start": start} for project, start in programme.starts],
        "search": programme.search.status.value,
    }


class Spell(NamedTuple):
    """Periods in a row with the same number of units.

    Args:
        kind: ``running`` or ``expansion``.
        item: technique or kind of plant.
        first: period.
        last: period.
        number: of units that are on, or of expansions begun in each.
        most: that there are, or that may be begun.
    """

    kind: str
    item: str
    first: str
    last: str
    number: float
    most: float


def whole_units_table(reader: Reader) -> pd.DataFrame:
    """Units of techniques that are on and expansions of plant that are begun, in every period; empty where there are none.

    Args:
        reader: of a solved plan.
    """
    facts, plan = reader.facts, reader.plan
    run, built = facts.technology.in_units, facts.plant.expanded
    running, level = _counted(reader, plan.running), reader.value(plan.activity)[facts.block(run)]
    expansions, size = _counted(reader, plan.expansion), reader.value(plan.start)[facts.block(built)]
    on = running.reshape(-1, facts.T)
    switched = (on - np.column_stack([facts.technology.on_before, on[:, :-1]])).ravel()
    units = np.repeat(facts.technology.units[run], facts.T), np.repeat(facts.units("capacities")[built], facts.T)
    runs = _of(plan.running, number=running, amount=level, unit=units[0])
    runs = runs.assign(switched_on=np.maximum(switched, 0.0), switched_off=np.maximum(-switched, 0.0))
    begun = _of(plan.expansion, number=expansions, amount=size, unit=units[1])
    both = pd.concat([runs, begun.assign(switched_on=np.nan, switched_off=np.nan)], ignore_index=True)
    return tidy(both[[*_UNITS_BY, "number", "most", "switched_on", "switched_off", "amount", "unit"]], _UNITS_BY)


def spells(table: pd.DataFrame, periods: Sequence[str]) -> list[Spell]:
    """Periods in a row in which the same number of units is on, or of expansions begun; those of none are left out.

    Args:
        table: as `whole_units_table` makes it.
        periods: of the economy, in order.

    >>> table = pd.DataFrame({"kind": "running", "item": "mine", "period": [1, 10, 2], "number": [1.0, 0.0, 1.0], "most": 1.0})
    >>> spells(table, ["1", "2", "10"])
    [Spell(kind='running', item='mine', first='1', last='2', number=1.0, most=1.0)]
    """
    order = {period: at for at, period in enumerate(periods)}
    rows = table.sort_values("period", kind="stable", key=lambda column: column.astype(str).map(order))
    rows = rows.sort_values(["kind", "item"], kind="stable")
    found = []
    for key, same in groupby(
        rows.to_dict("records"), lambda row: [row[name] for name in ("kind", "item", "number", "most")]
    ):
        kind, item, number, most = key
        within = [str(row["period"]) for row in same]
        if number > _NEAR:
            found.append(Spell(kind, item, within[0], within[-1], number, most))
    return found


def _counted(reader: Reader, block: Variable) -> Vector:
    """Values of a block; of whole numbers without the solver's last digits."""
    values = reader.value(block)
    return np.where(abs(values - values.round()) < _NEAR, values.round(), values) + 0.0


def _of(block: Variable, **columns: Vector | Labels) -> pd.DataFrame:
    item, period = block.keys
    return pd.DataFrame({"kind": block.name, "item": item, "period": period, "most": block.upper, **columns})
