"""Steps by which balances are closed: rows that are residuals, and levels of techniques that nobody states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding
from planner.economy.residuals.accounts import Codes, ResidualAccount

__all__ = ["COLUMNS", "Level", "Residual", "StepRows", "Steps", "marked"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "final_use": ("value",),
    "supply": ("value",),
    "coefficients": ("value",),
    "pipeline": ("value",),
    "finance": ("other_receipts", "other_payments"),
}
"""Columns that follow in a marked row, by table; all other numbers of the row stay as they are."""


def marked(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows that are residuals, shape (rows,)."""
    if "residual" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame["residual"] == "yes", dtype=bool)


@dataclass(frozen=True)
class StepRows:
    """Rows that move alike: of one thing, or of the techniques of one product."""

    table: str
    column: str
    rows: tuple[int, ...]

    @property
    def at(self) -> tuple[str, str]:
        """Its column."""
        return self.table, self.column


@dataclass(frozen=True)
class Residual:
    """A balance that rows close; ``through``: the technique of a product that runs at what there is, -1 for none."""

    account: ResidualAccount
    rows: StepRows
    through: int = -1


@dataclass(frozen=True)
class Level:
    """A balance that the level of a technique closes."""

    account: ResidualAccount
    technique: int


@dataclass(frozen=True)
class Steps:
    """How balances are closed, one after the other.

    Args:
        base: in the base period, each after those that find what it needs.
        later: in the periods.
        ratios: rows without a balance of their own, each with the one it keeps its ratio to.
        supplies: resources whose supply follows their use, with its rows.
        findings: residuals that no balance determines.
    """

    base: tuple[Residual | Level, ...]
    later: tuple[Residual, ...]
    ratios: tuple[tuple[StepRows, int], ...]
    supplies: tuple[tuple[str, Codes], ...]
    findings: tuple[Finding, ...]

    @cached_property
    def residuals(self) -> tuple[Residual, ...]:
        """Balances that rows close."""
        return (*(step for step in self.base if isinstance(step, Residual)), *self.later)

    @cached_property
    def follows(self) -> dict[tuple[str, str], Codes]:
        """Rows that move, by column."""
        found: dict[tuple[str, str], set[int]] = {}
        for rows in (*(step.rows for step in self.residuals), *(rows for rows, _ in self.ratios)):
            found.setdefault(rows.at, set()).update(rows.rows)
        for _, places in self.supplies:
            found.setdefault(("supply", "value"), set()).update(places.tolist())
        return {at: np.array(sorted(places), np.intp) for at, places in found.items()}
