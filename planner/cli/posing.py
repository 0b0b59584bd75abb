"""From the options of a command to a question posed: loaded once, named once, warned of once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.answers.solve import pose, question_about
from planner.cli.output import warn
from planner.economy import Economy, load
from planner.formulation import Formulation, Question
from planner.reporting.run.folder_name import run_folder


@dataclass(frozen=True, eq=False)
class Posed:
    """A question as the command line put it.

    Args:
        economy: loaded.
        model: read.
        formulation: both put together.
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
        economy: as the options say, ``None`` for the defaults.
        model: as the options say, ``None`` for the defaults.
        plan: as the options say, ``None`` for the defaults.
        scenario: as the options say, ``None`` for the defaults.
        corner: as the options say, ``None`` for the defaults.
        floor: as the options say, ``None`` for the defaults.
        sets: as the options say, ``None`` for the defaults.

    Raises:
        DataError: the data, the model or the question do not fit.
    """
    facts = load(economy, scenario=scenario, corner=corner, sets=sets)
    question = question_about(facts, model)
    return Posed(facts, question, pose(facts, model=question, plan=plan, floor=floor), floor)
