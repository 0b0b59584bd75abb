"""What there is to choose from: economies and models, here and shipped, found by looking at files alone."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from planner.files import toml

__all__ = [
    "ECONOMIES",
    "economies",
    "folder_of",
    "heading",
    "is_shipped",
    "models",
    "opening",
    "plans",
    "scenarios",
    "shipped",
]

ECONOMIES = (
    "dantzig",
    "feldman",
    "lathes_1939",
    "leontief",
    "leontief_trade",
    "mahalanobis",
    "mexss",
    "steel_mill",
    "three_regions",
    "turkpow",
    "two_goods",
    "two_regions",
    "ussr_1928",
    "ussr_1928_regions",
    "ussr_1932",
    "ussr_1937",
    "williams",
    "williams_farm",
    "williams_manpower",
    "williams_mining",
    "williams_power",
)


def shipped(kind: Literal["inputs", "models"]) -> Path:
    """Folder of what is shipped with the planner.

    Args:
        kind: ``"inputs"`` for economies, ``"models"`` for model files.

    Returns:
        In a wheel ``planner/shipped_data/<kind>``; in a checkout the folder of that name beside ``planner/``.

    >>> shipped("inputs").name
    'inputs'
    """
    package = Path(__file__).resolve().parent
    packed = package / "shipped_data" / kind
    return packed if packed.is_dir() else package.parent / kind


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of an economy shipped with the planner, and so not the user's to change.

    >>> is_shipped(shipped("inputs") / "two_goods"), is_shipped(Path("mine"))
    (True, False)
    """
    return any(folder.resolve() == (shipped("inputs") / name).resolve() for name in ECONOMIES)


def opening(file: Path) -> str:
    """The comment with which a file opens: of a model file, when to use it.

    Args:
        file: a text file.

    Returns:
        Its first lines of comment as one, empty where there are none.

    >>> opening(shipped("models") / "five_year.toml").startswith("Use this")
    True
    """
    words = []
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                break
            words.append(line.removeprefix("#").strip())
    except (OSError, UnicodeDecodeError):
        return ""
    return " ".join(words)


Rows = list[dict[str, str]]


def economies() -> dict[str, Path]:
    """Folders of the economies in ``./inputs`` and of those shipped, by name; the former hide the latter."""
    places = (shipped("inputs"), Path("inputs"))
    return {path.parent.name: path.parent for place in places for path in sorted(place.glob("*/economy.toml"))}


def models(package: Path | None = None) -> dict[str, Path]:
    """Model files of a package, in ``./models`` and those shipped, by name; the former hide the latter.

    Args:
        package: folder of an economy.
    """
    places = (shipped("models"), Path("models"), *([package / "models"] if package else []))
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
