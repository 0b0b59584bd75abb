"""``planner near-optimal``: what every near-best plan must do, and where it is free."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import ask


@click.command("near-optimal", short_help="What every near-best plan must do, and where it is free.")
@options.question
@click.option(
    "--epsilon",
    type=options.number("epsilon"),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    help="How much of the best may be given up.",
)
@click.option(
    "--plans",
    type=options.number("plans"),
    metavar="N",
    help="Also seek N whole plans, each with its path, that reach every settled figure to within that share and differ most "
    "from one another.",
)
@options.output
@options.form
def command(economy: str, epsilon: float, plans: int | None, **given: Any) -> None:
    """What every plan near the best must do in ECONOMY (default: ussr_1928), and where it is free.

    Makes the total of every product, technique, kind of plant, traded good and resource least and greatest while the
    objective stays within a share of its best.

    \b
    Examples:
      planner near-optimal
      planner near-optimal two_goods --epsilon 0.05
      planner near-optimal --plan ffyp_optimum --plans 4
    """
    import planner

    prefix = "near_optimal" if epsilon == 0.01 else f"near_optimal_{epsilon:g}"
    prefix += f"_{plans}_plans" if plans else ""
    ask(
        economy,
        given,
        prefix,
        lambda posed, say: planner.near_optimal(posed, epsilon=epsilon, plans=plans or 0, tick=say),
    )
