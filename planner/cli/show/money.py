"""Money against goods, on the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.console import Console

from planner.answers.money import MoneyAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import bullet, say, show_conditions, show_rows
from planner.language.numbers import number, percent
from planner.reporting.wording.money import CANNOT, multiple

_LEGEND = {
    "money": "what households have left for goods; goods: at prices of the base period",
    "would sell": "the price at which the money would just buy the goods, base period 1; asked: as planned, or as it was",
    "gap": "money without goods at the prices asked; between brackets what 5 of 100 draws pass on either side",
}


def show(answer: MoneyAnswer, console: Console) -> None:
    """The cases, then what they come to in words, then how sure that is."""
    show_conditions(answer.formulation, console)
    console.print()
    table = answer.tables.get("clearing")
    if table is not None:
        unit = str(table["unit"].iloc[0])
        columns = [
            GridColumn("case"),
            GridColumn("in"),
            GridColumn("hands", drop=2),
            GridColumn("level", "right", drop=1),
            GridColumn("money", "right"),
            GridColumn("goods", "right"),
            GridColumn("would sell", "right"),
            GridColumn("asked", "right"),
            GridColumn("gap", "right"),
        ]
        rows = [_row(row) for row in table.to_dict("records")]
        show_rows(console, f"Households' money and goods, {unit}", columns, rows, file="clearing.csv", legend=_LEGEND)
        console.print()
    for sentence in answer.in_words:
        bullet(console, sentence)
    console.print()
    say(console, "How sure is it?", "bold")
    for sentence in (*answer.doubts, CANNOT):
        bullet(console, sentence)


def _row(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    case = str(row["case"])
    if case == "at a level":
        there = ", hands there were" if str(row["hands"]).startswith("as they were") else ""
        case = f"at {row['level']:.4g}{there}"
    elif str(row["goods_by"]).startswith("official"):
        case = f"{case}, official volume"
    hands = str(row["hands"]).partition(":")[0]
    gap = "–" if pd.isna(row["gap"]) else f"{percent(float(str(row['gap'])))} ({_ends(row)})"
    level, asked, sell, low, high = (
        multiple(row[name]) for name in ("level", "price", "clearing", "clearing_low", "clearing_high")
    )
    sell = sell if pd.isna(row["clearing"]) else f"{sell} ({low}–{high})"
    money, goods = (number(row[name], 3) for name in ("money", "goods"))
    return case, str(row["period"]), hands, level, money, goods, sell, asked, gap


def _ends(row: Mapping[Hashable, Any]) -> str:
    low, high = (round(100 * row[f"gap_{end}"]) for end in ("low", "high"))
    return f"{low}–{high}".replace("-", "−")
