"""Projects: works that are built whole, at their own time and cost, or not at all.

Their goods stand in the balances, their labour in the labour rows, their plant in the accumulation of capacity, each as a
term of the family concerned. Here is what holds for the starts themselves; what room they need beside building by the
unit is in ``planner.formulation.families.project_room``.
"""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays, Labels
from planner.formulation.named import BUDGET, Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Expression, Matrix, Rows, Statement


@family(
    "project",
    algebra="Σₜ y ≤ 1",
    index=("project",),
    unit="starts",
    says="A project is started at most once, within its window; it is built whole or not at all.",
    group=Group("projects", "the projects on the list"),
    one_more="one more start of {item}",
    grows=False,  # a work is built once or not at all: no amount that could be larger
    reads=("projects", "project_goods"),
)
def project(facts: Arrays, plan: Variables) -> Rows:
    """Starts of each project over the whole horizon."""
    starts = plan.projects.starts
    everything = np.arange(len(starts.labels))
    body = starts.summed(everything) @ plan.project_start
    return _rows(body, 1.0, (starts.labels,))


@family(
    "project_requires",
    algebra="Σ y until then ≤ Σ y′ on stream by then",
    index=("project", "other", "period"),
    unit="starts",
    says="A project that needs another comes on stream no earlier than the other does.",
    group=Group("order of projects", "the order in which projects need each other", rule=True),
    one_more="one start of {item} in {period} without the other being on stream",
    grows=False,
    reads=("project_rules", "projects"),
    part_of="project",
)
def project_requires(facts: Arrays, plan: Variables) -> Rows:
    """For each pair and whole period: started so far, against starts of the other that are on stream when this one is."""
    starts, T, opens = plan.projects.starts, facts.T, np.flatnonzero(facts.time.opens)
    pairs = starts.pairs("requires")
    pair, when, start = (axis.ravel() for axis in np.indices((len(pairs), len(opens), T)))
    at, row = opens[when], pair * len(opens) + when
    mine, other = (np.array(side, dtype=np.intp)[pair] for side in (zip(*pairs, strict=True) if pairs else ((), ())))
    begun = start <= at
    # A project that is on stream only after the horizon cannot be told from one that is later still.
    in_time = starts.arrival[other, start] <= np.maximum(starts.arrival[mine, at], T - 1)
    rows = len(pairs) * len(opens)
    body = starts.over(rows, row[begun], mine[begun], start[begun], np.ones(int(begun.sum())))
    needs = starts.over(rows, row[in_time], other[in_time], start[in_time], np.ones(int(in_time.sum())))
    one_row = start == 0
    keys = (starts.labels[mine[one_row]], starts.labels[other[one_row]], facts.periods[at[one_row]])
    return _rows((body - needs) @ plan.project_start, 0.0, keys)


@family(
    "project_excludes",
    algebra="Σₜ y + Σₜ y′ ≤ 1",
    index=("project", "other"),
    unit="starts",
    says="Of two projects that exclude each other at most one is started.",
    group=Group("choice of projects", "the rule that some projects exclude each other", rule=True),
    one_more="one more start of {item}, of which one excludes the other,",
    grows=False,
    reads=("project_rules",),
    part_of="project",
)
def project_excludes(facts: Arrays, plan: Variables) -> Rows:
    """One row a pair, whichever of the two names the other."""
    starts = plan.projects.starts
    pairs = sorted({(min(pair), max(pair)) for pair in starts.pairs("excludes")})
    mine, other = ([pair[side] for pair in pairs] for side in (0, 1))
    body = (starts.summed(mine) + starts.summed(other)) @ plan.project_start
    return _rows(body, 1.0, (starts.labels[mine], starts.labels[other]))


@family(
    "project_budget",
    algebra="Σ spending of projects ≤ budget of the period",
    index=("period",),
    unit="value unit",
    says="Projects spend no more in a period than the question allows.",
    group=BUDGET,
    one_more="one more {unit} for projects to spend in {period}",
    reads=("project_goods", "products"),
    part_of="project",
)
def project_budget(facts: Arrays, plan: Variables) -> Statement:
    """Value of the goods that projects take, at central norms and base-period prices."""
    budget = np.full(facts.T, plan.projects.rules.budget_per_period)
    return (plan.projects.spending @ plan.project_start <= budget).where(np.isfinite(budget))


@family(
    "project_budget_total",
    algebra="Σₜ Σ spending of projects ≤ budget",
    index=(),
    unit="value unit",
    says="Projects spend no more over the whole horizon than the question allows.",
    group=BUDGET,
    one_more="one more {unit} for projects to spend in all",
    reads=("project_goods", "products"),
    part_of="project",
)
def project_budget_total(facts: Arrays, plan: Variables) -> Rows:
    """The same over all periods, what falls after the horizon left out."""
    budget = plan.projects.rules.budget
    rows = 1 if np.isfinite(budget) else 0
    body = Matrix(np.ones((rows, facts.T))) @ (plan.projects.spending @ plan.project_start)
    return Rows(
        body, np.full(rows, -np.inf), np.full(rows, budget), (), np.full(rows, facts.economy.value_unit, object)
    )


def _rows(body: Expression, most: float, keys: tuple[Labels, ...]) -> Rows:
    size = body.size
    return Rows(body, np.full(size, -np.inf), np.full(size, most), keys, np.full(size, "starts", object))
