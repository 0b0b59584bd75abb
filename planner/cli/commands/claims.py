"""``planner claims``: what texts state about a plan, beside the tables."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import names, options
from planner.cli.run import Ready, Say, run


@click.command("claims", short_help="What texts state about the plan, beside the tables.")
@options.economy
@options.model
@click.option(
    "--plan",
    metavar="PLAN",
    shell_complete=names.complete_plan,
    help="Whose figures stand beside statements that name none (default: the plan that most tests name).",
)
@options.scenario
@options.floor
@options.changes
@options.output
@options.form
def command(economy: str, **given: Any) -> None:
    """Set each statement of ECONOMY (default: ussr_1928) beside the data, the official figure, the feasible one and the outcome.

    The table `claims` holds the statements, each with the test that decides it (`planner explain claims.test`). A statement
    agrees with the tables, disagrees (by how much is said), is left undecided by their ranges, or is outside what tables can
    say; one that has no test is listed as such.

    \b
    Examples:
      planner claims
      planner claims two_goods
      planner claims --plan ffyp_minimum --format json
    """
    import planner
    from planner.answers.pose import derived, question_about
    from planner.reporting.run.folder_name import run_folder

    def ready(_: Say) -> Ready:
        facts = derived(economy, scenario=given["scenario"], changes=given["changes"])
        asked = question_about(facts, given["model"], given["floor"])
        folder = run_folder(
            facts.name,
            str(given["plan"] or ""),
            facts.scenario,
            asked.name,
            floor=given["floor"],
            sets=facts.sets,
            prefix="claims",
        )
        return Ready(folder, lambda say: planner.claims(facts, model=asked, plan=given["plan"], tick=say), facts)

    run(ready, given)
