"""Runs side by side, kept in folders or asked now: what ``planner compare`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.analysis.feasibility.cases import ordered_plans
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.uncertainty import Uncertainty, explore
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.compare.sides import Subject, side_of, told_apart
from planner.answers.pose import derived, question_about
from planner.economy import DataError, Economy, Finding
from planner.economy.corner import CORNERS
from planner.formulation import Question
from planner.language.counting import counted, verb
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.read import reading
from planner.reporting.tables.comparison import (
    KINDS,
    Side,
    assumptions_table,
    differences_table,
    drawn_table,
    official_of,
    paths_table,
    planning_test,
    runs_reach,
    runs_table,
)

__all__ = ["FOLLOW", "Comparison", "compare"]

FOLLOW = ("output:*", "consumption:*")
Names = str | Sequence[str] | None


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
        draws: of all uncertain numbers, in which those that can be drawn were asked again; ``None`` for none.
        file: that named the runs; empty for none.
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
    draws: Uncertainty | None = None
    file: str = ""

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
            "runs_drawn": drawn_table(self.sides, self.draws) if self.draws is not None else pd.DataFrame(),
        }
        return {name: table for name, table in made.items() if name in ("assumptions", "runs") or len(table)}

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return self._made

    def _found(self) -> Mapping[str, Any]:
        found = {"runs": self._made["runs"].to_dict("records"), "follow": list(self.follow), "actual": self.actual}
        return {**found, **self._drawn}

    @property
    def _drawn(self) -> Mapping[str, Any]:
        return {key: self.draws.options[key] for key in ("draws", "seed")} if self.draws is not None else {}

    @property
    def notes(self) -> tuple[str, ...]:
        """Which runs were not drawn, where some were."""
        left = [side.name for side in self.sides if side.drawn is None]
        if self.draws is None or not left:
            return ()
        said = f"{counted(len(left), 'run')} {verb(len(left), 'was', 'were')} not drawn: {', '.join(left)}."
        return (f"{said} Drawn are questions put now, at the central values, and not played forward.",)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the runs were asked, and the manifests of those read."""
        told = {"file": self.file} if self.file else {"subjects": list(self.subjects), "follow": list(self.follow)}
        asked = {**told, **self._drawn}
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
    draws: int = 0,
    seed: int = 1,
    cluster: Cluster | None = None,
    file: str = "",
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
        draws: in how many draws of all uncertain numbers questions are asked again, the same ones for all of them.
        seed: of all chance.
        cluster: where draws are solved; the same draws give the same answer anywhere.
        file: that named the runs, of which the answer tells.
        tick: told each run.

    Raises:
        DataError: a question or the data do not fit; a folder holds no run; no run can be drawn.

    >>> compare("two_goods", model="attainment", corner="all").tables["runs"]["value"].round(3).tolist()
    [1.2, 1.21, 1.157, 0.9, 0.932, 0.868]
    >>> compare("two_goods", "plan=ambitious", "plan=ambitious,scenario=open_trade").tables["assumptions"]["key"].tolist()[0]
    'scenario'
    """
    ensure_in_range(draws=draws, seed=seed)
    facts = derived(economy, changes=changes)
    usual = {"model": model, "floor": floor, "changes": changes}
    if runs:
        usual |= {
            key: value if value is None or (isinstance(value, str) and value != "all") else None
            for key, value in (("plan", plan), ("scenario", scenario), ("corner", corner))
        }
        sides, words = [], [str(one) for one in runs if isinstance(one, str | Path)]
        for subject in runs:
            tick(str(subject) if isinstance(subject, str | Path) else "a run")
            sides.append(side_of(facts, subject, usual))
    else:
        plans = _several(plan, ordered_plans(facts), facts.default_plan)
        scenarios = _several(scenario, ["base", *facts.scenarios], facts.scenario or "base")
        corners = _several(corner, CORNERS, facts.corner)
        sides, words = [], []
        for one, name, at in product(plans, scenarios, corners):
            asked = {"plan": one or None, "scenario": name, "corner": at}
            tick(", ".join(filter(None, (one, name, at))))
            several = {"plan": plans, "scenario": scenarios, "corner": corners}
            told = [f"{key}={value}" for key, value in asked.items() if len(several[key]) > 1]
            words.append(",".join(f"{key}={value}" for key, value in asked.items() if value))
            sides.append(side_of(facts, {**asked, "name": ",".join(told) or f"plan={one}"}, usual))
    named = told_apart(sides)
    return Comparison(
        facts,
        question_about(facts, model, floor),
        named,
        title,
        tuple(follow),
        actual,
        tuple(official),
        tuple(words) if len(words) == len(sides) else (),
        _draw(named, draws, seed, cluster or Cluster(), tick) if draws else None,
        file,
    )


def _draw(sides: Sequence[Side], draws: int, seed: int, cluster: Cluster, tick: Callable[[str], None]) -> Uncertainty:
    """The questions of a comparison, on one set of draws."""
    posed = [side.drawn for side in sides if side.drawn is not None]
    if not posed:
        raise DataError([Finding("E178", "", (), "draws", str(draws), _NONE_DRAWN)], Path())
    sampling = Sampling(samples=draws, seed=seed, each_target=False)
    return explore(posed, sampling, cluster, tick=lambda done, of: tick(f"{done} of {of} solves"))


_NONE_DRAWN = (
    "None of the runs can be drawn: drawn are questions put now, at the central values, and not played forward. Name one, such "
    "as plan=NAME."
)


def _several(asked: Names, every: Sequence[str], usual: str | None) -> list[str]:
    if asked is None:
        return [usual or ""]
    if isinstance(asked, str):
        return list(every) if asked == "all" else [asked]
    return list(asked)
