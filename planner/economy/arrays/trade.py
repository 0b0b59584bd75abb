"""What can be bought and sold abroad, and what it is paid in."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, SubjectArrays, Vector
from planner.economy.items import foreign_currencies, paid_in
from planner.program import Matrix, to_the


class Trade(SubjectArrays):
    """Trade of the products that have a row, one direction at a time, and foreign exchange by currency."""

    def rows(self, direction: str) -> pd.DataFrame:
        """The trade rows of one direction."""
        frame = self.axes.tables["trade"]
        return frame[frame["direction"] == direction]

    def cells(self, direction: str) -> tuple[Codes, Codes, Codes]:
        """Rows of the trade table of one direction, with the good and the period of each; see `goods`."""
        rows = np.flatnonzero(self.axes.labels("trade", "direction") == direction)
        product, period = (self.axes.column_codes("trade", name)[rows] for name in ("product", "period"))
        return rows, product * len(self.currencies) + self._paid_in("trade")[rows], period

    def goods(self, direction: str) -> Codes:
        """What is traded in one direction, products by currency: product times the number of currencies, plus currency."""
        return np.unique(self.cells(direction)[1])

    def products_of(self, goods: Codes) -> Codes:
        """Positions of the products that goods are."""
        return goods // len(self.currencies)

    def keys_of(self, goods: Codes) -> tuple[tuple[str, ...], tuple[Labels, ...]]:
        """Axes and labels of a block of goods by period; the currency is named where there are several."""
        product, currency = (codes.repeat(self.T) for codes in np.divmod(goods, len(self.currencies)))
        period = np.tile(self.axes.periods, len(goods))
        if len(self.currencies) == 1:
            return ("product", "period"), (self.axes.products[product], period)
        return ("product", "foreign_currency", "period"), (
            self.axes.products[product],
            self.currencies[currency],
            period,
        )

    def value(self, direction: str, goods: Codes) -> Matrix:
        """Currency-period by good-period of one direction's block: prices in foreign currency per unit of the product."""
        rows, good, period = self.cells(direction)
        price = self.axes.tables["trade"]["price"].to_numpy()[rows]
        cell = np.searchsorted(goods, good) * self.T + period
        account = good % len(self.currencies) * self.T + period
        return Matrix((price, (account, cell)), shape=(len(self.currencies) * self.T, len(goods) * self.T))

    @cached_property
    def currencies(self) -> Labels:
        """What foreign exchange is in, shape (C,); its balances, credit and debt are by currency and period."""
        tables = self.axes.tables
        return self.axes.remembered(
            "foreign_currencies", lambda: np.array(foreign_currencies(tables), object), *self._named
        )

    @property
    def _named(self) -> tuple[Labels, ...]:
        """Where currencies of foreign exchange are named."""
        where = ("finance", "unit"), ("finance", "currency"), ("trade", "currency")
        return tuple(self.axes.labels(table, column) for table, column in where)

    @property
    def currency(self) -> str:
        """The first of them: unit of foreign exchange where there is but one."""
        return str(self.currencies[0])

    @cached_property
    def accounts(self) -> tuple[tuple[str, ...], tuple[Labels, ...]]:
        """Axes and labels of a block by currency and period; the currency is named where there are several."""
        period = np.tile(self.axes.periods, len(self.currencies))
        if len(self.currencies) == 1:
            return ("period",), (period,)
        return ("foreign_currency", "period"), (self.units, period)

    @cached_property
    def units(self) -> Labels:
        """Currency of each account and period, shape (C·T,)."""
        return self.currencies.repeat(self.T)

    def of_accounts(self, column: str, default: float = 0.0) -> Vector:
        """A number of finance, shape (C·T,)."""
        result = np.full(len(self.units), default)
        place = self._paid_in("finance") * self.T + self.axes.column_codes("finance", "period")
        result[place] = self.axes.tables["finance"][column].to_numpy()
        return result

    def prices(self, direction: str) -> Vector:
        """Price of each product in each period of one direction, product-period, in the one currency; 0 without trade."""
        rows, good, period = self.cells(direction)
        result = np.zeros(len(self.axes.products) * self.T)
        result[self.products_of(good) * self.T + period] = self.axes.numbers("trade", "price")[rows]
        return result

    @cached_property
    def owed_before(self) -> Vector:
        """Debt as the plan began, in each foreign currency, shape (C,)."""
        owed = self.axes.labels("opening", "kind") == "debt"
        key, value = self.axes.labels("opening", "key")[owed], self.axes.numbers("opening", "value")[owed]
        return np.array([value[key == currency].sum() for currency in self.currencies], dtype=float)

    @cached_property
    def interest(self) -> Vector:
        """Interest on a unit of debt over each period, shape (C·T,)."""
        length = np.tile(self.axes.time.length, len(self.currencies))
        return to_the(1.0 + self.of_accounts("interest"), length) - 1.0

    @cached_property
    def as_it_opened(self) -> Matrix:
        """By account and period: sums from the first period to the one before."""
        return self._sums(-1)

    @cached_property
    def so_far(self) -> Matrix:
        """By account and period: sums from the first period to this one."""
        return self._sums(0)

    def _sums(self, last: int) -> Matrix:
        return Matrix(np.kron(np.eye(len(self.currencies)), np.tri(self.T, k=last)))

    def _paid_in(self, table: str) -> Codes:
        """Position of the currency of each row of a table."""

        def found() -> Codes:
            at = {currency: i for i, currency in enumerate(self.currencies)}
            return np.array([at[currency] for currency in paid_in(self.axes.tables, table)], dtype=np.intp)

        return self.axes.remembered(f"paid_in/{table}", found, *self._named)

    # -- one currency for another ----------------------------------------------------------------------------------------

    @cached_property
    def exchanged(self) -> tuple[tuple[str, ...], tuple[Labels, ...]]:
        """Axes and labels of what is changed, a row of the exchange table each."""
        axes = ("from", "to", "period")
        return axes, tuple(self.axes.labels("exchange", name) for name in axes)

    @cached_property
    def changed(self) -> Matrix:
        """By account and period: what is had for, less what is given in, each row of the exchange table."""
        at = {currency: i for i, currency in enumerate(self.currencies)}
        period, rate = self.axes.column_codes("exchange", "period"), self.axes.numbers("exchange", "rate")
        given, had = (self.axes.labels("exchange", name) for name in ("from", "to"))
        cells = [(row, at[one], -1.0) for row, one in enumerate(given) if one in at]
        cells += [(row, at[one], float(rate[row])) for row, one in enumerate(had) if one in at]
        row, account, value = (
            (np.array(column) for column in zip(*cells, strict=True)) if cells else (np.zeros(0, int),) * 3
        )
        return Matrix((value, (account * self.T + period[row], row)), shape=(len(self.units), len(rate)))
