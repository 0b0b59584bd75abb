"""``planner frontier``: what can be had of two quantities together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli import options
from planner.cli.run import Ready, Say, folder_of, question, run


@click.command("frontier", short_help="What can be had of two quantities together.")
@click.argument("x", metavar="X")
@click.argument("y", metavar="Y")
@options.question
@click.option(
    "--hold",
    type=options.number("hold"),
    metavar="SHARE",
    help="Hold all other targets of the plan at this share (default: targets are set aside).",
)
@click.option("--third", metavar="QUANTITY=V1,V2,...", help="A third quantity: one set for each least amount of it.")
@options.output
@options.form
def command(x: str, y: str, economy: str, hold: float | None, third: str | None, **given: Any) -> None:
    """What can be had of X and Y together in ECONOMY (default: ussr_1928): the exact feasible set, and where the plan lies.

    X and Y read MEASURE:ITEM:PERIOD (`planner list measures`). Shows the corners of the feasible set, the official, feasible and
    actual points, and how far each lies outside.

    \b
    Examples:
      planner frontier output:steel:1933 'consumption:*:1933'
      planner frontier output:corn:2 output:iron:2 two_goods
      planner frontier output:coal:1933 output:steel:1933 --hold 0.4
    """
    import planner
    from planner.answers.frontier import quantities

    def ready(_: Say) -> Ready:
        posed = question(economy, given)
        *named, depth, _levels = quantities(x, y, third, posed)
        parts = [
            f"{q.measure}_{'all' if q.item == '*' else q.item}_{q.period}" for q in (*named, depth) if q is not None
        ]
        held = [] if hold is None else [f"hold_{hold:g}"]
        prefix = "-".join(["frontier", *parts, *held]).replace("..", "_to_").replace(",", "_")
        folder: Path = folder_of(posed, given, prefix)
        return Ready(folder, lambda _: planner.frontier(x, y, posed, hold=hold, third=third), posed.economy)

    run(ready, given)
