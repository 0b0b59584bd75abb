"""Checks of keys, identifiers and references, those to sources among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.items import currencies
from planner.economy.periods import keys_meant, overlapping
from planner.economy.places import TO, base, place
from planner.economy.provenance import is_address, keys_in
from planner.economy.reading.changes import SET
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, IDENTIFIER, By, Column, Table
from planner.economy.schema.package import READ

__all__ = ["duplicate_keys", "half_replaced", "names", "own_rules", "references", "sources", "uncited"]

_IDENTIFIER = re.compile(IDENTIFIER, re.ASCII)
_SINGULAR = {
    "products": "product",
    "activities": "activity",
    "capacities": "capacity",
    "resources": "resource",
    "plans": "plan",
    "projects": "project",
    "relations": "relation",
    "runs": "technique of runs.csv",
    "groups": "group",
    "currencies": "currency",
    "regions": "region",
    "product groups": "group of products",
    "aggregates": "aggregate",
}
_UNLISTED = {  # what stands in no table of its own
    "groups": "a group of activities.csv",
    "product groups": "a group of products.csv",
    "aggregates": "an aggregate of aggregates.csv or a group of products.csv",
    "currencies": "a currency of costs.csv or finance.csv",
}


def duplicate_keys(table: Table, layer: pd.DataFrame, periods: Sequence[str] = ()) -> list[Finding]:
    """Two rows of one file for the same cell, however its periods are spelled.

    Args:
        table: whose rows they are.
        layer: rows of one file, periods in one spelling.
        periods: the horizon.
    """
    keys = keys_meant(table, layer, periods)
    twice = keys.duplicated(keep=False).to_numpy()
    if not twice.any():
        return []
    cells = zip(*(column.tolist() for _, column in keys.items()), strict=True)
    shown = pd.Series([", ".join(filter(None, map(str, key))) for key in cells], index=layer.index)
    wrong = f"The same {', '.join(table.key)} ({{value}}) stands in more than one row. Which one holds?"
    wrong += " Periods are compared by what they mean, not by their spelling." if table.lists else ""
    return findings_in(layer, twice, "E110", table.key[0], wrong, values=shown)


def half_replaced(table: Table, layers: Sequence[pd.DataFrame], known: Sequence[str]) -> list[Finding]:
    """Rows of a scenario or a change whose periods overlap those of a row below without being the same.

    A sum over periods and the figure of one of them are two facts, so nobody could tell whether the row below still holds.

    Args:
        table: whose rows they are.
        layers: lowest first, periods in one spelling.
        known: labels the lists may name.
    """
    result: list[Finding] = []
    if not table.lists:
        return result
    [when] = table.lists
    others = [name for name in table.key if name != when]
    below: dict[tuple[str, ...], list[str]] = {}
    for layer in layers:
        keys = list(zip(*(layer[name].tolist() for name in others), strict=True))
        cut = {}
        for at, (key, text) in enumerate(zip(keys, layer[when], strict=True)):
            there = below.get(key, [])
            if text not in there:
                cut[at] = [other for other in there if overlapping(text, other, known)]
        wrong = np.array([bool(cut.get(at)) for at in range(len(layer))], dtype=bool)
        shown = pd.Series([f"{text} over {', '.join(cut.get(at, []))}" for at, text in enumerate(layer[when])])
        result += findings_in(layer, wrong, "E145", when, _CUT, values=shown.set_axis(layer.index))
        for key, text in zip(keys, layer[when], strict=True):
            below.setdefault(key, []).append(text)
    return result


_CUT = (
    "{value}: the periods overlap those of a row of the tables below without being the same, so it is not told whether "
    "that row still holds. Name exactly its periods to replace it; put a further figure into the tables below."
)


def names(table: Table, layer: pd.DataFrame) -> list[Finding]:
    """Identifiers that are none, and words outside the allowed ones."""
    result: list[Finding] = []
    for column in table.written:
        if column.kind == "id" and not column.refers:
            placed = column.name in {where.of for where in table.places}
            texts = set(layer[column.name].tolist()) - {""}
            bad = {text for text in texts if not _IDENTIFIER.fullmatch(base(text) if placed else text)}
            said = '"{value}" is not an identifier: letters a-z, digits, `_`, `-` and `.`, a letter first.'
            result += _found(layer, column.name, bad, "E112", said)
        elif column.kind == "choice":
            bad = set(layer[column.name].tolist()) - {*column.choices, ""}
            near = partial(_unknown_word, column.choices)
            result += _found(layer, column.name, bad, "E125", near)
    return result


def _found(
    frame: pd.DataFrame, column: str, bad: set[str], code: str, said: str | Callable[[str], str], title: str = ""
) -> list[Finding]:
    """Findings at the rows that have one of the bad texts; mostly there are none, and nothing is done."""
    return findings_in(frame, frame[column].isin(list(bad)), code, column, said, title=title) if bad else []


def references(tables: Mapping[str, pd.DataFrame], broken: Collection[str]) -> list[Finding]:
    """Rows that name what is declared nowhere.

    Args:
        tables: effective tables.
        broken: tables that could not be read; whether something stands in them is unknown, so nothing is said.
    """
    known = {name: set(frame[TABLES[name].key[0]].map(base)) for name, frame in tables.items() if name in _SINGULAR}
    known["groups"] = set(tables["activities"]["group"]) - {""}
    known["product groups"] = set(tables["products"]["group"]) - {""}
    known["aggregates"] = known["product groups"] | set(tables["aggregates"]["aggregate"])
    known["currencies"] = set(currencies(tables))
    unsure = {*broken, "groups"} if "activities" in broken else set(broken)
    unsure |= {"product groups", "aggregates"} if {"products", "aggregates"} & set(broken) else set()
    unsure |= {"currencies"} if {"costs", "trade", "finance"} & set(broken) else set()
    result: list[Finding] = []
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.refers and len(frame):
                placed = column.name in {where.of for where in TABLES[name].places}
                result += _references_of(frame, column, known, unsure, placed=placed)
    return result


def _references_of(
    frame: pd.DataFrame, column: Column, known: Mapping[str, set[str]], unsure: set[str], *, placed: bool
) -> list[Finding]:
    """Rows of a column that refer to nothing; of an item in a place its name counts, its place is looked at elsewhere."""
    rule = column.refers
    cases = rule.of.items() if isinstance(rule, By) else [("", rule)]
    result: list[Finding] = []
    for case, targets in cases:
        if unsure & set(targets):
            continue
        tables = [name for name in targets if name != "*"]
        there = {"*"} if "*" in targets else set()
        there = there.union(*(known[name] for name in tables))
        rows = frame[frame[rule.column] == case] if isinstance(rule, By) else frame
        said = set(rows[column.name].tolist())
        bad = {text for text in said if (base(text) if placed else text) not in there} - {""}
        if placed and "activities" in tables:  # what moves is a technique of its own: coal@UKR>CEN
            bad = {text for text in bad if TO not in place(text) or base(text) not in known["products"]}
        what = " or ".join(_SINGULAR[name] for name in tables)
        elsewhere = [name for name in known if name not in targets] if isinstance(rule, By) else []
        near = partial(_dangling, _where(tables), there, {name: known[name] for name in elsewhere})
        result += _found(rows, column.name, bad, "E104", near, f"unknown {what}")
    return result


def _unknown_word(known: Collection[str], value: str) -> str:
    return f'"{value}" is not one of {", ".join(known)}.{did_you_mean(value, known)}'


def _dangling(said: str, known: set[str], elsewhere: Mapping[str, set[str]], value: str) -> str:
    """What a reader most likely meant: a thing of another kind, a like name, or one that is yet to be declared."""
    kinds = [place for place, there in elsewhere.items() if value in there and place not in _UNLISTED]
    if kinds:
        return f'"{value}"{said} It is in {kinds[0]}.csv; is its kind right in this row?'
    near = did_you_mean(value, known) or " Add it there, or correct the name."
    return f'"{value}"{said}{near}'


def _where(places: list[str]) -> str:
    files = [_UNLISTED.get(place, f"in {place}.csv") for place in places]
    if len(files) == 1:
        return f" is not {files[0]}."
    return f" is neither {' nor '.join(files)}."


def own_rules(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Rows that refer to themselves, projects that need what they exclude, and cells with two preferred series."""
    training, rules, actuals = tables["training"], tables["project_rules"], tables["actuals"]
    itself = (training["to_resource"] == training["from_resource"]) & (training["to_resource"] != "")
    said = '"{value}" is trained from itself. Name the grade from which the trainees come.'
    result = findings_in(training, itself, "E113", "from_resource", said)
    itself = (rules["project"] == rules["other"]) & (rules["project"] != "")
    result += findings_in(rules, itself, "E113", "other", '"{value}" has a rule with itself. Name the other project.')
    pair = rules[["project", "other"]].agg(frozenset, axis=1) if len(rules) else rules["project"]
    both = ((rules["rule"] == "requires") & pair.isin(pair[rules["rule"] == "excludes"])).to_numpy()
    said = "It needs {value}, and one of the two excludes the other: it can never be begun. Take one of the rules out."
    result += findings_in(rules, both, "E115", "other", said)
    staff = tables["resources"]
    flows = (staff[["initial", "wastage", "first_wastage"]] > 0).any(axis=1) | staff["recruits"].notna()
    wrong = ((flows | (staff["dismissals"] == "yes")) & (staff["kind"] != "labour")).to_numpy()
    said = '"{value}" is no labour (kind), so nobody is recruited to it, leaves it or stood in it at the base date.'
    result += findings_in(staff, wrong, "E117", "resource", said)
    changed = tables["exchange"]
    itself = (changed["from"] == changed["to"]) & (changed["to"] != "")
    result += findings_in(
        changed, itself, "E113", "to", '"{value}" is changed for itself. Name the currency that is had.'
    )
    goods, parts = tables["products"], tables["aggregates"]
    taken = parts["aggregate"].isin({*goods["product"], *goods["group"]}).to_numpy()
    said = '"{value}" is a product or a group of products.csv already. Give the aggregate a name of its own.'
    result += findings_in(parts, taken, "E116", "aggregate", said)
    cell = ["measure", "item", "period"]
    preferred = (actuals["preferred"] == "yes").to_numpy()
    twice = np.zeros(len(actuals), dtype=bool)
    twice[preferred] = actuals.loc[preferred, cell].duplicated(keep=False)
    if twice.any():
        shown = actuals[cell].agg(", ".join, axis=1)
        said = "More than one series is preferred for {value}. Which one stands for what happened?"
        result += findings_in(actuals, twice, "E114", "preferred", said, values=shown)
    return result


_SEEN = ("yes", "reconstructed")  # numbers that were read
_APART = "{value} stands beside the row. An economy that lists its sources has their addresses there: put it into sources.csv."
_UNREAD = (
    "The number is said to have been read, but none of the sources named is a text that was read ({value}). Name the text, or "
    "say in `verified` what the number is."
)
_NO_ADDRESS = (
    '"{value}" is not one address. Write it in full, with https:// and no blanks; a second one is another source.'
)


def sources(tables: Mapping[str, pd.DataFrame], broken: Collection[str]) -> list[Finding]:
    """Sources that are not listed, addresses that are none, and numbers read in a text that nobody read.

    Args:
        tables: effective tables.
        broken: tables that could not be read.
    """
    listed = tables["sources"]
    if not len(listed) or "sources" in broken:
        return []
    bad = ~listed["url"].map(lambda url: not url or is_address(url)).to_numpy(dtype=bool)
    result = findings_in(listed, bad, "E119", "url", _NO_ADDRESS)
    read = set(listed["key"][listed["grade"].isin(READ)])
    known = set(listed["key"])
    for rows, cells in _cells(tables):
        unknown = {cell: next((key for key in keys_in(cell) if key not in known), "") for cell in set(cells)}
        near = partial(_unlisted, known)
        which = cells.map(unknown)
        result += findings_in(rows, which != "", "E104", "source", near, values=which, title="unknown source")
        result += findings_in(rows, rows["url"] != "", "E119", "url", _APART)
        unread = {cell for cell in unknown if not unknown[cell] and not read & set(keys_in(cell))}
        doubted = rows["verified"].isin(_SEEN) & cells.isin(list(unread))
        result += findings_in(rows, doubted, "W214", "verified", _UNREAD, values=cells.replace("", "none is named"))
    return result


def uncited(loaded: Sequence[Mapping[str, pd.DataFrame]]) -> list[Finding]:
    """Sources that no row cites.

    Args:
        loaded: tables of an economy under every scenario it has.
    """
    named = {key for tables in loaded for _, cells in _cells(tables) for cell in set(cells) for key in keys_in(cell)}
    said = 'No row cites "{value}". Cite it, or take it out.'
    result: list[Finding] = []
    for tables in loaded:
        listed = tables["sources"]
        result += findings_in(listed, ~listed["key"].isin(list(named)), "W215", "key", said)
    return list(dict.fromkeys(result))


def _cells(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """Rows of each table that say where they come from, and what they name; changes of the command line aside."""
    for name, frame in tables.items():
        if TABLES[name].stated:
            rows = frame[frame[FILE] != SET]
            yield rows, rows["source"]


def _unlisted(known: Collection[str], value: str) -> str:
    near = did_you_mean(value, known) or " Add it there, or correct the key."
    return f'"{value}" is not in sources.csv.{near}'
