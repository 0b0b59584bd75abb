"""What households earn and may buy under a plan, as rows of a program take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.economy.accounts.households import EARNED, LINES, HouseholdAccounts
from planner.economy.arrays.axes import SubjectArrays, Vector
from planner.program import Matrix

__all__ = ["Account", "Accounts"]


@dataclass(frozen=True, eq=False)
class Account:
    """The account of a plan over the horizon.

    Args:
        wages: period by resource-period: wages of those employed.
        other: what else is earned, less what is taken and spent on services, shape (T,).
        goods: what households' use costs at the level of the base period and planned prices, shape (T,).
        known: periods that the account reaches, shape (T,).
    """

    wages: Matrix
    other: Vector
    goods: Vector
    known: npt.NDArray[np.bool_]


class Accounts(SubjectArrays):
    """Accounts of households."""

    @cached_property
    def households(self) -> HouseholdAccounts:
        """The accounts themselves."""
        economy = self.axes.economy
        return HouseholdAccounts(self.axes.tables, economy.base_period, economy.periods)

    @cached_property
    def crowd(self) -> Vector:
        """Persons as a multiple of those who bought in the base period (else of the first one's), shape (T,)."""
        persons = self.axes.period_column("population", "value", 1.0)
        return persons / (self.households.persons or persons[0])

    def of(self, plan: str) -> Account:
        """The account of a plan.

        Args:
            plan: its name; that of a plan it was laid over counts where it has none.
        """
        accounts, T = self.households, self.T
        name = accounts.account_of(plan)
        wages = np.zeros((T, len(self.axes.resources) * T))
        other, goods, known = np.zeros(T), np.zeros(T), np.zeros(T, dtype=bool)
        trade = accounts.trade
        for t in range(T if name and trade is not None else 0):
            price, rates = accounts.price(name, t), accounts.rate(name, t)
            amounts = {line: accounts.amount(name, line, t) for line in LINES if not (line == "wages" and rates)}
            if trade is None or any(amount is None for amount in amounts.values()):
                continue
            known[t] = True
            other[t] = sum(
                (1.0 if line in EARNED else -1.0) * float(amount[0])
                for line, amount in amounts.items()
                if amount is not None
            )
            if rates:
                other[t] += float(accounts.uncounted(name, t)[0])
            for per, rate in rates.items():
                kinds = self.axes.labour if per == "*" else [self.axes.position("resource", per)]
                wages[t, np.asarray(kinds, dtype=np.intp) * T + t] += float(rate[0])
            crowd = self.crowd[t] * self.axes.time.length[t]
            goods[t] = float(trade[0]) * crowd * (1.0 if price is None else float(price[0]))
        return Account(Matrix(wages), other, goods, known)
