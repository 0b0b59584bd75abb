"""Techniques as sparse matrices over activity-periods."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.axes import Axes, Codes, Vector
from planner.program import Matrix


class Technique(Axes):
    """What activities take, make, occupy and employ."""

    @cached_property
    def _coefficients(self) -> dict[str, tuple[Codes, Codes, Codes, Codes, Vector]]:
        """By role: item, activity, period, lead and value of every coefficient in force, one entry a period."""
        frame = self.tables["coefficients"]
        role = frame["role"].to_numpy(dtype=object)
        activity = self.codes("activity", frame["activity"])
        item = np.full(len(frame), -1, dtype=np.intp)
        for name, axis in (
            ("input", "product"),
            ("output", "product"),
            ("capacity", "capacity"),
            ("resource", "resource"),
        ):
            of_role = role == name
            item[of_role] = self.codes(axis, frame["item"].to_numpy(dtype=object)[of_role])
        begins = frame["from_period"].to_numpy(dtype=object)
        first = np.where(begins == "", 0, self.codes("period", begins))
        lead = frame["lead"].to_numpy().astype(np.intp)
        value = frame["value"].to_numpy()
        kind = pd.factorize(role)[0]
        order = np.lexsort((first, kind, item, activity))
        same = np.zeros(len(frame), bool)  # same coefficient as the next row in the order, which then takes over
        follower = order[1:]
        same[order[:-1]] = (
            (activity[order[:-1]] == activity[follower]) & (item[order[:-1]] == item[follower])
            & (kind[order[:-1]] == kind[follower])
        )  # fmt: skip
        last = np.full(len(frame), self.T)
        last[order[:-1]] = np.where(same[order[:-1]], first[follower], self.T)
        lasts = np.maximum(last - first, 0)
        row = np.repeat(np.arange(len(frame)), lasts)
        period = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(lasts) - lasts, lasts)
        result = {}
        for name in ("input", "output", "capacity", "resource"):
            chosen = role[row] == name
            r = row[chosen]
            result[name] = (item[r], activity[r], period[chosen], lead[r], value[r])
        return result

    def _technology(self, role: str, items: int) -> Matrix:
        item, activity, period, lead, value = self._coefficients[role]
        taken = period - lead
        inside = taken >= 0  # what is taken before the horizon is not the plan's to find
        return Matrix(
            (value[inside], ((item * self.T + taken)[inside], (activity * self.T + period)[inside])),
            shape=(items * self.T, len(self.activities) * self.T),
        )

    @cached_property
    def uses(self) -> Matrix:
        """A⁻: product-period by activity-period, unit of the product per unit of the activity, leads applied."""
        return self._technology("input", len(self.products))

    @cached_property
    def makes(self) -> Matrix:
        """A⁺: product-period by activity-period; 1 of the principal product unless an output row says otherwise."""
        stated = self._technology("output", len(self.products))
        principal = self.codes("product", self.tables["activities"]["product"])
        item, activity, *_ = self._coefficients["output"]
        silent = np.ones(len(self.activities), bool)
        silent[activity[item == principal[activity]]] = False
        j = np.repeat(np.flatnonzero(silent), self.T)
        t = np.tile(np.arange(self.T), int(silent.sum()))
        implied = Matrix((np.ones(len(j)), (principal[j] * self.T + t, j * self.T + t)), shape=stated.shape)
        return stated + implied

    @cached_property
    def employs(self) -> Matrix:
        """l: resource-period by activity-period, leads applied."""
        return self._technology("resource", len(self.resources))

    @cached_property
    def plant(self) -> Matrix:
        """κ: capacity-period by activity-period; an activity with no row uses 1 of the capacity that bears its name."""
        stated = self._technology("capacity", len(self.capacities))
        own = self.codes("capacity", self.activities)
        silent = own >= 0
        silent[self._coefficients["capacity"][1]] = False
        j = np.repeat(np.flatnonzero(silent), self.T)
        t = np.tile(np.arange(self.T), int(silent.sum()))
        return stated + Matrix((np.ones(len(j)), (own[j] * self.T + t, j * self.T + t)), shape=stated.shape)
