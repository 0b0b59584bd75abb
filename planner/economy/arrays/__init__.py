"""An economy's tables as arrays and sparse matrices, the form in which the constraint families read them.

Every matrix acts on whole blocks. A block indexed (item, period) is flattened with the period last: position
``item * T + period``. Nothing here knows an optimisation: these are facts, arranged. `Arrays` is put together of parts, one
subject and one file each; the parts know the labels of `Axes` and nothing of each other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.economy.arrays.accounts import Accounts
from planner.economy.arrays.axes import Axes, Codes, Labels, Vector
from planner.economy.arrays.country import Country
from planner.economy.arrays.households import Households
from planner.economy.arrays.money import Money
from planner.economy.arrays.plant import Plant
from planner.economy.arrays.technology import Technology
from planner.economy.arrays.trade import Trade
from planner.economy.arrays.training import Training
from planner.economy.measures import TABLE_OF
from planner.program import Matrix

if TYPE_CHECKING:
    from planner.economy.economy import Economy

__all__ = ["Arrays", "Codes", "Labels", "Matrix", "Vector"]


class Arrays(Axes):
    """Every array of one economy; each is made when first asked for.

    Args:
        economy: a loaded economy, its scenario and corner already chosen.

    >>> from planner.economy import load
    >>> facts = Arrays(load("two_goods"))
    >>> facts.technology.uses.shape == (len(facts.products) * facts.T, len(facts.activities) * facts.T)
    True
    >>> facts.plant.survives.shape == facts.capacities.shape
    True
    """

    def __init__(self, economy: Economy) -> None:
        """Index the labels and lay out the parts."""
        axes = Axes(economy)  # parts that pointed back at the whole would outlive it until they are collected
        vars(self).update(vars(axes))
        self.technology = Technology(axes)
        self.plant = Plant(axes)
        self.households = Households(axes)
        self.training = Training(axes)
        self.trade = Trade(axes)
        self.money = Money(axes)
        self.country = Country(axes)
        self.accounts = Accounts(axes)

    @cached_property
    def supply(self) -> Vector:
        """N: resources available, resource-period, with what is left of those of the base date."""
        return self.by_period("supply", "resource", "value") + self.training.of_the_base

    @cached_property
    def final_use(self) -> Vector:
        """G: exogenous final use, product-period."""
        return self.by_period("final_use", "product", "value")

    @cached_property
    def base_outputs(self) -> Vector:
        """Output of each product in the base period, shape (P,); 0 where it is not known."""
        return np.nan_to_num(self._of_the_base(self.products))

    @cached_property
    def base_totals(self) -> Vector:
        """The same of each product in all its places, shape (names,): the country's number, or else the sum of those known."""
        wholes = self.country.products
        stated = self._of_the_base(wholes.names)
        return np.where(np.isnan(stated), wholes.sums(1) @ self.base_outputs, stated)

    def _of_the_base(self, labels: Labels) -> Vector:
        """Output of some products in the base period; ``nan`` where it is not known."""
        rows = self.tables["actuals"]
        known = (
            (rows["measure"] == "output") & (rows["period"] == self.economy.base_period) & (rows["preferred"] == "yes")
        )
        values = dict(zip(rows["item"][known], rows["value"][known], strict=True))
        return np.array([values.get(label, np.nan) for label in labels], dtype=float)

    def units_of(self, axis: str) -> Labels:
        """Unit of each label of an axis of things that are counted; of links, that of the labour trained."""
        if axis == "activity":
            return self.technology.units
        if axis == "currency":
            return self.currencies
        if axis == "line":
            limited = self.technology.line_plant
            return (
                np.where(limited >= 0, self.units("capacities")[limited], "") if len(limited) else np.zeros(0, object)
            )
        return self.training.units if axis == "training" else self.units(TABLE_OF[axis])
