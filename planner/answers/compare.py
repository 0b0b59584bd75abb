"""Runs side by side, kept in folders or asked now: what ``planner compare`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd

from planner.analysis.feasibility.cases import ordered_plans
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.base.no_plan import NoPlan
from planner.answers.execution.execute import MODEL, execute
from planner.answers.pose import Asked, derived, pose, question_about
from planner.answers.solve import solve
from planner.economy import DataError, Economy, Finding
from planner.economy.corner import CORNERS
from planner.economy.findings import did_you_mean
from planner.files.toml import read
from planner.formulation import Formulation, Question, formulate
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.read import NotARunError, Run, read_run, reading
from planner.reporting.tables.comparison import (
    KINDS,
    Side,
    assumptions_table,
    differences_table,
    official_of,
    paths_table,
    planning_test,
    runs_reach,
    runs_table,
)
from planner.solver.highs import Session

__all__ = ["FOLLOW", "Comparison", "Subject", "asked_in_file", "compare"]

FOLLOW = ("output:*", "consumption:*")
Names = str | Sequence[str] | None
Subject = str | Path | Answer | Formulation | Mapping[str, Any]  # a run folder, a question, or an answer
_WORDS = (*Asked.__annotations__, "economy", "name", "set", "tautness")
_TOP = ("title", "follow", "actual", "official", "run")


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Answer):
    """Runs side by side, in the order in which they were named.

    Args:
        economy: of the questions that name none.
        question: of those that name none.
        sides: the runs.
        title: of the comparison.
        follow: what is followed, ``MEASURE:ITEM`` each.
        actual: whether what was produced stands beside it.
        official: further plans whose figures stand beside it.
        subjects: the runs as they were asked for in words; empty where they were not.
    """

    kind: ClassVar[str] = "compare"
    first: ClassVar[tuple[str, ...]] = ("assumptions", "runs")
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    economy: Economy
    question: Question
    sides: tuple[Side, ...]
    title: str = ""
    follow: tuple[str, ...] = FOLLOW
    actual: bool = True
    official: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; of several runs."""
        several = {key: dict.fromkeys(side.asked[key] for side in self.sides) for key in ("scenario", "floor", "model")}
        told = {key: ", ".join(filter(None, words)) or None for key, words in several.items()}
        return about(self.economy, self.question, corner=None, question=self.title or "Runs side by side", **told)

    @property
    def _empty(self) -> list[str]:
        table = self._made["runs"]
        return [str(name) for name in table["run"][table["value"].isna()]]

    @property
    def headline(self) -> str:
        """What each run reaches, and which have no plan; of many the least and the most."""
        return runs_reach(self._made["runs"])

    @property
    def no_plan(self) -> NoPlan | None:
        """That some run has no plan."""
        return NoPlan((f"No plan keeps the floors and balances of {', '.join(self._empty)}.",)) if self._empty else None

    @property
    def holds(self) -> bool:
        """The others are worth keeping."""
        return True

    @cached_property
    def _made(self) -> Mapping[str, pd.DataFrame]:
        with ExitStack() as several:
            for side in self.sides:
                several.enter_context(reading(side.run))
            return self._side_by_side()

    def _side_by_side(self) -> Mapping[str, pd.DataFrame]:
        kinds = tuple(kind for kind in KINDS if self.actual or kind != "produced")
        paths = paths_table(self.sides, self.follow, kinds, official_of(self.economy, self.official))
        kept = ["measure", "item", "period", "sense", "unit", "official", "feasible", "share", "planned", "actual"]
        numbers = ("official", "feasible", "share", "planned", "actual")
        targets = [
            side.run.table(name).frame(*numbers).reindex(columns=kept).assign(run=side.name)
            for side in self.sides
            for name in ("feasibility", "targets")
            if name in side.run.tables
        ]
        every = pd.concat(targets, ignore_index=True) if targets else pd.DataFrame(columns=[*kept, "run"])
        made = {
            "assumptions": assumptions_table(self.sides),
            "runs": runs_table(self.sides),
            "paths": paths,
            "differences": differences_table(paths, self.sides[0].name),
            "planning_test": planning_test(self.sides) if self.actual else pd.DataFrame(),
            "targets_by_run": every[["run", *kept]],
        }
        return {name: table for name, table in made.items() if name in ("assumptions", "runs") or len(table)}

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return self._made

    def _found(self) -> Mapping[str, Any]:
        return {"runs": self._made["runs"].to_dict("records"), "follow": list(self.follow), "actual": self.actual}

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the runs were asked, and the manifests of those read."""
        asked = {"subjects": list(self.subjects), "follow": list(self.follow)}
        made = provenance(self.economy, self.question, runs=[side.name for side in self.sides], **asked)
        names: dict[str, dict[str, str]] = {}
        for side in self.sides:
            for axis, labels in (side.run.manifest.get("names") or {}).items():
                names.setdefault(axis, {}).update(labels)
        return {**made, "names": names, "times": times({})}


def compare(
    economy: str | Path | Economy,
    *runs: Subject,
    model: str | Path | Question | None = None,
    plan: Names = "all",
    scenario: Names = None,
    corner: Names = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    title: str = "",
    follow: Sequence[str] = FOLLOW,
    actual: bool = True,
    official: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Put runs side by side: what differs in what they assume, then what differs in what they find.

    Args:
        economy: a name, a path, or an economy, of every question that names none.
        runs: each the folder of a run, an answer, a question that ``planner.pose`` has put, or one in words such as
            ``"plan=ambitious,scenario=open_trade"`` or ``{"plan": "ambitious"}``; one with a ``tautness`` is played forward, as
            ``planner.execute`` does; where there is none, a question for each of the plans, scenarios and corners named.
        model: of questions that name none: name or path of a model file, or a question already read.
        plan: likewise: a name, several, or ``all``; ``None`` for the economy's own.
        scenario: likewise; ``None`` for the economy's own.
        corner: likewise, of the ranges; ``None`` for where a loaded economy stands, else central.
        floor: likewise: closure of consumption in place of the model's.
        changes: likewise: of single rows, as ``planner.pose`` takes them.
        title: of the comparison.
        follow: what is followed by period, ``MEASURE:ITEM`` with wild cards: outputs, ``consumption:*``, ``capacity:*``.
        actual: whether what was produced stands beside it, and how well figures and paths foretold it.
        official: further plans whose figures stand beside the runs.
        tick: told each run.

    Raises:
        DataError: a question or the data do not fit; a folder holds no run.

    >>> compare("two_goods", model="attainment", corner="all").tables["runs"]["value"].round(3).tolist()
    [1.2, 1.21, 1.157, 0.9, 0.932, 0.868]
    >>> compare("two_goods", "plan=ambitious", "plan=ambitious,scenario=open_trade").tables["assumptions"]["key"].tolist()[0]
    'scenario'
    """
    facts = derived(economy, changes=changes)
    usual = {"model": model, "floor": floor, "changes": changes}
    if runs:
        usual |= {
            key: value if value is None or (isinstance(value, str) and value != "all") else None
            for key, value in (("plan", plan), ("scenario", scenario), ("corner", corner))
        }
        sides = []
        for subject in runs:
            tick(str(subject) if isinstance(subject, str | Path) else "a run")
            sides.append(_side(facts, subject, usual))
    else:
        plans = _several(plan, ordered_plans(facts), facts.default_plan)
        scenarios = _several(scenario, ["base", *facts.scenarios], facts.scenario or "base")
        corners = _several(corner, CORNERS, facts.corner)
        sides = []
        for one, name, at in product(plans, scenarios, corners):
            asked = {"plan": one or None, "scenario": name, "corner": at}
            tick(", ".join(filter(None, (one, name, at))))
            several = {"plan": plans, "scenario": scenarios, "corner": corners}
            told = [f"{key}={value}" for key, value in asked.items() if len(several[key]) > 1]
            sides.append(_side(facts, {**asked, "name": ",".join(told) or f"plan={one}"}, usual))
    return Comparison(
        facts,
        question_about(facts, model, floor),
        tuple(_told_apart(sides)),
        title,
        tuple(follow),
        actual,
        tuple(official),
        tuple(map(str, runs)) if all(isinstance(one, str | Path) for one in runs) else (),
    )


def asked_in_file(path: str | Path) -> dict[str, Any]:
    """What a file in TOML asks to be compared, as the words of ``compare``; ``runs`` are the questions and folders.

    Args:
        path: of the file: ``title``, ``follow``, ``actual``, ``official``, and a table ``[[run]]`` for each run: its
            ``folder``, or the words of a question.

    Raises:
        DataError: it cannot be read, or says what is not known.
    """
    try:
        said = read(Path(path))
    except (OSError, ValueError) as error:
        raise _wrong(str(path), f"The file cannot be read: {error}.") from error
    for key in said:
        if key not in _TOP:
            raise _wrong(key, f'A comparison has no key "{key}".{did_you_mean(key, _TOP)}')
    runs = [one["folder"] if set(one) == {"folder"} else one for one in said.pop("run", [])]
    if not runs:
        raise _wrong(str(path), "The file names no run; write a table [[run]] for each.")
    return {**said, "runs": runs}


def _wrong(value: str, said: str) -> DataError:
    return DataError([Finding("E178", "", (), "", value, said)], Path())


def _side(facts: Economy, subject: Subject, usual: Mapping[str, Any]) -> Side:
    """A run read from its folder, or a question asked now."""
    if isinstance(subject, Answer):
        economy = getattr(subject, "economy", None)
        return Side(_name(subject.run), subject.run, economy)
    if isinstance(subject, Formulation):
        return _answered(subject, "")
    if isinstance(subject, str | Path) and (isinstance(subject, Path) or "=" not in subject):
        try:
            run = read_run(Path(subject))
        except NotARunError as error:
            raise _wrong(str(subject), f"{error} A question reads KEY=VALUE,KEY=VALUE, such as plan=NAME.") from error
        return Side(Path(subject).name or str(subject), run, _facts_of(run))
    words = dict(subject) if isinstance(subject, Mapping) else _words(str(subject))
    for word in words:
        if word not in _WORDS:
            raise _wrong(word, f'A question has no "{word}".{did_you_mean(word, _WORDS)} Words: {", ".join(_WORDS)}.')
    own = {key: value for key, value in words.items() if key not in ("name", "economy", "set", "tautness")}
    if "set" in words:
        own["changes"] = words["set"]
    told = str(
        words.get("name") or (subject if isinstance(subject, str) else ",".join(f"{k}={v}" for k, v in words.items()))
    )
    economy = words.get("economy", facts)
    usual = {key: value for key, value in usual.items() if key != "changes"} if economy is facts else usual
    asked = {**usual, **own}
    if "tautness" in words:
        posed = pose(economy, **{**asked, "model": asked.get("model") or MODEL})
        return Side(told, execute(posed, tautness=words["tautness"]).run, posed.economy)
    return _answered(pose(economy, **asked), told)


def _answered(posed: Formulation, name: str) -> Side:
    """A question answered, and at the ends of the ranges too."""
    answer = solve(posed)
    corners: dict[str, float] = {}
    if posed.goal.is_share and posed.economy.corner == "central" and not posed.program.integer.any():
        for corner in CORNERS[1:]:
            there = formulate(posed.economy.at_corner(corner), posed.question, posed.plan)
            solution = Session().solve(there.program)
            corners[corner] = solution.objective if solution.optimal else np.nan
    return Side(name or _name(answer.run), answer.run, posed.economy, corners)


def _name(run: Run) -> str:
    said = (run.summary.get(key) for key in ("plan", "scenario", "model"))
    return ", ".join(str(word) for word in said if word)


def _facts_of(run: Run) -> Economy | None:
    """The facts of a run folder, where the files it read are still there as they were."""
    options, inputs = run.options, run.manifest.get("inputs") or {}
    try:
        known = derived(
            str(options["economy"]),
            scenario=options["scenario"] or "base",
            corner=options.get("corner"),
            changes=options.get("sets") or (),
        )
    except (DataError, KeyError, TypeError):
        return None
    same = all((inputs.get("files") or {}).get(name) == digest for name, digest in known.files.items())
    return known if same and not inputs.get("changed_in_memory") else None


def _words(text: str) -> dict[str, Any]:
    """``KEY=VALUE,KEY=VALUE``; what follows ``set=`` is a change, commas and all."""
    head, marked, change = text.partition("set=")
    words: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in head.split(","))):
        key, equals, value = part.partition("=")
        if not equals:
            raise _wrong(text, f'"{part}" does not read KEY=VALUE, such as plan=NAME.')
        words[key.strip()] = value.strip()
    if marked:
        words["set"] = [change.strip()]
    return words


def _told_apart(sides: Sequence[Side]) -> list[Side]:
    """Runs of which no two have one name."""
    found: list[Side] = []
    for side in sides:
        taken = {other.name for other in found}
        names = (f"{side.name} ({number})" for number in range(2, len(sides) + 2))
        name = side.name if side.name not in taken else next(one for one in names if one not in taken)
        found.append(Side(name, side.run, side.economy, side.corners))
    return found


def _several(asked: Names, every: Sequence[str], usual: str | None) -> list[str]:
    if asked is None:
        return [usual or ""]
    if isinstance(asked, str):
        return list(every) if asked == "all" else [asked]
    return list(asked)
