"""The table of mutants that survive, each with the reason why it cannot matter."""

from __future__ import annotations

import csv
from pathlib import Path

FILE = Path(__file__).parent / "survivors.csv"
COLUMNS = ("file", "symbol", "was", "became", "verdict", "reason")
VERDICTS = {
    "equivalent": "no input makes a difference to what is answered",
    "work": "the answer is the same, the work to come to it is more or less",
    "guard": "it refuses what no caller of the program does",
    "digits": "a threshold or a tolerance that is moved by less than anything rests on",
}

Key = tuple[str, str, str, str]


def survivors() -> list[dict[str, str]]:
    """The rows of the table."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def key(row: dict[str, str]) -> Key:
    """What a mutant is known by."""
    return row["file"], row["symbol"], row["was"], row["became"]
