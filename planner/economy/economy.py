"""An economy, frozen: its facts after scenario, changes and corner, ready for the formulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from planner.economy.cells import finished, no_rows, typed
from planner.economy.check import check_rows, check_whole, in_order
from planner.economy.checks_keys import half_replaced
from planner.economy.checks_numbers import magnitudes
from planner.economy.columns import FILE, Table
from planner.economy.corner import CORNERS, at_corner
from planner.economy.findings import DataError, Finding, did_you_mean, findings_in
from planner.economy.heading import Heading, chain_of_scenarios, check_scenarios, read_heading, scenario_names
from planner.economy.overlay import every_period, overlay
from planner.economy.overrides import changed
from planner.economy.periods import labels_of, one_spelling
from planner.economy.read import Files, read_table, tables_in
from planner.economy.schema import TABLES
from planner.shipped import shipped

__all__ = ["Economy", "check", "check_all", "find", "load"]


@dataclass(frozen=True)
class Economy:
    """One economy under one scenario at one corner of its ranges.

    Args:
        name: name of its folder.
        folder: where it was read.
        title: one line for headings.
        description: a few sentences.
        base_period: label of the period before the first.
        periods: labels of the horizon, in order.
        value_unit: unit of prices and investment.
        default_plan: plan tested when none is named, or nothing.
        default_scenario: scenario used when none is named, or nothing.
        default_model: model file used when none is named, or nothing.
        scenario: scenario laid over the base, or nothing.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        sets: changes made on the command line, as written.
        tables: every table of the schema by name, empty where the economy has nothing of the kind. A ranged number X
            stands at the corner's choice in X, with its ends and its central value beside it.
        files: every file read, relative to the folder, and its SHA-256.
        warnings: what a reader should know but what stops nothing.
        known: what was worked out from labels alone; see ``planner.economy.axes.Axes.remembered``.
    """

    name: str
    folder: Path
    title: str
    description: str
    base_period: str
    periods: tuple[str, ...]
    value_unit: str
    default_plan: str | None
    default_scenario: str | None
    default_model: str | None
    scenario: str | None
    corner: str
    sets: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    files: Mapping[str, str]
    warnings: tuple[Finding, ...] = ()
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


def load(
    economy: str | Path = "ussr_1928",
    *,
    scenario: str | None = None,
    corner: str = "central",
    sets: Sequence[str] = (),
) -> Economy:
    """Read, check and freeze an economy.

    Args:
        economy: a name or a path: the path as given, then ``./inputs/NAME``, then the shipped one.
        scenario: name of a scenario; ``None`` for the economy's default, ``"base"`` for none.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        sets: changes such as ``"trade:product=grain,direction=export,period=1931:price=0.045"``.

    Returns:
        The economy.

    Raises:
        DataError: with everything that is wrong, at once.
    """
    files = Files(find(economy))
    if corner not in CORNERS:
        near = did_you_mean(corner, CORNERS)
        files.report("E163", "", f'"{corner}" is no corner; there are {", ".join(CORNERS)}.{near}', value=corner)
    heading = read_heading(files)
    check_scenarios(files, heading)
    chosen = heading.default_scenario if scenario is None else "" if scenario == "base" else scenario
    known = scenario is not None or chosen in scenario_names(files.folder)  # a wrong default is reported already
    tables = _tables(files, heading, chain_of_scenarios(files, chosen) if known else [], sets)
    findings = in_order(files.findings, ["", "economy.toml", *files.digests])
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise DataError(errors, files.folder)
    ready = {name: _ready(TABLES[name], frame, heading, corner) for name, frame in tables.items()}
    return _frozen(
        files, heading, ready, scenario=chosen or None, corner=corner, sets=tuple(sets), warnings=tuple(findings)
    )


def _frozen(files: Files, heading: Heading, tables: Mapping[str, pd.DataFrame], **choices: Any) -> Economy:
    """The economy of a heading and its tables; the choices are those of `load`."""
    return Economy(
        name=files.folder.resolve().name,
        folder=files.folder,
        title=heading.title,
        description=heading.description,
        base_period=heading.base_period,
        periods=heading.periods,
        value_unit=heading.value_unit,
        default_plan=heading.default_plan or None,
        default_scenario=heading.default_scenario or None,
        default_model=heading.default_model or None,
        tables=tables,
        files=dict(files.digests),
        **choices,
    )


def check(economy: Economy) -> list[Finding]:
    """What a reader of a loaded economy should know, but what stops nothing."""
    return list(economy.warnings)


def check_all(economy: str | Path) -> list[Finding]:
    """Errors and warnings of an economy without scenario and under each of its scenarios, each finding once.

    Args:
        economy: a name or a path, as for `load`.
    """
    findings: dict[Finding, None] = {}
    for scenario in ("base", *scenario_names(find(economy))):
        try:
            found = load(economy, scenario=scenario).warnings
        except DataError as error:
            found = error.findings
        findings |= dict.fromkeys(found)
    return sorted(findings, key=lambda finding: (finding.file.count("/"), finding.file))


def find(economy: str | Path) -> Path:
    """Folder of an economy: the path as given, then ``./inputs``, then what is shipped.

    Args:
        economy: a name or a path.

    Raises:
        DataError: no folder of that name is at any of these places.
    """
    places = [Path(economy), Path("inputs") / economy, shipped("inputs") / economy]
    with suppress(OSError):  # a name may be too long to be one
        for place in places:
            if (place / "economy.toml").is_file():
                return place
        for place in places:
            if place.is_dir() and str(economy):
                return place
    there = sorted({path.parent.name for place in places for path in place.parent.glob("*/economy.toml")})
    near = did_you_mean(str(economy), there) + (f" There are: {', '.join(there)}." if there else "")
    said = f'There is no economy "{economy}" here, in ./inputs or among the shipped ones.{near}'
    raise DataError([Finding("E100", "", (), "", str(economy), said)])


def _tables(files: Files, heading: Heading, chain: Sequence[str], sets: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Effective tables: base, scenarios and changes laid over each other, and everything checked."""
    layers: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for sub in ["", *(f"scenarios/{name}" for name in chain)]:
        for name in tables_in(files, sub):
            cells = read_table(files, TABLES[name], sub)
            if cells is not None:
                frame, findings = typed(TABLES[name], cells, files.absent)
                frame = one_spelling(TABLES[name], frame, heading.base_period, heading.periods)
                files.findings += [*findings, *check_rows(TABLES[name], frame, heading.periods)]
                layers[name].append(frame)
    tables = {}
    for name, table in TABLES.items():
        files.findings += half_replaced(table, layers[name], labels_of(table, heading.base_period, heading.periods))
        frame = overlay(table, layers[name] or [no_rows(table)], heading.periods)
        tables[name], idle = every_period(table, frame, heading.periods)
        if len(idle):  # rows of a scenario may name every period of a `*` row below: only the topmost is in vain
            top = (idle[FILE] == layers[name][-1][FILE].iloc[0]).to_numpy()
            said = "Every period is named by another row, so `*` changes nothing. Name the periods it should change."
            files.findings += findings_in(idle, top, "W203", table.starred or "", said)
    _change(files, heading, tables, sets)
    files.findings += check_whole(tables, heading, files.broken, files.findings)
    for name, frame in tables.items():
        files.findings += magnitudes(TABLES[name], frame)
    return tables


def _change(files: Files, heading: Heading, tables: dict[str, pd.DataFrame], sets: Sequence[str]) -> None:
    """Lay the changes of the command line over the tables, one after the other."""
    for number, text in enumerate(sets, 1):
        name, rows, findings = changed(text, number, tables, base_period=heading.base_period, periods=heading.periods)
        files.findings += findings
        if rows is not None:
            table = TABLES[name]
            files.findings += check_rows(table, rows, heading.periods)
            rows, _ = every_period(table, rows, heading.periods)
            tables[name] = overlay(table, [tables[name], rows], heading.periods)


def _ready(table: Table, frame: pd.DataFrame, heading: Heading, corner: str) -> pd.DataFrame:
    return at_corner(table, finished(table, frame, heading.periods), corner)
