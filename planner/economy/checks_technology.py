"""Checks of techniques: none may feed on itself, alone or in a circle."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.economy.columns import FILE, ROW
from planner.economy.findings import Finding
from planner.economy.heading import Heading
from planner.economy.productivity import Guilty, Technology, guilty_blocks, productive

__all__ = ["BaseTechnology", "technology"]


class BaseTechnology:
    """The coefficients in force in the first period, as arrays; rows that cannot be used are left out.

    Args:
        tables: effective tables.
        first: label of the first period.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], first: str) -> None:
        """Choose the rows and number the labels."""
        rows = tables["coefficients"]
        rows = rows[rows["from_period"].isin(["", first]) & np.isfinite(rows["value"]) & (rows["value"] >= 0)]
        rows = rows.iloc[np.argsort(rows["from_period"] == first, kind="stable")]  # a named first period wins
        rows = rows.drop_duplicates(["activity", "item", "role"], keep="last")
        self.products = pd.Index(tables["products"]["product"].unique())
        activities = tables["activities"].drop_duplicates("activity")
        self.activities = pd.Index(activities["activity"])
        self.principal = self.products.get_indexer(pd.Index(activities["product"]))
        self.units = tables["products"].drop_duplicates("product")["unit"].to_numpy(dtype=object)
        item = self.products.get_indexer(pd.Index(rows["item"]))
        maker = self.activities.get_indexer(pd.Index(rows["activity"]))
        role = rows["role"].to_numpy(dtype=object)
        known = (item >= 0) & (maker >= 0)
        stated = known & (role == "output")
        taken = known & (role == "input") & (rows["value"] > 0).to_numpy()
        own = np.zeros(len(self.activities), dtype=bool)
        own[maker[stated & (item == self.principal[maker])]] = True
        silent = np.flatnonzero(~own & (self.principal >= 0))
        makes = stated & (rows["value"] > 0).to_numpy()
        self.inputs, self.outputs = rows[taken], rows[stated]
        self.whole = Technology(
            len(self.products), item[taken], maker[taken], rows["value"].to_numpy()[taken],
            np.concatenate([item[makes], self.principal[silent]]), np.concatenate([maker[makes], silent]),
            np.concatenate([rows["value"].to_numpy()[makes], np.ones(len(silent))]),
        )  # fmt: skip

    def without(self, *, activities: np.ndarray, products: np.ndarray) -> tuple[Technology, np.ndarray]:
        """The technology without some activities, some products being free; and where its inputs stand in the whole."""
        whole = self.whole
        made = ~np.isin(whole.maker, activities) & ~np.isin(whole.made, products)
        used = np.flatnonzero(~np.isin(whole.user, activities) & ~np.isin(whole.used, products))
        return Technology(
            whole.products, whole.used[used], whole.user[used], whole.takes[used],
            whole.made[made], whole.maker[made], whole.makes[made],
        ), used  # fmt: skip


def technology(tables: Mapping[str, pd.DataFrame], heading: Heading) -> list[Finding]:
    """Activities and cycles of activities that use up what they make, and dependence on imports as a warning."""
    if _unsure(tables["coefficients"]):
        return []
    base = BaseTechnology(tables, heading.periods[0] if heading.periods else "")
    if not len(base.inputs):
        return []
    losing, result = _self_consuming(base)
    imports = tables["trade"]["product"][tables["trade"]["direction"] == "import"].unique()
    bought = np.flatnonzero(base.products.isin(imports))
    closed, at = base.without(activities=losing, products=np.array([], dtype=np.intp))
    if productive(closed):
        return result
    helped, at_helped = base.without(activities=losing, products=bought)
    if productive(helped):
        for guilty in guilty_blocks(closed):
            result.append(_finding(base, guilty, at[guilty.inputs], "W204"))
        return result
    return result + [_finding(base, guilty, at_helped[guilty.inputs], "E131") for guilty in guilty_blocks(helped)]


def _unsure(rows: pd.DataFrame) -> bool:
    """Whether a row that states an output, or may do so, cannot be used: then what is made is not known."""
    lost = rows["value"].isna() | (rows["value"] < 0)
    other = ~rows["role"].isin(["input", "capacity", "resource"])
    return bool((other & (lost | (rows["role"] != "output"))).any())


def _self_consuming(base: BaseTechnology) -> tuple[np.ndarray, list[Finding]]:
    """Activities that take as much of their principal product as they make."""
    whole = base.whole
    own = whole.used == base.principal[whole.user]
    takes = np.bincount(whole.user[own], whole.takes[own], len(base.activities))
    principal = whole.made == base.principal[whole.maker]
    makes = np.bincount(whole.maker[principal], whole.makes[principal], len(base.activities))
    losing = np.flatnonzero((takes > 0) & (takes >= makes) & (base.principal >= 0))
    result = []
    for activity in losing.tolist():
        name, at = base.activities[activity], base.principal[activity]
        product, unit = base.products[at], base.units[at]
        rows = pd.concat([base.inputs, base.outputs])
        rows = rows[(rows["activity"] == name) & (rows["item"] == product)]
        said = (
            f"One unit of {name} takes {takes[activity]:.4g} {unit} of {product} and makes {makes[activity]:.4g} "
            f"{unit}, so it can only lose. Is the input per {unit}?"
        )
        result.append(_at_rows("E132", rows, said, f"{takes[activity]:.15g}"))
    return losing, result


def _finding(base: BaseTechnology, guilty: Guilty, inputs: np.ndarray, code: str) -> Finding:
    """The cycle in words, with the rows of its heaviest inputs."""
    shown = inputs[:6]
    rows = base.inputs.iloc[shown]
    links: dict[int, list[str]] = {}
    for at in shown.tolist():
        item = base.whole.used[at]
        user = int(base.whole.user[at])
        links.setdefault(user, []).append(f"{base.whole.takes[at]:.4g} {base.units[item]} of {base.products[item]}")
    parts = []
    for user, takes in links.items():
        product, unit = base.products[base.principal[user]], base.units[base.principal[user]]
        maker = base.activities[user]
        by = "" if maker == product else f" by {maker}"
        parts.append(f"1 {unit} of {product}{by} takes {' and '.join(takes)}")
    largest = rows.iloc[int(np.argmax(base.whole.takes[shown]))]
    end = "so no level of output can balance" if code == "E131" else "so without imports no level of output balances"
    said = (
        f"{', and '.join(parts)}: together {guilty.share:.4g} per unit, {end}. "
        f"Is row {largest[ROW]} of {largest[FILE]} really {largest['unit'] or 'per unit of output'}?"
    )
    return _at_rows(code, rows, said, f"{guilty.share:.4g}")


def _at_rows(code: str, rows: pd.DataFrame, said: str, value: str) -> Finding:
    """A finding at rows of several files is placed in the file of the first; the others are named in the sentence."""
    file = str(rows[FILE].iloc[0])
    here = tuple(sorted(int(row) for row in rows[ROW][rows[FILE] == file]))
    others = rows[rows[FILE] != file]
    also = "".join(f" See also {other}, row {row}." for other, row in zip(others[FILE], others[ROW], strict=True))
    return Finding(code, file, here, "value", value, said + also)
