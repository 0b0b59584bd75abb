"""Room for projects: the same absorptive capacity and the same sites from which building by the unit lives.

The limits of the data are written for building by the unit: so much more plant a year, so many sites a year. A works that
comes all at once would need in one year what was prepared over several. Where the question says so (``carried``), room
not used in one period is there in the next, less what would have been retired of plant built with it at once. With
that deduction no programme of projects has more plant in any period than building by the unit could have had.
"""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays, Vector
from planner.economy.arrays.time import Time
from planner.formulation.named import PLANT, RESOURCE
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Statement, lag


@family(
    "project_growth",
    algebra="Σₛ (1−δ)ᵗ⁻ˢ (u₋L + projects on stream) ≤ Σₛ (1−δ)ᵗ⁻ˢ (gK₋₁ + g₀)",
    index=("capacity", "period"),
    unit_of="capacity",
    says="Projects and building by the unit share the pace at which a branch takes on plant; unused room is carried over.",
    group=PLANT,
    one_more="room for one more {unit} of {item}, projects included, to come on stream by {period}",
    reads=("capacities", "projects"),
    part_of="project",
)
def project_growth(facts: Arrays, plan: Variables) -> Statement:
    """New plant of both kinds so far against the room there has been so far, for kinds of plant that have projects."""
    projects = plan.projects
    share = facts.plant.column("growth_limit")
    limited = projects.has_projects & ~np.isnan(share)
    share = np.where(limited, share, 0.0)
    pace = facts.time.pace(share, facts.T)
    room = facts.plant.column("growth_floor")[:, None] * facts.time.lasting(facts.T)
    room[:, 0] += pace[:, 0] * facts.plant.column("initial")
    opened = ((np.arange(facts.T) >= projects.quickest[:, None]) & facts.time.opens).ravel()
    begun = facts.plant.commissions @ plan.start + projects.starts.commissions_new @ plan.project_start
    unused = begun - (lag(len(share), facts.T) @ plan.capacity).scaled(pace.ravel()) - room.ravel()
    so_far = carried(facts.time, _left(plan, facts.plant.survives)) @ unused.scaled(opened.astype(float))
    return (so_far <= 0.0).where(np.repeat(limited, facts.T) & opened)


@family(
    "project_sites",
    algebra="Σₛ (1−δ)ᵗ⁻ˢ (sites taken) ≤ Σₛ (1−δ)ᵗ⁻ˢ (sites opened)",
    index=("resource", "period"),
    unit_of="resource",
    says="Projects and building by the unit share the sites that can be opened in a period; unused ones are carried over.",
    group=RESOURCE,
    one_more="one more {unit} of {item} opened by {period}",
    reads=("supply", "investment", "projects"),
    part_of="project",
)
def project_sites(facts: Arrays, plan: Variables) -> Statement:
    """Sites taken so far against sites opened so far, for resources that only building takes."""
    projects = plan.projects
    taken = facts.plant.employs @ plan.start + projects.takes_sites @ plan.project_start - facts.supply
    needed = np.asarray(abs(projects.takes_sites).sum(axis=1)).reshape(-1, facts.T).any(axis=1)
    return (carried(facts.time, _left(plan, projects.site_survives)) @ taken <= 0.0).where(np.repeat(needed, facts.T))


def carried(time: Time, left: Vector) -> Matrix:
    """Sums so far by item, each period's amount multiplied by what is left of it in a later one.

    Args:
        time: the periods.
        left: what is left after a unit of time, shape (items,); 0 carries nothing over.

    >>> from planner.economy import load
    >>> time = Time(["1", "2", "3"], load("two_goods").tables["periods"])
    >>> (carried(time, np.array([0.5])) @ np.array([8.0, 0.0, 1.0])).tolist()
    [8.0, 4.0, 3.0]
    """
    periods = time.T
    item, at, since = (axis.ravel() for axis in np.indices((len(left), periods, periods)))
    past = since <= at
    item, at, since = item[past], at[past], since[past]
    value = time.left(left[item], since, at)
    size = len(left) * periods
    return Matrix(
        (value[value != 0], ((item * periods + at)[value != 0], (item * periods + since)[value != 0])),
        shape=(size, size),
    )


def _left(plan: Variables, survives: Vector) -> Vector:
    return survives if plan.projects.rules.room == "carried" else np.zeros(len(survives))
