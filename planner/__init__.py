"""A planning optimiser: a whole economy as a single enterprise, solved for feasible targets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.assessing import Answer, assess
    from planner.diagnosis.diagnose import diagnose
    from planner.economy import DataError, Economy, load
    from planner.planning import Result, solve

__all__ = ["Answer", "DataError", "Economy", "Result", "assess", "diagnose", "load", "solve"]

_HOME = {
    "Answer": "assessing",
    "DataError": "economy",
    "Economy": "economy",
    "Result": "planning",
    "assess": "assessing",
    "diagnose": "diagnosis.diagnose",
    "load": "economy",
    "solve": "planning",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that the command line starts at once."""
    if name in _HOME:
        return getattr(import_module(f"planner.{_HOME[name]}"), name)
    raise AttributeError(f"module 'planner' has no attribute {name!r}")
