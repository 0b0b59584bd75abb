"""Names of economies, models, plans and scenarios, found by looking at files alone: fast enough for completion."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from planner.files import toml
from planner.language.printable import printable
from planner.shipped import shipped

DEFAULT_ECONOMY = "ussr_1928"
Rows = list[dict[str, str]]


def economies() -> dict[str, Path]:
    """Folders of the economies in ``./inputs`` and of those shipped, by name; the former hide the latter."""
    places = (shipped("inputs"), Path("inputs"))
    return {path.parent.name: path.parent for place in places for path in sorted(place.glob("*/economy.toml"))}


def models() -> dict[str, Path]:
    """Model files in ``./models`` and those shipped, by name; the former hide the latter."""
    places = (shipped("models"), Path("models"))
    return {path.stem: path for place in places for path in sorted(place.glob("*.toml"))}


def folder_of(economy: str) -> Path | None:
    """Folder of an economy by name or path, or nothing."""
    as_given = Path(economy)
    there = os.path.isfile(as_given / "economy.toml")  # noqa: PTH113 - says no of names too long to be one, where Path raises
    return as_given if there else economies().get(economy)


def heading(file: Path) -> dict[str, Any]:
    """What a TOML file says, or nothing where it cannot be read."""
    try:
        return toml.read(file)
    except (OSError, ValueError):
        return {}


def plans(folder: Path) -> Rows:
    """Rows of the plans of an economy and of its scenarios, each plan once; of those without a row, the name."""
    rows: dict[str, dict[str, str]] = {}
    for place in (folder, *sorted((folder / "scenarios").glob("*"))):
        for file in ("plans.csv", "targets.csv"):
            for row in _rows(place / file):
                known = {key: row.get(key) or "" for key in ("plan", "title", "decided_on")}
                rows.setdefault(known["plan"], known if file == "plans.csv" else {"plan": known["plan"]})
    return [row for plan, row in rows.items() if plan]


def scenarios(folder: Path) -> list[str]:
    """Names of the scenarios of an economy."""
    return sorted(path.parent.name for path in (folder / "scenarios").glob("*/scenario.toml"))


def _rows(file: Path) -> Iterable[dict[str, str]]:
    if not file.is_file():  # a pipe would be waited for without end
        return []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


# -- completion: each offers what can stand at its place --------------------------------------------------------------


def _offered(names: dict[str, str], incomplete: str) -> list[CompletionItem]:
    """Names that can be typed, with what is said of them."""
    return [
        CompletionItem(name, help=printable(says))
        for name, says in names.items()
        if name.startswith(incomplete) and printable(name) == name
    ]


def complete_economy(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Economies by name, with their titles."""
    return _offered({name: _title(path / "economy.toml") for name, path in economies().items()}, incomplete)


def complete_model(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Model files by name, with their titles."""
    return _offered({name: _title(path) for name, path in models().items()}, incomplete)


def _title(file: Path) -> str:
    return str(heading(file).get("title", ""))


def _named_before(ctx: click.Context) -> Path | None:
    """Folder of the economy on the line; where an option still lacks its value, click has not sorted the words yet."""
    words = [str(word) for word in ctx.args]
    named = next((word for word in words if folder_of(word)), ctx.params.get("economy"))
    return folder_of(named or DEFAULT_ECONOMY)


def complete_plan(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Plans of the economy named before, with their titles."""
    folder = _named_before(ctx)
    return _offered({row["plan"]: row.get("title", "") for row in plans(folder)} if folder else {}, incomplete)


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Scenarios of the economy named before, and the base."""
    folder = _named_before(ctx)
    return _offered(dict.fromkeys(["base", *scenarios(folder)], "") if folder else {}, incomplete)


def complete_table(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Tables that can be changed from the command line."""
    folder = _named_before(ctx)
    names = sorted(path.stem for path in folder.glob("*.csv")) if folder else []
    return _offered({f"{name}:": "" for name in names}, incomplete)
