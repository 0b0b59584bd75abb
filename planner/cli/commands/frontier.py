"""``planner frontier``: what can be had of two quantities together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import options
from planner.cli.output import console, print_answer, working, wrote

if TYPE_CHECKING:
    from planner.analysis.frontier.feasible_set import Quantity
    from planner.formulation import Formulation
    from planner.reporting.tables.frontier import Frontier


@click.command("frontier", short_help="What can be had of two quantities together.")
@click.argument("x", metavar="X")
@click.argument("y", metavar="Y")
@options.question
@click.option(
    "--hold",
    type=click.FloatRange(min=0),
    metavar="SHARE",
    help="Hold all other targets of the plan at this share (default: targets are set aside).",
)
@click.option("--third", metavar="QUANTITY=V1,V2,...", help="A third quantity: one region for each least amount of it.")
@options.output
@options.form
def command(
    x: str, y: str, economy: str, hold: float | None, third: str | None, out: Path | None, overwrite: bool, form: str,
    **asked: Any,
) -> None:  # fmt: skip
    """What can be had of X and Y together in ECONOMY (default: ussr_1928): the exact region, and where the plan lies.

    X and Y read MEASURE:ITEM:PERIOD (`planner list measures`). Shows the corners of the region, the official, feasible and
    actual points, and how far each lies outside.

    \b
    Examples:
      planner frontier output:steel:1933 'consumption:*:1933'
      planner frontier output:corn:2 output:iron:2 two_goods
      planner frontier output:coal:1933 output:steel:1933 --hold 0.4
    """
    from planner.analysis.frontier.feasible_set import quantity
    from planner.analysis.sensitivity.prices import linear
    from planner.cli.posing import posed
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.frontier import frontier_summary, frontier_table, show_frontier, write_frontier

    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        formulation = linear(question.formulation)
        first, second = quantity(x, formulation), quantity(y, formulation)
        depth, levels = _third(third, formulation)
        folder = out or question.folder(prefix=_named("frontier", first, second, depth, hold))
        ensure_free(folder, overwrite=overwrite)
        say("Tracing the region")
        found = _traced(formulation, first, second, hold, depth, levels)
        write_frontier(found, folder, overwrite=overwrite)
    question.warn()
    if form == "json":
        print_answer(folder, frontier_summary(found), frontier=frontier_table(found))
    else:
        show_frontier(found, console())
    wrote(folder)


def _traced(
    formulation: Formulation, x: Quantity, y: Quantity, hold: float | None, third: Quantity | None, levels: list[float]
) -> Frontier:
    """The region, or an end in words where there is none."""
    from planner.analysis.frontier.feasible_set import NothingLimitsError
    from planner.cli.exit_codes import EndError, Exit
    from planner.reporting.tables.frontier import frontier

    try:
        found = frontier(formulation, x, y, hold=hold, third=third, levels=levels)
    except NothingLimitsError:
        said = f"Nothing limits {x.text} or {y.text}: any amount is possible, so there is no edge."
        raise EndError(Exit.EMPTY, said) from None
    if not any(one.corners for one in found.family.values()):
        said = "The region itself is empty: no plan keeps the balances, limits and floors asked for."
        raise EndError(Exit.EMPTY, said)
    return found


def _third(text: str | None, formulation: Formulation) -> tuple[Quantity | None, list[float]]:
    """The third quantity and its least amounts."""
    from planner.analysis.frontier.feasible_set import quantity
    from planner.economy import DataError, Finding

    if text is None:
        return None, []
    name, _, amounts = text.rpartition("=")
    try:
        levels = [float(amount) for amount in amounts.split(",")]
    except ValueError:
        said = f'"{text}" does not read MEASURE:ITEM:PERIOD=AMOUNT,AMOUNT,... with plain numbers.'
        raise DataError([Finding("E164", "--third", (1,), "", text, said)], formulation.economy.folder) from None
    return quantity(name, formulation, option="--third"), levels


def _named(prefix: str, x: Quantity, y: Quantity, third: Quantity | None, hold: float | None) -> str:
    """Prefix of the folder: the quantities in words that a file system takes."""
    parts = [f"{q.measure}_{'all' if q.item == '*' else q.item}_{q.period}" for q in (x, y, third) if q is not None]
    held = [] if hold is None else [f"hold_{hold:g}"]
    return "-".join([prefix, *parts, *held]).replace("..", "_to_").replace(",", "_")
