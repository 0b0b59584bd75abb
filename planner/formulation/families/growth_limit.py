"""Absorptive capacity: how fast a branch can take on new plant."""

import numpy as np
import numpy.typing as npt

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Expression, Matrix, Rows, Vector


@family(
    "growth_limit",
    algebra="u₋L ≤ gK₋₁ + g₀",
    index=("capacity", "period"),
    unit_of="capacity",
    says="What is begun under the plan and comes on stream in a period, be it after the last, is at most a share of the plant "
    "before it, plus a floor.",
    group=PLANT,
    one_more="room for one more {unit} of {item} to come on stream in {period}",
    reads=("capacities",),
    alone=(Stated("capacities", "growth_limit", also=("project",)),),
    without="a branch takes on new plant as fast as it can be built",
)
def growth_limit(facts: Arrays, plan: Variables) -> Rows:
    """New plant against plant of the period before; the first period looks at the opening position.

    What is begun in the last periods comes on stream after them. It is under the same limit, as if the plan went on: there
    would be none otherwise, and a plan might begin any amount of plant that nobody asks of it. What is on stream within
    the horizon is not touched by that, so no target is either, unless it counts building itself.
    """
    share = facts.plant.column("growth_limit")
    limited = ~np.isnan(share)
    periods = periods_of_growth(facts)
    each = np.where(limited, share, 0.0)
    allowed = (plan.projects.growth_floor[:, None] * facts.time.lasting(periods)).ravel()
    allowed[::periods] += facts.time.pace(each, periods)[:, 0] * facts.plant.column("initial")
    begun = begun_over(facts, plan, periods, each)
    if plan.floor_spent.size:
        begun = begun - _spent(facts, periods) @ plan.floor_spent
    kept = np.flatnonzero((limited[:, None] & comes_within(facts, periods)).ravel())
    statement = (begun.rows(kept)) <= allowed[kept]
    keys = (np.repeat(facts.capacities, periods)[kept], np.tile(facts.later(periods), len(share))[kept])
    return Rows.of(statement, keys, np.repeat(facts.units("capacities"), periods)[kept])


def periods_of_growth(facts: Arrays) -> int:
    """How many periods there are, from the first, in which something begun within the plan comes on stream under a limit."""
    limited = ~np.isnan(facts.plant.column("growth_limit"))
    for whole in facts.country.plant:
        limited[whole.parts] = True
    return max(facts.T, 1 + int(facts.plant.arrival[limited].max(initial=0)))


def comes_within(facts: Arrays, periods: int) -> npt.NDArray[np.bool_]:
    """In which of so many periods something begun within the plan comes on stream, shape (capacities, periods)."""
    found = np.zeros((len(facts.capacities), periods), dtype=bool)
    comes = facts.plant.arrival[:, facts.time.opens]
    k, begun = np.nonzero(comes < periods)
    found[k, comes[k, begun]] = True
    return found


def begun_over(facts: Arrays, plan: Variables, periods: int, share: Vector) -> Expression:
    """What comes on stream beyond a share of the plant before, the opening position aside, by capacity and period.

    Args:
        facts: the economy as arrays.
        plan: its unknowns.
        periods: how many, from the first.
        share: of each kind of plant.
    """
    return facts.plant.coming(periods) @ plan.start - plant_before(facts, plan, periods).scaled(
        facts.time.pace(share, periods).ravel()
    )


def _spent(facts: Arrays, periods: int) -> Matrix:
    """Capacity-period by the floor spent: in the period in which it comes on stream."""
    spenders, T = facts.country.spenders, facts.T
    comes = facts.plant.arrival[spenders]
    opens = np.tile(facts.time.opens, len(spenders))
    cells = (spenders[:, None] * periods + comes).ravel()[opens], np.flatnonzero(opens)
    return Matrix((np.ones(len(cells[0])), cells), shape=(len(facts.capacities) * periods, len(spenders) * T))


def plant_before(facts: Arrays, plan: Variables, periods: int) -> Expression:
    """Plant in the period before each, the opening position aside, by capacity and period.

    After the last period it is what would be left of the plant of that period, and of what came on stream since.

    Args:
        facts: the economy as arrays.
        plan: its unknowns.
        periods: how many, from the first.
    """
    time = facts.periods, np.array(facts.time.whole, object), facts.time.length
    held, carried, gone = facts.remembered(
        f"plant_before/{periods}", lambda: _left_over(facts, periods), facts.plant.survives, facts.plant.life, *time
    )
    coming = facts.plant.coming(periods) @ plan.start + plan.projects.starts.coming(periods) @ plan.project_start
    return held @ plan.capacity + carried @ coming - gone @ coming


def _left_over(facts: Arrays, periods: int) -> tuple[Matrix, Matrix, Matrix]:
    """What is left, in the period before each, of plant of the horizon, of what came on stream since, and what of it is gone."""
    T, size = facts.T, len(facts.capacities)
    k, at, since = (axis.ravel() for axis in np.indices((size, periods, periods)))
    left = facts.time.left(facts.plant.survives[k], since, np.maximum(at - 1, since))
    within = ((since == at - 1) & (at <= T)) | ((since == T - 1) & (at > T))
    after = (since >= T) & (since <= at - 1)
    held = Matrix(
        (left[within], ((k * periods + at)[within], (k * T + since)[within])), shape=(size * periods, size * T)
    )
    carried = Matrix(
        (left[after], ((k * periods + at)[after], (k * periods + since)[after])), shape=(size * periods,) * 2
    )
    end = facts.time.arrival(facts.plant.life, periods)[k, since]
    ended = (end >= T) & (end <= at - 1)
    gone = Matrix((left[ended], ((k * periods + at)[ended], (k * periods + since)[ended])), shape=(size * periods,) * 2)
    return held, carried, gone
