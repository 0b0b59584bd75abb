"""Checks of the table `claims`: tests that cannot be read, or that name what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from planner.economy.claims.language import LookupTerm, UnreadableError, read_test
from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.items import aggregate
from planner.economy.measures import MEASURES, TABLE_OF
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema import TABLES

__all__ = ["claims", "row_of"]


def claims(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Tests of statements that no command could carry out.

    Args:
        tables: effective tables.
        heading: what ``economy.toml`` says.
    """
    frame = tables["claims"]
    unread: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for text in dict.fromkeys(frame["test"]):
        try:
            terms = [term for check in read_test(text) for term in check.terms]
        except UnreadableError as error:
            unread[text] = f"{error}"
            continue
        said = next(_unknown(terms, tables, heading), "")
        if said:
            unknown[text] = said
    return [
        *findings_in(frame, frame["test"].isin(list(unread)), "E210", "test", unread.__getitem__),
        *findings_in(
            frame, frame["test"].isin(list(unknown)), "E104", "test", unknown.__getitem__, title="unknown in a test"
        ),
    ]


def row_of(term: LookupTerm, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The row of a table that a term names, or none; labels left out at the end are empty ones.

    Args:
        term: of the kind ``table``.
        tables: of the economy.
    """
    frame, labels = tables[term.words["table"]], term.words["key"].split(":")
    for at, name in enumerate(TABLES[term.words["table"]].key):
        label = labels[at] if at < len(labels) else ""
        frame = frame[(frame[name].astype(str).str.replace(" ", "_") == label).to_numpy(dtype=bool)]
    return frame


def _unfound(term: LookupTerm, tables: Mapping[str, pd.DataFrame]) -> str:
    """What of a number of a table is not there; a row that only a scenario may have is not looked for."""
    table, column = term.words["table"], term.words["column"]
    if table not in TABLES:
        return f'There is no table "{table}".{did_you_mean(table, TABLES)}'
    numbers = [one.name for one in TABLES[table].columns if one.kind in ("number", "integer")]
    if column not in numbers:
        return f'The table {table} has no column of numbers "{column}".{did_you_mean(column, numbers)}'
    if term.scenario is None and row_of(term, tables).empty:
        return f'The table {table} has no row "{term.words["key"]}"; its key is {", ".join(TABLES[table].key)}.'
    return ""


def _unknown(terms: Iterable[LookupTerm], tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> Iterator[str]:
    """What terms name and tables do not hold, in sentences."""
    plans = [str(plan) for plan in tables["plans"]["plan"]]
    periods = (heading.base_period, *heading.periods)
    for term in terms:
        if term.plan and term.plan not in plans:
            yield f'There is no plan "{term.plan}" in plans.csv.{did_you_mean(term.plan, plans)}'
        measure, item, period = term.cell
        if measure:
            if measure not in MEASURES:
                yield f'"{measure}" is no measure.{did_you_mean(measure, MEASURES)}'
                continue
            known = _items(measure, tables)
            if known and item not in (*known, "*") and not aggregate(tables, item):
                yield f'There is no "{item}" that {measure} could be of.{did_you_mean(item, known)}'
        if term.kind == "table" and (said := _unfound(term, tables)):
            yield said
        when = period or term.words.get("period", "")
        if when and heading.periods and when not in periods:
            yield f'"{when}" is no period of this economy.{did_you_mean(when, periods)}'
        if term.kind in ("reached", "late") and term.plan not in set(tables["reached"]["plan"]):
            yield f'The table reached has no figure of "{term.plan}".'


def _items(measure: str, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    axis = MEASURES[measure].axis
    if TABLE_OF[axis] not in tables:
        return []
    return [str(label) for label in tables[TABLE_OF[axis]][axis]]
