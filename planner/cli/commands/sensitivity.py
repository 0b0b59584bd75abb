"""``planner sensitivity``: what one more of anything would have changed, and how sure the data leave the answer."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import ask


@click.command("sensitivity", short_help="What one more, or one less, of anything would change.")
@options.question
@click.option(
    "--curve",
    "curves",
    multiple=True,
    metavar="SELECTOR=FROM:TO",
    help="Value over numbers multiplied by FROM to TO. SELECTOR: TABLE:KEY=VALUE,...[:COLUMN], or short TABLE:ITEM, "
    "TABLE:COLUMN. May be given again.",
)
@click.option(
    "--top", type=options.number("top"), default=12, show_default=True, help="How many lines and bars are shown."
)
@options.output
@options.form
def command(economy: str, curves: tuple[str, ...], top: int, **given: Any) -> None:
    """What one more, or one less, of anything would have changed in ECONOMY (default: ussr_1928).

    Writes prices (worth of one more and loss of one less of every limit), ranges (basis intervals), tornado (every number
    at its own low and high, and groups of them), bottlenecks (which limit, which pair) and curve tables, with charts.

    \b
    Examples:
      planner sensitivity
      planner sensitivity --curve supply:foreign_exchange=0.5:2
      planner sensitivity two_goods --curve supply:workers=0.5:2 --top 5
    """
    import planner

    ask(
        economy,
        given,
        "sensitivity",
        lambda posed, say: planner.sensitivity(posed, curves=curves, top=top, tick=say),
        in_parts="with whole ones there are no prices",
    )
