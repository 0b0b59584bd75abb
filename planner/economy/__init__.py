"""The facts: an economy as a data package, read, checked and frozen."""

from planner.economy.economy import Economy, check, check_all, find, load
from planner.economy.findings import DataError, Finding
from planner.economy.reading.snapshot import scenario_names

__all__ = ["DataError", "Economy", "Finding", "check", "check_all", "find", "load", "scenario_names"]
