"""A plan played forward, on the terminal."""

from __future__ import annotations

import numpy as np
from rich.console import Console

from planner.answers.execution.execute import ExecuteAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import bullet, say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.counting import capital, listed
from planner.language.numbers import number, percent

_BENCHMARKS = {"common": "one share", "own": "own shares"}
_FIRST = 10  # shortages that are told, in order of time


def show(answer: ExecuteAnswer, console: Console) -> None:
    """Years beside the feasible plan, curves, draws, the first shortages, stylised facts."""
    show_conditions(answer.formulation, console)
    for sentence in answer.in_words:
        bullet(console, sentence)
    tables = answer.tables
    console.print()
    _show_years(answer, console)
    if "maxima" in tables:
        console.print()
        _show_maxima(answer, console)
    if answer.draws:
        console.print()
        means = np.array([one.mean for one in answer.draws])
        low, middle, high = np.quantile(means, [0.05, 0.5, 0.95])
        say(
            console,
            f"Over {len(means)} draws of shocks output is {percent(middle)} of the feasible plan in the median (5 to 95 %: "
            f"{percent(low)} to {percent(high)}).",
        )
    console.print()
    _show_shortages(answer, console)
    if "stylised_facts" in tables:
        console.print()
        _show_facts(answer, console)


def _show_years(answer: ExecuteAnswer, console: Console) -> None:
    rows = [
        (
            str(r["period"]),
            number(r["tautness"], 3),
            percent(r["output"]),
            percent(r["fulfilment"]),
            percent(r["reported"]),
            percent(r["households"]),
            _times(r["unfinished"]),
            _times(r["hands"]),
        )
        for r in answer.tables["execution_years"].to_dict("records")
    ]
    columns = [
        GridColumn("in"),
        GridColumn("asked", "right"),
        GridColumn("output", "right"),
        GridColumn("of what was asked", "right"),
        GridColumn("reported", "right", drop=1),
        GridColumn("households", "right"),
        GridColumn("unfinished", "right"),
        GridColumn("hands", "right", drop=2),
    ]
    legend = {
        "asked, output": "as a multiple and a share of the feasible plan, by labour embodied",
        "reported": "of what was made",
        "households": "of what they were promised",
        "unfinished, hands": "times those of the feasible plan",
    }
    show_rows(console, "Beside the feasible plan", columns, rows, file="execution_years.csv", legend=legend)


def _times(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else "–"


def _show_maxima(answer: ExecuteAnswer, console: Console) -> None:
    rows = [
        (
            _BENCHMARKS[r["benchmark"]],
            r["allocation"],
            r["sites"].replace("_", " "),
            number(r["best_tautness"], 3),
            percent(r["best_output"], 0),
            percent(r["output_at_1"], 0),
            f"{percent(r['output_at_tautest'], 0)} at {number(r['tautest'], 3)}",
        )
        for r in answer.tables["maxima"].to_dict("records")
    ]
    columns = [
        GridColumn("path at", drop=2),
        GridColumn("handed out"),
        GridColumn("works"),
        GridColumn("most at", "right"),
        GridColumn("output there", "right"),
        GridColumn("at 1", "right", drop=1),
        GridColumn("at the tautest", "right"),
    ]
    show_rows(console, "Where over tautness most is made", columns, rows, file="maxima.csv")


def _show_shortages(answer: ExecuteAnswer, console: Console) -> None:
    """What ran short first: of each good and month the branches, then the kinds of works, that it stopped."""
    names = Names.of(answer.economy)
    table = answer.tables["shortages"]
    together = table.groupby(["period", "month", "product", "kind"], sort=False)
    every = []
    for key, own in together:
        period, month, good, kind = map(str, key)
        every.append((period, month, good, _stopped(kind, own["item"].tolist(), names), float(own["share"].min())))
    rows = [
        (period, month, capital(names(good, "product")), stopped, percent(share, 0))
        for period, month, good, stopped, share in every[:_FIRST]
    ]
    columns = [
        GridColumn("in"),
        GridColumn("month", "right"),
        GridColumn("short of"),
        GridColumn("stops"),
        GridColumn("there was", "right"),
    ]
    title = f"What ran short first ({len(rows)} of {len(every)})" if rows else "What ran short"
    legend = {"there was": "the least share of what one of them needed"}
    show_rows(console, title, columns, rows, none="Nothing.", legend=legend)
    if len(every) > len(rows):
        say(console, "All in shortages.csv.", "dim")


def _stopped(kind: str, items: list[str], names: Names) -> str:
    axis = "capacity" if kind == "works" else "activity"
    said = listed([names.inline(item, axis) for item in items], most=2)
    return f"works: {said}" if kind == "works" else said


def _show_facts(answer: ExecuteAnswer, console: Console) -> None:
    rows = [
        (
            r["says"],
            r["found"],
            number(r["shown"], 3),
            number(r["observed"], 3),
            r["hangs_on"].replace("_", " ") or "–",
        )
        for r in answer.tables["stylised_facts"].to_dict("records")
    ]
    columns = [
        GridColumn("what is told of taut plans"),
        GridColumn("found"),
        GridColumn("shown", "right"),
        GridColumn("observed", "right"),
        GridColumn("hangs on", drop=1),
    ]
    legend = {"hangs on": "rules of which another setting changes what is found"}
    show_rows(console, "Stylised facts", columns, rows, file="stylised_facts.csv", legend=legend)
