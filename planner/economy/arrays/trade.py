"""What can be bought and sold abroad, and what it is paid in."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.arrays.axes import Codes, SubjectArrays, Vector
from planner.economy.items import foreign_currency
from planner.program import Matrix, to_the


class Trade(SubjectArrays):
    """Trade of the products that have a row, one direction at a time, and foreign exchange."""

    def rows(self, direction: str) -> pd.DataFrame:
        """The trade rows of one direction."""
        frame = self.axes.tables["trade"]
        return frame[frame["direction"] == direction]

    def cells(self, direction: str) -> tuple[Codes, Codes, Codes]:
        """Rows of the trade table of one direction, with the product and the period of each."""
        rows = np.flatnonzero(self.axes.labels("trade", "direction") == direction)
        return rows, self.axes.column_codes("trade", "product")[rows], self.axes.column_codes("trade", "period")[rows]

    def value(self, direction: str, products: Codes) -> Matrix:
        """Period by product-period of one direction's block: prices in foreign currency per unit of the product."""
        rows, product, period = self.cells(direction)
        price = self.axes.tables["trade"]["price"].to_numpy()[rows]
        cell = np.searchsorted(products, product) * self.T + period
        return Matrix((price, (period, cell)), shape=(self.T, len(products) * self.T))

    @cached_property
    def currency(self) -> str:
        """Unit of foreign exchange."""
        return foreign_currency(self.axes.tables)

    def prices(self, direction: str) -> Vector:
        """Price of each product in each period of one direction, product-period; 0 where there is no trade."""
        rows, product, period = self.cells(direction)
        result = np.zeros(len(self.axes.products) * self.T)
        result[product * self.T + period] = self.axes.numbers("trade", "price")[rows]
        return result

    @cached_property
    def owed_before(self) -> float:
        """Debt as the plan began, in foreign currency."""
        owed = (self.axes.labels("opening", "kind") == "debt") & (self.axes.labels("opening", "key") == self.currency)
        return float(self.axes.numbers("opening", "value")[owed].sum())

    @cached_property
    def interest(self) -> Vector:
        """Interest on a unit of debt over each period, shape (T,)."""
        rate = self.axes.period_column("finance", "interest")
        return to_the(1.0 + rate, self.axes.time.length) - 1.0

    @cached_property
    def as_it_opened(self) -> Matrix:
        """Period by period: sums from the first period to the one before."""
        return Matrix(np.tri(self.T, k=-1))

    @cached_property
    def so_far(self) -> Matrix:
        """Period by period: sums from the first period to this one."""
        return Matrix(np.tri(self.T))
