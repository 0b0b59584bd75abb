"""Rows of a table in a few words: their keys, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.economy.schema.columns import Table

__all__ = ["row_labels"]


def row_labels(table: Table, frame: pd.DataFrame, keys: Sequence[str]) -> list[str]:
    """Keys of each row in words, such as ``ambitious output iron 2``; a key that holds its default is left out.

    Args:
        table: whose rows they are.
        frame: the rows.
        keys: which of its keys are to be named.

    >>> from planner.economy.schema import TABLES
    >>> rows = pd.DataFrame({"plan": ["p", "p"], "item": ["iron", "iron"], "sense": ["at_least", "at_most"]})
    >>> row_labels(TABLES["targets"], rows, ["plan", "item", "sense"])
    ['p iron', 'p iron at_most']
    """
    cells = [frame[key].astype(str).tolist() for key in keys]
    usual = [table.by_name[key].default for key in keys]
    return [
        " ".join(text for text, default in zip(row, usual, strict=True) if default is None or text != default)
        for row in zip(*cells, strict=True)
    ] or [""] * len(frame)
