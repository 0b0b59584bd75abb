"""The table of constraint families: one row a family, from which code, names, reports and documents are all made.

Everything that is known of a family stands in its row: what its rows say, their unit, what they are called where they
stand in the way of a plan, what one more of them is. A family that is registered is known to every measure and report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Labels
from planner.economy.schema import TABLES
from planner.formulation.named import TARGET, Definition, Group, Named
from planner.program import Rows, Statement

if TYPE_CHECKING:
    from planner.formulation.variables import Variables

Build = Callable[[Arrays, "Variables"], Statement | Rows]
Units = Callable[[Arrays], "Labels | str"]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Stated:
    """Facts that one family alone reads: the filled cells of a column.

    Args:
        table: which.
        column: likewise.
        where: which rows, from the tables and the name of the plan; all of them when not given.
        also: other families that read them too.
    """

    table: str
    column: str
    where: Callable[[Tables, str], pd.Series[bool]] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Family(Named):
    """A constraint family.

    Args:
        algebra: the inequality as the formulation writes it.
        unit: unit of its rows in words.
        build: states the rows over whole blocks.
        units: unit of each row of the full block, or one unit for all.
        reads: tables its numbers come from.
        needs: a table without rows of which it states nothing; empty where there is none such.
        part_of: the family of the model file that brings this one along; its own name where it stands alone.
        always: whether it holds in every question, named or not.
        grows: whether its limits are amounts that can be enlarged as they stand, being written in no table.
        alone: facts that have no effect where the family is left out; the facts of projects are told in other tables too.
        without: what then holds, as the end of a sentence.
    """

    algebra: str
    unit: str
    build: Build
    units: Units
    reads: tuple[str, ...] = ()
    needs: str = ""
    part_of: str = ""
    always: bool = False
    grows: bool = False
    alone: tuple[Stated, ...] = ()
    without: str = ""

    def rows(self, facts: Arrays, plan: Variables) -> Rows:
        """The family's rows for an economy, keyed by its index.

        Raises:
            ValueError: the index has an unknown axis, or the rows stated do not fit it.
        """
        if self.needs and not len(facts.tables[self.needs]):
            return Rows.none(len(self.index))
        statement = self.build(facts, plan)
        if isinstance(statement, Rows):
            return statement
        shape = tuple(len(_axis(self.name, axis, facts)) for axis in self.index)
        size, stated = int(np.prod(shape)), statement.body.size
        if stated != size if statement.kept is None else statement.kept.max(initial=-1) >= size:
            over = " × ".join(self.index) or "none"
            raise ValueError(f'The family "{self.name}" states {stated} rows; its index ({over}) has {size} in all.')
        keys = facts.keys(*self.index) if self.index else ()
        units = self.units(facts)
        units = np.full(size, units, object) if isinstance(units, str) else units
        if len(units) != size:
            raise ValueError(f'The unit of the family "{self.name}" gives {len(units)} units for {size} rows.')
        if statement.kept is not None:
            keys, units = tuple(k[statement.kept] for k in keys), units[statement.kept]
        return Rows.of(statement, keys, units)


FAMILIES: dict[str, Family] = {}

_UNITS_OF = {
    "product": "unit of the product",
    "activity": "unit of the activity",
    "capacity": "unit of the capacity",
    "resource": "unit of the resource",
    "training": "unit of the labour trained",
}
_UNITS: dict[str, Units] = {
    "foreign currency": lambda facts: facts.trade.currency,
    "value unit": lambda facts: facts.economy.value_unit,
    "level, base period = 1": lambda _: "level, base period = 1",
    "starts": lambda _: "starts",
    "units": lambda _: "units",
    # the rows bring their own
    **dict.fromkeys(
        ("unit of the target", "unit of the measure", "unit of the sum", "unit of the line"),
        lambda _: np.zeros(0, object),
    ),
}


def family(
    name: str,
    *,
    algebra: str,
    index: tuple[str, ...],
    says: str,
    unit: str = "",
    unit_of: str | Units = "",
    group: Group | None = None,
    definition: Definition | None = None,
    one_more: str = "",
    asked: bool = False,
    reads: tuple[str, ...] = (),
    needs: str = "",
    part_of: str = "",
    always: bool = False,
    grows: bool | None = None,
    alone: tuple[Stated, ...] = (),
    without: str = "",
) -> Callable[[Build], Build]:
    """Register a function as the constraint family of a name; its row feeds every measure, report and document.

    Args:
        name: letters, digits and ``_``.
        algebra: as in ``Family``.
        index: as in ``Family``.
        says: as in ``Family``.
        reads: as in ``Family``.
        needs: as in ``Family``; one of the tables it reads.
        part_of: as in ``Family``.
        always: as in ``Family``.
        unit: unit of the rows in words, one of those known.
        unit_of: in its place an axis of the index whose labels have units (``"product"``), or a function from the facts to
            one unit, or to the unit of each row of the full block; ``unit`` may then say in words what it gives.
        group: what its limits are called in conflicts and cures.
        definition: in its place, why they never give way. Exactly one of the two.
        one_more: as in ``Named``.
        asked: as in ``Named``.
        grows: as in ``Family``; by default, where none of the tables it reads has limits and what it limits is not asked for.
        alone: as in ``Family``.
        without: as in ``Family``.

    Raises:
        ValueError: something in the row is unknown or missing, or another function bears the name.
    """
    words, units = _units(name, index, unit, unit_of)
    if group is not None and group.kind == TARGET.kind and TARGET.kind not in (name, part_of):
        raise ValueError(
            f'The family "{name}" cannot be of the kind "{TARGET.kind}", which is kept for official figures.'
        )
    _ensure_free(name, part_of, reads, needs)
    if grows is None:
        written = any(column.limit for table in reads for column in TABLES[table].columns)
        grows = group is not None and not asked and not written

    def register(build: Build) -> Build:
        there = FAMILIES.get(name)
        if there is not None and _home(there.build) != _home(build):
            raise ValueError(f'There is a constraint family "{name}" already, in {there.build.__module__}.')
        FAMILIES[name] = Family(
            name=name,
            algebra=algebra,
            index=index,
            unit=words,
            says=says,
            build=build,
            units=units,
            reads=reads,
            needs=needs,
            part_of=part_of or name,
            always=always,
            group=group,
            definition=definition,
            one_more=one_more,
            asked=asked,
            grows=grows,
            alone=alone,
            without=without,
        )
        return build

    return register


def _home(build: Build) -> tuple[str, str]:
    return build.__module__, build.__qualname__


def _ensure_free(name: str, part_of: str, reads: tuple[str, ...], needs: str) -> None:
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        raise ValueError(f'"{name}" is no name for a constraint family: a letter, then letters, digits and "_".')
    for table in reads:
        if table not in TABLES:
            raise ValueError(f'The family "{name}" reads "{table}"; the tables are {", ".join(TABLES)}.')
    if needs and needs not in reads:
        raise ValueError(f'The family "{name}" needs "{needs}", which is none of the tables it reads.')
    if part_of and part_of not in FAMILIES:
        raise ValueError(f'The family "{name}" is part of "{part_of}"; the families so far are {", ".join(FAMILIES)}.')


def _units(name: str, index: tuple[str, ...], unit: str, unit_of: str | Units) -> tuple[str, Units]:
    """The unit of a family's rows in words, and what gives it."""
    if callable(unit_of):
        return unit or "a unit of its own", unit_of
    axes = {words: axis for axis, words in _UNITS_OF.items()}
    axis = unit_of or axes.get(unit, "")
    if axis in _UNITS_OF and axis in index:
        return _UNITS_OF[axis], lambda facts: _spread(facts, index, axis)
    if not unit_of and unit in _UNITS:
        return unit, _UNITS[unit]
    known = ", ".join(f'"{words}"' for words in (*axes, *_UNITS))
    had = ", ".join(f'"{axis}"' for axis in index if axis in _UNITS_OF) or "none"
    raise ValueError(
        f'The family "{name}" has no unit that is known: unit={unit!r}, unit_of={unit_of!r}. A unit is one of {known}; '
        f"or unit_of names an axis of the index whose labels have units ({had}) or is a function of the facts."
    )


def _spread(facts: Arrays, index: tuple[str, ...], axis: str) -> Labels:
    """Unit of each row of the full block, from the units along one axis."""
    shape = [len(facts.axis(one)) for one in index]
    along = [length if one == axis else 1 for one, length in zip(index, shape, strict=True)]
    spread: Labels = np.broadcast_to(facts.units_of(axis).reshape(along), shape).ravel()
    return spread


def _axis(name: str, axis: str, facts: Arrays) -> Labels:
    if axis not in facts.axes:
        raise ValueError(f'The family "{name}" is indexed by "{axis}"; the axes are {", ".join(facts.axes)}.')
    return facts.axis(axis)


def of_kind(tables: Tables, *, labour: bool) -> pd.Series[bool]:
    """Rows of the supply of labour, or of all other resources."""
    resources = tables["resources"]
    return tables["supply"]["resource"].isin(resources["resource"][resources["kind"] == "labour"]) == labour


def came_from(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """For each constraint family, the tables its numbers came from: those it reads that have a row.

    Args:
        tables: of an economy.
    """
    there = {name for name, frame in tables.items() if len(frame)}
    return {name: " ".join(table for table in family.reads if table in there) for name, family in FAMILIES.items()}
