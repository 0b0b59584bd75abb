"""What is balanced, and the numbers and levels at which it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["BASE", "ROLES", "AccountEntries", "Codes", "Columns", "ResidualAccount", "State", "Vector"]

Vector = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Columns = dict[tuple[str, str], Vector]
"""Columns of numbers by table and name; shape (states, rows of the table)."""

BASE = -1  # position of the base period
ROLES = {"product": ("input", "output"), "resource": ("resource",), "capacity": ("capacity",)}


class ResidualAccount(NamedTuple):
    """What is balanced, and when.

    Args:
        kind: ``product``, ``resource``, ``capacity``, ``receipts`` or ``payments``.
        item: of what; empty for currency.
        period: position in the horizon; ``BASE`` for the base period.
    """

    kind: str
    item: str
    period: int


class AccountEntries(NamedTuple):
    """Coefficients of an item in force: rows, activities, and +1 for what is made, -1 for what is taken."""

    rows: Codes
    activities: Codes
    signs: Vector


@dataclass
class State:
    """Numbers and levels of many states at once.

    Args:
        numbers: columns, shape (states, rows).
        levels: of the activities by period, shape (states, activities); ``nan`` where not known yet.
    """

    numbers: Columns
    levels: dict[int, Vector] = field(default_factory=dict)
