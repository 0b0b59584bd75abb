"""A planning optimiser: a whole economy as a single enterprise, solved for feasible targets."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.answers.feasibility import Answer, assess
    from planner.answers.solve import Result, solve
    from planner.diagnosis.diagnose import diagnose
    from planner.economy import DataError, Economy, load

__all__ = ["Answer", "DataError", "Economy", "Result", "assess", "diagnose", "load", "solve"]

_HOME = {
    "Answer": "answers.feasibility",
    "DataError": "economy",
    "Economy": "economy",
    "Result": "answers.solve",
    "assess": "answers.feasibility",
    "diagnose": "diagnosis.diagnose",
    "load": "economy",
    "solve": "answers.solve",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that the command line starts at once."""
    if name in _HOME:
        return getattr(import_module(f"planner.{_HOME[name]}"), name)
    raise AttributeError(f"module 'planner' has no attribute {name!r}")
