"""``planner backtest``: what happened, tested like a plan."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import Ready, Say, run


@click.command("backtest")
@options.economy
@options.model
@options.scenario
@options.floor
@options.changes
@options.output
@options.form
def command(economy: str, **given: Any) -> None:
    """Test what was produced in ECONOMY (default: ussr_1928) like a plan: a model that rejects what happened is wrong.

    Uses the model `backtest`, and the scenario and the consumption floor that economy.toml names for it. Years the
    calibration saw are marked as training, the others as hold-out; a year that does not fit is shown as such.

    \b
    Examples:
      planner backtest
      planner backtest --floor 0.5 --format json
    """
    import planner
    from planner.answers.backtest import facts_of
    from planner.answers.pose import question_about
    from planner.reporting.run.folder_name import run_folder

    def ready(_: Say) -> Ready:
        facts = facts_of(economy, given["scenario"], given["changes"])
        asked = question_about(facts, given["model"] or "backtest", given["floor"])
        folder = run_folder(
            facts.name,
            "as_produced",
            facts.scenario,
            asked.name,
            floor=given["floor"],
            sets=facts.sets,
            prefix="backtest",
        )
        scenario = facts.scenario or "base"
        return Ready(folder, lambda say: planner.backtest(facts, model=asked, scenario=scenario, tick=say), facts)

    run(ready, given)
