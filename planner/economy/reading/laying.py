"""From the files of an economy to its effective tables: scenarios and changes laid over the base, everything checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from planner.economy.checks.all import check_rows, check_whole
from planner.economy.checks.keys import half_replaced
from planner.economy.checks.numbers import magnitudes
from planner.economy.findings import Finding, findings_in
from planner.economy.periods import labels_of, one_spelling
from planner.economy.reading.cells import no_rows, typed
from planner.economy.reading.changes import changed
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.reading.files import Files, read_table, tables_in
from planner.economy.reading.overlay import every_period, overlay, with_base
from planner.economy.reading.snapshot import SCENARIOS
from planner.economy.residuals.steps import marked
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE

__all__ = ["change", "laid"]

Frames = dict[str, pd.DataFrame]


def laid(files: Files, heading: EconomyFile, chain: Iterable[str], sets: Sequence[str]) -> Frames:
    """Effective tables with central values: base, scenarios and changes laid over each other, and everything checked.

    Args:
        files: reader of the economy, which takes the findings.
        heading: what ``economy.toml`` says.
        chain: scenarios, lowest first.
        sets: changes, as on the command line.
    """
    layers: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    subs = ["", *(f"{SCENARIOS}/{name}" for name in chain)]
    for sub in (f"{layer}{sub}".rstrip("/") for layer in files.snapshot.layers for sub in subs):
        for name in tables_in(files, sub):
            cells = read_table(files, TABLES[name], sub)
            if cells is not None:
                frame, findings = typed(TABLES[name], cells, files.absent)
                frame = one_spelling(TABLES[name], frame, heading.base_period, heading.periods)
                files.findings += [*findings, *check_rows(TABLES[name], frame, heading.periods)]
                layers[name].append(frame)
    follows = any(marked(layer).any() for parts in layers.values() for layer in parts)
    tables = {}
    for name, table in TABLES.items():
        files.findings += half_replaced(table, layers[name], labels_of(table, heading.base_period, heading.periods))
        parts = with_base(table, layers[name], heading.base_period, heading.periods) if follows else layers[name]
        frame = overlay(table, parts or [no_rows(table)], heading.periods)
        tables[name], idle = every_period(table, frame, heading.periods)
        if len(idle):  # rows of a scenario may name every period of a `*` row below: only the topmost is in vain
            top = (idle[FILE] == layers[name][-1][FILE].iloc[0]).to_numpy()
            said = "Every period is named by another row, so `*` changes nothing. Name the periods it should change."
            files.findings += findings_in(idle, top, "W203", table.starred or "", said)
    files.findings += change(tables, heading, sets)
    files.findings += check_whole(tables, heading, files.broken, files.findings)
    for name, frame in tables.items():
        files.findings += magnitudes(TABLES[name], frame)
    return tables


def change(tables: Frames, heading: EconomyFile, sets: Sequence[str]) -> list[Finding]:
    """Lay changes over tables with central values, one after the other.

    Args:
        tables: written to.
        heading: what ``economy.toml`` says.
        sets: changes, as on the command line.

    Returns:
        Findings about the changes.
    """
    result: list[Finding] = []
    for number, text in enumerate(sets, 1):
        name, rows, findings = changed(text, number, tables, base_period=heading.base_period, periods=heading.periods)
        result += findings
        if rows is not None:
            table = TABLES[name]
            result += check_rows(table, rows, heading.periods)
            rows, _ = every_period(table, rows, heading.periods)
            tables[name] = overlay(table, [tables[name], rows], heading.periods)
    return result
