"""``planner solve``: the best feasible plan under a question."""

from __future__ import annotations

from typing import Any, Literal

import click

from planner.cli import options
from planner.cli.run import ask


@click.command("solve", short_help="Solve a question and write the best feasible plan down.")
@options.question
@options.opening
@options.solver
@options.method
@options.gap
@options.output
@options.form
def command(
    economy: str,
    solver: str,
    method: Literal["auto", "exact", "first-order"],
    work: int,
    seconds: float,
    gap: float,
    **given: Any,
) -> None:
    """Solve a question about ECONOMY (default: ussr_1928) and write the plan down.

    Shows what each target could have been and what stands in the way, and writes tables of targets, activities,
    balances, capacities, resources, trade and prices.

    \b
    Examples:
      planner solve
      planner solve two_goods --model growth --format json
      planner solve --plan ffyp_optimum --corner optimistic --out outputs/mine
      planner solve ./large --method first-order --gap 5e-4
      planner solve --set 'supply:resource=livestock,period=1931:value*=1.1'
    """
    import planner
    from planner.cli.progress import Progress

    ask(
        economy,
        given,
        "",
        lambda posed, _: planner.solve(
            posed, solver=solver, method=method, seconds=seconds, gap=gap, work=work, log=Progress()
        ),
    )
