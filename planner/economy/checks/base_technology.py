"""The coefficients in force in a period as arrays, before anything else is made of the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.checks.hawkins_simon import InputOutput

__all__ = ["BaseTechnology"]

Mask = npt.NDArray[np.bool_]


class BaseTechnology:
    """Techniques as they stand in a period; rows that cannot be used are left out.

    Args:
        tables: effective tables.
        periods: the horizon.
        at: position of the period.

    Attributes:
        whole: every input and output. inputs: rows of the coefficients in the order of ``whole.used``.
        ahead: which inputs are taken in an earlier period, shape (inputs,).
        outputs: rows of the stated outputs, those of nothing among them.
        principal: position of each activity's product, shape (activities,); -1 where it is not known.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], periods: Sequence[str], at: int = 0) -> None:
        """Choose the rows and number the labels."""
        rows = _in_force(tables["coefficients"], periods, at)
        self.products = pd.Index(tables["products"]["product"].unique())
        activities = tables["activities"].drop_duplicates("activity")
        self.activities = pd.Index(activities["activity"])
        self.principal = self.products.get_indexer(pd.Index(activities["product"]))
        self.units = tables["products"].drop_duplicates("product")["unit"].to_numpy(dtype=object)
        item = self.products.get_indexer(pd.Index(rows["item"]))
        maker = self.activities.get_indexer(pd.Index(rows["activity"]))
        role, value = rows["role"].to_numpy(dtype=object), rows["value"].to_numpy()
        known = (item >= 0) & (maker >= 0)
        stated, taken = known & (role == "output"), known & (role == "input") & (value > 0)
        own = np.zeros(len(self.activities), dtype=bool)
        own[maker[stated & (item == self.principal[maker])]] = True
        silent = np.flatnonzero(~own & (self.principal >= 0))
        makes = stated & (value > 0)
        self.inputs, self.outputs = rows[taken], rows[stated]
        self.ahead: Mask = rows["lead"].to_numpy()[taken] > 0
        self.whole = InputOutput(
            len(self.products),
            item[taken],
            maker[taken],
            value[taken],
            np.concatenate([item[makes], self.principal[silent]]),
            np.concatenate([maker[makes], silent]),
            np.concatenate([value[makes], np.ones(len(silent))]),
        )

    @property
    def at_once(self) -> InputOutput:
        """The techniques with what they take in the period itself, and nothing of what they take ahead."""
        return self.whole.some(~self.ahead, np.ones(len(self.whole.made), dtype=bool))

    def among(self, products: Collection[str]) -> Mask:
        """Which products are among some, shape (products,)."""
        found: Mask = self.products.isin(list(products))
        return found


def _in_force(rows: pd.DataFrame, periods: Sequence[str], at: int) -> pd.DataFrame:
    """Usable rows that have begun by a period, of each coefficient the one that began last."""
    begins = rows["from_period"].map({"": 0, **{label: place for place, label in enumerate(periods)}})
    usable = (begins <= at) & np.isfinite(rows["value"]) & (rows["value"] >= 0)
    rows, begins = rows[usable], begins[usable]
    if not begins.any():  # two rows for one coefficient would be an error by themselves
        return rows
    rows = rows.iloc[np.argsort(begins, kind="stable")]
    return rows.drop_duplicates(["activity", "item", "role"], keep="last")
