"""The back-test on the terminal and as a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.backtest import NO_FACTS, Backtest
from planner.economy import Economy
from planner.economy.findings import documents
from planner.economy.names import Names
from planner.formulation import Question
from planner.formulation.unread import warnings_of
from planner.language.numbers import number
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.write import write_run
from planner.reporting.terminal.grid import Column
from planner.reporting.terminal.solve import say, show_rows
from planner.reporting.wording.data import spans_fit
from planner.reporting.wording.sentences import reach


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
        "floor": question.floor_in_force,
        "changes": list(economy.sets),
        "warnings": documents(warnings_of(economy, question)),
        "corners": {
            corner: {
                "attainment": dict(zip(one.by_year["span"], one.by_year["attainment"], strict=True)),
                "does_not_fit": one.by_year.loc[~one.by_year["fits"].isin(("yes", NO_FACTS)), "span"].tolist(),
                "without_facts": one.by_year.loc[one.by_year["fits"] == NO_FACTS, "span"].tolist(),
                "fits_worst": worst(one),
            }
            for corner, one in found.items()
        },
    }


def show_backtest(economy: Economy, question: Question, found: dict[str, Backtest], console: Console) -> None:
    """Shares of what was produced that the region allows, by corner and span of periods; then what fits worst."""
    names = Names.of(economy)
    say(console, f"Back-test: does what was produced fit the region?  ({economy.title})", "bold")
    scenario = f"scenario {economy.scenario}" if economy.scenario else "no scenario"
    floor = "no consumption floor" if question.floor_in_force is None else f"consumption floor {question.floor}"
    say(console, f"{scenario}; {floor}; 100 % and more: it fits", "dim")
    console.print()
    first = next(iter(found.values())).by_year
    rows = [
        (str(span), str(first["kind"].iloc[i]), str(first["figures"].iloc[i]),
         *(_cell(one.by_year.iloc[i]) for one in found.values()))
        for i, span in enumerate(first["span"])
    ]  # fmt: skip
    columns = [Column("periods"), Column("kind"), Column("figures", "right"), *(Column(c, "right") for c in found)]
    untold = "; no facts: no output figure of the period is known" if (first["kind"] == NO_FACTS).any() else ""
    legend = {
        "kind": "training, periods the calibration saw, before plant begun under the plan could work, or hold-out, the rest"
        + untold
    }
    show_rows(console, "All figures jointly", columns, rows, legend=legend)
    for corner, one in found.items():
        tested = one.by_year[one.by_year["fits"] != NO_FACTS]
        say(console, spans_fit(corner, tested.loc[tested["fits"] != "yes", "span"].tolist(), len(tested)))
    for corner, one in found.items():
        console.print()
        _worst(corner, one.by_product.head(6), names, console)


def _worst(corner: str, tight: pd.DataFrame, names: Names, console: Console) -> None:
    """The figures that fit worst at a corner."""
    if not len(tight):
        say(console, f"At {corner} values no plan keeps the floors and balances: nothing fits, what happened included.")
        return
    rows = [
        (names(str(r["product"]), "product"), str(r["period"]), str(r["kind"]), f"{number(r['produced'])} {r['unit']}".rstrip(),
         reach(r["alone_share"]), reach(r["with_others_held_share"]))
        for r in tight.to_dict("records")
    ]  # fmt: skip
    columns = [
        Column("product"), Column("in"), Column("kind", drop=1), Column("produced", "right"), Column("alone", "right"),
        Column("others held", "right"),
    ]  # fmt: skip
    show_rows(console, f"What fits worst, {corner} values", columns, rows)


def _cell(row: pd.Series) -> str:
    return reach(row["attainment"]) if row["fits"] in ("yes", "no") else str(row["fits"])


def write_backtest(
    economy: Economy, question: Question, found: dict[str, Backtest], folder: Path, *, overwrite: bool
) -> Path:
    """Write the run, whole or not at all."""
    documents = {
        "summary": backtest_summary(economy, question, found),
        "manifest": {**provenance(economy, question), "times": times({})},
    }
    return write_run(folder, backtest_tables(found), documents, kind="backtest", overwrite=overwrite)
