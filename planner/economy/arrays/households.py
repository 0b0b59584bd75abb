"""What households use."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from planner.economy.arrays.axes import Part, Vector
from planner.program import Matrix


class Households(Part):
    """Household use by level of consumption, by head and by person employed."""

    @cached_property
    def population(self) -> Vector:
        """Persons, shape (T,)."""
        return self.axes.period_column("population", "value")

    def _household(self, table: str, values: Vector) -> Vector:
        result = np.zeros(len(self.axes.products))
        np.add.at(result, self.axes.column_codes(table, "product"), values)
        return result

    @cached_property
    def fixed(self) -> Vector:
        """Household use that does not move with the level, product-period."""
        frame = self.axes.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * (1.0 - frame["flexible"])).to_numpy())
        return np.outer(per_head, self.population).ravel()

    @cached_property
    def flexible(self) -> Matrix:
        """Household use per unit of the level, product-period by period."""
        frame = self.axes.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * frame["flexible"]).to_numpy())
        product = np.repeat(np.arange(len(self.axes.products)), self.T)
        period = np.tile(np.arange(self.T), len(self.axes.products))
        value = np.outer(per_head, self.population).ravel()
        used = np.repeat(per_head != 0, self.T)
        return Matrix((value[used], ((product * self.T + period)[used], period[used])), shape=(len(value), self.T))

    @cached_property
    def per_worker(self) -> Matrix:
        """Extra use per person employed, product-period by period."""
        per_worker = self._household(
            "worker_consumption", self.axes.tables["worker_consumption"]["per_worker"].to_numpy()
        )
        product = np.flatnonzero(per_worker)
        cells = self.axes.block(product), np.tile(np.arange(self.T), len(product))
        return Matrix((np.repeat(per_worker[product], self.T), cells), shape=(len(per_worker) * self.T, self.T))

    @cached_property
    def headcount(self) -> Matrix:
        """Period by resource-period: adds up persons over the kinds of labour."""
        cells = np.tile(np.arange(self.T), len(self.axes.labour)), self.axes.block(self.axes.labour)
        return Matrix((np.ones(len(cells[0])), cells), shape=(self.T, len(self.axes.resources) * self.T))
