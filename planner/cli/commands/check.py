"""``planner check``: what is wrong with an economy, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import names, options
from planner.cli.exit_codes import Exit
from planner.cli.output import print_json, print_table, talk, tell, told, width, working

if TYPE_CHECKING:
    from planner.answers.check import CheckAnswer


@click.command("check", short_help="Check an economy: every error and warning at once.")
@options.families
@options.economy
@click.option(
    "--scenario",
    default="all",
    show_default=True,
    metavar="SCENARIO",
    shell_complete=names.complete_scenario,
    help='Which scenario; "base" for the tables without any, "all" for every one in turn.',
)
@options.changes
@click.option("--write-datapackage", is_flag=True, help="Write datapackage.json, for tools that read Table Schema.")
@options.form
@click.pass_context
def command(
    ctx: click.Context, economy: str, scenario: str, changes: Sequence[str], write_datapackage: bool, form: str
) -> None:
    """Check ECONOMY (default: ussr_1928): every error and warning at once, and what the folder holds.

    Ends with code 3 if there is an error. Nothing is solved.

    \b
    Examples:
      planner check
      planner check inputs/mine --scenario drought
      planner check two_goods --format json
    """
    import planner

    with working("Reading the tables"):
        answer = planner.check(economy, scenario=scenario, changes=changes)
        if write_datapackage and answer.loaded:
            talk(f"Wrote {_datapackage(answer.folder)}")
    if form == "json":
        print_json(answer.summary)
    else:
        _print(answer)
    if answer.errors:
        ctx.exit(Exit.INPUT)


def _print(answer: CheckAnswer) -> None:
    from planner.answers.check import contents
    from planner.economy.findings import render

    if answer.findings:
        tell(render(answer.findings, answer.folder, width()))
        tell()
    if not answer.loaded:
        talk(f"{answer.headline} `planner explain {answer.findings[-1].code}` says more.")
        return
    print_table(contents(answer.loaded), ("table", "rows", "numbers", "verified", "in scenarios"))
    tell()
    told(answer.headline)
    if answer.findings:
        talk(f"`planner explain {answer.findings[-1].code}` says more.")


def _datapackage(folder: Path) -> Path:
    from planner.economy.reading.datapackage import write_datapackage

    return write_datapackage(folder)
