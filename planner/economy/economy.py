"""An economy, frozen: its facts after scenario, changes and corner, ready for the formulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.economy.cells import finished, typed
from planner.economy.columns import Table
from planner.economy.corner import CORNERS, at_corner
from planner.economy.findings import DataError, Finding, did_you_mean
from planner.economy.heading import Heading, chain_of_scenarios, read_heading, scenario_names
from planner.economy.overlay import every_period, overlay
from planner.economy.read import Files, empty_table, read_table, tables_in
from planner.economy.schema import TABLES
from planner.shipped import shipped

__all__ = ["Economy", "load"]


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
    heading = read_heading(files)
    chosen = heading.default_scenario if scenario is None else "" if scenario == "base" else scenario
    chain = chain_of_scenarios(files, chosen)
    tables = _tables(files, heading, chain)
    errors = [finding for finding in files.findings if finding.severity == "error"]
    if errors:
        raise DataError(errors, files.folder)
    tables = {name: at_corner(TABLES[name], finished(TABLES[name], frame, heading.periods), corner) for name, frame in tables.items()}
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
        scenario=chosen or None,
        corner=corner,
        sets=tuple(sets),
        tables=tables,
        files=dict(files.digests),
        warnings=tuple(finding for finding in files.findings if finding.severity == "warning"),
    )


def find(economy: str | Path) -> Path:
    places = [Path(economy), Path("inputs") / economy, shipped("inputs") / economy]
    for place in places:
        if (place / "economy.toml").is_file():
            return place
    for place in places:
        if place.is_dir():
            return place
    raise DataError([Finding("E100", "", (), "", str(economy), f'There is no economy "{economy}".')])


def _tables(files: Files, heading: Heading, chain: Sequence[str]) -> dict[str, pd.DataFrame]:
    layers: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    for sub in ["", *(f"scenarios/{name}" for name in chain)]:
        for name in tables_in(files, sub):
            text = read_table(files, TABLES[name], sub)
            if text is not None:
                frame, findings = typed(TABLES[name], text, files.absent)
                files.findings += findings
                layers[name].append(frame)
    result = {}
    for name, table in TABLES.items():
        frame = overlay(table, layers[name] or [typed(table, empty_table(table), set())[0]])
        result[name], idle = every_period(table, frame, heading.periods)
    return result
