"""``planner feasibility``: how far outside, why, what it would have taken, and the proof."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import names, options
from planner.cli.run import Ready, Say, ask, run


class FloorOrAll(options.Floor):
    """A closure of consumption, or all three."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | float:
        """Let ``all`` through."""
        return "all" if value == "all" else super().convert(value, param, ctx)


@click.command("feasibility")
@options.economy
@options.model
@options.plan_or_all("side by side")
@click.option(
    "--scenario",
    metavar="SCENARIO|all",
    shell_complete=names.complete_scenario,
    help='Facts laid over the base tables; "all" for each in turn.',
)
@click.option(
    "--floor",
    type=FloorOrAll(),
    metavar="FLOOR|all",
    help='promised, base, subsistence, actual or a share of base; "all" for the first three.',
)
@click.option(
    "--against",
    default="*",
    metavar="SCENARIO",
    help='What happened, for the decomposition (default: what the economy names; "" to leave it out).',
)
@click.option(
    "--years",
    type=options.number("years"),
    default=15,
    show_default=True,
    help="How many periods later the figures may be due.",
)
@options.changes
@options.opening
@options.output
@options.form
def command(economy: str, against: str, years: int, **given: Any) -> None:
    """How far a plan lies outside the feasible set of ECONOMY (default: ussr_1928), why, and what it would have taken.

    Writes feasibility, verdicts, relaxation, leave_one_out, conflicts, horizon, decomposition, switching_values and certificate
    tables, and the program itself as plain text, so that `planner verify` can add the proof up.

    \b
    Examples:
      planner feasibility
      planner feasibility --plan ffyp_optimum --scenario realised --floor 0.45
      planner feasibility --plan all --scenario all --floor all --overwrite
    """
    import planner

    if "all" in (given["plan"], given["scenario"], given["floor"]):
        if given["opening"] or given["source"]:
            raise click.UsageError(
                '--opening and --from are for one plan, scenario and floor; they cannot stand beside "all".'
            )
        run(lambda say: _ladder(economy, given, say), given)
        return
    ask(
        economy,
        given,
        "feasibility",
        lambda posed, say: planner.assess(posed, against=against or None, years=years, tick=say),
        in_parts="prices and proofs exist for these, and whole ones reach no further (`planner projects`, `planner solve`)",
    )


def _ladder(economy: str, given: dict[str, Any], say: Say) -> Ready:
    """Every plan, scenario or floor side by side."""
    import planner
    from planner.analysis.feasibility.cases import rungs
    from planner.answers.pose import question_about
    from planner.reporting.run.folder_name import run_folder

    plan, scenario, floor, changes = (given[name] for name in ("plan", "scenario", "floor", "changes"))
    facts = planner.load(economy, scenario=None if scenario == "all" else scenario, changes=changes)
    question = question_about(facts, given["model"])
    cases = rungs(facts, question, plan, scenario, floor)
    folder = run_folder(
        facts.name,
        plan or facts.default_plan or "",
        scenario or facts.scenario,
        question.name,
        floor=floor,
        sets=changes,
        prefix="feasibility",
    )
    say(f"{len(cases)} cases at three corners")
    several = tuple(facts.in_scenario(name) for name in dict.fromkeys(case.scenario for case in cases))
    asked = {"model": question, "plan": plan, "scenario": scenario, "floor": floor}
    return Ready(folder, lambda say: planner.ladder(facts, **asked, tick=say), facts, several)
