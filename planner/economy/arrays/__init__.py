"""An economy's tables as arrays and sparse matrices, the form in which the constraint families read them.

Every matrix acts on whole blocks. A block indexed (item, period) is flattened with the period last: position
``item * T + period``. Nothing here knows an optimisation: these are facts, arranged.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, Vector
from planner.economy.arrays.technique import Technique
from planner.program import Matrix, lag, select

__all__ = ["Arrays", "Codes", "Labels", "Matrix", "Vector"]


class Arrays(Technique):
    """Every array of one economy; each is made when first asked for.

    Args:
        economy: a loaded economy, its scenario and corner already chosen.
    """

    # -- plant and building -------------------------------------------------------------------------------------------

    def capacity_column(self, column: str) -> Vector:
        """A number of each capacity, shape (K,)."""
        return self.tables["capacities"][column].to_numpy()

    @cached_property
    def gestation(self) -> Codes:
        """Periods from start to first use, shape (K,)."""
        return self.capacity_column("gestation").astype(np.intp)

    @cached_property
    def survives(self) -> Vector:
        """Share of a capacity left after a period, 1 − δ, shape (K,)."""
        return 1.0 - self.capacity_column("retirement")

    @cached_property
    def pipeline(self) -> Vector:
        """Capacity coming on stream that was building at the base date, capacity-period."""
        return self.by_period("pipeline", "capacity", "value")

    @cached_property
    def commissions(self) -> Matrix:
        """Capacity-period by start-period: what comes on stream in a period out of what was started."""
        return lag(len(self.capacities), self.T, self.gestation)

    def coming(self, periods: int) -> Matrix:
        """Capacity-period by start-period: the same over so many periods from the first, within the horizon or after it."""
        capacity, start = (axis.ravel() for axis in np.indices((len(self.capacities), self.T)))
        comes = start + self.gestation[capacity]
        inside = comes < periods
        cells = (capacity * periods + comes)[inside], (capacity * self.T + start)[inside]
        return Matrix((np.ones(len(cells[0])), cells), shape=(len(self.capacities) * periods, len(capacity)))

    def _building(self, axis: str, items: int) -> Matrix:
        """Goods or resources taken in each period by capacity started in each period."""
        frame = self.tables["investment"]
        item = self.column_codes("investment", "item", axis)
        row = np.repeat(np.flatnonzero(item >= 0), self.T)
        capacity = self.column_codes("investment", "capacity")
        start = np.tile(np.arange(self.T), len(row) // self.T if self.T else 0)
        used = start + frame["year"].to_numpy().astype(np.intp)[row] - 1
        inside = used < self.T
        row, start, used = row[inside], start[inside], used[inside]
        return Matrix(
            (frame["value"].to_numpy()[row], (item[row] * self.T + used, capacity[row] * self.T + start)),
            shape=(items * self.T, len(self.capacities) * self.T),
        )

    @cached_property
    def builds(self) -> Matrix:
        """B: product-period by start-period, unit of the product per unit of capacity started."""
        return self._building("product", len(self.products))

    @cached_property
    def investment_value(self) -> Matrix:
        """Capacity-period by start-period: value of goods used in each building year, at central norms, in value units.

        Goods without a base-period price do not count.
        """
        frame = self.tables["investment"]
        capacity = self.column_codes("investment", "capacity")
        row = np.repeat(np.arange(len(frame)), self.T)
        start = np.tile(np.arange(self.T), len(frame))
        used = start + frame["year"].to_numpy().astype(np.intp)[row] - 1
        inside = used < self.T
        row, start, used = row[inside], start[inside], used[inside]
        value = self._norm_values[row]
        size = len(self.capacities) * self.T
        return Matrix((value, (capacity[row] * self.T + used, capacity[row] * self.T + start)), shape=(size, size))

    @cached_property
    def cost_of_capacity(self) -> Vector:
        """What a unit of each capacity costs to build, in value units at central norms; goods without a price do not count."""
        return np.bincount(self.column_codes("investment", "capacity"), self._norm_values, len(self.capacities)).astype(
            float
        )

    @property
    def _norm_values(self) -> Vector:
        """Value of each row of the investment table: central norm × base-period price; 0 for resources and unpriced goods."""
        item = self.column_codes("investment", "item", "product")
        price = np.where(item >= 0, np.nan_to_num(self.prices)[item], 0.0)
        return self.tables["investment"]["central"].to_numpy() * price

    def capacities_of_group(self, group: str) -> Codes:
        """Capacities on which activities of a group run."""
        activities = self.tables["activities"]
        of_group = activities.loc[activities["group"] == group, "activity"]
        rows = self.tables["coefficients"]
        rows = rows[(rows["role"] == "capacity") & rows["activity"].isin(of_group)]
        own = set(of_group) & set(self.capacities)
        return np.unique(self.codes("capacity", [*rows["item"], *own]))

    @cached_property
    def building_employs(self) -> Matrix:
        """Resource-period by start-period: resources taken by building."""
        return self._building("resource", len(self.resources))

    # -- households and final use -------------------------------------------------------------------------------------

    def period_column(self, table: str, column: str, default: float = 0.0) -> Vector:
        """A number of each period, shape (T,)."""
        result = np.full(self.T, default)
        result[self.column_codes(table, "period")] = self.tables[table][column].to_numpy()
        return result

    @cached_property
    def population(self) -> Vector:
        """Persons, shape (T,)."""
        return self.period_column("population", "value")

    @cached_property
    def final_use(self) -> Vector:
        """G: exogenous final use, product-period."""
        return self.by_period("final_use", "product", "value")

    def _household(self, table: str, values: Vector) -> Vector:
        result = np.zeros(len(self.products))
        np.add.at(result, self.column_codes(table, "product"), values)
        return result

    @cached_property
    def fixed_consumption(self) -> Vector:
        """Household use that does not move with the level, product-period."""
        frame = self.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * (1.0 - frame["flexible"])).to_numpy())
        return np.outer(per_head, self.population).ravel()

    @cached_property
    def flexible_consumption(self) -> Matrix:
        """Household use per unit of the level, product-period by period."""
        frame = self.tables["consumption"]
        per_head = self._household("consumption", (frame["per_head"] * frame["flexible"]).to_numpy())
        product = np.repeat(np.arange(len(self.products)), self.T)
        period = np.tile(np.arange(self.T), len(self.products))
        value = np.outer(per_head, self.population).ravel()
        used = np.repeat(per_head != 0, self.T)
        return Matrix((value[used], ((product * self.T + period)[used], period[used])), shape=(len(value), self.T))

    @cached_property
    def labour(self) -> Codes:
        """Positions of the resources that are labour."""
        return np.flatnonzero((self.tables["resources"]["kind"] == "labour").to_numpy())

    @cached_property
    def worker_consumption(self) -> Matrix:
        """Extra use per person employed, product-period by period."""
        per_worker = self._household("worker_consumption", self.tables["worker_consumption"]["per_worker"].to_numpy())
        product = np.flatnonzero(per_worker)
        cells = self.block(product), np.tile(np.arange(self.T), len(product))
        return Matrix((np.repeat(per_worker[product], self.T), cells), shape=(len(per_worker) * self.T, self.T))

    @cached_property
    def headcount(self) -> Matrix:
        """Period by resource-period: adds up persons over the kinds of labour."""
        cells = np.tile(np.arange(self.T), len(self.labour)), self.block(self.labour)
        return Matrix((np.ones(len(cells[0])), cells), shape=(self.T, len(self.resources) * self.T))

    # -- training: blocks over (link, period), a link being from one skill to another ----------------------------------

    @cached_property
    def _starts(self) -> tuple[pd.DataFrame, Codes, Codes, Codes, Codes]:
        """Training table; then link, period of start, period looked at, and length, of every pair of periods of a link."""
        table = self.tables["training"]
        grid = np.indices((len(table), self.T, self.T)).reshape(3, -1)
        link, start, at = (axis.astype(np.intp) for axis in grid)
        return table, link, start, at, table["periods"].to_numpy().astype(np.intp)[link]

    def _grade(self, end: str) -> Codes:
        """Position of the grade at one end of each link, ``from`` or ``to``."""
        return self.column_codes("training", f"{end}_resource", "resource")

    def _of_training(self, item: Codes, at: Codes, link: Codes, start: Codes, value: Vector) -> Matrix:
        shape = (len(self.resources) * self.T, len(self.links) * self.T)
        return Matrix((value, (item * self.T + at, link * self.T + start)), shape=shape)

    @cached_property
    def trained(self) -> Matrix:
        """Resource-period by link-period: joins the higher grade when training ends, leaves the lower when it starts."""
        _, link, start, at, length = self._starts
        moves = np.concatenate([np.flatnonzero(at >= start + length), np.flatnonzero(at >= start)])
        joins = np.arange(len(moves)) < np.count_nonzero(at >= start + length)
        grade = np.where(joins, self._grade("to")[link[moves]], self._grade("from")[link[moves]])
        return self._of_training(grade, at[moves], link[moves], start[moves], np.where(joins, 1.0, -1.0))

    @cached_property
    def trainers(self) -> Matrix:
        """Resource-period by link-period: persons of the higher grade who teach while training lasts."""
        table, link, start, at, length = self._starts
        to = self._grade("to")[link]
        during = (at >= start) & (at < start + np.maximum(length, 1))
        value = table["trainers"].to_numpy()[link]
        return self._of_training(to[during], at[during], link[during], start[during], value[during])

    @cached_property
    def stepped_down(self) -> Matrix:
        """Resource-period by link-period: from the higher grade to the lower, for the period."""
        table = self.tables["training"]
        link, at = (axis.astype(np.intp) for axis in np.indices((len(table), self.T)).reshape(2, -1))
        grade = np.concatenate([self._grade("from")[link], self._grade("to")[link]])
        link, at = np.tile(link, 2), np.tile(at, 2)
        return self._of_training(grade, at, link, at, np.repeat([1.0, -1.0], len(link) // 2))

    @cached_property
    def trained_grade(self) -> Matrix:
        """Link-period by resource-period: the higher grade of each link."""
        return select(self.block(self._grade("to")), len(self.resources) * self.T)

    @cached_property
    def training_limit(self) -> tuple[Vector, npt.NDArray[np.bool_]]:
        """Share of the higher grade that may start training, and where there is such a limit, by link and period."""
        share = np.repeat(self.tables["training"]["growth_limit"].to_numpy(), self.T)
        return np.where(np.isnan(share), 0.0, share), ~np.isnan(share)

    # -- units of blocks ----------------------------------------------------------------------------------------------

    @cached_property
    def training_units(self) -> Labels:
        """Unit of each link: that of the higher grade."""
        return self.units("resources")[self._grade("to")]

    @cached_property
    def activity_units(self) -> Labels:
        """Unit of each activity: that of its principal product."""
        return self.units("products")[self.column_codes("activities", "product")]

    # -- resources, stocks, trade -------------------------------------------------------------------------------------

    @cached_property
    def supply(self) -> Vector:
        """Resources available, resource-period."""
        return self.by_period("supply", "resource", "value")

    @cached_property
    def storable(self) -> Codes:
        """Positions of the products that keep, in the order of the stocks table."""
        return self.column_codes("stocks", "product")

    def spread(self, products: Codes, kind: str) -> Matrix:
        """Product-period by a block over some products: puts it into one over all of them.

        Args:
            products: positions.
            kind: what the block is of.
        """
        size = len(self.products) * self.T
        return self.remembered(
            f"spread/{kind}",
            lambda: Matrix(select(self.block(products), size).T),
            products,
            self.products,
            self.periods,
        )

    def traded(self, direction: str) -> pd.DataFrame:
        """The trade rows of one direction."""
        frame = self.tables["trade"]
        return frame[frame["direction"] == direction]

    def trade_cells(self, direction: str) -> tuple[Codes, Codes, Codes]:
        """Rows of the trade table of one direction, with the product and the period of each."""
        rows = np.flatnonzero(self.labels("trade", "direction") == direction)
        return rows, self.column_codes("trade", "product")[rows], self.column_codes("trade", "period")[rows]

    def trade_value(self, direction: str, products: Codes) -> Matrix:
        """Period by product-period of one direction's block: prices in foreign currency per unit of the product."""
        rows, product, period = self.trade_cells(direction)
        price = self.tables["trade"]["price"].to_numpy()[rows]
        cell = np.searchsorted(products, product) * self.T + period
        return Matrix((price, (period, cell)), shape=(self.T, len(products) * self.T))

    @cached_property
    def currency(self) -> str:
        """Unit of foreign exchange, as the finance table states it."""
        units = [unit for unit in self.tables["finance"]["unit"].unique() if unit]
        return str(units[0]) if units else "foreign currency"

    @cached_property
    def so_far(self) -> Matrix:
        """Period by period: sums from the first period to this one."""
        return Matrix(np.tri(self.T))

    @cached_property
    def prices(self) -> Vector:
        """Base-period price of each product in value units, shape (P,); ``nan`` where there is none."""
        frame = self.tables["products"]
        own = (frame["unit"] == self.economy.value_unit).to_numpy()
        return np.where(frame["price"].isna().to_numpy() & own, 1.0, frame["price"].to_numpy())
