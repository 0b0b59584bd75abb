"""``planner projects``: which works are worth what, and which programmes are nearly as good as the best."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import options
from planner.cli.output import console, print_json, working, wrote

if TYPE_CHECKING:
    from planner.analysis.projects.portfolio import Survey


@click.command(
    "projects", short_help="What whole works are worth, and which programmes are nearly as good as the best."
)
@options.question
@options.search
@click.option("--count", type=click.IntRange(1, 100), default=12, show_default=True, help="Programmes to list.")
@options.output
@options.form
def command(
    economy: str, seconds: float, gap: float, count: int, out: Path | None, overwrite: bool, form: str, **asked: Any
) -> None:
    """Choose whole projects of ECONOMY (default: ussr_1928), and ask what each of them is worth.

    Searches for the best programme; then again with each project forced in, forced out and begun a period later; lists
    programmes within 1 % of the best; and compares the list of projects as it was decided. The question is the model
    `projects` unless --model says otherwise.

    \b
    Examples:
      planner projects
      planner projects ussr_1928 --plan ffyp_optimum --corner optimistic
      planner projects --time-limit 10 --gap 0.001 --format json
    """
    from planner.analysis.projects.portfolio import survey
    from planner.cli.exit_codes import EndError, Exit
    from planner.cli.no_answer import ensure_answered, ensure_proved
    from planner.cli.posing import posed
    from planner.cli.progress import Progress
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.portfolio import summary, write_survey
    from planner.solver.highs import Limits

    asked["model"] = asked["model"] or "projects"
    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        formulation = question.formulation
        if not formulation.variables.projects.starts.width or not formulation.goal.is_share:
            raise click.UsageError(
                f"{question.economy.name} under the model {question.model.name} has no choice of projects to ask about:\n"
                'the model needs the family "project" and the objective "attainment" or "balanced",\n'
                "the economy a table of projects."
            )
        folder = out or question.folder(prefix="projects")
        ensure_free(folder, overwrite=overwrite)
        found = survey(formulation, Limits(seconds=seconds, gap=gap), count=count, log=Progress(), say=say)
        if found.programme.found:
            say("Writing the results")
            write_survey(found, folder, overwrite=overwrite)
    question.warn()
    if not found.programme.found:
        ensure_answered(found.programme.failure, formulation)
    if form == "json":
        print_json(summary(found))
    else:
        _show(found)
    wrote(folder)
    if found.interrupted:
        raise EndError(Exit.INTERRUPTED, "Interrupted: the tables hold what was found until then.")
    ensure_proved(found.programme.search, found.programme.bound)


def _show(found: Survey) -> None:
    from planner.reporting.tables.programme import projects_table
    from planner.reporting.terminal.programme import show_programme, show_survey
    from planner.reporting.terminal.solve import show_head

    programme, screen = found.programme, console()
    formulation = programme.formulation
    show_head(formulation, screen)
    show_programme(programme, projects_table(formulation, programme.solution), screen)
    screen.print()
    show_survey(found, screen)
