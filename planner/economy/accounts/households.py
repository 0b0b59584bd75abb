"""What households have for goods and what there is for it, by account and period, for one set of numbers or many at once.

An account is that of a plan, or of what happened. The base period, of what happened, is common to all: its residual line is
what its trade leaves, so that there its incomes just buy its goods. Between the periods it names an account lies on straight
lines; beyond the last of them it says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.accounts.hands import base_hands
from planner.economy.schema.accounts import HAPPENED
from planner.program import Vector

__all__ = ["EARNED", "LINES", "SPENT", "HouseholdAccounts"]

EARNED, SPENT = ("wages", "farm", "other"), ("taken", "services")
LINES = (*EARNED, *SPENT)
_BASE = -1  # position of the base period

Mask = npt.NDArray[np.bool_]
Stated = dict[int, Vector]  # by position of a period what an account says, shape (states,)


@dataclass(frozen=True, eq=False)
class HouseholdAccounts:
    """Accounts of households.

    Args:
        tables: of an economy.
        base: label of its base period.
        periods: its horizon.
        numbers: the column ``value`` of tables at other values, shape (states, rows); others stand as they are.
        households: of which; empty for all.
    """

    tables: Mapping[str, pd.DataFrame]
    base: str
    periods: tuple[str, ...]
    numbers: Mapping[str, Vector] = field(default_factory=dict)
    households: str = ""

    # -- what the tables say ------------------------------------------------------------------------------------------

    def _values(self, table: str) -> Vector:
        given = self.numbers.get(table)
        return self.tables[table]["value"].to_numpy(dtype=float)[None, :] if given is None else given

    @cached_property
    def states(self) -> int:
        """How many sets of numbers."""
        return max((len(values) for values in self.numbers.values()), default=1)

    def _rows(self, table: str, account: str, **where: str) -> Mask:
        frame = self.tables[table]
        kept = (frame["account"] == account).to_numpy()
        if self.households and "households" in frame:
            kept = kept & (frame["households"] == self.households).to_numpy()
        for column, word in where.items():
            kept = kept & (frame[column] == word).to_numpy()
        return np.asarray(kept, dtype=bool)

    def _stated(self, table: str, rows: Mask) -> Stated:
        """Sums of rows by the periods they name; periods that are no single ones of the economy are left aside."""
        frame, values = self.tables[table], self._values(table)
        found: Stated = {}
        labels = frame["period"].to_numpy(dtype=object)
        for at, label in enumerate((self.base, *self.periods), start=_BASE):
            own = rows & (labels == label)
            if own.any():
                found[at] = np.broadcast_to(values[:, own].sum(1), (self.states,))
        return found

    def _is_rate(self) -> Mask:
        return np.asarray(self.tables["incomes"]["per"] != "", dtype=bool)

    @cached_property
    def unit(self) -> str:
        """The money in which incomes are counted; empty where they do not say."""
        units = self.tables["incomes"]["unit"][~self._is_rate()]
        return str(next((unit for unit in units if unit), ""))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Households that have both incomes and goods of their own in the base period."""
        named = [
            {str(name) for name in frame["households"][(frame["period"] == self.base) & (frame["account"] == HAPPENED)]}
            for frame in (self.tables["incomes"], self.tables["retail"])
        ]
        return tuple(sorted(named[0] & named[1] - {""}))

    @cached_property
    def trade(self) -> Vector | None:
        """Goods sold to households in the base period, at its prices, shape (states,); ``None`` where unknown."""
        return self.known_trade(_BASE)

    def known_trade(self, at: int) -> Vector | None:
        """Goods sold to households in a period at the prices asked; ``None`` where it is not stated."""
        return self._stated("retail", self._rows("retail", HAPPENED, counts="trade")).get(at)

    @cached_property
    def persons(self) -> float | None:
        """Those who bought in the base period; ``None`` where unknown."""
        found = self._stated("retail", self._rows("retail", HAPPENED, counts="persons")).get(_BASE)
        return None if found is None else float(found.mean())

    def account_of(self, plan: str) -> str:
        """The account of a plan: its own, or that of the plan it was laid over; empty where there is none.

        Args:
            plan: its name.
        """
        plans, seen = self.tables["plans"], set[str]()
        extends = dict(zip(plans["plan"], plans["extends"], strict=True))
        known = set(self.tables["incomes"]["account"])
        while plan and plan not in known and plan not in seen:
            seen.add(plan)
            plan = str(extends.get(plan) or "")
        return plan if plan in known else ""

    def missing(self, plan: str = "") -> list[str]:
        """What is not in the tables and would have to be, in words.

        Args:
            plan: whose account is wanted; empty for that of what happened.
        """
        base = self._stated("incomes", self._rows("incomes", HAPPENED))
        said = [] if _BASE in base else [f'incomes of the base period {self.base} (incomes.csv, account "{HAPPENED}")']
        said += (
            []
            if self.trade is not None
            else [f"retail trade of the base period {self.base} (retail.csv, counts trade)"]
        )
        return said + ([f'incomes of the plan "{plan}" (incomes.csv)'] if plan and not self.account_of(plan) else [])

    # -- lines of an account ------------------------------------------------------------------------------------------

    def known(self, account: str, line: str) -> Stated:
        """Amounts that an account states of a line, by position of the period; the base period is that of what happened.

        Args:
            account: which.
            line: of incomes.
        """
        amounts = ~self._is_rate()
        own = self._stated("incomes", self._rows("incomes", account, line=line) & amounts)
        if account != HAPPENED:
            base = self.known(HAPPENED, line)
            return {**{at: values for at, values in base.items() if at == _BASE}, **own}
        if line == "wages" and _BASE not in own and (rated := self._rated_base()) is not None:
            own[_BASE] = rated
        residual = self._rows("incomes", HAPPENED, line=line, residual="yes", period=self.base)
        if residual.any() and self.trade is not None:
            own[_BASE] = own[_BASE] + self._left_over
        return own

    @cached_property
    def _left_over(self) -> Vector:
        """What trade of the base period leaves beyond its incomes as stated, shape (states,)."""
        rows, amounts = self._rows("incomes", HAPPENED), ~self._is_rate()
        total = -np.asarray(self.trade)
        for line in LINES:
            own = self._stated("incomes", rows & amounts & (self.tables["incomes"]["line"] == line).to_numpy()).get(
                _BASE
            )
            if own is None and line == "wages":
                own = self._rated_base()
            total = total + (0.0 if own is None else own if line in EARNED else -own)
        return -total

    def amount(self, account: str, line: str, at: int) -> Vector | None:
        """A line in a period, shape (states,); 0 where no account has it, ``None`` where this one says nothing of it.

        Args:
            account: which.
            line: of incomes.
            at: position of the period, -1 for the base period.
        """
        stated = self.known(account, line)
        if not stated:
            return np.zeros(self.states)
        return _between(stated, at)

    # -- wages that follow hands --------------------------------------------------------------------------------------

    def rates(self, account: str) -> dict[str, Stated]:
        """Wages by resource and position of the period, as an account states them; ``*`` for all labour."""
        frame, found = self.tables["incomes"], dict[str, Stated]()
        rows = self._rows("incomes", account, line="wages") & self._is_rate()
        for per in dict.fromkeys(frame["per"][rows]):
            own = rows & (frame["per"] == per).to_numpy()
            stated = self._stated("incomes", own)
            for at, values in list(stated.items()):
                if np.isnan(values).any():
                    stated[at] = np.full(self.states, self._cost(str(per), self.periods[at] if at >= 0 else self.base))
            found[str(per)] = stated
        if account != HAPPENED:
            for per, stated in self.rates(HAPPENED).items():
                if per in found and _BASE in stated:
                    found[per].setdefault(_BASE, stated[_BASE])
        return found

    def _cost(self, resource: str, period: str) -> float:
        """A wage that stands in the table of costs, ``nan`` where it does not."""
        costs = self.tables["costs"]
        own = (costs["kind"] == "cost") & (costs["measure"] == "employment") & (costs["item"] == resource)
        values = costs["value"][own & (costs["period"] == period)]
        return float(values.sum()) if len(values) else float("nan")

    @cached_property
    def base_hands(self) -> dict[str, float]:
        """Hands that the techniques of the base period took, by resource, and of all labour (``*``)."""
        found = base_hands(self.tables, self.base, self.periods)
        return {**found, "*": float(sum(found.values()))}

    def _rated_base(self) -> Vector | None:
        """Wages of the base period by its rates and the hands of its techniques; ``None`` where one is not known."""
        parts = [
            stated[_BASE] * self.base_hands.get(per, np.nan)
            for per, stated in self.rates(HAPPENED).items()
            if _BASE in stated
        ]
        total = sum(parts[1:], parts[0]) if parts else None
        return None if total is None or np.isnan(total).any() else total

    def rate(self, account: str, at: int) -> dict[str, Vector]:
        """Wages in a period by resource, shape (states,) each; empty where the account has none that reaches it.

        Args:
            account: which.
            at: position of the period.
        """
        found = {per: _between(stated, at) for per, stated in self.rates(account).items()}
        return {per: rate for per, rate in found.items() if rate is not None}

    def uncounted(self, account: str, at: int) -> Vector:
        """Wages of those whom no technique of the model employs, shape (states,).

        It is what the wage bill of the base period leaves when its techniques are paid, and moves with the wage.

        Args:
            account: which.
            at: position of the period.
        """
        bill, rated, now = self.known(HAPPENED, "wages").get(_BASE), self._rated_base(), self.rate(account, at)
        if bill is None or rated is None or not now:
            return np.zeros(self.states)
        hands = self.base_hands
        paid = sum((rate * hands.get(per, 0.0) for per, rate in now.items()), np.zeros(self.states))
        return np.maximum(bill - rated, 0.0) * paid / np.where(rated > 0, rated, 1.0)

    # -- goods and prices ---------------------------------------------------------------------------------------------

    def volume(self, at: int) -> Vector | None:
        """The official index of the volume of trade in a period, base period 1; ``None`` where it is not stated there."""
        stated = self._stated("retail", self._rows("retail", HAPPENED, counts="volume"))
        return stated[at] / stated[_BASE] if {at, _BASE} <= set(stated) else None

    def price(self, account: str, at: int) -> Vector | None:
        """The level of prices that households are asked, base period 1, shape (states,); ``None`` where none is stated.

        Args:
            account: which.
            at: position of the period.
        """
        happened = self._stated("price_index", self._rows("price_index", HAPPENED, preferred="yes"))
        own = self._stated("price_index", self._rows("price_index", account, preferred="yes"))
        if not own or _BASE not in happened:
            return None
        found = _between({_BASE: happened[_BASE], **own}, at)
        return None if found is None else found / happened[_BASE]


def _between(stated: Stated, at: int) -> Vector | None:
    """What is stated for a period, or what lies on a straight line between its neighbours; ``None`` outside them."""
    if at in stated:
        return stated[at]
    before, after = [t for t in stated if t < at], [t for t in stated if t > at]
    if not before or not after:
        return None
    low, high = max(before), min(after)
    part = (at - low) / (high - low)
    return stated[low] * (1.0 - part) + stated[high] * part
