"""Rows marked as residuals: not drawn, but moved so that a balance stays what it is at the centre.

Which balance a row closes, and in which order, is found in `planner.economy.residuals.search`; how many states are closed at
once is in `planner.economy.residuals.run`, and how far a residual can come in `planner.economy.residuals.ends`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.places import national
from planner.economy.residuals.accounts import BASE, Columns, ResidualAccount, State, Vector
from planner.economy.residuals.ledger import Ledger
from planner.economy.residuals.run import ClosingRun, find_level, taken_by
from planner.economy.residuals.search import steps_of
from planner.economy.residuals.steps import COLUMNS, Level, Residual, Steps, marked
from planner.economy.schema.columns import FILE, ROW, range_names

if TYPE_CHECKING:
    from planner.economy.facts import Economy

__all__ = ["Closed", "Closing", "fixed"]


class Closed(NamedTuple):
    """Numbers in which every balance with a residual stays as it was.

    Args:
        numbers: columns that balances read, shape (states, rows).
        scaled: states in which the numbers drawn use more of an item than there was, and were brought down, by item.
        gaps: what is missing from each balance after closing, by account.
    """

    numbers: Columns
    scaled: dict[str, npt.NDArray[np.bool_]]
    gaps: dict[ResidualAccount, Vector]


@dataclass(frozen=True, eq=False)
class Closing:
    """Residual rows of an economy.

    Args:
        tables: effective tables, ``*`` rows expanded.
        base: label of the base period.
        periods: the horizon.
        happened: scenario of what happened; empty for none.
        central: whether balances stay what they are at the central values; else what they are where the numbers stand.
    """

    tables: Mapping[str, pd.DataFrame]
    base: str
    periods: tuple[str, ...]
    happened: str = ""
    central: bool = True

    @classmethod
    def of(cls, economy: Economy, *, central: bool = True) -> Closing:
        """The residuals of an economy.

        Args:
            economy: loaded.
            central: whether balances stay what they are at the central values; else what they are where the numbers stand.
        """
        return cls(economy.tables, economy.base_period, economy.periods, economy.backtest_scenario or "", central)

    @cached_property
    def any(self) -> bool:
        """Whether there is a residual at all."""
        return any(marked(self.tables[name]).any() for name in COLUMNS if name in self.tables)

    @cached_property
    def ledger(self) -> Ledger:
        """The balances."""
        return Ledger(national(self.tables), self.base, self.periods)

    @cached_property
    def steps(self) -> Steps:
        """How they are closed."""
        return steps_of(self.ledger, self.happened)

    @cached_property
    def reference(self) -> Columns:
        """Columns at which balances are taken as they are, shape (1, rows)."""
        found = {}
        for table, column in self.ledger.read:
            frame = self.tables[table]
            central = range_names(column)[2]
            name = central if self.central and central in frame else column
            found[table, column] = frame[name].to_numpy(dtype=float)[None, :]
        return found

    def at_the_centre(self) -> list[tuple[ResidualAccount, float, float, str, tuple[int, ...]]]:
        """Every balance that a row closes: what is left, what is used, and where the row was written."""
        state, kept = self._centre
        result = []
        for account, rows in ((step.account, step.rows) for step in self.steps.residuals):
            frame, places = self.tables[rows.table], list(rows.rows)
            where = str(frame[FILE].iloc[places[0]]), tuple(int(row) for row in frame[ROW].iloc[places])
            used = self.ledger.used(account, state)
            result.append((account, float(kept[account][0]), float(used[0]), *where))
        return result

    @cached_property
    def _centre(self) -> tuple[State, dict[ResidualAccount, Vector]]:
        """Levels at the reference, and what every balance is there."""
        state, ledger = State(dict(self.reference)), self.ledger
        state.levels[BASE] = ledger.base_levels[None, :].copy()
        kept: dict[ResidualAccount, Vector] = {}
        for step in self.steps.base:
            if isinstance(step, Level):
                find_level(ledger, step, state)
            else:
                kept[step.account] = ledger.net(step.account, state)
        known = np.nan_to_num(state.levels[BASE][0])
        state.levels[BASE] = known[None, :]
        for period in {step.account.period for step in self.steps.later}:
            state.levels[period] = ledger.levels_at(period, known)[None, :]
        for later in self.steps.later:
            if later.through >= 0:
                made = -self._without(later, state)
                state.levels[later.account.period][:, later.through] = made
                for account in taken_by(ledger, later):
                    kept[account] = ledger.net(account, state)
            kept[later.account] = ledger.net(later.account, state)
        return state, kept

    def _without(self, step: Residual, state: State) -> Vector:
        """A product's balance without what its technique makes."""
        levels = state.levels[step.account.period]
        idle = levels.copy()
        idle[:, step.through] = 0.0
        return self.ledger.net(step.account, State(state.numbers, {**state.levels, step.account.period: idle}))

    def __call__(self, numbers: Mapping[tuple[str, str], Vector], *, kept_positive: bool = True) -> Closed:
        """Move the residuals so that every balance stays as it is at the reference.

        Args:
            numbers: columns that were moved, shape (states, rows).
            kept_positive: whether a residual that would fall below zero brings the drawn numbers of its item down to what
                there was: all by one share of what they lie above their low ends.

        Returns:
            All columns that balances read; those of marked rows are closed whatever was given for them.
        """
        states = max((len(values) for values in numbers.values()), default=1)
        own = {key: np.repeat(values, states, axis=0) for key, values in self.reference.items()}
        for (table, column), values in numbers.items():
            if (table, column) in own:
                free = ~fixed(self.tables, table)
                own[table, column][:, free] = values[:, free]
        centre, kept = self._centre
        state = State(own, {period: np.repeat(levels, states, axis=0) for period, levels in centre.levels.items()})
        for step in self.steps.base:
            if isinstance(step, Level):
                state.levels[BASE][:, step.technique] = np.nan
        run = ClosingRun(self.ledger, state, centre, kept, kept_positive)
        for step in self.steps.base:
            run.take(step)
        for rows, first in self.steps.ratios:
            run.ratio(rows, first)
        for resource, places in self.steps.supplies:
            run.supply(resource, places)
        for step in self.steps.later:
            run.take(step)
        accounts = [step.account for step in self.steps.residuals]
        return Closed(
            own, run.scaled, {account: self.ledger.net(account, state) - kept[account] for account in accounts}
        )


def fixed(tables: Mapping[str, pd.DataFrame], table: str) -> npt.NDArray[np.bool_]:
    """Rows of a table that nothing but a balance moves, shape (rows,)."""
    return marked(tables[table]) if table in COLUMNS else np.zeros(len(tables[table]), dtype=bool)
