"""What was asked, said alike by every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.answers.base.answer import Answer
from planner.economy import Economy, Finding
from planner.economy.chain.source import RECORD
from planner.economy.names import Names
from planner.formulation import Formulation, Question
from planner.reporting.tables.data import data_tables, sources_table
from planner.reporting.tables.indices import indices_in_words

__all__ = ["PosedAnswer", "about"]


def about(economy: Economy, question: Question, plan: str = "", /, **other: Any) -> dict[str, Any]:
    """What was asked.

    Args:
        economy: whose facts.
        question: what is asked.
        plan: whose targets; ``""`` for none, or several.
        other: what differs from them, ``None`` for what the answer takes several of.
    """
    asked = {
        "economy": economy.name,
        "title": economy.title,
        "plan": plan or None,
        "plan_title": Names.of(economy).plan(plan) if plan else None,
        "scenario": economy.scenario,
        "corner": economy.corner,
        "floor": question.floor_in_force,
        "model": question.name,
        "question": question.title,
        "changes": list(economy.sets),
        "caution": economy.caution,
        **_opening(economy),
    }
    return {**asked, **other}


def _opening(economy: Economy) -> dict[str, str]:
    """With what the economy begins, where it is one that follows another."""
    if economy.opened is not None:
        return {"opening": economy.opened.state, "opening_says": economy.opened.says}
    before = economy.heading.opening_from
    says = f"what stood on record, not what a plan of {Path(before).name} left"
    return {"opening": RECORD, "opening_says": says} if before else {}


@dataclass(frozen=True, eq=False, repr=False)
class PosedAnswer(Answer):
    """An answer to one question about one economy.

    Args:
        formulation: what was asked.
    """

    holds_data: ClassVar[bool] = True  # whether a run holds every number it rests on; else their sources alone

    formulation: Formulation

    @property
    def economy(self) -> Economy:
        """The facts."""
        return self.formulation.economy

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked."""
        return about(self.economy, self.formulation.question, self.formulation.plan)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know: of the data, and of what the question does not read of them."""
        return self.formulation.warnings

    @cached_property
    def indices(self) -> list[str]:
        """Official indices beside those implied, in words."""
        table = self._as_written.get("indices", pd.DataFrame())
        return indices_in_words(table, Names.of(self.economy), self.economy.base_period)

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return data_tables(self.economy) if self.holds_data else {"sources": sources_table(self.economy)}
