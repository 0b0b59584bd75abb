"""What a question does not read of an economy, and what it takes to be nothing: warnings, since the answer hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from planner.economy import Economy, Finding
from planner.economy.schema import TABLES
from planner.economy.words import and_more
from planner.formulation.question import Question
from planner.formulation.registry import FAMILIES, Stated
from planner.formulation.targets import Targets, base_is_known

__all__ = ["unknown_base", "unread", "warnings_of"]


def warnings_of(economy: Economy, question: Question, plan: str = "") -> tuple[Finding, ...]:
    """What a reader of the answer should know: of the data, and of what the question does not read of them.

    Args:
        economy: the facts.
        question: what is asked.
        plan: whose targets, or nothing.
    """
    return (*economy.warnings, *unread(economy, question, plan))


def unread(economy: Economy, question: Question, plan: str) -> Iterator[Finding]:
    """Facts that only families left out would read.

    Args:
        economy: the facts.
        question: what is asked.
        plan: whose targets, or nothing.
    """
    for family in FAMILIES.values():
        if family.part_of in question.in_force or family.name in question.leaves_out:
            continue
        stated = [said for fact in family.alone if (said := _stated(economy, fact, plan, question.in_force))]
        if stated:
            sentence = (
                f'The question leaves out "{family.name}", so these are not read: {"; ".join(stated)}. That means that '
                f"{family.without}. Add the family, or name it under `leaves_out` if that is meant."
            )
            yield Finding("W125", question.file, (), "families", family.name, sentence)


def _stated(economy: Economy, fact: Stated, plan: str, families: Collection[str]) -> str:
    """The facts in words, with what they are of; empty where there are none."""
    if set(fact.also) & set(families):
        return ""
    rows = economy.tables[fact.table]
    if fact.where is not None:
        rows = rows[fact.where(economy.tables, plan)]
    rows = rows[rows[fact.column].notna()]
    if not len(rows):
        return ""
    keys = [
        column.name for column in TABLES[fact.table].columns if column.key and column.kind not in ("period", "periods")
    ]
    told = (" ".join(filter(None, map(str, cells))) for cells in rows[keys].itertuples(index=False))
    items = list(dict.fromkeys(filter(None, told)))
    return f"{fact.column} of {fact.table}.csv" + (f" ({and_more(items)})" if items else "")


def unknown_base(economy: Economy, targets: Targets) -> Iterator[Finding]:
    """Figures whose growth counts from 0, no figure of the base period being preferred.

    Args:
        economy: the facts.
        targets: posed as growth or not; those that hold in full do not count growth.
    """
    unknown = targets.scaled & ~targets.at_most & ~base_is_known(economy, targets.frame)
    if unknown.any():
        items = dict.fromkeys(" ".join(targets.terms[at][:2]) for at in np.flatnonzero(unknown))
        said = (
            f"Growth counts from the base period {economy.base_period}, of which actuals.csv has no preferred figure for "
            f"{and_more(list(items))}: all of the figure counts as growth."
        )
        yield Finding("W129", "actuals.csv", (), "period", economy.base_period, said)
