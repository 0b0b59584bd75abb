"""A plan's figures over several economies, on the terminal."""

from __future__ import annotations

from rich.console import Console

from planner.answers.chain.join import JoinAnswer
from planner.cli.show.grid import Column
from planner.cli.show.pieces import say, show_rows
from planner.language.counting import listed
from planner.language.numbers import percent
from planner.reporting.wording.conditions import households


def show(answer: JoinAnswer, console: Console) -> None:
    """Shares by due date: of one program over all economies, then of each by itself from its record."""
    scenario = f"scenario {answer.economy.scenario}" if answer.economy.scenario else "no scenario"
    names = listed([economy.name for economy in answer.economies])
    floors: dict[str, list[str]] = {}
    for level, one in zip(answer.floors, answer.economies, strict=True):
        floors.setdefault(level, []).append(one.name)
    floor = "; ".join(f"{households(level)} in {listed(among)}" for level, among in floors.items() if level)
    say(console, "; ".join(filter(None, [names, scenario, floor])), "dim")
    rows = [
        (str(r["due"]), str(r["economy"]), str(r["figures"]), percent(r["attainment"]), str(r["reached"]))
        for r in answer.joined.to_dict("records")
    ]
    heads = [
        Column("due"),
        Column("tables of"),
        Column("figures", "right"),
        Column("all together", "right"),
        Column("in full"),
    ]
    console.print()
    show_rows(console, "One program over all of them", heads, rows, file="joined.csv")
    rows = [
        (str(r["due"]), str(r["economy"]), percent(r["attainment"]), str(r["reached"]), _limit(str(r["binding"])))
        for r in answer.chain.to_dict("records")
    ]
    heads = [
        Column("due"),
        Column("by itself"),
        Column("all together", "right"),
        Column("in full"),
        Column("heaviest limit", drop=1),
    ]
    console.print()
    show_rows(console, "Each by itself, from what stood on record", heads, rows, file="chain.csv")


def _limit(name: str) -> str:
    """The name of a row in words.

    >>> _limit("capacity_accumulation(blast_furnaces,1933)")
    'capacity accumulation: blast furnaces, 1933'
    """
    family, _, keys = name.removesuffix(")").partition("(")
    return ": ".join(filter(None, (family, keys.replace(",", ", ")))).replace("_", " ")
