"""``planner solve``: the best feasible plan under a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import options
from planner.cli.output import console, print_answer, working, wrote

if TYPE_CHECKING:
    from planner.answers.solve import Result


@click.command("solve", short_help="Solve a question and write the best feasible plan down.")
@options.question
@options.solver
@options.gap
@options.output
@options.form
def command(
    economy: str, solver: str, seconds: float, gap: float, out: Path | None, overwrite: bool, form: str, **asked: Any
) -> None:
    """Solve a question about ECONOMY (default: ussr_1928) and write the plan down.

    Shows what each target could have been and what stands in the way, and writes tables of targets, activities,
    balances, capacities, resources, trade and prices.

    \b
    Examples:
      planner solve
      planner solve two_goods --model growth --format json
      planner solve --plan ffyp_optimum --corner optimistic --out outputs/mine
      planner solve --set 'supply:resource=livestock,period=1931:value*=1.1'
    """
    from planner.answers.solve import solve
    from planner.cli.no_answer import ensure_answered, ensure_proved
    from planner.cli.posing import posed
    from planner.cli.progress import Progress
    from planner.reporting.run.write import ensure_free

    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        folder = out or question.folder()
        ensure_free(folder, overwrite=overwrite)
        say("Solving")
        result = solve(
            question.economy, model=question.model, plan=asked["plan"], floor=asked["floor"], solver=solver,
            seconds=seconds, gap=gap, log=Progress(),
        )  # fmt: skip
        if result.plan is not None:
            say("Writing the results")
            result.write(folder, overwrite=overwrite)
    question.warn()
    if result.plan is None:
        ensure_answered(result.solution, result.formulation)
    _show(result, folder, form)
    wrote(folder)
    ensure_proved(result.solution, result.solution.bound)


def _show(result: Result, folder: Path, form: str) -> None:
    if form == "json":
        print_answer(folder, result.summary, targets=result.tables["targets"])
    else:
        from planner.reporting.terminal.solve import show

        show(result, console())
