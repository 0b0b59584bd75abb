"""``planner near-optimal``: what every near-best plan must do, and where it is free."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli import options
from planner.cli.output import console, print_answer, working, wrote


@click.command("near-optimal", short_help="What every near-best plan must do, and where it is free.")
@options.question
@click.option(
    "--epsilon",
    type=click.FloatRange(min=0, max=1),
    default=0.01,
    show_default=True,
    metavar="SHARE",
    help="How much of the best may be given up.",
)
@options.output
@options.form
def command(
    economy: str, epsilon: float, out: Path | None, overwrite: bool, form: str, **asked: Any
) -> None:  # fmt: skip
    """What every plan near the best must do in ECONOMY (default: ussr_1928), and where it is free.

    Makes the total of every product, technique, kind of plant, traded good and resource least and greatest while the
    objective stays within a share of its best.

    \b
    Examples:
      planner near-optimal
      planner near-optimal two_goods --epsilon 0.05
    """
    from planner.analysis.frontier.near_optimal import near_optimal
    from planner.analysis.sensitivity.prices import linear
    from planner.cli.no_answer import ensure_answered
    from planner.cli.posing import posed
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.frontier import near_optimal_summary, show_near_optimal, write_near_optimal
    from planner.solver.highs import Session

    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        formulation = linear(question.formulation)
        folder = out or question.folder(prefix="near_optimal" if epsilon == 0.01 else f"near_optimal_{epsilon:g}")
        ensure_free(folder, overwrite=overwrite)
        session = Session()
        solution = session.solve(formulation.program)
        if solution.optimal:
            table = near_optimal(formulation, solution, session, epsilon, tick=say)
            write_near_optimal(formulation, table, solution.objective, epsilon, folder, overwrite=overwrite)
    question.warn()
    ensure_answered(solution, formulation)
    if form == "json":
        print_answer(folder, near_optimal_summary(formulation, table, solution.objective, epsilon), near_optimal=table)
    else:
        show_near_optimal(formulation, table, solution.objective, epsilon, console())
    wrote(folder)
