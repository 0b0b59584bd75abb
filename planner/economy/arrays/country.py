"""The country over its regions: its limits on sums, and who may move. All of it is empty where there are no regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, SubjectArrays, Vector
from planner.economy.places import AT, base, place
from planner.program import Expression, Matrix, Rows

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Whole:
    """A number of the country that binds the sum over places.

    Args:
        label: of the item, without a place.
        row: of the number in its table as stated.
        parts: positions of the places on the item's axis.
    """

    label: str
    row: int
    parts: Codes


@dataclass(frozen=True, eq=False)
class Wholes:
    """What an axis has, each item in all its places; without regions the axis itself.

    Args:
        names: of the items without their places, in the order of the axis.
        first: position of the first place of each, shape (names,).
        which: of these each label of the axis is part of, shape (items,).
    """

    names: Labels
    first: Codes
    which: Codes

    @classmethod
    def of(cls, labels: Labels) -> Wholes:
        """The wholes of an axis.

        >>> wholes = Wholes.of(np.array(["coal@A", "iron", "coal@B"], object))
        >>> wholes.names.tolist(), wholes.first.tolist(), wholes.which.tolist()
        (['coal', 'iron'], [0, 1], [0, 1, 0])
        """
        at: dict[str, int] = {}
        which = np.array([at.setdefault(base(str(label)), len(at)) for label in labels], np.intp)
        return cls(np.array(list(at), object), np.unique(which, return_index=True)[1], which)

    def sums(self, periods: int) -> Matrix:
        """Name-period by item-period: adds up the places of each."""
        count, size = len(self.names) * periods, len(self.which) * periods
        row = (self.which[:, None] * periods + np.arange(periods)).ravel()
        return Matrix((np.ones(size), (row, np.arange(size))), shape=(count, size))

    def at_least(self, body: Expression, least: Vector, asked: Mask, units: Labels, *keys: Labels) -> Rows:
        """Rows that ask something of each item in all its places, and of none of these by itself.

        Args:
            body: of each item with its place, shape (items × periods,), or of one period.
            least: what is asked of each name, shape (names × periods,).
            asked: of which it is, likewise.
            units: of each item with its place, shape (items,).
            keys: labels of the periods, shape (periods,), where there are several.
        """
        count = len(self.names)
        periods, kept = len(least) // max(count, 1), np.flatnonzero(asked)
        names, when = np.repeat(self.names, periods)[kept], [np.tile(key, count)[kept] for key in keys]
        unit, most = np.repeat(units[self.first], periods)[kept], np.full(len(kept), np.inf)
        return Rows((self.sums(periods) @ body).rows(kept), least[kept], most, (names, *when), unit)


class Country(SubjectArrays):
    """Limits that bind sums over places, read from the tables as stated."""

    def stated(self, table: str, column: str) -> Vector:
        """A column of numbers of a table as stated."""
        numbers: Vector = self.axes.economy.tables[table][column].to_numpy(dtype=float)
        return numbers

    def _wholes(self, table: str, column: str, axis: str, *others: str) -> Iterator[Whole]:
        """Rows of the country that were laid out over places, without those a row of a region stands for."""
        if not self.axes.regional:
            return
        frame: pd.DataFrame = self.axes.economy.tables[table]
        labels = frame[column].tolist()
        rest = list(zip(*(frame[name].tolist() for name in others), strict=True)) if others else [()] * len(labels)
        own = {(label, key) for label, key in zip(labels, rest, strict=True) if AT in label}
        axis_labels = self.axes.axis(axis)
        for row, (label, key) in enumerate(zip(labels, rest, strict=True)):
            parts = [at for at in self.axes.places(axis, label) if (axis_labels[at], key) not in own]
            if AT not in label and parts:
                yield Whole(label, row, np.array(parts, np.intp))

    @cached_property
    def products(self) -> Wholes:
        """The products, each in all its places."""
        return Wholes.of(self.axes.products)

    @cached_property
    def capacities(self) -> Wholes:
        """The kinds of plant, each in all its places."""
        return Wholes.of(self.axes.capacities)

    @cached_property
    def plant(self) -> tuple[Whole, ...]:
        """Kinds of plant in places, or built at sites, that grow under a limit of the country."""
        limit, positions = self.stated("capacities", "growth_limit"), self.axes.positions("capacity")
        found = []
        for whole in self._wholes("capacities", "capacity", "capacity"):
            if not np.isnan(limit[whole.row]):
                pool = [positions[whole.label]] if whole.label in positions else []
                found.append(Whole(whole.label, whole.row, np.array([*pool, *whole.parts], np.intp)))
        return tuple(found)

    @cached_property
    def spending(self) -> tuple[Whole, ...]:
        """Those in places of which the country has a floor, that regions may spend."""
        floor = self.stated("capacities", "growth_floor")
        return tuple(w for w in self.plant if floor[w.row] > 0 and w.label not in self.axes.positions("capacity"))

    @cached_property
    def spenders(self) -> Codes:
        """Positions of the plant that may grow by a part of the country's floor."""
        parts = [whole.parts for whole in self.spending]
        return np.concatenate(parts) if parts else np.zeros(0, np.intp)

    @cached_property
    def kept(self) -> tuple[Whole, ...]:
        """Products in places of which the country can store no more than a limit."""
        limit = self.stated("stocks", "limit")
        return tuple(w for w in self._wholes("stocks", "product", "product") if not np.isnan(limit[w.row]))

    def traded(self, direction: str) -> tuple[Whole, ...]:
        """Rows of trade of one direction, in products with places, that have a limit."""
        frame, limit = self.axes.economy.tables["trade"], self.stated("trade", "limit")
        way = (frame["direction"] == direction).to_numpy()
        gates = set(self.axes.layout.gates) if self.axes.regional else set()
        found = []
        for whole in self._wholes("trade", "product", "product", "direction", "period"):
            parts = [at for at in whole.parts if place(self.axes.products[at]) in gates]
            if way[whole.row] and not np.isnan(limit[whole.row]):
                found.append(Whole(whole.label, whole.row, np.array(parts, np.intp)))
        return tuple(found)

    @cached_property
    def trained(self) -> tuple[Whole, ...]:
        """Trainings laid out over places that are under a limit of the country; parts are positions of trainings."""
        frame, limit = self.axes.economy.tables["training"], self.stated("training", "growth_limit")
        ends = [tuple(base(part) for part in pair) for pair in zip(*self._trainings, strict=True)]
        found = []
        pairs = zip(frame["to_resource"], frame["from_resource"], strict=True) if self.axes.regional else ()
        for row, (up, down) in enumerate(pairs):
            laid_out = {up, down} & set(self.axes.layout.resources)
            parts = [at for at, pair in enumerate(ends) if pair == (up, down)]
            if laid_out and parts and not np.isnan(limit[row]):
                found.append(Whole(f"{down}.{up}", row, np.array(parts, np.intp)))
        return tuple(found)

    @property
    def _trainings(self) -> tuple[Labels, Labels]:
        return self.axes.labels("training", "to_resource"), self.axes.labels("training", "from_resource")

    # -- who may move -----------------------------------------------------------------------------------------------------

    @cached_property
    def _moving(self) -> tuple[Codes, Codes]:
        """Positions of the resources that may move, and the row of migration that says so."""
        frame = self.axes.economy.tables["migration"]
        said = {label: row for row, label in enumerate(frame["resource"])}
        found = {}
        for label, row in said.items() if self.axes.regional else ():
            for at in [self.axes.position("resource", label)] if AT in label else self.axes.places("resource", label):
                own = said.get(str(self.axes.resources[at]))
                found[at] = row if own is None else own
        return np.array(list(found), np.intp), np.array(list(found.values()), np.intp)

    @property
    def movers(self) -> Codes:
        """Positions of the resources that may move."""
        return self._moving[0]

    def may(self, column: str) -> Vector:
        """Most that may ``leave`` or ``join`` each place in each period, mover-period."""
        at, row = self._moving
        share = self.stated("migration", column)[row] if len(row) else np.zeros(0)
        supply = self.axes.by_period("supply", "resource", "value")[self.axes.block(at)]
        most = (share[:, None] * self.axes.time.length).ravel()
        return np.where(np.isnan(most), np.inf, np.nan_to_num(most) * supply)

    @cached_property
    def pools(self) -> tuple[str, ...]:
        """Kinds of resource that move, without their places."""
        return tuple(dict.fromkeys(base(self.axes.resources[at]) for at in self.movers))

    @cached_property
    def pooled(self) -> Matrix:
        """Kind-period by mover-period: all of one kind together."""
        kind = np.array([self.pools.index(base(self.axes.resources[at])) for at in self.movers], np.intp)
        cells = self.axes.block(kind), np.arange(len(kind) * self.T)
        return Matrix((np.ones(len(cells[0])), cells), shape=(len(self.pools) * self.T, len(kind) * self.T))
