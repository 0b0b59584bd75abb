"""``planner backtest``: what happened, tested like a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from planner.cli import options
from planner.cli.output import console, print_answer, warn, working, wrote


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

    Uses the model `backtest`, and the scenario and the consumption floor that economy.toml names for it. Years the
    calibration saw are marked as training, the others as hold-out; a year that does not fit is shown as such.

    \b
    Examples:
      planner backtest
      planner backtest --floor 0.5 --format json
    """
    from functools import partial

    from planner.analysis.feasibility.backtest import backtest
    from planner.answers.solve import question_about
    from planner.economy import load
    from planner.economy.corner import CORNERS
    from planner.formulation.unread import warnings_of
    from planner.reporting.run.folder_name import run_folder
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.backtest import backtest_summary, backtest_tables, show_backtest, write_backtest

    with working("Reading the economy") as say:
        facts = load(economy, scenario=scenario, sets=sets)
        if scenario is None and facts.backtest_scenario:
            facts = facts.in_scenario(facts.backtest_scenario)
        question = question_about(facts, model or "backtest", floor)
        folder = out or run_folder(
            facts.name, "as_produced", facts.scenario, question.name, floor=floor, sets=sets, prefix="backtest"
        )
        ensure_free(folder, overwrite=overwrite)
        found = {corner: backtest(facts.at_corner(corner), question, partial(_say, say, corner)) for corner in CORNERS}
        write_backtest(facts, question, found, folder, overwrite=overwrite)
    warn(facts, warnings_of(facts, question))
    if form == "json":
        print_answer(folder, backtest_summary(facts, question, found), **backtest_tables(found))
    else:
        show_backtest(facts, question, found, console())
    wrote(folder)


def _say(say: Callable[[str], None], corner: str, text: str) -> None:
    say(f"{corner}: {text}")
