"""Checks of units: a row's unit is that of the thing it counts. Nothing is converted; an empty unit is not checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.items import currencies
from planner.economy.measures import MEASURES
from planner.economy.schema import TABLES

__all__ = ["units"]

_BETWEEN = "\x1f"  # parts a unit from the one expected while rows are grouped by both
_BY_ROLE = {"input": "product", "output": "product", "resource": "resource", "capacity": "capacity"}
_BY_KIND = {"activity": "activity", "retiring": "capacity", "debt": "currency"}  # units that run are only counted


class _Units:
    """Units of everything, by the word that a table's unit rule uses for it."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], value_unit: str) -> None:
        self.value_unit = value_unit
        self.of: dict[str, dict[str, str]] = {
            key: dict(zip(tables[name][key].tolist(), tables[name]["unit"].tolist(), strict=True))
            for name, key in (("products", "product"), ("resources", "resource"), ("capacities", "capacity"))
        }
        activities = tables["activities"]
        made = zip(activities["activity"].tolist(), activities["product"].tolist(), strict=True)
        self.of["activity"] = {activity: self.of["product"].get(product, "") for activity, product in made}
        self.of["currency"] = {currency: currency for currency in currencies(tables)}
        self.of["from"] = self.of["to"] = self.of["currency"]
        self.of["item"] = self.of["resource"] | self.of["product"]
        resources = tables["resources"]
        self.common = {
            "head": _one(tables["population"]["unit"]),
            "worker": _one(resources["unit"][resources["kind"] == "labour"]),
            "currency": _one(tables["finance"]["unit"][tables["finance"]["currency"] == ""]),
        }

    def expected(self, word: str, frame: pd.DataFrame) -> list[str]:
        """Unit of what a word stands for in each row; empty where it is unknown."""
        if word == "currency" and "currency" in frame:
            return [named or self.common["currency"] for named in frame["currency"].tolist()]
        if word in self.common:
            return [self.common[word]] * len(frame)
        if word == "measure":
            units = self._by(
                frame, "measure", {name: m.axis for name, m in MEASURES.items() if m.unit in ("item", "itself")}
            )
            common = {"units": "units", "value": self.value_unit, "foreign": self.common["currency"]}
            fixed = {name: common[m.unit] for name, m in MEASURES.items() if m.unit in common}
            pairs = zip(frame["measure"].tolist(), units, strict=True)
            return [fixed.get(measure, unit) for measure, unit in pairs]
        if word == "key":
            return self._by(frame, "kind", _BY_KIND, "key")
        if word == "item" and "role" in frame:
            return self._by(frame, "role", _BY_ROLE)
        return [self.of[word].get(name, "") for name in frame[word].tolist()]

    def _by(self, frame: pd.DataFrame, column: str, words: Mapping[str, str], key: str = "item") -> list[str]:
        tables = {case: self.of[word] for case, word in words.items()}
        pairs = zip(frame[column].tolist(), frame[key].tolist(), strict=True)
        return [tables[case].get(item, "") if case in tables else "" for case, item in pairs]


def _one(units: pd.Series) -> str:
    """The unit on which all rows agree, if they do."""
    said = [unit for unit in units.unique() if unit]
    return str(said[0]) if len(said) == 1 else ""


def units(tables: Mapping[str, pd.DataFrame], value_unit: str) -> list[Finding]:
    """Units that do not match.

    Args:
        tables: effective tables.
        value_unit: unit of prices and investment.
    """
    of, result = _Units(tables, value_unit), list[Finding]()
    for name, frame in tables.items():
        rule = TABLES[name].unit_rule
        if rule and (frame["unit"] != "").any():
            above, _, below = rule.partition(" per ")
            wanted = of.expected(above, frame)
            if below:
                pairs = zip(wanted, of.expected(below, frame), strict=True)
                wanted = [f"{over} per {under}" if over and under else "" for over, under in pairs]
            result += _mismatches(name, frame, wanted)
            if above == "head" or name in ("trade", "finance"):
                result += _one_unit(name, frame[frame["currency"] == ""] if "currency" in frame else frame)
    return result


def _mismatches(name: str, frame: pd.DataFrame, wanted: list[str]) -> list[Finding]:
    """Rows whose unit differs; after "per" the singular will do, as in "yards per bushel"."""
    pairs = list(zip(frame["unit"].tolist(), wanted, strict=True))
    wrong = np.array([bool(unit and want) and unit not in (want, want.removesuffix("s")) for unit, want in pairs])
    if not wrong.any():
        return []
    grouped = pd.Series([f"{unit}{_BETWEEN}{want}" for unit, want in pairs], index=frame.index)
    loose = wrong & (frame["preferred"] != "yes").to_numpy() if name == "actuals" else np.zeros_like(wrong)
    found: list[Finding] = []
    for code, rows, end in (
        ("E150", wrong & ~loose, "Convert the number; nothing is converted here."),
        ("W206", loose, "The figure is kept but not compared."),
    ):
        findings = findings_in(frame, rows, code, "unit", partial(_differs, end), values=grouped)
        found += [replace(finding, value=finding.value.partition(_BETWEEN)[0]) for finding in findings]
    return found


def _differs(end: str, pair: str) -> str:
    unit, _, want = pair.partition(_BETWEEN)
    return f'The unit is "{unit}" where "{want}" was expected. {end}'


def _one_unit(name: str, frame: pd.DataFrame) -> list[Finding]:
    """Money and persons are added up, so all rows have one unit (of trade: the part before "per")."""
    if not len(frame):
        return []
    said = frame["unit"].str.partition(" per ")[0] if name == "trade" else frame["unit"]
    kinds = [unit for unit in said.unique() if unit]
    if len(kinds) < 2:
        return []
    wrong = said.isin(kinds[1:]).to_numpy()
    sentence = f'The unit is "{{value}}", while the rows before are in "{kinds[0]}", and they are added up.'
    return findings_in(frame, wrong, "E151", "unit", sentence, values=said)
