"""Regions on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from rich.console import Console

from planner.answers.regions import RegionsAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.numbers import number, percent
from planner.reporting.wording.numbers import conditions

_MOST = 12  # rows of what moves, and of lines
_WORTH = 1e-9  # share of the figures that one unit more of a line must be worth to be told


def show(answer: RegionsAnswer, console: Console) -> None:
    """Both matchings, each region's own figures, the heaviest flows and the fullest lines."""
    show_conditions(answer.formulation, console, conditions(answer.formulation))
    console.print()
    show_matching(answer.tables, answer.found.both.objective, Names.of(answer.economy), console)


def show_matching(tables: Mapping[str, pd.DataFrame], share: float, names: Names, console: Console) -> None:
    """The tables about regions.

    Args:
        tables: of a run, by file stem.
        share: of all figures, in the plan whose hauls are told.
        names: of the economy.
        console: printed on.
    """
    sums = [
        (
            names.target(str(r["measure"]), str(r["item"])),
            str(r["period"]),
            number(r["sum"]),
            number(r["official"]),
            str(r["unit"]),
            percent(r["sum_to_official"]),
            f"{int(r['figures_seen'])} of {int(r['figures'])}",
        )
        for r in tables["matching"].to_dict("records")
    ]
    heads = [
        GridColumn("figure"),
        GridColumn("in"),
        *(GridColumn(h, "right") for h in ("regions", "country")),
        GridColumn("unit"),
        *(GridColumn(h, "right") for h in ("sum", "seen")),
    ]
    show_rows(
        console, "Do the regions' figures add up to the country's?", heads, sums, none="No figure is stated for both."
    )
    own = [
        (names(str(r["region"]), "region"), str(r["figures"]), str(r["figures_seen"]), percent(r["share_alone"]))
        for r in tables["regions"].to_dict("records")
        if r["figures"]
    ]
    heads = [GridColumn("region"), *(GridColumn(h, "right") for h in ("figures", "seen", "can be had to"))]
    console.print()
    show_rows(console, "Each region's figures, no other being asked for", heads, own)
    flows = tables["flows"].sort_values("load", ascending=False, kind="stable").head(_MOST)
    moving = [
        (
            names(f"{r['product']}@{r['way']}"),
            str(r["period"]),
            number(r["quantity"]),
            str(r["unit"]),
        )
        for r in flows.to_dict("records")
    ]
    heads = [GridColumn("what moves"), GridColumn("in"), GridColumn("amount", "right"), GridColumn("unit")]
    console.print()
    title = f"What moves where {percent(share)} of all figures are had and least is hauled"
    show_rows(console, title, heads, moving, none="Nothing moves.", file="flows.csv")
    lines = tables["lines"].sort_values("share_used", ascending=False, kind="stable").head(_MOST)
    worth = bool((tables["lines"]["shadow_price"] > _WORTH).any())
    lines_shown = [
        (
            names(str(r["way"])),
            str(r["period"]),
            number(r["load"]),
            str(r["unit"]),
            percent(r["share_used"]),
            *([number(100 * r["shadow_price"])] if worth else []),
        )
        for r in lines.to_dict("records")
        if r["load"] > 0
    ]
    heads = [
        GridColumn("line"),
        GridColumn("in"),
        GridColumn("load", "right"),
        GridColumn("unit"),
        *(GridColumn(h, "right") for h in ("full", *(["worth"] if worth else []))),
    ]
    console.print()
    show_rows(console, "The fullest lines then", heads, lines_shown, none="No line carries anything.", file="lines.csv")
    if worth:
        say(console, "worth: per cent of the figures for one unit more of the line, this way", "dim")
    elif lines_shown:
        say(console, "A wider line would be worth nothing: none of them is what holds the figures back.", "dim")
    say(
        console,
        "Consumption per head is the same in every region, so this arithmetic cannot see where people went hungry. What is "
        "hauled is the least that would do: a line that is not full here may not have sufficed.",
        "dim",
    )
