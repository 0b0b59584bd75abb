"""Money beside goods as tables: the account of households, clearing prices, the financing, prices and notes over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from planner.analysis.money.cases import Ledgers, MoneyCase, spread
from planner.economy.accounts.households import LINES
from planner.economy.schema.accounts import HAPPENED
from planner.program import Vector

__all__ = ["clearing_table", "financing_table", "money_table", "price_levels_table"]

_KEYS = ("case", "account", "period", "hands", "goods_by", "level")
_FIGURES = ("money", "goods", "clearing", "price", "gap", "unbacked")


def _head(case: MoneyCase) -> dict[str, object]:
    return dict(zip(_KEYS, (case.name, case.account, case.period, case.hands, case.goods_by, case.level), strict=True))


def clearing_table(cases: Iterable[MoneyCase], unit: str) -> pd.DataFrame:
    """``clearing.csv``: a row a case: money, goods at base prices, the price that would clear them, the price asked, the gap.

    Args:
        cases: in the order of the table.
        unit: of money.
    """
    rows = []
    for case in cases:
        row = _head(case)
        found = {"money": case.money, "goods": case.goods, "clearing": case.clearing, "price": case.price}
        told = case.price is not None
        found |= {"gap": case.gap if told else None, "unbacked": case.unbacked if told else None}
        for name in _FIGURES:
            values = found[name]
            row[name], row[f"{name}_low"], row[f"{name}_high"] = (np.nan,) * 3 if values is None else spread(values)
        rows.append({**row, "unit": unit})
    ends = [f"{name}{end}" for name in _FIGURES for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=[*_KEYS, *ends, "unit"])


def money_table(cases: Sequence[MoneyCase], ledgers: Ledgers, unit: str) -> pd.DataFrame:
    """``money.csv``: the account of households line by line, and of the plan solved the notes it would come to.

    Args:
        cases: in the order of the table.
        ledgers: that they are made of.
        unit: of money.
    """
    rows: list[dict[str, object]] = []
    issued, wanted = _notes(cases, ledgers)
    for at, case in enumerate(cases):
        lines: dict[str, Vector] = {line: case.lines[line] for line in LINES}
        lines |= {"money for goods": case.money, "goods at base prices": case.goods}
        if case.price is not None:
            lines |= {"goods at prices asked": case.goods * case.price, "unbacked": case.unbacked}
        if at in issued:
            lines |= {"notes": issued[at], "notes wanted": wanted[at], "overhang": issued[at] - wanted[at]}
        for line, values in lines.items():
            middle, low, high = spread(values)
            head = {key: value for key, value in _head(case).items() if key != "level"}
            rows.append({**head, "line": line, "value": middle, "low": low, "high": high, "unit": unit})
    return pd.DataFrame(rows, columns=[*_KEYS[:-1], "line", "value", "low", "high", "unit"])


def _notes(cases: Sequence[MoneyCase], ledgers: Ledgers) -> tuple[dict[int, Vector], dict[int, Vector]]:
    """Notes at the end of each period of the plan solved: those of the base date and all that was unbacked since.

    Wanted are as many for each unit of money as in the base period.
    """
    opening = opening_notes(ledgers)
    issued, wanted, so_far = dict[int, Vector](), dict[int, Vector](), np.zeros(ledgers.draws)
    if opening is None:
        return issued, wanted
    for at, case in enumerate(cases):
        if case.name == "as feasible" and case.price is not None:
            so_far = so_far + case.unbacked
            issued[at], wanted[at] = opening + so_far, opening * case.money / ledgers.base.money
    return issued, wanted


def opening_notes(ledgers: Ledgers) -> float | None:
    """Notes at the base date: the end of the base period, or the first day of the first one; ``None`` where not known."""
    economy = ledgers.formulation.economy
    stock = ledgers.facts.tables["money_stock"]
    dates = (economy.base_period, f"{economy.periods[0]}-01-01")
    own = stock[(stock["circulates"] == "yes") & stock["date"].isin(dates)]
    return float(own["value"].sum()) if len(own) else None


def financing_table(ledgers: Ledgers) -> pd.DataFrame:
    """``financing.csv``: sources and uses of public money, of the plan and as they were, the issue of notes last."""
    economy, tables = ledgers.formulation.economy, ledgers.facts.tables
    frame = tables["public_finance"]
    plans = tables["plans"]
    own, below = ledgers.account or ledgers.formulation.plan, dict(zip(plans["plan"], plans["extends"], strict=True))
    named = [own]
    while below.get(named[-1]) and below[named[-1]] not in named:
        named.append(str(below[named[-1]]))
    rows: list[dict[str, object]] = []
    for account in (*named, HAPPENED):
        part = frame[frame["account"] == account]
        notes = part["item"] == "issue of notes"
        kept = pd.concat([part[~notes], part[notes]])
        for row in kept.to_dict("records"):
            keys = ("account", "body", "side", "item", "period", "value", "low", "high", "unit", "verified")
            rows.append({**{key: row[key] for key in keys}, "how": "stated"})
            if row["side"] == "total":
                listed = kept[
                    (kept["side"] == "source") & (kept["body"] == row["body"]) & (kept["period"] == row["period"])
                ]
                if len(listed):
                    rest = {
                        "side": "source",
                        "item": f"rest of {row['item']}",
                        "value": row["value"] - listed["value"].sum(),
                    }
                    rest |= {"low": row["low"] - listed["high"].sum(), "high": row["high"] - listed["low"].sum()}
                    rows.append(
                        {**{key: row[key] for key in keys}, **rest, "verified": "derived", "how": "what is not listed"}
                    )
    stock = tables["money_stock"]
    notes = stock[stock["circulates"] == "yes"].groupby("date")["value"].sum()
    unit = next(iter(stock["unit"][stock["circulates"] == "yes"]), "")
    for before, period, after in _spans(economy.base_period, economy.periods):
        start = next((date for date in before if date in notes.index), None)
        end = next((date for date in after if date in notes.index), None)
        if start is not None and end is not None:
            value = float(notes[end] - notes[start])
            told = {"account": HAPPENED, "body": "notes", "side": "source", "item": "issue of notes", "period": period}
            numbers = {"value": value, "low": value, "high": value, "unit": unit}
            rows.append({**told, **numbers, "verified": "derived", "how": "difference of notes in existence"})
    columns = ["account", "body", "side", "item", "period", "value", "low", "high", "unit", "verified", "how"]
    return pd.DataFrame(rows, columns=columns)


def _spans(base: str, periods: Sequence[str]) -> Iterable[tuple[tuple[str, str], str, tuple[str, str]]]:
    """Dates at which each period may begin and end: ends of periods, or first days of years."""
    after = f"{int(periods[-1]) + 1}" if periods[-1].isdigit() else ""
    labels = (base, *periods)
    for at, period in enumerate(periods, start=1):
        later = labels[at + 1] if at + 1 < len(labels) else after
        yield (labels[at - 1], f"{period}-01-01"), period, (period, f"{later}-01-01")


def price_levels_table(ledgers: Ledgers) -> pd.DataFrame:
    """``price_levels.csv``: indices of prices and money in existence, as they are stated."""
    tables, keys = ledgers.facts.tables, ["series", "account", "at", "kind", "value", "low", "high", "unit", "verified"]
    index = (
        tables["price_index"].rename(columns={"index": "series", "period": "at", "base": "unit"}).assign(kind="index")
    )
    stock = tables["money_stock"].rename(columns={"date": "at"}).assign(kind="money", account=HAPPENED)
    preferred = index["preferred"] == "yes"
    index = index.assign(kind=np.where(preferred, "index asked of households", "index"))
    stock = stock.assign(kind=np.where(stock["circulates"] == "yes", "notes", "other money"))
    return pd.concat([index.reindex(columns=keys), stock.reindex(columns=keys)], ignore_index=True)
