"""The question: which families, which objective, which closure. No facts and no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from planner.economy import DataError, Finding
from planner.formulation.execution.rules import ExecutionRules
from planner.formulation.floors import FLOOR, closure, in_vain
from planner.formulation.named import SHARE_OF, KeepRule, SteadyRule
from planner.formulation.objectives import OBJECTIVES, Objective
from planner.formulation.projects.requirements import ProjectRules
from planner.formulation.registry import FAMILIES

__all__ = ["ObjectiveTerm", "Question", "with_floor"]


POPULATION = "population"  # among the resources of which growth after the data is told


@dataclass(frozen=True)
class ObjectiveTerm:
    """One term of a user's own objective: weight times a measure of an item in a period (or ``a..b``)."""

    measure: str
    item: str
    period: str
    weight: float = 1.0


@dataclass(frozen=True)
class Question:
    """A model file, read and checked.

    Args:
        name: file name without its ending.
        title: what is asked, in a sentence.
        families: constraint families in force.
        objective: one of the registered ones.
        files: every file read, the last extended first.
        digests: the SHA-256 of each.
        leaves_out: families left out on purpose, of whose facts no warning is given.
        basis: ``level`` or ``growth`` over the base period.
        groups: groups of products whose output figures alone are tested; empty for all figures.
        without: items whose targets are left out.
        floor: closure of consumption: ``promised``, ``base``, ``subsistence``, ``actual`` or a share of the base level.
        floor_by_period: the same in its place, for single periods or ``a..b``.
        steady: how far outputs may fall, where the family ``steady`` is in force.
        then: a second objective, by which the plan is chosen among those at the optimum; empty for none.
        terminal: ``none``, ``sustain`` or ``keep``.
        keep: how much is handed on and when, where the family ``keep`` is in force.
        sense: of the user's own objective.
        terms: its terms.
        discount: per period, for the consumption objective.
        consumption_period: its one period, if any.
        capital_weights: weight of each capacity in the last period, for the terminal_capital objective.
        growth: rate a period by which resources, or ``population``, grow in periods after the data.
        projects: how projects are treated, where the family ``project`` is in force.
        currency: of objectives that are about money; empty for the only one there is.
        account: whose account of households the plan takes; empty for its own.
        money_discount: rate a period of these objectives, in place of that of the economy; ``None`` for that one.
        share_weights: whether in proportional shares every series of figures has one vote, or every figure.
        given: what the file says of the keys of its objective, by name with a dot.
        annual: whether the horizon is the one period of the targets, from the state of the period before.
        execution: by which rules the plan is played forward, where that is asked.
    """

    name: str
    title: str
    families: tuple[str, ...]
    objective: str
    files: tuple[Path, ...] = ()
    leaves_out: tuple[str, ...] = ()
    basis: str = "level"
    groups: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    floor: str | float = "base"
    floor_by_period: Mapping[str, str | float] = field(default_factory=dict)
    steady: SteadyRule = field(default_factory=SteadyRule)
    then: str = ""
    terminal: str = "none"
    keep: KeepRule = field(default_factory=KeepRule)
    sense: Literal["max", "min"] = "max"
    terms: tuple[ObjectiveTerm, ...] = ()
    discount: float = 0.0
    consumption_period: str = ""
    capital_weights: Mapping[str, float] = field(default_factory=dict)
    currency: str = ""
    account: str = ""
    money_discount: float | None = None
    share_weights: Literal["series", "rows"] = "series"
    given: Mapping[str, Any] = field(default_factory=dict)
    annual: bool = False
    growth: Mapping[str, float] = field(default_factory=dict)
    projects: ProjectRules = field(default_factory=ProjectRules)
    execution: ExecutionRules = field(default_factory=ExecutionRules)
    digests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold a floor to what it may be, however the question was put together."""
        object.__setattr__(self, "floor", closure(self.floor))
        object.__setattr__(self, "floor_by_period", {text: closure(one) for text, one in self.floor_by_period.items()})

    @property
    def file(self) -> str:
        """Name of the model file, or of a question that has none."""
        return self.files[0].name if self.files else self.name

    @property
    def in_force(self) -> frozenset[str]:
        """The families of the question, with those that hold in every one and the one its terminal condition brings along."""
        always = {name for name, family in FAMILIES.items() if family.always}
        brought = {"sustain": ("terminal",), "keep": ("keep",)}.get(self.terminal, ())
        return frozenset({*self.families, *always, *brought})

    @property
    def floor_in_force(self) -> str | float | None:
        """The closure of consumption, with that of single periods; ``None`` where the question has no floor at all."""
        if FLOOR not in self.in_force:
            return None
        own = ", ".join(f"{floor} in {text}" for text, floor in self.floor_by_period.items())
        return f"{self.floor}, but {own}" if own else self.floor

    @property
    def in_parts(self) -> Question:
        """The same question with projects built in parts: linear, so that every measure and price has its meaning."""
        return replace(self, projects=replace(self.projects, built="parts"))

    @property
    def share_unit(self) -> str:
        """What a share of the targets is a share of."""
        return SHARE_OF[self.basis]

    @property
    def sought(self) -> Objective:
        """The objective, as it is registered."""
        return OBJECTIVES[self.objective]

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objective, and the second one where there is one."""
        return (self.objective, self.then) if self.then else (self.objective,)

    @property
    def wants_targets(self) -> bool:
        """Whether the question is about official figures."""
        return self.sought.needs_targets


def with_floor(question: Question, floor: str | float) -> Question:
    """The question with another floor, in every period.

    Args:
        question: which must have one.
        floor: as written.

    Raises:
        DataError: it is no floor, or the question has none that it could take the place of.
    """
    if question.floor_in_force is None:
        said = in_vain(floor, f'the question "{question.name}"')
        raise DataError([Finding("E174", "--floor", (), "", str(floor), said)])
    return replace(question, floor=floor, floor_by_period={})
