"""Plant: what stands, what comes on stream, and what building it takes."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.economy.arrays.axes import Codes, SubjectArrays, Vector
from planner.economy.places import base
from planner.program import Matrix, select, to_the

_FOR_EVER = 1_000_000  # periods


class Plant(SubjectArrays):
    """Capacities over their own axis, and building over capacity and period of start."""

    def column(self, column: str) -> Vector:
        """A number of each capacity, shape (K,)."""
        return self.axes.numbers("capacities", column)

    @cached_property
    def gestation(self) -> Codes:
        """Periods from start to first use, shape (K,)."""
        return self.column("gestation").astype(np.intp)

    @cached_property
    def expanded(self) -> Codes:
        """Positions of the plant that is built by expansions, in the order of their table."""
        return self.axes.column_codes("expansions", "capacity")

    @cached_property
    def survives(self) -> Vector:
        """Share of a capacity left after a unit of time, 1 − δ, shape (K,)."""
        return 1.0 - self.column("retirement")

    @cached_property
    def stays(self) -> Vector:
        """The same of what stood in the period before each, capacity-period."""
        time, size = self.axes.time, len(self.axes.capacities)
        return to_the(np.repeat(self.survives, self.T), np.tile(time.lasting(self.T), size))

    @cached_property
    def works(self) -> Vector:
        """What a unit of plant can do in each period, at its highest utilisation, capacity-period."""
        return (self.column("utilisation")[:, None] * self.axes.time.length).ravel()

    @cached_property
    def arrival(self) -> Codes:
        """The period in which what was begun in each is first used, be it after the last, shape (K, T)."""
        return self.axes.time.arrival(self.gestation)

    @cached_property
    def pipeline(self) -> Vector:
        """Capacity coming on stream that was building at the base date, capacity-period."""
        return self.axes.by_period("pipeline", "capacity", "value")

    @cached_property
    def life(self) -> Codes:
        """Periods of use of what comes on stream, shape (K,); the whole horizon, and what follows, where there is no end."""
        stated = self.column("life")
        return np.where(np.isnan(stated), _FOR_EVER, stated).astype(np.intp)

    @cached_property
    def retiring(self) -> Vector:
        """Plant of the base date whose life ends, less what is retired by then, capacity-period of when it is gone."""
        rows = np.flatnonzero(self.axes.labels("opening", "kind") == "retiring")
        capacity = self.axes.column_codes("opening", "key", "capacity")[rows]
        period = self.axes.column_codes("opening", "period")[rows]
        stays = self.axes.time.left(self.survives[capacity], np.full(len(rows), -1), period)
        left = self.axes.numbers("opening", "value")[rows] * stays
        return np.bincount(capacity * self.T + period, left, len(self.axes.capacities) * self.T).astype(float)

    @cached_property
    def ends(self) -> Matrix:
        """Capacity-period by capacity-period of coming on stream: what goes as its life ends, less what is retired by then."""
        return self.axes.time.after(self.life, self.survives)

    @cached_property
    def commissions(self) -> Matrix:
        """Capacity-period by start-period: what comes on stream in a period out of what was started."""
        return self.axes.time.after(self.gestation)

    def coming(self, periods: int) -> Matrix:
        """Capacity-period by start-period: the same over so many periods from the first, within the horizon or after it."""
        arrival, opens = self.arrival, self.axes.time.opens

        def made() -> Matrix:
            capacity, start = (axis.ravel() for axis in np.indices(arrival.shape))
            comes = arrival.ravel()
            inside = (comes < periods) & opens[start]
            cells = (capacity * periods + comes)[inside], (capacity * self.T + start)[inside]
            return Matrix((np.ones(len(cells[0])), cells), shape=(len(arrival) * periods, len(capacity)))

        return self.axes.remembered(f"coming/{periods}", made, arrival, opens)

    @cached_property
    def sites(self) -> npt.NDArray[np.bool_]:
        """Labels that are a pool's plant by where it is built, shape (K,): such plant works in the pool."""
        if not self.axes.regional:
            return np.zeros(len(self.axes.capacities), bool)
        return np.isin(self.axes.capacities, list(self.axes.layout.built_at))

    @cached_property
    def pools(self) -> npt.NDArray[np.bool_]:
        """Pools whose plant is built at sites, and so not in itself, shape (K,)."""
        if not self.sites.any():
            return np.zeros(len(self.axes.capacities), bool)
        return np.isin(self.axes.capacities, list(self.axes.layout.sites))

    @cached_property
    def together(self) -> Matrix:
        """Capacity-period by capacity-period: plant that works together, that of sites in its pool."""
        own = np.arange(len(self.axes.capacities))
        size = len(own) * self.T
        if not self.sites.any():
            return select(np.arange(size), size)
        pool = np.where(self.sites, self.axes.codes("capacity", [base(label) for label in self.axes.capacities]), own)
        cells = self.axes.block(pool), self.axes.block(own)
        return Matrix((np.ones(size), cells), shape=(size, size))

    def _taken(self, line: Codes, lines: int, value: Vector) -> Matrix:
        """Line-period by start-period, from the line of each row of the investment table (-1: none) and its value."""
        rows = np.flatnonzero(line >= 0)
        at, start, used, part = self.axes.time.spans(self.axes.numbers("investment", "year").astype(np.intp)[rows])
        row = rows[at]
        cells = line[row] * self.T + used, self._kind[row] * self.T + start
        return Matrix((value[row] * part, cells), shape=(lines * self.T, len(self.axes.capacities) * self.T))

    @property
    def _kind(self) -> Codes:
        """Kind of plant of each row of the investment table."""
        return self.axes.column_codes("investment", "capacity")

    @cached_property
    def builds(self) -> Matrix:
        """B: product-period by start-period, unit of the product per unit of capacity started."""
        item = self.axes.column_codes("investment", "item", "product")
        return self._taken(item, len(self.axes.products), self.axes.numbers("investment", "value"))

    @cached_property
    def employs(self) -> Matrix:
        """Resource-period by start-period: resources taken by building."""
        item = self.axes.column_codes("investment", "item", "resource")
        return self._taken(item, len(self.axes.resources), self.axes.numbers("investment", "value"))

    def upkeep(self, axis: str) -> Matrix:
        """Item-period by capacity-period: what plant in existence takes, of the products or of the resources.

        Args:
            axis: ``product`` or ``resource``.
        """
        row = np.flatnonzero(self.axes.column_codes("upkeep", "item", axis) >= 0)
        item = self.axes.column_codes("upkeep", "item", axis)[row]
        capacity = self.axes.column_codes("upkeep", "capacity")[row]
        cells = self.axes.block(item), self.axes.block(capacity)
        shape = (len(self.axes.axis(axis)) * self.T, len(self.axes.capacities) * self.T)
        value = self.axes.numbers("upkeep", "value")[row]
        return Matrix(((value[:, None] * self.axes.time.length).ravel(), cells), shape=shape)

    @cached_property
    def investment_value(self) -> Matrix:
        """Capacity-period by start-period: value of goods used in each building year, at central norms, in value units.

        Goods without a base-period price do not count.
        """
        return self._taken(self._kind, len(self.axes.capacities), self._norm_values)

    @cached_property
    def cost(self) -> Vector:
        """What a unit of each capacity costs to build, in value units at central norms; goods without a price do not count."""
        return np.bincount(self._kind, self._norm_values, len(self.axes.capacities)).astype(float)

    @property
    def _norm_values(self) -> Vector:
        """Value of each row of the investment table: central norm × base-period price; 0 for resources and unpriced goods."""
        item = self.axes.column_codes("investment", "item", "product")
        price = np.where(item >= 0, np.nan_to_num(self.axes.prices)[item], 0.0)
        return self.axes.numbers("investment", "central") * price

    def of_group(self, group: str) -> Codes:
        """Capacities on which activities of a group run."""
        activities = self.axes.tables["activities"]
        of_group = activities.loc[activities["group"] == group, "activity"]
        rows = self.axes.tables["coefficients"]
        rows = rows[(rows["role"] == "capacity") & rows["activity"].isin(of_group)]
        own = set(of_group) & set(self.axes.capacities)
        return np.unique(self.axes.codes("capacity", [*rows["item"], *own]))
