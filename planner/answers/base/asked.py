"""Numbers that a question is given, held against what they may be."""

from __future__ import annotations

from pathlib import Path

from planner.asked import NUMBERS
from planner.economy import DataError, Finding

__all__ = ["ensure_in_range"]


def ensure_in_range(**given: object) -> None:
    """Refuse numbers that are none, or outside what they may be.

    Args:
        given: numbers by the names of their arguments, one or several each; ``None`` is one that is not given.

    Raises:
        DataError: some are not as `planner.asked.NUMBERS` has them (E174), all named at once.

    >>> ensure_in_range(gap=0.1, seconds=None, levels=(1.0, 2.0))
    """
    findings = [
        Finding("E174", "", (), name, str(one), f"{name} is {NUMBERS[name].words}, not {one}.")
        for name, value in given.items()
        for one in (value if isinstance(value, tuple | list) else (value,))
        if one is not None and not NUMBERS[name].holds(one)
    ]
    if findings:
        raise DataError(findings, Path())
