"""A plan played forward by a rule of allocation: what ``planner execute`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import product
from typing import Any, ClassVar, Literal, Unpack

import numpy as np
import pandas as pd

from planner.analysis.execution.benchmark import Benchmark, benchmark_of
from planner.analysis.execution.outcomes import PlayOutcome, outcomes
from planner.analysis.execution.play import play
from planner.analysis.execution.record import Played
from planner.analysis.execution.setting import Setting, ensure_fit
from planner.analysis.execution.stylised import StylisedFact, stylised_facts
from planner.analysis.execution.world import World
from planner.analysis.feasibility.attainment import ensure_figures
from planner.analysis.feasibility.backtest import training_periods
from planner.analysis.sensitivity.prices import linear
from planner.analysis.uncertainty.sampling import Cluster
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.execution.chosen import MODEL, chosen_rules_of, ensure_played, refused
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.formulation import Formulation, formulate
from planner.formulation.execution.rules import ExecutionRules
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.execution import draws_table, facts_table, maxima_table, played_tables, tautness_table
from planner.reporting.wording.execution import above_the_path, conditional, facts_found, not_fitted, played_forward
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.sentences import STATUS, about
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["ExecuteAnswer", "execute"]


@dataclass(frozen=True, eq=False, repr=False)
class ExecuteAnswer(PosedAnswer):
    """A plan played forward, and where it was asked for the same over tautness, rules or draws.

    Args:
        formulation: what was asked, linear.
        solution: of the benchmark; where it is no optimum there is no plan to play.
        chosen: what was chosen in place of the model's rules, as the manifest keeps it.
        played: the play.
        sweep: rules, tautness and outcome of each further play; empty where none were asked.
        draws: outcomes of draws of shocks, likewise.
        seed: of the first draw.
        adopted: tautness of plans as they were adopted, each against its own benchmark, by name.
    """

    kind: ClassVar[str] = "execute"
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    solution: Solution
    chosen: Mapping[str, Any]
    played: Played | None = None
    sweep: tuple[tuple[ExecutionRules, float, PlayOutcome], ...] = ()
    draws: tuple[PlayOutcome, ...] = ()
    seed: int = 0
    adopted: Mapping[str, float] = field(default_factory=dict)

    @property
    def first(self) -> tuple[str, ...]:  # type: ignore[override]  # the curve, where it was asked for
        """Tables that are read first."""
        return ("execution_years", *(("maxima",) if self.sweep else ()))

    @property
    def value(self) -> float | None:
        """Output as a share of the benchmark's, in the mean of the periods; nothing where there is no plan."""
        return self.played.mean if self.played is not None and np.isfinite(self.played.mean) else None

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        return NoPlan.of(self.solution, self.formulation)

    @property
    def _rules(self) -> ExecutionRules:
        return self.formulation.question.execution

    @property
    def headline(self) -> str:
        """What comes of the plan."""
        if self.played is None:
            return STATUS.get(self.solution.status.value, "The solver gave no answer.")
        table = self._as_written["execution_years"]
        said = played_forward(
            table["tautness"].tolist(), self.played.output, self.played.households, table["period"].astype(str).tolist()
        )
        return about(plan_title(self.formulation), f"{said}.")

    @cached_property
    def facts(self) -> list[StylisedFact]:
        """Stylised facts against the play."""
        return [] if self.played is None else stylised_facts(self.played)

    @cached_property
    def in_words(self) -> list[str]:
        """Under which rule it holds, that nothing was fitted, and what is found of what is told of taut plans."""
        if self.played is None:
            return []
        rules, seen = self._rules, training_periods(self.economy)
        unseen = [str(period) for period in self.economy.periods if period not in seen]
        said = [conditional(rules.allocation, rules.sites, rules.targets, rules.stop_below)]
        if self.formulation.goal.is_share:
            table = self._as_written["execution_years"]
            said += filter(None, [above_the_path(self.played.output, table["period"].astype(str).tolist())])
        if len(self.economy.tables["actuals"]):
            said.append(not_fitted(unseen))
        return said + ([facts_found([one.found for one in self.facts])] if self.facts else [])

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        if self.played is None:
            return {}
        found = played_tables(self.played)
        if self.sweep:
            rules, tautness, results = zip(*self.sweep, strict=True)
            found["tautness"] = tautness_table(rules, tautness, results)
            found["maxima"] = maxima_table(found["tautness"])
        if self.draws:
            found["execution_draws"] = draws_table(self.played.setting.world, self.draws, self.seed)
        if self.facts:
            found["stylised_facts"] = facts_table(self.played.setting, self.facts)
        return found

    def _found(self) -> Mapping[str, Any]:
        if self.played is None:
            return {"value": None, "unit": "share of the feasible plan"}
        table = self._as_written["execution_years"]
        common = self.played.setting.world.benchmark.common
        draws = [one.mean for one in self.draws]
        return {
            "value": self.value,
            "unit": "share of the feasible plan",
            "share_of_all_at_once": common if np.isfinite(common) else None,
            "tautness": table["tautness"].tolist(),
            "output": self.played.output.tolist(),
            "households_got": self.played.households.tolist(),
            "least_share_of_a_figure": self.played.figures if np.isfinite(self.played.figures) else None,
            "unfinished_works": self.played.unfinished.tolist(),
            "imbalance": self.played.imbalance,
            "rules": {one.name: getattr(self._rules, one.name) for one in fields(self._rules)},
            "adopted": dict(self.adopted),
            "in_words": self.in_words,
            **(
                {"draws": len(draws), "draws_of_output": [min(draws), float(np.median(draws)), max(draws)]}
                if draws
                else {}
            ),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        options = {"plan": self.formulation.plan or None, **self.chosen}
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def execute(
    economy: Subject,
    *,
    tautness: str | float | Sequence[float] | None = None,
    allocation: str | None = None,
    sites: str | None = None,
    targets: str | None = None,
    rules: Mapping[str, Any] | None = None,
    every: bool = False,
    draws: int = 0,
    seed: int = 1928,
    cluster: Cluster | None = None,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> ExecuteAnswer:
    """Play a plan forward month by month: targets, claims, grants of what there is, output, building, reports.

    What is asked is a multiple of what could have been had together, the benchmark; the distance between the two is what the
    premise of one will with perfect knowledge leaves out. It describes how goods are handed out, not persons.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts.
        tautness: a multiple of the benchmark, one a period, ``adopted`` for the plan as it is, or ``FROM:TO:COUNT`` for a sweep
            beside the plan as it is; ``None`` for the model's.
        allocation: in place of the model's: ``proportional``, ``equal``, ``priority`` or ``pool``.
        sites: likewise: ``scattered`` or ``finish_first``.
        targets: likewise: ``raise_all``, ``held`` or ``cut_to_pace``.
        rules: others of the model's rules, by name.
        every: whether a sweep goes over every allocation and rule of sites, against either benchmark.
        draws: how often it is played with other shocks; the rule ``noise`` says how large they are.
        seed: of the first draw.
        cluster: where further plays are played; the answer is the same anywhere.
        tick: told what is being played.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them; the model is ``execution`` where
            none is named.

    Raises:
        DataError: the data, the model, the question or a rule do not fit, or nothing can be had.

    >>> execute("two_goods", tautness=0.5).value.__round__(3)
    0.5
    """
    ensure_in_range(draws=draws, seed=seed)
    formulation = linear(_posed(economy, asked))
    own = {"tautness": tautness, "allocation": allocation, "sites": sites, "targets": targets}
    chosen = {**{name: value for name, value in own.items() if value is not None}, **(rules or {})}
    points, chosen_rules = chosen_rules_of(formulation, chosen)
    formulation = replace(formulation, question=replace(formulation.question, execution=chosen_rules))
    kept = {**own, "rule": {k: _told(v) for k, v in (rules or {}).items()}, "every": every or None}
    kept |= {"draws": draws or None, "seed": seed if draws else None}
    kept["tautness"] = None if tautness is None else _told(tautness)
    if formulation.goal.is_share:
        ensure_figures(formulation)
    if draws and chosen_rules.noise <= 0:
        raise refused(
            formulation, "E174", "noise", "0", "Draws differ by shocks alone: give the rule noise, such as 0.05."
        )
    ensure_played(formulation)
    session = Session()
    tick("the benchmark")
    benchmark = benchmark_of(formulation, chosen_rules.benchmark, session)
    if not isinstance(benchmark, Benchmark):
        return ExecuteAnswer(formulation, benchmark, kept)
    world = World(benchmark)
    ensure_fit(chosen_rules, world)
    tick("the plan")
    played = play(Setting(world, chosen_rules), seed)
    sweep: list[tuple[ExecutionRules, float, PlayOutcome]] = []
    for place in _places(world, session) if every and points else [world]:
        own_rules = replace(chosen_rules, benchmark=place.benchmark.by)
        cases = [(one, at) for one in (_every(own_rules) if every else [own_rules]) for at in points]
        tick(f"{len(cases)} further plays" if cases else "")
        found = outcomes(place, [(replace(one, tautness=at), seed) for one, at in cases], cluster)
        sweep += [(one, at, outcome) for (one, at), outcome in zip(cases, found, strict=True)]
    tick(f"{draws} draws" if draws else "")
    drawn = outcomes(world, [(chosen_rules, seed + draw) for draw in range(draws)], cluster)
    return ExecuteAnswer(
        formulation,
        benchmark.solution,
        kept,
        played,
        tuple(sweep),
        tuple(drawn),
        seed,
        _adopted(formulation, benchmark, session),
    )


def _posed(economy: Subject, asked: Asked) -> Formulation:
    """The question, that of ``execution`` where none is named."""
    if isinstance(economy, Formulation):
        return posed(economy, asked)
    return posed(economy, {**asked, "model": asked.get("model") or MODEL})


def _told(value: Any) -> Any:
    return ",".join(f"{one:g}" for one in value) if isinstance(value, list | tuple) else value


def _places(world: World, session: Session) -> list[World]:
    """The economy with the benchmark of the rules, then with the other, where the question has two."""
    if not world.benchmark.formulation.goal.is_share:
        return [world]
    other = benchmark_of(world.benchmark.formulation, "own" if world.benchmark.by == "common" else "common", session)
    return [world, World(other)] if isinstance(other, Benchmark) else [world]


def _every(rules: ExecutionRules) -> list[ExecutionRules]:
    """Every allocation and rule of sites; of one pool, in which works are served by a program, one, with targets held."""
    pairs = product(("proportional", "equal", "priority"), ("scattered", "finish_first"))
    several = [replace(rules, allocation=one, sites=two) for one, two in pairs]  # type: ignore[arg-type]
    return [*several, replace(rules, allocation="pool", sites="scattered", targets="held")]


def _adopted(formulation: Formulation, benchmark: Benchmark, session: Session) -> dict[str, float]:
    """Tautness of the plan as it is, and of those that raise it or that it raises, each against what could be had of it."""
    if not formulation.goal.is_share or not formulation.plan:
        return {}
    plans, plan = formulation.economy.tables["plans"], formulation.plan
    kin = plans.loc[(plans["extends"] == plan), "plan"].tolist()
    kin += [name for name in plans.loc[plans["plan"] == plan, "extends"].tolist() if name]
    found = {plan: 1.0 / benchmark.common}
    for name in dict.fromkeys(map(str, kin)):
        other = formulate(formulation.facts, formulation.question, name)
        solved = session.solve(other.program)
        if len(other.targets.frame) and solved.optimal and solved.objective > 0:
            found[name] = 1.0 / float(solved.objective)
    return found
