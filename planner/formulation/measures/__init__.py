"""Measures: what targets and reports count. ``definitions`` says how each is counted, ``counting`` adds them up."""

from planner.formulation.measures.counting import (
    COUNTED,
    Counting,
    functional,
    is_level,
    items_of,
    measure,
    periods_of,
    standing,
    unit_of,
)
from planner.formulation.measures.definitions import money

__all__ = [
    "COUNTED",
    "Counting",
    "functional",
    "is_level",
    "items_of",
    "measure",
    "money",
    "periods_of",
    "standing",
    "unit_of",
]
