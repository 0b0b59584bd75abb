"""``planner regions``: whether the figures of regions can be met together."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import ask


@click.command("regions", short_help="Whether figures of regions match, and what moves.")
@options.question
@options.output
@options.form
def command(economy: str, **given: Any) -> None:
    """Whether a plan's figures for the regions of ECONOMY match those for the country.

    In their sums, and in what can be had of them together; what moves between regions, and which lines are full.

    \b
    Examples:
      planner regions ussr_1928_regions --plan ffyp_optimum
    """
    import planner

    ask(economy, given, "regions", lambda posed, _: planner.regions(posed))
