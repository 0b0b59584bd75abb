"""From the options of a command to a question posed: loaded once, named once, warned of once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.output import talk
from planner.economy import Economy, Finding, load
from planner.economy.findings import render
from planner.formulation import Formulation, Question, load_question
from planner.planning import pose
from planner.report.naming import run_folder


@dataclass(frozen=True, eq=False)
class Posed:
    """A question as the command line put it.

    Args:
        economy: loaded; model: read; formulation: both put together.
        floor: as given on the command line, if it was.
    """

    economy: Economy
    model: Question
    formulation: Formulation
    floor: str | float | None

    def folder(self, prefix: str = "") -> Path:
        """Where its results go unless the user says otherwise."""
        economy = self.economy
        return run_folder(
            economy.name, self.formulation.plan, economy.scenario, self.model.name, corner=economy.corner,
            floor=self.floor, sets=economy.sets, prefix=prefix,
        )  # fmt: skip

    def warn(self) -> None:
        """Say on stderr what a reader should know, if there is anything."""
        warn(self.economy, self.formulation.warnings)


def warn(economy: Economy, warnings: Sequence[Finding] = ()) -> None:
    """Say on stderr that the data have warnings, and what the question does not read of them.

    Args:
        economy: loaded; warnings: of the question, those of the data among them or not.
    """
    count = len(economy.warnings)
    if count:
        talk(f"{count} warning{'s' if count > 1 else ''} about the data: `planner check {economy.name}`.")
    of_question = [finding for finding in warnings if finding not in economy.warnings]
    if of_question:
        talk(render(of_question))


def posed(
    economy: str,
    *,
    model: str | None,
    plan: str | None,
    scenario: str | None,
    corner: str,
    floor: str | float | None,
    sets: Sequence[str],
) -> Posed:
    """Load the economy and the model and put the question.

    Args:
        economy, model, plan, scenario, corner, floor, sets: as the options say, ``None`` for the defaults.

    Raises:
        DataError: the data, the model or the question do not fit.
    """
    facts = load(economy, scenario=scenario, corner=corner, sets=sets)
    question = load_question(model or facts.default_model or "five_year")
    return Posed(facts, question, pose(facts, model=question, plan=plan, floor=floor), floor)
