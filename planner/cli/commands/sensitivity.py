"""``planner sensitivity``: what one more of anything would have changed, and how sure the data leave the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import options
from planner.cli.output import console, print_answer, talk, working, wrote

if TYPE_CHECKING:
    from planner.analysis.sensitivity.study import Curve
    from planner.economy import Economy


@click.command("sensitivity", short_help="What one more, or one less, of anything would change.")
@options.question
@click.option(
    "--curve",
    "curves",
    multiple=True,
    metavar="SELECTOR=FROM:TO",
    help="Value over numbers multiplied by FROM to TO. SELECTOR: TABLE:KEY=VALUE,...[:COLUMN], or short TABLE:ITEM, "
    "TABLE:COLUMN. May be given again.",
)
@click.option("--top", type=click.IntRange(1), default=12, show_default=True, help="How many lines and bars are shown.")
@options.output
@options.form
def command(
    economy: str, curves: tuple[str, ...], top: int, out: Path | None, overwrite: bool, form: str, **asked: Any
) -> None:
    """What one more, or one less, of anything would have changed in ECONOMY (default: ussr_1928).

    Writes prices (worth of one more and loss of one less of every limit), ranges (basis intervals), tornado (every number
    at its own low and high, and groups of them), bottlenecks (which limit, which pair) and curve tables, with charts.

    \b
    Examples:
      planner sensitivity
      planner sensitivity --curve supply:foreign_exchange=0.5:2
      planner sensitivity two_goods --curve supply:workers=0.5:2 --top 5
    """
    from planner.analysis.sensitivity.prices import linear
    from planner.analysis.sensitivity.study import examine
    from planner.cli.no_answer import ensure_answered
    from planner.cli.posing import posed
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.sensitivity import (
        said_tables,
        sensitivity_summary,
        show_sensitivity,
        write_sensitivity,
    )

    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        wanted = [_curve(text, question.formulation.economy, row) for row, text in enumerate(curves, start=1)]
        folder = out or question.folder(prefix="sensitivity")
        ensure_free(folder, overwrite=overwrite)
        found = examine(linear(question.formulation), wanted, tick=say)
        if found.solution.optimal:
            say("Writing the results")
            write_sensitivity(found, folder, top=top, overwrite=overwrite)
    question.warn()
    ensure_answered(found.solution, found.formulation)
    if question.formulation.program.integer.any():
        talk("Measured with projects in parts: with whole ones there are no prices.")
    if form == "json":
        print_answer(folder, sensitivity_summary(found, top), bottlenecks=said_tables(found)["bottlenecks"].head(top))
    else:
        show_sensitivity(found, console(), top)
    wrote(folder)


def _curve(text: str, economy: Economy, row: int) -> Curve:
    """A curve as written: SELECTOR=FROM:TO, split at the last equals sign."""
    from planner.analysis.sensitivity.selector import select
    from planner.analysis.sensitivity.study import Curve
    from planner.economy import DataError, Finding

    selector, equals, span = text.rpartition("=")
    try:
        low, high = (float(part) for part in span.split(":"))
    except ValueError:
        low = high = 0.0
    if not equals or not 0.0 <= low < high < float("inf"):
        said = f'"{text}" does not read SELECTOR=FROM:TO with two factors, such as supply:unskilled=0.5:2.'
        raise DataError([Finding("E164", "--curve", (row,), "", text, said)], economy.folder)
    return Curve(select(selector, economy, row=row), low, high)
