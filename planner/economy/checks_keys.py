"""Checks of keys, identifiers and references."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial

import numpy as np
import pandas as pd

from planner.economy.columns import IDENTIFIER, By, Column, Table
from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.schema import PROVENANCE, TABLES

__all__ = ["duplicate_keys", "names", "own_rules", "references"]

_IDENTIFIER = re.compile(IDENTIFIER, re.ASCII)
_SINGULAR = {
    "products": "product",
    "activities": "activity",
    "capacities": "capacity",
    "resources": "resource",
    "plans": "plan",
    "projects": "project",
    "groups": "group",
}


def duplicate_keys(table: Table, layer: pd.DataFrame) -> list[Finding]:
    """Two rows of one file with the same key."""
    key = list(table.key)
    twice = layer.duplicated(key, keep=False).to_numpy()
    if not twice.any():
        return []
    shown = layer.loc[twice, key].astype(str).agg(", ".join, axis=1).reindex(layer.index, fill_value="")
    wrong = f"The same {', '.join(key)} ({{value}}) stands in more than one row. Which one holds?"
    return findings_in(layer, twice, "E110", key[0], wrong, values=shown)


def names(table: Table, layer: pd.DataFrame) -> list[Finding]:
    """Identifiers that are none, and words outside the allowed ones."""
    result: list[Finding] = []
    for column in (*table.columns, *PROVENANCE):
        cells = layer[column.name]
        if column.kind == "id" and not column.refers:
            bad = [text for text in cells.unique() if text and not _IDENTIFIER.fullmatch(text)]
            said = '"{value}" is not an identifier: letters a-z, digits, `_`, `-` and `.`, a letter first.'
            result += findings_in(layer, cells.isin(bad), "E112", column.name, said)
        elif column.kind == "choice":
            wrong = ~cells.isin([*column.choices, ""]).to_numpy()
            said = f" is not one of {', '.join(column.choices)}."
            result += findings_in(layer, wrong, "E125", column.name, partial(_unknown_word, said, column.choices))
    return result


def references(tables: Mapping[str, pd.DataFrame], broken: Collection[str]) -> list[Finding]:
    """Rows that name what is declared nowhere.

    Args:
        tables: effective tables.
        broken: tables that could not be read; whether something stands in them is unknown, so nothing is said.
    """
    known = {name: set(frame[TABLES[name].key[0]]) for name, frame in tables.items() if name in _SINGULAR}
    known["groups"] = set(tables["activities"]["group"]) - {""}
    unsure = {*broken, "groups"} if "activities" in broken else set(broken)
    result: list[Finding] = []
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.refers and len(frame):
                result += _references_of(frame, column, known, unsure)
    return result


def _references_of(
    frame: pd.DataFrame, column: Column, known: Mapping[str, set[str]], unsure: set[str]
) -> list[Finding]:
    rule = column.refers
    cases = rule.of.items() if isinstance(rule, By) else [("", rule)]
    result: list[Finding] = []
    for case, targets in cases:
        if unsure & set(targets):
            continue
        places = [place for place in targets if place != "*"]
        there = {"*"} if "*" in targets else set()
        there = there.union(*(known[place] for place in places))
        cells = frame[column.name]
        wrong = ~cells.isin([*there, ""]).to_numpy()
        if isinstance(rule, By):
            wrong &= (frame[rule.column] == case).to_numpy()
        what = " or ".join(_SINGULAR[place] for place in places)
        elsewhere = [place for place in known if place not in targets] if isinstance(rule, By) else []
        near = partial(_dangling, _where(places), there, {place: known[place] for place in elsewhere})
        result += findings_in(frame, wrong, "E104", column.name, near, title=f"unknown {what}")
    return result


def _unknown_word(said: str, known: Collection[str], value: str) -> str:
    return f'"{value}"{said}{did_you_mean(value, known)}'


def _dangling(said: str, known: set[str], elsewhere: Mapping[str, set[str]], value: str) -> str:
    """What a reader most likely meant: a thing of another kind, a like name, or one that is yet to be declared."""
    kinds = [place for place, there in elsewhere.items() if value in there and place != "groups"]
    if kinds:
        return f'"{value}"{said} It is in {kinds[0]}.csv; is its kind right in this row?'
    near = did_you_mean(value, known) or " Add it there, or correct the name."
    return f'"{value}"{said}{near}'


def _where(places: list[str]) -> str:
    files = [f"in {place}.csv" if place != "groups" else "a group of activities.csv" for place in places]
    if len(files) == 1:
        return f" is not {files[0]}."
    return f" is neither {' nor '.join(files)}."


def own_rules(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Rows that refer to themselves, and cells with two preferred series."""
    training, rules, actuals = tables["training"], tables["project_rules"], tables["actuals"]
    itself = (training["to_resource"] == training["from_resource"]) & (training["to_resource"] != "")
    said = '"{value}" is trained from itself. Name the grade from which the trainees come.'
    result = findings_in(training, itself, "E113", "from_resource", said)
    itself = (rules["project"] == rules["other"]) & (rules["project"] != "")
    result += findings_in(rules, itself, "E113", "other", '"{value}" has a rule with itself. Name the other project.')
    cell = ["measure", "item", "period"]
    preferred = (actuals["preferred"] == "yes").to_numpy()
    twice = np.zeros(len(actuals), dtype=bool)
    twice[preferred] = actuals.loc[preferred, cell].duplicated(keep=False)
    if twice.any():
        shown = actuals[cell].agg(", ".join, axis=1)
        said = "More than one series is preferred for {value}. Which one stands for what happened?"
        result += findings_in(actuals, twice, "E114", "preferred", said, values=shown)
    return result
