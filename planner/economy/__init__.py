"""The facts: an economy as a data package, read, checked and frozen."""

from planner.economy.economy import Economy, load
from planner.economy.findings import DataError, Finding

__all__ = ["DataError", "Economy", "Finding", "load"]
