"""``planner money``: a plan's money against its goods."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import ask


@click.command("money", short_help="A plan's money against its goods, its scissors, its financing.")
@options.question
@click.option(
    "--level",
    "levels",
    type=options.number("levels"),
    multiple=True,
    metavar="LEVEL",
    help="Also look at households at this level of consumption, the base period's being 1. May be given again.",
)
@click.option("--account", metavar="PLAN", help="Plan whose account of households is taken (default: the plan's own).")
@options.output
@options.form
def command(economy: str, levels: tuple[float, ...], account: str | None, **given: Any) -> None:
    """Set households' money of ECONOMY (default: ussr_1928) against their goods: as written, as feasible, as it was.

    An accounting of a plan that limits nothing; the model `paying_its_way` asks what if it did.

    \b
    Examples:
      planner money --plan ffyp_optimum
      planner money --plan raised_1930 --level 1.0
      planner solve two_goods_money --model paying_its_way
    """
    import planner

    prefix = "money" + "".join(f"_{level:g}" for level in levels) + (f"_{account}" if account else "")
    ask(
        economy,
        given,
        prefix,
        lambda posed, say: planner.money(posed, levels=levels, account=account, tick=say),
    )
