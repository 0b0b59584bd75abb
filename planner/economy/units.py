"""Units of the numbers of an economy: what the schema says of each column, and what the data say of each thing counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.items import currencies, foreign_currency
from planner.economy.measures import MEASURES
from planner.economy.places import base
from planner.economy.schema import TABLES
from planner.economy.schema.columns import STATED

if TYPE_CHECKING:
    from planner.economy.facts import Economy

__all__ = ["Units"]

_PER = " per "
_BY_ROLE = {"input": "product", "output": "product", "resource": "resource", "capacity": "capacity"}
_BY_KIND = {"activity": "activity", "retiring": "capacity", "debt": "currency"}  # units that run are only counted


class Units:
    """Units of everything an economy counts, by the words in which the schema states the unit of a column.

    Args:
        tables: effective tables.
        value_unit: unit of prices and investment.

    >>> from planner.economy import load
    >>> economy = load("two_goods")
    >>> units, plant = Units.of(economy), economy.tables["capacities"]
    >>> [str(units.of_rows("capacities", column, plant)[0]) for column in ("initial", "retirement", "gestation")]
    ['t', 'share a period', 'periods']
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], value_unit: str) -> None:
        """Collect what the tables say."""
        self.tables = tables
        self.named: dict[str, dict[str, str]] = {
            key: dict(zip(tables[name][key].tolist(), tables[name]["unit"].tolist(), strict=True))
            for name, key in (("products", "product"), ("resources", "resource"), ("capacities", "capacity"))
        }
        activities = tables["activities"]
        rows = zip(*(activities[name].tolist() for name in ("activity", "unit", "product")), strict=True)
        self.named["activity"] = {
            activity: unit or self.named["product"].get(product, "") for activity, unit, product in rows
        }
        self.named["currency"] = {currency: currency for currency in currencies(tables)}
        self.named["from"] = self.named["to"] = self.named["currency"]
        self.named["item"] = self.named["resource"] | self.named["product"]
        resources = tables["resources"]
        self.common = {
            "head": _one(tables["population"]["unit"]),
            "worker": _one(resources["unit"][resources["kind"] == "labour"]),
            "currency": _one(tables["finance"]["unit"][tables["finance"]["currency"] == ""]),
            "value": value_unit,
        }

    @classmethod
    def of(cls, economy: Economy) -> Units:
        """Those of an economy."""
        return cls(economy.tables, economy.value_unit)

    def of_rows(self, table: str, column: str, frame: pd.DataFrame) -> npt.NDArray[np.object_]:
        """The unit of each number of a column, shape (rows,); empty where nobody states it, or it has none.

        Args:
            table: of the schema.
            column: of numbers.
            frame: rows of the table.
        """
        told = self.expected(TABLES[table].by_name[column].unit, frame, TABLES[table].unit_rule)
        return np.array(told, dtype=object)

    def add_up(self, table: str, column: str) -> bool:
        """Whether the numbers of a column are amounts of things, which add up, and no ratios, shares or times.

        Args:
            table: of the schema.
            column: of numbers.

        >>> from planner.economy import load
        >>> units = Units(load("two_goods").tables, "crowns")
        >>> [units.add_up("capacities", column) for column in ("initial", "retirement")], units.add_up("trade", "price")
        ([True, False], False)
        """
        rule = TABLES[table].by_name[column].unit
        word = TABLES[table].unit_rule if rule == STATED else rule
        return not word or word in self.named or word in self.common or word in ("measure", "key")

    def expected(self, rule: str, frame: pd.DataFrame, row: str = "") -> list[str]:
        """The unit that a rule gives each row, empty where a part of it is unknown.

        Args:
            rule: a word, or two with "per" between them; one that names nothing is the unit itself.
            frame: the rows.
            row: the rule of their own column ``unit``, for rows that leave it empty.
        """
        if rule == STATED:
            stated = frame["unit"].tolist()
            if not row or all(stated):
                return stated
            told = self.expected(row, frame)
            if row == "currency":
                told = [unit or foreign_currency(self.tables) for unit in told]
            return [unit or other for unit, other in zip(stated, told, strict=True)]
        above, per, below = rule.partition(_PER)
        if not per:
            return self._each(rule, frame)
        over = self.expected(above, frame, row)
        pairs = zip(over, self.expected(below, frame, row), strict=True)
        return [f"{one}{_PER}{other}" if one and other else "" for one, other in pairs]

    def _each(self, word: str, frame: pd.DataFrame) -> list[str]:
        """Unit of what a word stands for in each row; empty where it is unknown."""
        if word == "currency" and "currency" in frame:
            return [named or self.common["currency"] for named in frame["currency"].tolist()]
        if word in self.common:
            return [self.common[word]] * len(frame)
        if word == "measure":
            return self._measured(frame)
        if word == "key":
            return self._by(frame, "kind", _BY_KIND, "key")
        if word == "item" and "role" in frame:
            return self._by(frame, "role", _BY_ROLE)
        if word in self.named:
            return [self._unit(word, name) for name in frame[word].tolist()]
        return [word] * len(frame)

    def _measured(self, frame: pd.DataFrame) -> list[str]:
        """Units of what measures count."""
        units = self._by(
            frame, "measure", {name: m.axis for name, m in MEASURES.items() if m.unit in ("item", "itself")}
        )
        common = {"units": "units", "value": self.common["value"], "foreign": self.common["currency"]}
        fixed = {name: common[m.unit] for name, m in MEASURES.items() if m.unit in common}
        return [fixed.get(measure, unit) for measure, unit in zip(frame["measure"].tolist(), units, strict=True)]

    def _by(self, frame: pd.DataFrame, column: str, words: Mapping[str, str], key: str = "item") -> list[str]:
        pairs = zip(frame[column].tolist(), frame[key].tolist(), strict=True)
        return [self._unit(words[case], item) if case in words else "" for case, item in pairs]

    def _unit(self, word: str, name: str) -> str:
        units = self.named[word]
        return units.get(name) or units.get(base(name), "")


def _one(units: pd.Series) -> str:
    """The unit on which all rows agree, if they do."""
    said = [unit for unit in units.unique() if unit]
    return str(said[0]) if len(said) == 1 else ""
