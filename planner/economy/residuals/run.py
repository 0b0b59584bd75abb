"""The closing of many states at once, step after step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from planner.economy.residuals.accounts import BASE, Codes, ResidualAccount, State, Vector
from planner.economy.residuals.ledger import Ledger
from planner.economy.residuals.steps import Level, Residual, StepRows, marked

__all__ = ["ClosingRun", "find_level", "taken_by"]


def find_level(ledger: Ledger, step: Level, state: State) -> None:
    """Find the level of the one technique that a balance leaves open.

    Args:
        ledger: the balances.
        step: the balance and its technique.
        state: whose level of the technique in the base period is set.
    """
    levels = state.levels[BASE]
    levels[:, step.technique] = 0.0
    open_ones = np.isnan(levels)
    levels[open_ones] = 0.0
    net = ledger.net(step.account, state)
    levels[:, step.technique] = 1.0
    one = ledger.net(step.account, state) - net
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(one != 0.0, -net / one, 0.0)
    levels[open_ones] = np.nan
    levels[:, step.technique] = found


def taken_by(ledger: Ledger, step: Residual) -> list[ResidualAccount]:
    """Resources that the technique behind a step takes."""
    resources = (
        ResidualAccount("resource", str(name), step.account.period) for name in ledger.tables["resources"]["resource"]
    )
    return [account for account in resources if step.through in ledger.entries(account).activities]


@dataclass(frozen=True, eq=False)
class ClosingRun:
    """One closing of many states.

    Args:
        ledger: the balances.
        state: numbers as they were moved; changed in place.
        centre: numbers and levels at the reference, one state.
        kept: what every balance stays.
        positive: whether a residual that would fall below zero brings the drawn numbers of its item down to what there was.
    """

    ledger: Ledger
    state: State
    centre: State
    kept: Mapping[ResidualAccount, Vector]
    positive: bool
    scaled: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict, init=False)

    def take(self, step: Residual | Level) -> None:
        """Close one balance."""
        if isinstance(step, Level):
            self._level(step)
            return
        if step.through >= 0:
            self._through(step)
        self._close(step)

    def ratio(self, rows: StepRows, first: int) -> None:
        """Move rows as the one they follow; where that is nothing at the centre, by the same amount."""
        values, before = self.state.numbers[rows.at], self.centre.numbers[rows.at]
        for own in rows.rows:
            if before[0, first] > 0:
                values[:, own] = before[0, own] * values[:, first] / before[0, first]
            else:
                values[:, own] = np.maximum(0.0, before[0, own] + values[:, first] - before[0, first])

    def supply(self, resource: str, rows: Codes) -> None:
        """Move a supply as the use of the base period."""
        account = ResidualAccount("resource", resource, BASE)
        used, before = (-self.ledger.net(account, state) for state in (self.state, self.centre))
        self.state.numbers["supply", "value"][:, rows] = (
            self.centre.numbers["supply", "value"][:, rows] * (used / before)[:, None]
        )

    def _level(self, step: Level) -> None:
        levels = self.state.levels[BASE]
        find_level(self.ledger, step, self.state)
        if self.positive and (levels[:, step.technique] < 0).any():
            short = levels[:, step.technique] < 0
            levels[short, step.technique] = 0.0
            self._bring_down(step.account, np.where(short, -self._net(step.account), 0.0))
            find_level(self.ledger, step, self.state)
            levels[:, step.technique] = np.maximum(levels[:, step.technique], 0.0)

    def _net(self, account: ResidualAccount) -> Vector:
        """A balance, levels that are not known yet taken for nothing: it does not contain them."""
        return np.asarray(self.ledger.net(account, self.state))

    def _through(self, step: Residual) -> None:
        """Let the technique of a product run at what the resources it takes leave, the scarcest deciding."""
        levels = self.state.levels[step.account.period]
        values = self.state.numbers["coefficients", "value"]
        most = np.full(len(levels), np.inf)
        for account in taken_by(self.ledger, step):
            entries = self.ledger.entries(account)
            each = values[:, entries.rows[entries.activities == step.through]].sum(1)
            spare = self._net(account) - self.kept[account]
            with np.errstate(divide="ignore", invalid="ignore"):
                most = np.minimum(most, np.where(each > 0, levels[:, step.through] + spare / each, np.inf))
        levels[:, step.through] = np.where(np.isfinite(most), np.maximum(most, 0.0), levels[:, step.through])

    def _close(self, step: Residual) -> None:
        """Move the rows of a balance to where it stays what it is."""
        rows = list(step.rows.rows)
        values, before = self.state.numbers[step.rows.at], self.centre.numbers[step.rows.at][0, rows]
        values[:, rows] = before
        effect = self._effect(step)
        way = before if len(rows) > 1 else np.ones(1)
        change = (effect * way).sum(1)
        spare = self._net(step.account) - self.kept[step.account]
        with np.errstate(divide="ignore", invalid="ignore"):
            far = np.where(change != 0.0, -spare / change, 0.0)
        values[:, rows] = before + far[:, None] * way
        if not self.positive:
            return
        below = np.asarray((values[:, rows] < 0.0).any(1), dtype=bool)
        if below.any():
            values[:, rows] = np.where(below[:, None], 0.0, values[:, rows])
            short = np.where(below, self.kept[step.account] - self._net(step.account), 0.0)
            self._bring_down(step.account, short)

    def _effect(self, step: Residual) -> Vector:
        """What one more of each row adds to the balance, shape (states, rows)."""
        rows = np.array(step.rows.rows, np.intp)
        if step.rows.table == "coefficients":
            entries = self.ledger.entries(step.account)
            at = [int(np.flatnonzero(entries.rows == row)[0]) for row in rows]
            return np.asarray(self.state.levels[step.account.period][:, entries.activities[at]] * entries.signs[at])
        if step.rows.table == "pipeline":
            [row] = self.ledger.row_of("capacities", step.account.item)
            return np.asarray(self.state.numbers["capacities", "utilisation"][:, [row]])
        sign = -1.0 if step.rows.table == "final_use" or step.rows.column == "other_payments" else 1.0
        return np.full((len(self.state.numbers[step.rows.at]), len(rows)), sign)

    def _bring_down(self, account: ResidualAccount, short: Vector) -> None:
        """Bring drawn numbers that use an item down, all by one share of what they lie above their low ends.

        Args:
            account: the balance that is short.
            short: of what, shape (states,); 0 where it is not.
        """
        hit = short > 0.0
        label = account.item or account.kind
        self.scaled[label] = self.scaled.get(label, np.zeros(len(hit), dtype=bool)) | hit
        if account.kind in ("receipts", "payments"):
            return
        entries = self.ledger.entries(account)
        frame = self.ledger.tables["coefficients"]
        low, high = frame["low"].to_numpy(dtype=float), frame["high"].to_numpy(dtype=float)
        free = (low < high) & ~marked(frame)
        chosen = (entries.signs < 0) & free[entries.rows]
        rows, levels = entries.rows[chosen], self.state.levels[account.period][:, entries.activities[chosen]]
        values = self.state.numbers["coefficients", "value"]
        room = ((values[:, rows] - low[rows]) * np.nan_to_num(levels)).sum(1)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(hit, np.clip(1.0 - short / room, 0.0, 1.0), 1.0)
        share = np.where(np.isnan(share), 1.0, share)
        every = self.ledger.of_number(rows)
        every = every[free[every]]
        values[:, every] = low[every] + share[:, None] * (values[:, every] - low[every])
