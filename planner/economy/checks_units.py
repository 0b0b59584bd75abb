"""Checks of units: a row's unit is that of the thing it counts. Nothing is converted; an empty unit is not checked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.schema import TABLES

__all__ = ["units"]

_UNIT_OF_ITEM = {"input": "products", "output": "products", "resource": "resources", "capacity": "capacities"}
_UNIT_OF_MEASURE = {
    "output": "products",
    "delivery": "products",
    "export": "products",
    "import": "products",
    "stock": "products",
    "activity": "activities",
    "capacity": "capacities",
    "start": "capacities",
    "employment": "resources",
}


class _Units:
    """Units of everything, by the word that a table's unit rule uses for it."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], value_unit: str) -> None:
        self.tables = tables
        self.value_unit = value_unit
        self.of = {
            name: frame.drop_duplicates(TABLES[name].key[0]).set_index(TABLES[name].key[0])["unit"]
            for name, frame in tables.items()
            if name in ("products", "resources", "capacities")
        }
        activities = tables["activities"].drop_duplicates("activity").set_index("activity")["product"]
        self.of["activities"] = activities.map(self.of["products"]).fillna("")

    def expected(self, word: str, frame: pd.DataFrame) -> pd.Series:
        """Unit of what a word stands for in each row; empty where it is unknown."""
        if word in ("head", "worker", "currency"):
            return pd.Series(self._common(word), index=frame.index)
        if word == "measure":
            return self._by(frame, "measure", _UNIT_OF_MEASURE).mask(frame["measure"] == "investment", self.value_unit)
        if word == "item" and "role" in frame:
            return self._by(frame, "role", _UNIT_OF_ITEM)
        places = {"activity": ["activities"], "capacity": ["capacities"], "resource": ["resources"]}
        found = pd.Series("", index=frame.index)
        for place in places.get(word, ["products", "resources"] if word == "item" else ["products"]):
            found = found.mask(found == "", frame[word].map(self.of[place]).fillna(""))
        return found

    def _by(self, frame: pd.DataFrame, column: str, places: Mapping[str, str]) -> pd.Series:
        found = pd.Series("", index=frame.index)
        for case, place in places.items():
            found = found.mask(frame[column] == case, frame["item"].map(self.of[place]).fillna(""))
        return found

    def _common(self, word: str) -> str:
        """The one unit of persons or money, if the tables agree on one."""
        resources, finance, population = (self.tables[name] for name in ("resources", "finance", "population"))
        labour = resources["unit"][resources["kind"] == "labour"]
        cells = {"head": population["unit"], "worker": labour, "currency": finance["unit"]}[word]
        said = [unit for unit in cells.unique() if unit]
        return said[0] if len(said) == 1 else ""


def units(tables: Mapping[str, pd.DataFrame], value_unit: str) -> list[Finding]:
    """Units that do not match.

    Args:
        tables: effective tables.
        value_unit: unit of prices and investment.
    """
    of, result = _Units(tables, value_unit), list[Finding]()
    for name, frame in tables.items():
        rule = TABLES[name].unit_rule
        if not rule or not (frame["unit"] != "").any():
            continue
        above, _, below = rule.partition(" per ")
        wanted = of.expected(above, frame)
        if below:
            under = of.expected(below, frame)
            unknown = (wanted == "") | (under == "")
            wanted = (wanted + " per " + under).mask(unknown, "")
        result += _mismatches(name, frame, wanted)
        if rule in ("head", "currency", "currency per product"):
            result += _one_unit(name, frame)
    return result


def _mismatches(name: str, frame: pd.DataFrame, wanted: pd.Series) -> list[Finding]:
    wrong = ((frame["unit"] != "") & (wanted != "") & (frame["unit"] != wanted)).to_numpy()
    if not wrong.any():
        return []
    pairs = frame["unit"] + "\n" + wanted
    sentences = {}
    for pair in pairs[wrong].unique():
        unit, want = pair.split("\n")
        sentences[pair] = f'The unit is "{unit}" but these things are counted in "{want}". Nothing is converted.'
    found: list[Finding] = []
    loose = wrong & (frame["preferred"] != "yes").to_numpy() if name == "actuals" else wrong & False
    for code, rows in (("E150", wrong & ~loose), ("W206", loose)):
        for finding in findings_in(frame, rows, code, "unit", sentences, values=pairs):
            found.append(_with_value(finding))
    return found


def _with_value(finding: Finding) -> Finding:
    """Show the unit alone, where unit and expectation were grouped together."""
    return Finding(
        finding.code, finding.file, finding.rows, finding.column, finding.value.split("\n")[0], finding.sentence
    )


def _one_unit(name: str, frame: pd.DataFrame) -> list[Finding]:
    """Money and persons are added up, so all rows have one unit (of trade: the part before "per")."""
    said = frame["unit"].str.partition(" per ")[0] if name == "trade" else frame["unit"]
    kinds = [unit for unit in said.unique() if unit]
    if len(kinds) < 2:
        return []
    wrong = said.isin(kinds[1:]).to_numpy()
    sentence = f'The unit is "{{value}}", while the rows before are in "{kinds[0]}", and they are added up.'
    return findings_in(frame, wrong, "E151", "unit", sentence, values=said)
