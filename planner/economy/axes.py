"""The axes of an economy: its labels, their positions and units, and flat blocks over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.economy import Economy

Vector = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Labels = npt.NDArray[np.object_]


class Axes:
    """Axes of one economy; letters as in the formulation: P products, J activities, K capacities, S resources, T periods.

    Args:
        economy: a loaded economy, its scenario and corner already chosen.
    """

    def __init__(self, economy: Economy) -> None:
        """Keep the economy and index its labels."""
        self.economy = economy
        self.tables = economy.tables
        self.periods: Labels = np.array(economy.periods, object)
        self.products = self._labels("products", "product")
        self.activities = self._labels("activities", "activity")
        self.capacities = self._labels("capacities", "capacity")
        self.resources = self._labels("resources", "resource")
        training = self.tables["training"]
        self.links = (training["from_resource"] + "." + training["to_resource"]).to_numpy(dtype=object)
        self.T = len(self.periods)
        self._axes = {
            "product": self.products, "activity": self.activities, "capacity": self.capacities,
            "resource": self.resources, "training": self.links, "period": self.periods,
        }  # fmt: skip

    def _labels(self, table: str, column: str) -> Labels:
        return self.tables[table][column].to_numpy(dtype=object)

    def codes(self, axis: str, labels: Sequence[str] | pd.Series[str] | Labels) -> Codes:
        """Positions of labels on an axis."""
        return pd.Index(self.axis(axis)).get_indexer(pd.Index(labels)).astype(np.intp)

    def position(self, axis: str, label: str) -> int:
        """Position of one label on an axis."""
        return int(np.flatnonzero(self._axes[axis] == label)[0])

    def axis(self, name: str) -> Labels:
        """Labels of an axis: product, activity, capacity, resource, training (``from.to``) or period."""
        return self._axes[name]

    def keys(self, *axes: str) -> tuple[Labels, ...]:
        """Labels of a flattened block, one array an axis, the last axis running fastest."""
        grid = np.indices([len(self._axes[a]) for a in axes]).reshape(len(axes), -1)
        return tuple(self._axes[a][codes] for a, codes in zip(axes, grid, strict=True))

    def units(self, table: str) -> Labels:
        """Units of a table's items, shape (items,)."""
        return self.tables[table]["unit"].to_numpy(dtype=object)

    def by_period(self, table: str, axis: str, column: str, default: float = 0.0) -> Vector:
        """A column of a table keyed (item, period) as a flat block; rows of one cell are added up.

        Args:
            table: name of the table; axis: which of its columns is the item; column: the number wanted.
            default: what a cell without a row holds.
        """
        frame = self.tables[table]
        size = len(self.axis(axis)) * self.T
        flat = self.codes(axis, frame[axis]) * self.T + self.codes("period", frame["period"])
        result = np.bincount(flat, weights=frame[column].to_numpy(), minlength=size)
        if default:
            result[np.setdiff1d(np.arange(size), flat)] = default
        return result
