"""The axes of an economy: its labels, their positions and units, and flat blocks over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.time import Time
from planner.economy.items import aggregate, currencies
from planner.economy.places import TO, Layout, everywhere, place
from planner.economy.places.locating import located
from planner.program import Matrix, select

if TYPE_CHECKING:
    from planner.economy.economy import Economy

Vector = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Labels = npt.NDArray[np.object_]
Made = TypeVar("Made")


def later(periods: Sequence[str], steps: int) -> str:
    """The label so many periods after the last: numbers go on counting, other labels get a sign.

    >>> later(("1932", "1933"), 2), later(("end",), 1)
    ('1935', 'end+1')
    """
    last = periods[-1]
    if last.isdigit() and str(int(last) + steps) not in periods:
        return str(int(last) + steps)
    return f"{last}+{steps}"


def _located(economy: Economy) -> Mapping[str, pd.DataFrame]:
    """Tables with every place in its labels, kept with the economy as long as it has these tables."""
    if not len(economy.tables["regions"]):
        return economy.tables
    known = economy.known.get("located")
    if known is None or known[0] is not economy.tables:
        known = economy.known["located"] = (economy.tables, located(economy.tables, economy.periods))
    found: Mapping[str, pd.DataFrame] = known[1]
    return found


class Axes:
    """Axes of one economy; letters as in the formulation: P products, J activities, K capacities, S resources, T periods.

    Args:
        economy: a loaded economy, its scenario and corner already chosen.

    ``time`` says how long periods are, and which are parts of others.
    """

    def __init__(self, economy: Economy) -> None:
        """Keep the economy and index its labels."""
        self.economy = economy
        self.tables = _located(economy)
        self._read: dict[tuple[str, str], npt.NDArray[Any]] = {}
        self._indices: dict[str, pd.Index] = {}
        self.T = len(economy.periods)
        self.time = Time(economy.periods, economy.tables["periods"])
        self.periods: Labels = np.array(economy.periods, object)
        self.products = self.labels("products", "product")
        self.activities = self.labels("activities", "activity")
        self.capacities = self.labels("capacities", "capacity")
        self.resources = self.labels("resources", "resource")
        lines = dict.fromkeys(place(label) for label in self.activities if TO in label)
        self.lines: Labels = np.array(list(lines), object)
        self.links: Labels = self.labels("training", "from_resource") + "." + self.labels("training", "to_resource")
        self._axes: dict[str, Labels] = {
            "product": self.products,
            "activity": self.activities,
            "capacity": self.capacities,
            "resource": self.resources,
            "training": self.links,
            "line": self.lines,
            "period": self.periods,
        }

    def labels(self, table: str, column: str) -> Labels:
        """A column of words of a table, shape (rows,)."""
        if (table, column) not in self._read:
            frame, name = self.tables[table], f"{table}.{column}"
            known = self.economy.known.get(name)
            if known is None or known[0] is not frame:
                known = self.economy.known[name] = (frame, frame[column].to_numpy(dtype=object))
            self._read[table, column] = known[1]
        return self._read[table, column]

    def numbers(self, table: str, column: str) -> Vector:
        """A column of numbers of a table, shape (rows,)."""
        if (table, column) not in self._read:
            self._read[table, column] = self.tables[table][column].to_numpy()
        return self._read[table, column]

    def remembered(self, name: str, make: Callable[[], Made], *labels: npt.NDArray[Any]) -> Made:
        """What is worked out from labels alone, kept with the economy.

        A run over thousands of draws replaces numbers, not labels: each economy made with ``replace`` finds here what was
        worked out for the one before, as long as the labels it depends on are the same.
        """
        known = self.economy.known.get(name)
        if known is None or not all(a is b or np.array_equal(a, b) for a, b in zip(known[0], labels, strict=True)):
            known = self.economy.known[name] = (labels, make())
        made: Made = known[1]
        return made

    def column_codes(self, table: str, column: str, axis: str = "") -> Codes:
        """Positions of a table's column on the axis of its name, or on another; -1 for what is not there."""
        axis = axis or column
        labels = self.labels(table, column)
        return self.remembered(f"{table}.{column}/{axis}", lambda: self.codes(axis, labels), self.axis(axis), labels)

    def cells(self, table: str, axis: str) -> Codes:
        """Position of each row of a table keyed (item, period) in a flat block."""
        return self.column_codes(table, axis) * self.T + self.column_codes(table, "period")

    def block(self, items: Codes) -> Codes:
        """Positions in a flat block of some items in every period, item by item."""
        return (items[:, None] * self.T + np.arange(self.T)).ravel()

    def codes(self, axis: str, labels: Sequence[str] | pd.Series[str] | Labels) -> Codes:
        """Positions of labels on an axis."""
        if axis not in self._indices:
            self._indices[axis] = pd.Index(self.axis(axis), dtype=object)
        return self._indices[axis].get_indexer(pd.Index(labels, dtype=object)).astype(np.intp)

    def positions(self, axis: str) -> dict[str, int]:
        """Position of every label on an axis."""
        labels = self.axis(axis)
        return self.remembered(f"/{axis}", lambda: {label: i for i, label in enumerate(labels)}, labels)

    def position(self, axis: str, label: str) -> int:
        """Position of one label on an axis."""
        return self.positions(axis)[label]

    def standing(self, axis: str, item: str) -> list[int]:
        """Positions of an item: its own, or those of all places that it stands for; none where there is no such thing."""
        own = self.positions(axis).get(item)
        return self.places(axis, item) if own is None else [own]

    def places(self, axis: str, item: str) -> list[int]:
        """Positions of all places that an item stands for which is no label itself, being that of several."""
        if not self.regional:
            return []
        labels = self.axis(axis)
        return self.remembered(f"places/{item}/{axis}", lambda: everywhere(item, labels), labels)

    @cached_property
    def layout(self) -> Layout:
        """Where everything is."""
        return Layout(self.economy.tables)

    @cached_property
    def lasting(self) -> Vector:
        """What one unit of each resource comes to over each period, resource-period: of labour its time, of others one."""
        each = np.ones((len(self.resources), self.T))
        each[self.labour] = self.time.length
        return each.ravel()

    @property
    def regional(self) -> bool:
        """Whether there are regions."""
        return bool(len(self.economy.tables["regions"]))

    @property
    def axes(self) -> tuple[str, ...]:
        """Names of the axes."""
        return (*self._axes, "currency")

    def later(self, periods: int) -> Labels:
        """Labels of so many periods from the first, those after the last going on."""
        names = [later(self.time.wholes, step) for step in range(1, periods - self.T + 1)]
        return np.array([*self.periods, *names], object)[:periods]

    def axis(self, name: str) -> Labels:
        """Labels of an axis: product, activity, capacity, resource, training (``from.to``), line, period or currency."""
        return self.currencies if name == "currency" else self._axes[name]

    @cached_property
    def currencies(self) -> Labels:
        """What is paid and earned in, shape (currencies,)."""
        return np.array(currencies(self.tables), object)

    def keys(self, *axes: str) -> tuple[Labels, ...]:
        """Labels of a flattened block, one array an axis, the last axis running fastest."""
        labels = [self.axis(a) for a in axes]

        def block() -> tuple[Labels, ...]:
            grid = np.indices([len(axis) for axis in labels]).reshape(len(axes), -1)
            return tuple(axis[codes] for axis, codes in zip(labels, grid, strict=True))

        return self.remembered(f"keys/{'/'.join(axes)}", block, *labels)

    def units(self, table: str) -> Labels:
        """Units of a table's items, shape (items,)."""
        return self.labels(table, "unit")

    def by_period(self, table: str, axis: str, column: str, default: float = 0.0) -> Vector:
        """A column of a table keyed (item, period) as a flat block; rows of one cell are added up.

        Args:
            table: name of the table.
            axis: which of its columns is the item.
            column: the number wanted.
            default: what a cell without a row holds.
        """
        size = len(self.axis(axis)) * self.T
        flat = self.cells(table, axis)
        result: Vector = np.bincount(flat, weights=self.numbers(table, column), minlength=size).astype(float)
        if default:
            result[np.setdiff1d(np.arange(size), flat)] = default
        return result

    def period_column(self, table: str, column: str, default: float = 0.0) -> Vector:
        """A number of each period, shape (T,)."""
        result = np.full(self.T, default)
        result[self.column_codes(table, "period")] = self.numbers(table, column)
        return result

    @cached_property
    def labour(self) -> Codes:
        """Positions of the resources that are labour."""
        return np.flatnonzero(self.labels("resources", "kind") == "labour")

    @cached_property
    def storable(self) -> Codes:
        """Positions of the products that keep, in the order of the stocks table."""
        return self.column_codes("stocks", "product")

    @cached_property
    def carried_round(self) -> npt.NDArray[np.bool_]:
        """Of which of these the stock of a whole period opens as it closes."""
        return np.asarray(self.labels("stocks", "carried") == "round", dtype=bool)

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

    def of_aggregate(self, name: str) -> Codes:
        """Positions of the products that an aggregate adds up, or that are of a group."""
        return self.codes("product", aggregate(self.tables, name))

    @cached_property
    def prices(self) -> Vector:
        """Base-period price of each product in value units, shape (P,); ``nan`` where there is none."""
        frame = self.tables["products"]
        own = (frame["unit"] == self.economy.value_unit).to_numpy()
        return np.where(frame["price"].isna().to_numpy() & own, 1.0, frame["price"].to_numpy())


class SubjectArrays:
    """What is worked out of one subject's tables; each array is made when first asked for.

    Args:
        axes: labels of the economy, and its tables.
    """

    def __init__(self, axes: Axes) -> None:
        """Keep the axes."""
        self.axes = axes
        self.T = axes.T
