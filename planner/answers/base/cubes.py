"""Tables as labelled arrays, where xarray is installed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from xarray import Dataset, DataTree

__all__ = ["keys_of", "tree"]

_SPARSE = 50  # cells of a cube for each row, above which a table stays a list of rows


def tree(tables: Mapping[str, pd.DataFrame]) -> DataTree:
    """Tables as one tree of datasets.

    Args:
        tables: by name.

    Raises:
        ModuleNotFoundError: xarray is not installed.
    """
    try:
        from xarray import DataTree
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("xarray is not installed: pip install 'planner[arrays]'", name="xarray") from error
    return DataTree.from_dict({name: _dataset(table) for name, table in tables.items()})


def _dataset(table: pd.DataFrame) -> Dataset:
    keys = keys_of(table)
    indexed = table.set_index(keys) if keys else table.rename_axis("row")
    found: Dataset = indexed.to_xarray()
    return found


def keys_of(table: pd.DataFrame) -> list[str]:
    """The first columns of a table that tell its rows apart; none where no labels do, or their cube would be all but empty.

    >>> keys_of(pd.DataFrame({"product": ["corn", "corn", "iron"], "period": [1, 2, 1], "level": [3.0, 4.0, 5.0]}))
    ['product', 'period']
    >>> keys_of(pd.DataFrame({"name": ["a", "a"], "value": [1.0, 2.0]}))
    []
    """
    keys: list[str] = []
    cells = 1
    for name in table.columns:
        if pd.api.types.is_float_dtype(table[name]) or table[name].isna().any():
            break
        keys.append(str(name))
        cells *= table[name].nunique()
        if not table.duplicated(keys).any():
            return keys if cells <= _SPARSE * max(1, len(table)) else []
    return []
