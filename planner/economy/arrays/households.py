"""What households use."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from planner.economy.arrays.axes import SubjectArrays, Vector
from planner.economy.places import POPULATION, base, place
from planner.program import Matrix


class Households(SubjectArrays):
    """Household use by level of consumption, by head and by person employed."""

    @cached_property
    def population(self) -> Vector:
        """Persons, shape (T,)."""
        return self.axes.period_column("population", "value")

    @cached_property
    def persons(self) -> Vector:
        """Persons who eat of each product, for as long as the period, shape (P, T): all, or of a place those of the place."""
        result = np.tile(self.population * self.axes.time.length, (len(self.axes.products), 1))
        if self.axes.regional:
            layout, periods = self.axes.layout, self.axes.economy.periods
            for at in np.unique(self.axes.column_codes("consumption", "product")):
                name, where = base(self.axes.products[at]), place(self.axes.products[at])
                for t, label in enumerate(periods if where else ()):
                    own = layout.portions("consumption", name, "", periods, label)
                    portions = own or layout.portions(POPULATION, "*", "", periods, label) or {}
                    result[at, t] *= portions.get(where, 0.0)
        return result

    def _household(self, table: str, values: Vector) -> Vector:
        result = np.zeros(len(self.axes.products))
        np.add.at(result, self.axes.column_codes(table, "product"), values)
        return result

    @cached_property
    def fixed(self) -> Vector:
        """Household use that does not move with the level, product-period."""
        frame = self.axes.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * (1.0 - frame["flexible"])).to_numpy())
        return (per_head[:, None] * self.persons).ravel()

    @cached_property
    def flexible(self) -> Matrix:
        """Household use per unit of the level, product-period by period."""
        frame = self.axes.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * frame["flexible"]).to_numpy())
        product = np.repeat(np.arange(len(self.axes.products)), self.T)
        period = np.tile(np.arange(self.T), len(self.axes.products))
        value = (per_head[:, None] * self.persons).ravel()
        used = np.repeat(per_head != 0, self.T)
        return Matrix((value[used], ((product * self.T + period)[used], period[used])), shape=(len(value), self.T))

    @cached_property
    def of_workers(self) -> Matrix:
        """Extra use by those employed, product-period by resource-period: of a product with places by those of the place."""
        per_worker = self._household(
            "worker_consumption", self.axes.tables["worker_consumption"]["per_worker"].to_numpy()
        )
        eaten, eaters = np.flatnonzero(per_worker), self.axes.labour
        where = np.array([place(label) for label in self.axes.products[eaten]], object)
        there = np.array([place(label) for label in self.axes.resources[eaters]], object)
        product, resource = np.nonzero((where[:, None] == "") | (where[:, None] == there[None, :]))
        cells = self.axes.block(eaten[product]), self.axes.block(eaters[resource])
        shape = (len(per_worker) * self.T, len(self.axes.resources) * self.T)
        return Matrix((np.repeat(per_worker[eaten[product]], self.T), cells), shape=shape)

    @cached_property
    def headcount(self) -> Matrix:
        """Period by resource-period: adds up persons over the kinds of labour."""
        cells = np.tile(np.arange(self.T), len(self.axes.labour)), self.axes.block(self.axes.labour)
        return Matrix((np.ones(len(cells[0])), cells), shape=(self.T, len(self.axes.resources) * self.T))
