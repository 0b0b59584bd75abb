"""What is said of households' money and goods, of scissors and of financing: every sentence once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from planner.economy.schema.accounts import HAPPENED
from planner.language.counting import capital, counted, listed
from planner.language.numbers import number, percent

__all__ = [
    "CANNOT",
    "doubts",
    "figures",
    "of_cases",
    "ranged",
    "told_cases",
    "told_financing",
    "told_scissors",
    "volumes_apart",
    "without",
]

CANNOT = (
    "Who went short is not in these tables, and money without goods is no measure of it. Money ran short and was issued: the "
    "accounts limit no plan."
)
_NAMES = {
    "as written": "as written",
    "as feasible": "on its feasible path",
    "at a level": "with households at {level} of the base level",
    "as it was": "as it was",
}


def multiple(value: float) -> str:
    """A level of prices or of consumption, that of the base period being 1.

    >>> multiple(0.9312), multiple(2e-6), multiple(float("nan"))
    ('0.93', '0.000002', '–')
    """
    return number(value) if value != value or 0 < value < 0.005 else f"{value:.2f}"


def ranged(row: Any, name: str, *, share: bool = False) -> str:
    """A figure with the ends that 5 of 100 draws pass on either side; without them where they are the same.

    >>> ranged({"gap": 0.097, "gap_low": 0.016, "gap_high": 0.173}, "gap", share=True)
    '9.7 % (1.6 % to 17.3 %)'
    >>> ranged({"clearing": 1.0, "clearing_low": 1.0, "clearing_high": 1.0}, "clearing")
    '1.00'
    """
    put = percent if share else multiple
    middle, low, high = (put(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    return middle if low == high == middle else f"{middle} ({low} to {high})"


def _principal(table: pd.DataFrame) -> pd.Series | None:
    """The row that the headline is about: as written, else as feasible, else as it was, of the last period."""
    for case in ("as written", "as feasible", "as it was"):
        rows = table[(table["case"] == case) & table["gap"].notna()]
        if len(rows):
            return rows.iloc[-1]
    return None


def of_cases(table: pd.DataFrame, base: str) -> str:
    """The headline: how much of households' money finds no goods, and at which price it would.

    Args:
        table: ``clearing.csv``.
        base: label of the base period.
    """
    row = _principal(table)
    if row is None:
        return "no account says at which prices goods were to be sold."
    money = "households' money for goods"
    share = f"{ranged(row, 'gap', share=True)} of {money} in {row['period']} finds none"
    if row["gap"] <= 0:
        share = f"{money} in {row['period']} all finds goods"
    asked = "asked" if row["account"] == HAPPENED else "planned"
    return (
        f"{_NAMES[str(row['case'])]}, {share} at the prices {asked}: {ranged(row, 'price')}, where {ranged(row, 'clearing')} "
        f"would sell the goods (prices of {base}: 1)."
    )


def without(missing: Sequence[str]) -> str:
    """The headline where money and goods cannot be set against each other."""
    return f"households' money cannot be set against their goods, for want of {listed(missing)}."


def told_cases(table: pd.DataFrame, base: str) -> list[str]:
    """A sentence a case: that of the last period of each.

    Args:
        table: ``clearing.csv``.
        base: label of the base period.
    """
    if not len(table):
        return []
    last = table[(table["period"] != base) & table["clearing"].notna()].drop_duplicates(
        ["case", "hands", "goods_by", "level"], keep="last"
    )
    last = last[~last["case"].isin(["as feasible"]) | ~last.duplicated("case", keep="last")]
    last = last[~last["case"].eq("as it was") | last["period"].eq(last["period"][last["case"].eq("as it was")].max())]
    said = []
    for row in last.to_dict("records"):
        name = _NAMES.get(str(row["case"]), str(row["case"])).format(level=f"{row['level']:.4g}")
        hands = f", hands {row['hands']}" if str(row["hands"]).startswith("as they were in") else ""
        by = f", goods by {row['goods_by']}" if row["case"] == "as it was" else ""
        gap = (
            "" if pd.isna(row["gap"]) else f"; {ranged(row, 'price')} asked, a gap of {ranged(row, 'gap', share=True)}"
        )
        said.append(
            f"{capital(name)} in {row['period']}{hands}{by}: {ranged(row, 'clearing')} would sell the goods{gap}."
        )
    return said


def told_scissors(table: pd.DataFrame) -> list[str]:
    """What the sum of the scissors hangs on, by period.

    Args:
        table: ``scissors.csv``.
    """
    if not len(table):
        return ["Of no good is it known how much changed hands between village and town at which price: no scissors."]
    said = []
    for period, rows in table[table["good"] == "*"].groupby("period", sort=False):
        each = [
            f"{number(row['amount'], 3).replace('-', '−')} {row['unit']} against {row['reference']}"
            for row in rows.to_dict("records")
        ]
        turn = rows["amount"].min() < 0 < rows["amount"].max()
        goods = listed(sorted({str(good) for good in table["good"][table["period"] == period]} - {"*"}))
        only = (
            ""
            if (table["side"][table["period"] == period] == "buys").any()
            else "; what it bought is not in the tables"
        )
        sign = "; the sign depends on the reference" if turn else ""
        said.append(f"What the village gave up on {goods} in {period}: {listed(each)}{sign}{only}.")
    return said


def told_financing(table: pd.DataFrame) -> list[str]:
    """Notes as planned and as issued.

    Args:
        table: ``financing.csv``.
    """
    if not len(table):
        return []
    notes = table[table["item"] == "issue of notes"]
    issued, planned = notes[notes["account"] == HAPPENED], notes[notes["account"] != HAPPENED]
    if not len(issued):
        return []
    amounts = listed([number(value, 3).replace("-", "−") for value in issued["value"]])
    said = (
        f"Notes issued in {issued['period'].iloc[0]} to {issued['period'].iloc[-1]}: {amounts} {issued['unit'].iloc[0]}"
    )
    if len(planned):
        row = planned.iloc[0]
        said += f"; {number(row['value'], 3)} {row['unit']} planned for {row['period']}"
    return [f"{said}."]


def volumes_apart(table: pd.DataFrame) -> bool:
    """Whether what happened is counted in two ways that are not the same."""
    return bool(len(table)) and len(set(table["goods_by"][table["case"] == "as it was"]) - {"trade"}) > 1


def doubts(
    stated: int,
    seen: int,
    missing: Sequence[str],
    absent: Sequence[str],
    *,
    apart: bool,
    volumes: bool,
    account: str = "",
) -> list[str]:
    """What a reader of the accounts must bear in mind.

    Args:
        stated: numbers of the accounts.
        seen: how many of them were seen in a source.
        missing: what would be needed and is not there.
        absent: tables of accounts without a row.
        apart: whether town and village have accounts of their own.
        volumes: whether goods as they were are counted in two ways.
        account: title of the plan whose account stands for this one's, where it has none.
    """
    said = [
        f"Of {counted(stated, 'number')} of these accounts {seen:,} {'was' if seen == 1 else 'were'} seen in a source."
    ]
    said += [f"Missing: {listed(missing)}."] if missing else []
    said += [f"Tables without a row: {listed(absent)}."] if absent else []
    if account:
        said.append(f"The plan has no account of its own: wages, other incomes and prices are those of {account}.")
    if not apart:
        said.append("Town and village are not apart in the accounts: one level of consumption stands for both.")
    if volumes:
        said.append("The official volume of trade and the level of consumption contradict each other; both are shown.")
    said.append("One level of prices stands for several trades at once; every gap is over and above the base period.")
    return said


def figures(table: pd.DataFrame) -> dict[str, Any]:
    """Keys of the summary: the row of the headline.

    Args:
        table: ``clearing.csv``.
    """
    row = _principal(table) if len(table) else None
    names = {
        "case": "case",
        "period": "of_period",
        "clearing": "clearing",
        "price": "price",
        "gap": "gap",
        "money": "money",
    }
    names |= {"goods": "goods"}
    return {key: None if row is None else row[name] for name, key in names.items()}
