"""Objectives: what a plan is asked to do best. ``definitions`` says how each is stated, ``rows`` what is said of it."""

from planner.formulation.objectives.definitions import attainment
from planner.formulation.objectives.rows import OBJECTIVES, Goal, Key, Objective, objective

__all__ = ["OBJECTIVES", "Goal", "Key", "Objective", "attainment", "objective"]
