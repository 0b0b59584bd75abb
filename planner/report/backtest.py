"""The back-test on the terminal and as a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from planner.economy import Economy
from planner.feasibility.backtest import Backtest
from planner.formulation import Question
from planner.printable import bold
from planner.report.manifest import provenance, times
from planner.report.terminal import show_rows, target_label
from planner.report.words import number, percent
from planner.report.write import write_run


def backtest_tables(found: dict[str, Backtest]) -> dict[str, pd.DataFrame]:
    """``backtest.csv`` (by corner and span of years) and ``backtest_products.csv`` (every figure alone and with the others)."""
    years = pd.concat([one.by_year.assign(corner=corner) for corner, one in found.items()], ignore_index=True)
    products = pd.concat([one.by_product.assign(corner=corner) for corner, one in found.items()], ignore_index=True)
    return {
        "backtest": years[["corner", *(c for c in years.columns if c != "corner")]],
        "backtest_products": products[["corner", *(c for c in products.columns if c != "corner")]],
    }


def worst(found: Backtest) -> dict[str, Any] | None:
    """The figure that fits worst: that which alone could be exceeded least."""
    if not len(found.by_product):
        return None
    row = found.by_product.iloc[0]
    return {"product": row["product"], "period": row["period"], "kind": row["kind"], "alone_share": row["alone_share"]}


def backtest_summary(economy: Economy, question: Question, found: dict[str, Backtest]) -> dict[str, Any]:
    """The answer in a few keys."""
    return {
        "economy": economy.name,
        "title": economy.title,
        "scenario": economy.scenario,
        "floor": question.floor,
        "changes": list(economy.sets),
        "corners": {
            corner: {
                "attainment": dict(zip(one.by_year["span"], one.by_year["attainment"], strict=True)),
                "does_not_fit": one.by_year.loc[one.by_year["fits"] != "yes", "span"].tolist(),
                "fits_worst": worst(one),
            }
            for corner, one in found.items()
        },
    }


def show_backtest(economy: Economy, question: Question, found: dict[str, Backtest], console: Console) -> None:
    """Shares of what was produced that the region allows, by corner and span of years; then what fits worst."""
    console.print(f"{bold('Back-test: does what was produced fit the region?')}  ({economy.title})")
    console.print(
        f"scenario {economy.scenario or 'none'}; consumption floor {question.floor}; 100 % and more: it fits",
        style="dim",
    )
    console.print()
    first = next(iter(found.values())).by_year
    rows = []
    for i, span in enumerate(first["span"]):
        cells = [_cell(one.by_year.iloc[i]) for one in found.values()]
        rows.append((str(span), str(first["kind"].iloc[i]), str(first["figures"].iloc[i]), *cells))
    columns = [("years", "left"), ("kind", "left"), ("figures", "right"), *((corner, "right") for corner in found)]
    show_rows(console, "All figures jointly", columns, rows)
    console.print(
        "training: years the calibration saw, before plant begun under the plan could work; hold-out: the rest",
        style="dim",
    )
    console.print()
    for corner, one in found.items():
        tight = one.by_product.head(6)
        if not len(tight):
            console.print(
                f"At {corner} values no plan keeps the floors and balances: nothing fits, what happened included."
            )
            continue
        rows = [
            (target_label("output", str(r["product"])), str(r["period"]), str(r["kind"]), f"{number(r['produced'])} {r['unit']}",
             percent(r["alone_share"]), percent(r["with_others_held_share"]))
            for r in tight.to_dict("records")
        ]  # fmt: skip
        columns = [
            ("product", "left"),
            ("in", "left"),
            ("kind", "left"),
            ("produced", "right"),
            ("alone", "right"),
            ("others held", "right"),
        ]
        show_rows(console, f"What fits worst, {corner} values", columns, rows)
        console.print()


def _cell(row: pd.Series) -> str:
    return percent(row["attainment"]) if row["fits"] in ("yes", "no") else str(row["fits"])


def write_backtest(
    economy: Economy, question: Question, found: dict[str, Backtest], folder: Path, *, overwrite: bool
) -> Path:
    """Write the run, whole or not at all."""
    documents = {
        "summary": backtest_summary(economy, question, found),
        "manifest": {**provenance(economy, question), "times": times({})},
    }
    return write_run(folder, backtest_tables(found), documents, kind="backtest", overwrite=overwrite)
