"""The table of constraint families: one row a family, from which code, names, reports and documents are all made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Labels
from planner.program import Rows, Statement

if TYPE_CHECKING:
    from planner.formulation.variables import Variables

Build = Callable[[Arrays, "Variables"], Statement | Rows]
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Stated:
    """Facts that one family alone reads: the filled cells of a column.

    Args:
        table, column: which.
        where: which rows, from the tables and the name of the plan; all of them when not given.
        also: other families that read them too.
    """

    table: str
    column: str
    where: Callable[[Tables, str], pd.Series[bool]] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """A constraint family.

    Args:
        name: as in model files, row names and reports.
        algebra: the inequality as the formulation writes it.
        index: axes of its rows.
        unit: unit of its rows in words.
        says: the rule in a sentence.
        build: states the rows over whole blocks.
        units: unit of each row of the full block.
        reads: tables its numbers come from.
        part_of: the family of the model file that brings this one along; its own name where it stands alone.
        alone: facts that have no effect where the family is left out; the facts of projects are told in other tables too.
        without: what then holds, as the end of a sentence.
    """

    name: str
    algebra: str
    index: tuple[str, ...]
    unit: str
    says: str
    build: Build
    units: Callable[[Arrays], Labels]
    reads: tuple[str, ...]
    part_of: str
    alone: tuple[Stated, ...]
    without: str

    def rows(self, facts: Arrays, plan: Variables) -> Rows:
        """The family's rows for an economy, keyed by its index."""
        statement = self.build(facts, plan)
        if isinstance(statement, Rows):
            return statement
        keys, units = facts.keys(*self.index), self.units(facts)
        if statement.kept is not None:
            keys, units = tuple(k[statement.kept] for k in keys), units[statement.kept]
        return Rows(statement.body, statement.lower, statement.upper, keys, units)


FAMILIES: dict[str, Family] = {}

_UNITS: dict[str, Callable[[Arrays], Labels]] = {
    "unit of the product": lambda facts: np.repeat(facts.units("products"), facts.T),
    "unit of the activity": lambda facts: np.repeat(facts.activity_units, facts.T),
    "unit of the capacity": lambda facts: np.repeat(facts.units("capacities"), facts.T),
    "unit of the resource": lambda facts: np.repeat(facts.units("resources"), facts.T),
    "unit of the labour trained": lambda facts: np.repeat(facts.training_units, facts.T),
    "foreign currency": lambda facts: np.full(facts.T, facts.currency, object),
    "unit of the target": lambda facts: np.zeros(0, object),
    "starts": lambda facts: np.zeros(0, object),
    "value unit": lambda facts: np.full(facts.T, facts.economy.value_unit, object),
    "level, base period = 1": lambda facts: np.full(facts.T, "level, base period = 1", object),
}


def family(
    name: str,
    *,
    algebra: str,
    index: tuple[str, ...],
    unit: str,
    says: str,
    reads: tuple[str, ...] = (),
    part_of: str = "",
    alone: tuple[Stated, ...] = (),
    without: str = "",
) -> Callable[[Build], Build]:
    """Register a function as the constraint family of a name; its row feeds ``planner explain`` and ``models/README.md``."""

    def register(build: Build) -> Build:
        FAMILIES[name] = Family(
            name, algebra, index, unit, says, build, _UNITS[unit], reads, part_of or name, alone, without
        )
        return build

    return register


def of_kind(tables: Tables, *, labour: bool) -> pd.Series[bool]:
    """Rows of the supply of labour, or of all other resources."""
    resources = tables["resources"]
    return tables["supply"]["resource"].isin(resources["resource"][resources["kind"] == "labour"]) == labour
