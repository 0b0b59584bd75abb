"""``planner feasibility``: how far outside, why, what it would have taken, and the proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli import names, options
from planner.cli.output import console, print_answer, talk, warn, working, wrote


class FloorOrAll(options.Floor):
    """A closure of consumption, or all three."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | float:
        """Let ``all`` through."""
        return "all" if value == "all" else super().convert(value, param, ctx)


@click.command("feasibility")
@options.economy
@options.model
@click.option(
    "--plan",
    metavar="PLAN|all",
    shell_complete=names.complete_plan,
    help='Whose targets are tested; "all" for every plan side by side.',
)
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
    type=click.IntRange(0, 60),
    default=15,
    show_default=True,
    help="How many periods later the figures may be due.",
)
@options.sets
@options.output
@options.form
def command(
    economy: str, plan: str | None, scenario: str | None, floor: str | float | None, against: str, years: int,
    model: str | None, sets: tuple[str, ...], out: Path | None, overwrite: bool, form: str,
) -> None:  # fmt: skip
    """How far a plan lies outside the feasible region of ECONOMY (default: ussr_1928), why, and what it would have taken.

    Writes feasibility, verdicts, relaxation, leave_one_out, conflicts, horizon, decomposition, flips and certificate
    tables, and the program itself as plain text, so that `planner verify` can add the proof up.

    \b
    Examples:
      planner feasibility
      planner feasibility --plan ffyp_optimum --scenario realised --floor 0.45
      planner feasibility --plan all --scenario all --floor all --overwrite
    """
    if "all" in (plan, scenario, floor):
        _ladder(economy, plan, scenario, floor, model, sets, out, overwrite, form)
    else:
        asked = {"model": model, "plan": plan, "scenario": scenario, "corner": "central", "floor": floor, "sets": sets}
        _one(economy, asked, against, years, out, overwrite, form)


def _one(
    economy: str, asked: dict[str, Any], against: str, years: int, out: Path | None, overwrite: bool, form: str
) -> None:
    from planner.analysis.feasibility.assessment import assess
    from planner.cli.no_answer import ensure_answered
    from planner.cli.posing import posed
    from planner.reporting.page.page import PAGE
    from planner.reporting.run.assessment import write_assessment
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.assessment import feasibility_table, summary, warnings

    with working("Reading the economy") as say:
        question = posed(economy, **asked)
        folder = out or question.folder(prefix="feasibility")
        ensure_free(folder, overwrite=overwrite)
        found = assess(question.formulation, against=against or None, years=years, tick=say)
        say("Writing the results")
        write_assessment(found, folder, overwrite=overwrite)
    warn(question.economy, warnings(found))
    if question.formulation.program.integer.any():
        talk(
            "Measured with projects in parts, for which prices and proofs exist; whole they reach no further: `planner projects`."
        )
    if form == "json":
        print_answer(folder, summary(found), targets=feasibility_table(found))
    else:
        from planner.reporting.terminal.assessment import show_assessment

        show_assessment(found, console())
    proofs = {"Check_the_proof": f"planner verify {folder}"} if any(found.proofs.values()) else {}
    wrote(folder, **proofs, Read_it_as_a_page=str(folder / PAGE))
    ensure_answered(found.attained.solution)


def _ladder(
    economy: str, plan: str | None, scenario: str | None, floor: str | float | None, model: str | None,
    sets: tuple[str, ...], out: Path | None, overwrite: bool, form: str,
) -> None:  # fmt: skip
    from planner.analysis.feasibility.cases import rungs
    from planner.analysis.feasibility.verdicts import ladder
    from planner.answers.solve import question_about
    from planner.economy import load
    from planner.formulation.unread import warnings_of
    from planner.reporting.page.page import PAGE
    from planner.reporting.run.folder_name import run_folder
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.ladder import ladder_summary, show_ladder, write_ladder

    with working("Reading the economy") as say:
        facts = load(economy, scenario=None if scenario == "all" else scenario, sets=sets)
        question = question_about(facts, model)
        cases = rungs(facts, question, plan, scenario, floor)
        folder = out or run_folder(
            facts.name,
            plan or facts.default_plan or "",
            scenario or facts.scenario,
            question.name,
            floor=floor,
            sets=sets,
            prefix="feasibility",
        )
        ensure_free(folder, overwrite=overwrite)
        say(f"{len(cases)} cases at three corners")
        table = ladder(facts, question, cases, tick=say)
        write_ladder(facts, question, table, folder, overwrite=overwrite)
    scenarios = dict.fromkeys(case.scenario for case in cases)
    warn(facts, warnings_of(facts, question), [facts.in_scenario(name) for name in scenarios])
    if form == "json":
        print_answer(folder, ladder_summary(facts, question, table), verdicts=table)
    else:
        show_ladder(facts, table, console())
    wrote(folder, Read_it_as_a_page=str(folder / PAGE))
