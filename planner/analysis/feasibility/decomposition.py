"""From the plan's own assumptions to what happened: what each group of assumptions did to attainment (measure k)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy import Economy
from planner.economy.residuals.closing import Closing
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By
from planner.economy.schema.package import PACKAGE
from planner.economy.uncertain import NOT_PLANNED_WITH, UncertainNumbers, mixed
from planner.formulation import Question, formulate
from planner.solver.highs import Session

REST = "all else"
_NO_CONDITIONS = {"plans", "targets", *NOT_PLANNED_WITH, *(table.name for table in PACKAGE)}


@dataclass(frozen=True)
class Groups:
    """Groups of assumptions: which rows of which tables belong to each.

    Args:
        names: in order.
        claims: position among the names by table and kind of resource; the kind is empty for all other rows of the table.
    """

    names: tuple[str, ...]
    claims: Mapping[tuple[str, str], int]

    @staticmethod
    def of(economy: Economy) -> Groups:
        """The groups that an economy names, and one for what is in none; where it names none, every table by itself."""
        frame = economy.tables["assumptions"]
        if not len(frame):
            tables = [table for table in economy.tables if table not in _NO_CONDITIONS]
            return Groups(tuple(tables), {(table, ""): i for i, table in enumerate(tables)})
        names = list(dict.fromkeys(frame["group"]))
        rows = zip(frame["table"], frame["kind"], frame["group"], strict=True)
        return Groups((*names, REST), {(table, kind): names.index(group) for table, kind, group in rows})

    def of_rows(self, economy: Economy, table: str) -> npt.NDArray[np.intp]:
        """Position of the group of every row of a table, shape (rows,)."""
        frame = economy.tables[table]
        found = np.full(len(frame), self.claims.get((table, ""), len(self.names) - 1), dtype=np.intp)
        by_kind = {kind: group for (name, kind), group in self.claims.items() if name == table and kind}
        kinds = _kinds(economy, table) if by_kind else found
        for kind, group in by_kind.items():
            found[kinds == kind] = group
        return found


def at_corner(economy: Economy, names: Sequence[str], corner: str) -> Economy:
    """The economy with the uncertain numbers of some groups of assumptions at a corner, all others at their central values.

    Args:
        economy: at its central values.
        names: of the groups, as ``assumptions.csv`` has them.
        corner: of the ranges.

    >>> from planner.economy import load
    >>> goods = load("two_goods")
    >>> moved = at_corner(goods, ["coefficients"], "optimistic").tables["coefficients"]["value"]
    >>> int((moved != goods.tables["coefficients"]["value"]).sum())
    1
    """
    groups = Groups.of(economy)
    wanted = {groups.names.index(name) for name in names}
    chosen = [
        number
        for number in UncertainNumbers.of(economy).all
        if groups.of_rows(economy, number.table)[number.places[0]] in wanted
    ]
    return mixed(economy, economy.at_corner(corner), chosen, Closing.of(economy))


def _kinds(economy: Economy, table: str) -> npt.NDArray[np.object_]:
    """Kind of the resource that each row of a table is about, empty where it is about none; shape (rows,)."""
    resources, frame = economy.tables["resources"], economy.tables[table]
    kind_of = dict(zip(resources["resource"], resources["kind"], strict=True))
    kinds = np.full(len(frame), "", dtype=object)
    for column in TABLES[table].columns:
        rule = column.refers
        about = "resources" in rule if isinstance(rule, tuple) else np.zeros(len(frame), bool)
        if isinstance(rule, By):
            cases = [case for case, places in rule.of.items() if "resources" in places]
            about = frame[rule.column].isin(cases).to_numpy()
        kinds = np.where(about & (kinds == ""), frame[column.name].map(kind_of).fillna(""), kinds)
    return kinds


@dataclass(frozen=True, eq=False)
class _Layer:
    """What a group changes in one table.

    Args:
        claimed: which rows of the planned table are the group's, shape (rows,).
        rows: what takes their place.
    """

    claimed: npt.NDArray[np.bool_]
    rows: pd.DataFrame


def decompose(
    planned: Economy, happened: Economy, question: Question, plan: str, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """Attainment with each group of assumptions switched to what happened: alone, last, and its Shapley share.

    Args:
        planned: under the plan's own assumptions.
        happened: the same economy as it turned out.
        question: of max θ.
        plan: name of the plan.
        tick: told what is being solved.

    Returns:
        group, alone, last, shapley, unit: changes of θ*; the Shapley shares add up to the whole change. A set that is
        empty counts as θ = 0: nothing can be reached under that floor.
    """
    groups = Groups.of(planned)
    layers = _layers(planned, happened, groups)
    names = list(layers)
    session, switched = Session(), _Switch(planned, layers)
    known: dict[frozenset[str], float] = {}

    def value(chosen: frozenset[str]) -> float:
        if chosen not in known:
            tick(" + ".join(sorted(chosen)) or "the plan's own assumptions")
            solution = session.solve(formulate(switched(chosen), question, plan).program)
            known[chosen] = solution.objective if solution.optimal else 0.0
        return known[chosen]

    everything = frozenset(names)
    start, end = value(frozenset()), value(everything)
    alone = {name: value(frozenset([name])) - start for name in names}
    last = {name: end - value(everything - {name}) for name in names}
    # A group that changes nothing first, last or in company of the others' halves would cost half of all solves.
    moving = [name for name in names if max(abs(alone[name]), abs(last[name])) > 1e-9]
    still = everything - set(moving)
    shapley = dict.fromkeys(names, 0.0)
    count = len(moving)
    for name in moving:
        others = [other for other in moving if other != name]
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for company in combinations(others, size):
                base = frozenset(company) | still
                shapley[name] += weight * (value(base | {name}) - value(base))
    rows = [(name, alone[name], last[name], shapley[name]) for name in names]
    rest = (end - start) - sum(shapley.values())
    if still and abs(rest) > 1e-9:
        rows.append(("groups that change nothing alone or last", np.nan, np.nan, rest))
    table = pd.DataFrame(rows, columns=["group", "alone", "last", "shapley"])
    whole = pd.DataFrame(
        [("from the plan's assumptions", start, np.nan, start), ("to what happened", end, np.nan, end)],
        columns=table.columns,
    )
    table = pd.concat([whole.iloc[:1], table, whole.iloc[1:]], ignore_index=True)
    table["unit"] = question.share_unit
    return table


def _layers(planned: Economy, happened: Economy, groups: Groups) -> dict[str, dict[str, _Layer]]:
    """For every group that differs, the tables that differ, with their rows as planned and as they turned out."""
    layers: dict[str, dict[str, _Layer]] = {}
    for table in planned.tables:
        if table not in _NO_CONDITIONS:
            before, after = planned.tables[table], happened.tables[table]
            ours, theirs = groups.of_rows(planned, table), groups.of_rows(happened, table)
            for number in np.union1d(ours, theirs).tolist():
                claimed, rows = ours == number, after[theirs == number]
                if not _same(before[claimed], rows):
                    layers.setdefault(groups.names[number], {})[table] = _Layer(claimed, rows)
    return {name: layers[name] for name in groups.names if name in layers}


def _same(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    ignored = ["source", "url", "verified", "note", "file", "row"]
    left = one.drop(columns=ignored, errors="ignore").reset_index(drop=True)
    right = two.drop(columns=ignored, errors="ignore").reset_index(drop=True)
    return left.equals(right)


class _Switch:
    """The economy with some groups as they turned out; a table stays the same where the same groups changed it before.

    Args:
        planned: under the plan's own assumptions.
        layers: what each group changes, by table.
    """

    def __init__(self, planned: Economy, layers: Mapping[str, Mapping[str, _Layer]]) -> None:
        """Keep both."""
        self._planned, self._layers = planned, layers
        self._made: dict[tuple[str, ...], pd.DataFrame] = {}

    def __call__(self, chosen: frozenset[str]) -> Economy:
        """With these groups."""
        found: dict[str, list[str]] = {}
        for name in self._layers:
            for table in self._layers[name] if name in chosen else ():
                found.setdefault(table, []).append(name)
        return self._planned.with_tables({table: self._table(table, names) for table, names in found.items()})

    def _table(self, table: str, names: Sequence[str]) -> pd.DataFrame:
        key = (table, *names)
        if key not in self._made:
            frame, layers = self._planned.tables[table], [self._layers[name][table] for name in names]
            kept = ~np.any([layer.claimed for layer in layers], axis=0)
            self._made[key] = pd.concat([frame[kept], *(layer.rows for layer in layers)], ignore_index=True)
        return self._made[key]
