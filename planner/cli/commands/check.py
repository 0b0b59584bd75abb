"""``planner check``: what is wrong with an economy, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import names, options
from planner.cli.exit_codes import Exit
from planner.cli.output import print_json, print_table, talk, tell, told, width, working

if TYPE_CHECKING:
    from planner.economy import Economy, Finding


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
    from planner.economy.economy import find

    folder = find(economy)
    with working("Reading the tables"):
        chosen = ["base", *names.scenarios(folder)] if scenario == "all" else [scenario]
        loaded, findings = _checked(economy, chosen, changes)
        findings += _of_the_default_question(folder, loaded)
        if write_datapackage and loaded:
            talk(f"Wrote {_datapackage(folder)}")
    wrong = [finding for finding in findings if finding.severity == "error"]
    if form == "json":
        print_json(_document(loaded, findings, chosen))
    else:
        _print(loaded, findings, economy)
    if wrong:
        ctx.exit(Exit.INPUT)


def _checked(economy: str, scenarios: Sequence[str], changes: Sequence[str]) -> tuple[list[Economy], list[Finding]]:
    """The economy under each scenario as far as it loads, and each finding once."""
    from planner.analysis.uncertainty.contradictions import contradictions
    from planner.economy import DataError, load

    loaded, findings = [], {}
    for scenario in scenarios:
        try:
            loaded.append(load(economy, scenario=scenario, changes=changes))
            found = (*loaded[-1].warnings, *contradictions(loaded[-1]))
        except DataError as error:
            found = error.findings
        findings.update(dict.fromkeys(found))
    return loaded, list(findings)


def _of_the_default_question(folder: Path, loaded: Sequence[Economy]) -> list[Finding]:
    """What is wrong with the question that is put when no model is named, and what it does not read."""
    from planner.economy.reading.economy_file import read_heading
    from planner.economy.reading.files import Files
    from planner.economy.reading.snapshot import Snapshot
    from planner.formulation.default import default_question

    return default_question(read_heading(Files(Snapshot.of(folder))), loaded[0] if loaded else None)


def _print(loaded: Sequence[Economy], findings: Sequence[Finding], economy: str) -> None:
    from planner.economy.economy import find
    from planner.economy.findings import render
    from planner.economy.uncertain import counts
    from planner.language.counting import counted
    from planner.reporting.wording.sentences import data_known

    if findings:
        tell(render(findings, find(economy), width()))
        tell()
    if not loaded:
        talk(f"Nothing of it can be used. `planner explain {findings[-1].code}` says more.")
        return
    print_table(contents(loaded), ("table", "rows", "numbers", "verified", "in scenarios"))
    wrong = sum(finding.severity == "error" for finding in findings)
    known = f"{counted(wrong, 'error')}, {counted(len(findings) - wrong, 'warning')}"
    tell()
    told(f"{loaded[0].title}: {known}. {data_known(counts(loaded[0]), plan=False)}")
    if findings:
        talk(f"`planner explain {findings[-1].code}` says more.")


def contents(loaded: Sequence[Economy]) -> list[dict[str, Any]]:
    """What an economy holds, table by table.

    Args:
        loaded: the economy under one scenario or several; the first is described, the others add what they change.

    Returns:
        Rows of the tables that are not empty: rows as read (``*`` rows expanded), how many of them carry a number, the
        share of those whose number was seen in its source, and rows that scenarios bring.
    """
    from planner.economy.schema import TABLES

    result = []
    for name, table in TABLES.items():
        frame = loaded[0].tables[name]
        changed = sum(int(e.tables[name]["file"].astype(str).str.startswith("scenarios/").sum()) for e in loaded)
        if not len(frame) and not changed:
            continue
        numbers = [column.name for column in table.columns if column.numeric and not column.key]
        given = frame[frame[numbers].notna().any(axis=1)] if numbers else frame.iloc[:0]
        seen = int((given["verified"] == "yes").sum())
        share = f"{seen / len(given):.0%}" if len(given) else ""
        row = {"table": name, "rows": len(frame), "numbers": len(given), "verified": share, "in scenarios": changed}
        result.append(row)
    return result


def _document(loaded: Sequence[Economy], findings: Sequence[Finding], scenarios: Sequence[str]) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "economy": loaded[0].name if loaded else None,
        "scenarios": list(scenarios),
        "findings": [
            {"severity": finding.severity, **asdict(finding), "title": finding.heading} for finding in findings
        ],
        "tables": contents(loaded) if loaded else [],
    }


def _datapackage(folder: Path) -> Path:
    from planner.economy.reading.datapackage import write_datapackage

    return write_datapackage(folder)
