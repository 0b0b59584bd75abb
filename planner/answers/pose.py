"""Put a question to an economy: load, derive, formulate; every verb begins here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypedDict, TypeVar

from planner.answers.chain.opening import fit_to_begin, opened
from planner.economy import DataError, Economy, Finding, load
from planner.economy.findings import did_you_mean
from planner.economy.opening_position import year_before
from planner.formulation import Formulation, Question, formulate, load_question
from planner.formulation.model_file import USUAL
from planner.formulation.question import with_floor

__all__ = ["Asked", "Subject", "derived", "pose", "posed", "question_about", "spelled"]

Subject = str | Path | Economy | Formulation  # what a question is about: an economy, or a question already put to one
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Asked(TypedDict, total=False):
    """What is asked, in the words of every verb and of the options of the command line; see ``planner.pose``."""

    model: str | Path | Question | None
    plan: str | None
    scenario: str | None
    corner: str | None
    floor: str | float | None
    changes: Sequence[str]
    opening: str | None
    source: str | Path | None


def spelled(verb: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let a verb that takes ``**asked`` say in its signature what that may be."""
    known = inspect.signature(verb)
    own = [one for one in known.parameters.values() if one.kind is not one.VAR_KEYWORD]
    usual = {"changes": ()}
    words = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=usual.get(name), annotation=kind)
        for name, kind in Asked.__annotations__.items()
    ]
    at = next((i for i, one in enumerate(own) if one.kind is one.KEYWORD_ONLY), len(own))
    verb.__signature__ = known.replace(parameters=[*own[:at], *words, *own[at:]])  # type: ignore[attr-defined]
    return verb


def posed(economy: Subject, asked: Asked) -> Formulation:
    """A question as a verb takes it: put already, or an economy and what is asked of it.

    Args:
        economy: either.
        asked: as ``pose`` takes it.

    Raises:
        TypeError: a question that was put already is asked something else.
    """
    if not isinstance(economy, Formulation):
        return pose(economy, **asked)
    more = [name for name, value in asked.items() if value not in (None, ())]
    if more:
        raise TypeError(f"The question has been put already; {', '.join(more)} cannot be changed. Pose it anew.")
    return economy


def pose(
    economy: str | Path | Economy,
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    corner: str | None = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    opening: str | None = None,
    source: str | Path | None = None,
    figures: str = "official",
) -> Formulation:
    """Load an economy and state a question about it, defaults taken from its ``economy.toml``.

    Args:
        economy: a name, a path, or an economy already loaded, from which scenario, changes and corner are then derived.
        model: name or path of a model file, or a question already read.
        plan: whose targets are tested.
        scenario: ``base`` for the tables without any; ``None`` for the economy's own.
        corner: ``central``, ``optimistic`` or ``pessimistic``; ``None`` for where a loaded economy stands, else central.
        floor: closure of consumption in place of the model's: ``promised``, ``base``, ``subsistence``, ``actual`` or a
            share.
        changes: of single rows, as on the command line; they come after those of a loaded economy.
        opening: with what it begins: ``record``, ``run`` (what a plan left) or ``bound`` (for each kind the larger);
            ``None`` for what its ``economy.toml`` says.
        source: folder of the run that left it.
        figures: ``official``, or ``modest`` or ``ambitious`` for an end of targets given as ranges.

    Raises:
        DataError: the data, the model or the question do not fit; with every finding.
    """
    facts = derived(economy, scenario=scenario, corner=corner, changes=changes, opening=opening, source=source)
    question = question_about(facts, model, floor)
    facts = fit_to_begin(facts, question)
    chosen = plan or (facts.default_plan if "target" in question.families else "") or ""
    _check_plan(facts, question, chosen)
    if question.annual:
        facts = year_before(facts, chosen)
    return formulate(facts, question, chosen, figures=figures)


def derived(
    economy: str | Path | Economy,
    *,
    scenario: str | None = None,
    corner: str | None = None,
    changes: Sequence[str] = (),
    opening: str | None = None,
    source: str | Path | None = None,
) -> Economy:
    """The economy of a name, or what follows from one already loaded; its tables checked if they were changed in memory.

    Args:
        economy: a name, a path, or an economy already loaded.
        scenario: as in ``pose``.
        corner: as in ``pose``.
        changes: as in ``pose``.
        opening: as in ``pose``; an economy that opens with something already keeps it where nothing is said.
        source: as in ``pose``.

    Raises:
        DataError: the data are not in order, or a scenario cannot be had of an economy changed in memory.

    >>> derived(load("two_goods"), corner="optimistic") == derived("two_goods", corner="optimistic")
    True
    """
    if not isinstance(economy, Economy):
        return opened(load(economy, scenario=scenario, corner=corner or "central", changes=changes), opening, source)
    facts = economy if scenario is None else economy.in_scenario(scenario)
    facts = facts.changed(changes).settled()
    return opened(facts if corner is None else facts.at_corner(corner), opening, source)


def question_about(
    economy: Economy, model: str | Path | Question | None = None, floor: str | float | None = None
) -> Question:
    """The question that is meant where none is named, or only part of it.

    Args:
        economy: whose default holds.
        model: name or path of a model file, or a question already read; ``None`` for the economy's own.
        floor: closure of consumption in place of the model's.

    Raises:
        DataError: there is no such model, or no such floor.
    """
    named = model or economy.default_model or USUAL
    question = named if isinstance(named, Question) else load_question(named, economy.folder)
    if floor is not None:
        question = with_floor(question, floor)
    if question.floor == "actual":  # whatever is written of the answer says how low that is
        question = replace(question, floor="base" if economy.backtest_floor is None else economy.backtest_floor)
    return question


def _check_plan(economy: Economy, question: Question, plan: str) -> None:
    known = list(dict.fromkeys([*economy.tables["plans"]["plan"], *economy.tables["targets"]["plan"]]))
    there = f"Plans: {', '.join(known)}." if known else "It has none."
    if plan and plan not in known:
        sentence = f'There is no plan "{plan}" in {economy.name}.{did_you_mean(plan, known)} {there}'
        raise DataError([Finding("E178", "plans.csv", (), "plan", plan, sentence)], economy.folder)
    if question.wants_targets and not plan:
        named = f"so name a plan. {there}" if known else f"and {economy.name} has no plan (plans.csv)."
        sentence = f'The question "{question.name}" is about targets, {named}'
        raise DataError([Finding("E178", "plans.csv", (), "plan", "", sentence)], economy.folder)
