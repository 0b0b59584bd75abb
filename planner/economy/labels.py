"""Rows of a table in a few words: their keys, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.economy.schema.columns import Table

__all__ = ["key_texts", "row_labels"]


def row_labels(table: Table, frame: pd.DataFrame, keys: Sequence[str]) -> list[str]:
    """Keys of each row in words, such as ``ambitious output iron 2``; a key that holds its default is left out.

    Args:
        table: whose rows they are.
        frame: the rows.
        keys: which of its keys are to be named.

    >>> from planner.economy.schema import TABLES
    >>> trade = pd.DataFrame({"product": ["grain"], "direction": ["export"], "period": ["1931"], "currency": [""]})
    >>> row_labels(TABLES["trade"], trade, list(trade))
    ['grain export 1931']
    >>> rows = pd.DataFrame({"plan": ["p", "p"], "item": ["iron", "iron"], "sense": ["at_least", "at_most"]})
    >>> row_labels(TABLES["targets"], rows, ["plan", "item", "sense"])
    ['p iron', 'p iron at_most']
    """
    cells = [key_texts(frame[key]) for key in keys]
    usual = [_text(table.by_name[key].default) for key in keys]
    return [
        " ".join(text for text, default in zip(row, usual, strict=True) if text != default)
        for row in zip(*cells, strict=True)
    ] or [""] * len(frame)


def key_texts(column: pd.Series) -> list[str]:
    """Labels of a key column; those that are numbers as they are written.

    >>> key_texts(pd.Series([10.0, 0.5])), key_texts(pd.Series(["a", "1931"]))
    (['10', '0.5'], ['a', '1931'])
    """
    return [str(_text(label)) for label in column.tolist()]


def _text(label: object) -> object:
    return f"{label:.15g}" if isinstance(label, int | float) else label
