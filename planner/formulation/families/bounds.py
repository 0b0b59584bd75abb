"""Bounds on measures that are facts: they hold in every question, whatever a plan asks for."""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES
from planner.formulation.measures import functional, unit_of
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Rows

_AXES = ("measure", "item", "period")


@family(
    "upper_bound",
    algebra="Mx ≤ bound",
    index=_AXES,
    unit="unit of the measure",
    says="What a measure comes to is at most its bound.",
    group=Group("upper bound", "the upper bound on {item}", each=("measure", "item"), rule=True),
    one_more="an upper bound one {unit} higher on {item} in {period}",
    always=True,
    reads=("bounds",),
    needs="bounds",
)
def upper_bound(facts: Arrays, plan: Variables) -> Rows:
    """One row a bound from above, or on both sides."""
    return _rows(facts, plan, "at_most")


@family(
    "lower_bound",
    algebra="Mx ≥ bound",
    index=_AXES,
    unit="unit of the measure",
    says="What a measure comes to is at least its bound.",
    group=Group("lower bound", "the lower bound on {item}", each=("measure", "item"), rule=True),
    one_more="a lower bound one {unit} higher on {item} in {period}",
    asked=True,
    always=True,
    reads=("bounds",),
    needs="bounds",
)
def lower_bound(facts: Arrays, plan: Variables) -> Rows:
    """One row a bound from below, or on both sides."""
    return _rows(facts, plan, "at_least")


def _rows(facts: Arrays, plan: Variables, sense: str) -> Rows:
    """Bounds of one sense, and those that are exact."""
    frame = facts.tables["bounds"]
    frame = frame[frame["sense"].isin([sense, "exactly"])]
    terms = list(zip(*(frame[axis] for axis in _AXES), strict=True))
    units = np.array([unit_of(facts, MEASURES[measure], item) for measure, item, _ in terms], object)
    # names of rows have no spaces
    keys = tuple(frame[axis].str.replace(" ", "").to_numpy(dtype=object) for axis in _AXES)
    value = frame["value"].to_numpy(dtype=float)
    open_end = np.full(len(frame), np.inf)
    least, most = (value, open_end) if sense == "at_least" else (-open_end, value)
    return Rows(functional(facts, plan, terms), least, most, keys, units)
