"""Which plan the figures of a plan come from: raised or lowered against an earlier one, kept from it, or its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.formulation import Formulation
from planner.formulation.targets import Mask
from planner.language.counting import all_of
from planner.program import Vector

__all__ = ["FigureGroup", "by_kind", "changes", "counted", "figures_asked", "groups_of", "met_in_words", "together"]

_ORDER = ("raised", "lowered", "unchanged", "new", "own", "kept")
_CELL = ["measure", "item", "period", "sense"]


@dataclass(frozen=True, eq=False)
class FigureGroup:
    """Figures of one kind.

    Args:
        change: raised, lowered, unchanged, new (all against the plan that this one extends), own (of a plan that
            extends none) or kept.
        origin: plan they were kept from; ``""`` for the others.
        words: that plan, as a reader says it.
        members: which targets, shape (targets,).
    """

    change: str
    origin: str
    words: str
    members: Mask

    @property
    def count(self) -> int:
        """How many figures."""
        return int(self.members.sum())


def changes(formulation: Formulation) -> list[str]:
    """What was done to each figure, in a word; see ``FigureGroup``."""
    frame, tables = formulation.targets.frame, formulation.economy.tables
    chain = _chain(tables["plans"], formulation.plan)
    cells = zip(*(frame[name] for name in _CELL), strict=True)
    before = {plan: _figures(tables["targets"], plan) for plan in chain}
    found = []
    for origin, cell, value in zip(frame["origin"], cells, frame["value"], strict=True):
        if origin not in ("", formulation.plan):
            found.append("kept")
        elif not chain:
            found.append("own")
        else:
            was = next((before[plan][cell] for plan in chain if cell in before[plan]), np.nan)
            found.append("new" if np.isnan(was) else _against(float(value), was))
    return found


def _chain(plans: pd.DataFrame, plan: str) -> list[str]:
    """The plan that a plan extends, the one that this extends, and so on."""
    below = dict(zip(plans["plan"], plans["extends"], strict=True))
    found: list[str] = []
    while below.get(plan) and below[plan] not in found:
        plan = below[plan]
        found.append(plan)
    return found


def _figures(targets: pd.DataFrame, plan: str) -> dict[tuple[str, ...], float]:
    rows = targets[targets["plan"] == plan]
    return dict(zip(zip(*(rows[name] for name in _CELL), strict=True), rows["value"].astype(float), strict=True))


def _against(value: float, was: float) -> str:
    return "raised" if value > was else "lowered" if value < was else "unchanged"


def groups_of(formulation: Formulation) -> list[FigureGroup]:
    """The figures sorted by what was done to them, those kept by the plan they come from."""
    words = np.array(changes(formulation), object)
    origin = np.where(words == "kept", formulation.targets.frame["origin"].to_numpy(dtype=object), "")
    kinds = sorted(set(zip(words, origin, strict=True)), key=lambda kind: (_ORDER.index(kind[0]), kind[1]))
    named = _named(formulation.economy.tables["plans"], [plan for _, plan in kinds if plan])
    return [FigureGroup(c, o, named.get(o, ""), (words == c) & (origin == o)) for c, o in kinds]


def _named(plans: pd.DataFrame, wanted: Sequence[str]) -> dict[str, str]:
    """Plans by the year they were decided in, or by title where the year does not tell them apart."""
    rows = plans.set_index("plan").reindex(list(wanted))
    years = rows["decided_on"].fillna("").astype(str).str[:4]
    unique = years.str.fullmatch(r"\d{4}") & ~years.duplicated(keep=False)
    titles = rows["title"].fillna("").astype(str)
    return {plan: f"the plan of {years[plan]}" if unique[plan] else f'"{titles[plan] or plan}"' for plan in rows.index}


def counted(groups: Sequence[FigureGroup]) -> str:
    """How many figures there are of each kind, in words; nothing where they are all of one plan's own.

    >>> raised = FigureGroup("raised", "", "", np.ones(10, bool))
    >>> kept = FigureGroup("kept", "p", "the plan of 1929", np.ones(11, bool))
    >>> counted([raised, kept]), counted([FigureGroup("own", "", "", np.ones(3, bool))])
    ('10 raised figures and 11 kept from the plan of 1929', '')
    """
    told = [group for group in groups if group.count]
    if {group.change for group in told} <= {"own"}:
        return ""
    parts = []
    for number, group in enumerate(told):
        noun = "" if number else f" figure{'' if group.count == 1 else 's'}"
        kept = f"{noun} kept from {group.words}"
        parts.append(f"{group.count}{kept if group.change == 'kept' else f' {group.change}{noun}'}")
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def met_in_words(groups: Sequence[FigureGroup], met: Vector) -> str:
    """How many of each kind are met, in words; nothing where all figures are of one plan's own.

    >>> raised = FigureGroup("raised", "", "", np.arange(5) < 3)
    >>> kept = FigureGroup("kept", "p", "the plan of 1929", np.arange(5) >= 3)
    >>> met_in_words([raised, kept], np.array([1.0, 0, 0, 1, 1]))
    '1 of 3 raised, 2 of 2 kept'
    """
    if not counted(groups):
        return ""
    several = sum(group.change == "kept" for group in groups) > 1
    return ", ".join(
        f"{int(met[group.members].sum())} of {group.count} {group.change}"
        + (f" from {group.words}" if several and group.change == "kept" else "")
        for group in groups
        if group.count
    )


def by_kind(groups: Sequence[FigureGroup], met: Vector | None) -> list[dict[str, Any]]:
    """The kinds of figures for a summary: what was done to them, the plan they come from, how many, and how many are met.

    Args:
        groups: of one plan.
        met: whether each target is met, shape (targets,); ``None`` where that is not known.
    """
    return [
        {
            "change": group.change,
            "origin": group.origin or None,
            "targets": group.count,
            "met_in_full_together": None if met is None else int(met[group.members].sum()),
        }
        for group in groups
    ]


def figures_asked(formulation: Formulation) -> str:
    """The figures that a share is asked of, as the subject of a sentence, such as "all 21 figures"."""
    targets = formulation.targets
    groups = [FigureGroup(g.change, g.origin, g.words, g.members & targets.scaled) for g in groups_of(formulation)]
    count, told = int(targets.scaled.sum()), counted(groups)
    return "the figure" if count == 1 else f"the {told}" if told else all_of(count, "figure")


def together(formulation: Formulation) -> str:
    """The same at the head of a sentence about all of them at once, or their growth, and how many more hold in full."""
    targets, said = formulation.targets, figures_asked(formulation)
    held = int((targets.held & ~targets.scaled).sum())
    once = " together" if targets.scaled.sum() > 1 else ""
    if formulation.question.basis == "growth":
        said = f"the planned growth of {said}"
    return f"{said[:1].upper()}{said[1:]}{once}{f' (with {held} more held in full)' if held else ''}"
