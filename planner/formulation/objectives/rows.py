"""The table of objectives: one row each, from which keys, words and answers follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from planner.economy.arrays import Arrays
from planner.formulation.named import is_share
from planner.formulation.variables import Variables
from planner.program import Expression

if TYPE_CHECKING:
    from planner.formulation.question import Question

__all__ = ["OBJECTIVES", "Goal", "Key", "Objective", "objective"]

Reading = Literal["proportional", "balanced", "common", "missed", "by_period", "planned"]


@dataclass(frozen=True)
class Goal:
    """What is optimised: sense, an expression of one row, its unit and the sentence that says it."""

    sense: Literal["max", "min"]
    body: Expression
    unit: str
    says: str

    @property
    def is_share(self) -> bool:
        """Whether its value is a share of the figures, so that 1 means that all are met."""
        return is_share(self.unit)


State = Callable[[Arrays, Variables, "Question"], Goal]


@dataclass(frozen=True)
class Key:
    """A key of a model file.

    Args:
        wanted: a type, or the words (and types) allowed.
        says: what it may be, for readers.
    """

    wanted: Any
    says: str


@dataclass(frozen=True)
class Objective:
    """An objective.

    Args:
        name: as in model files.
        says: what is sought, as a clause.
        within: the same within a sentence, where that is another.
        use: for which purpose.
        state: makes the goal.
        needs_targets: whether it is about official figures.
        is_share: whether its value is the share of them reached at once.
        of_money: whether its value is money, of one currency.
        reading: how the share of each target is read off: ``proportional`` (what some gain weighed against what others lose),
            ``balanced`` (one after another, none at the cost of a worse one),
            ``common`` (one θ for all), ``missed`` (each may be missed by itself, and the program has unknowns for it),
            ``by_period`` (those of one period together), or as it is ``planned``.
        keys: keys of a model file that only this objective reads, by name with a dot: ``consumption.discount``.
    """

    name: str
    says: str
    within: str
    use: str
    state: State
    needs_targets: bool
    is_share: bool
    of_money: bool
    reading: Reading
    keys: Mapping[str, Key]

    def goal(self, facts: Arrays, plan: Variables, question: Question) -> Goal:
        """What is optimised.

        Raises:
            ValueError: the unit of the goal contradicts what the objective says of itself.
        """
        goal = self.state(facts, plan, question)
        if goal.is_share != self.is_share:
            raise ValueError(f'The objective "{self.name}" has the unit "{goal.unit}" and is_share={self.is_share}.')
        return goal


OBJECTIVES: dict[str, Objective] = {}


def objective(
    name: str,
    *,
    says: str,
    use: str,
    within: str = "",
    needs_targets: bool = False,
    is_share: bool = False,
    of_money: bool = False,
    reading: Reading = "planned",
    keys: Mapping[str, Key] | None = None,
) -> Callable[[State], State]:
    """Register a function as the objective of a name; its row feeds model files, answers and documents.

    Args:
        name: letters, digits and ``_``.
        says: as in ``Objective``.
        within: as in ``Objective``.
        use: as in ``Objective``.
        needs_targets: as in ``Objective``.
        is_share: as in ``Objective``.
        of_money: as in ``Objective``.
        reading: as in ``Objective``.
        keys: as in ``Objective``.

    Raises:
        ValueError: something in the row contradicts the rest of it, or another function bears the name.
    """
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        raise ValueError(f'"{name}" is no name for an objective: a letter, then letters, digits and "_".')
    if not says or not use:
        raise ValueError(f'The objective "{name}" must say what is sought and what for.')
    of_shares = reading in ("proportional", "balanced", "common")
    if is_share != of_shares or (reading != "planned" and not needs_targets):
        raise ValueError(
            f'The objective "{name}" contradicts itself: shares are read of targets (needs_targets), and where the value is '
            'a share of them (is_share) each target\'s is that one (reading "common") or its own ("proportional", "balanced").'
        )
    wrong = [key for key in keys or () if not re.fullmatch(r"[a-z]\w*\.[a-z]\w*", key)]
    if wrong:
        raise ValueError(f'The objective "{name}" has the key "{wrong[0]}"; a key is written TABLE.KEY.')

    def register(state: State) -> State:
        there = OBJECTIVES.get(name)
        if there is not None and _home(there.state) != _home(state):
            raise ValueError(f'There is an objective "{name}" already, in {there.state.__module__}.')
        taken = {key: o.name for o in OBJECTIVES.values() if o.name != name for key in o.keys}
        twice = [key for key in keys or () if key in taken]
        if twice:
            raise ValueError(f'The key "{twice[0]}" belongs to the objective "{taken[twice[0]]}" already.')
        OBJECTIVES[name] = Objective(
            name, says, within or says, use, state, needs_targets, is_share, of_money, reading, dict(keys or {})
        )
        return state

    return register


def _home(state: State) -> tuple[str, str]:
    return state.__module__, state.__qualname__
