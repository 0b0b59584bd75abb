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
@options.opening
@click.option("--write-datapackage", is_flag=True, help="Write datapackage.json, for tools that read Table Schema.")
@options.form
@click.pass_context
def command(
    ctx: click.Context,
    economy: str,
    scenario: str,
    changes: Sequence[str],
    opening: str | None,
    source: Path | None,
    write_datapackage: bool,
    form: str,
) -> None:
    """Check ECONOMY (default: ussr_1928): every error and warning at once, and what the folder holds.

    Ends with code 3 if there is an error. Nothing is solved.

    \b
    Examples:
      planner check
      planner check inputs/mine --scenario drought
      planner check two_goods --format json
      planner check ussr_1932 --opening run --from outputs/mine
    """
    import planner

    with working("Reading the tables"):
        answer = planner.check(economy, scenario=scenario, changes=changes, opening=opening, source=source)
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
    if len(answer.handed_on):
        _print_handed_on(answer)
    tell()
    told(answer.headline)
    if answer.findings:
        talk(f"`planner explain {answer.findings[-1].code}` says more.")


def _print_handed_on(answer: CheckAnswer) -> None:
    """What is handed on beside the record, kind by kind; in full in `--format json`."""
    from planner.language.numbers import number

    tell()
    rows = [
        {
            **{str(name): cell for name, cell in row.items()},
            "record": number(row["record"]),
            "handed on": number(row["run"]),
            "times": number(row["ratio"], 3),
        }
        for row in answer.handed_on.to_dict("records")
    ]
    print_table(rows, ("kind", "key", "period", "unit", "record", "handed on", "times"))


def _datapackage(folder: Path) -> Path:
    from planner.economy.reading.datapackage import write_datapackage

    return write_datapackage(folder)
