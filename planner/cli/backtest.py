"""``planner backtest``: what happened, tested like a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from planner.cli import options
from planner.cli.output import console, print_answer, working, wrote


@click.command("backtest")
@options.economy
@options.model
@options.scenario
@options.floor
@options.sets
@options.output
@options.form
def command(
    economy: str, model: str | None, scenario: str | None, floor: str | float | None, sets: tuple[str, ...],
    out: Path | None, overwrite: bool, form: str,
) -> None:  # fmt: skip
    """Test what was produced in ECONOMY (default: ussr_1928) like a plan: a model that rejects what happened is wrong.

    Uses the model `backtest` and, where there is one, the scenario `realised`. Years the calibration saw are marked as
    training, the others as hold-out; a year that does not fit is shown as such.

    \b
    Examples:
      planner backtest
      planner backtest --floor 0.5 --format json
    """
    from dataclasses import replace
    from functools import partial

    from planner.economy import load
    from planner.economy.corner import CORNERS
    from planner.feasibility.backtest import backtest
    from planner.formulation import load_question
    from planner.report.backtest import backtest_summary, backtest_tables, show_backtest, write_backtest
    from planner.report.naming import run_folder
    from planner.report.write import ensure_free

    with working("Reading the economy") as say:
        chosen = scenario or _realised(economy)
        question = load_question(model or "backtest")
        if floor is not None:
            question = replace(question, floor=floor)
        economies = {corner: load(economy, scenario=chosen, corner=corner, sets=sets) for corner in CORNERS}
        facts = economies["central"]
        folder = out or run_folder(
            facts.name, "as_produced", facts.scenario, question.name, floor=floor, sets=sets, prefix="backtest"
        )
        ensure_free(folder, overwrite=overwrite)
        found = {corner: backtest(one, question, partial(_say, say, corner)) for corner, one in economies.items()}
        write_backtest(facts, question, found, folder, overwrite=overwrite)
    if form == "json":
        print_answer(folder, backtest_summary(facts, question, found), **backtest_tables(found))
    else:
        show_backtest(facts, question, found, console())
    wrote(folder)


def _say(say: Callable[[str], None], corner: str, text: str) -> None:
    say(f"{corner}: {text}")


def _realised(economy: str) -> str | None:
    """The scenario of what happened, where the economy has one; else its default."""
    from planner.cli.names import folder_of, scenarios

    folder = folder_of(economy)
    return "realised" if folder is not None and "realised" in scenarios(folder) else None
