"""What draws say, on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console

from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import show_rows
from planner.formulation.named import is_share
from planner.language.numbers import number, percent
from planner.reporting.wording.data import interval, share_met

__all__ = ["show_draws"]

_SHARES = (
    GridColumn("draws that meet all", "right"),
    GridColumn("95 % interval", "right"),
    GridColumn("low share", "right", drop=2),
    GridColumn("median share", "right"),
    GridColumn("high share", "right", drop=3),
    GridColumn("no plan", "right", drop=1),
)
_VALUES = (
    GridColumn("low", "right"),
    GridColumn("median", "right"),
    GridColumn("high", "right"),
    GridColumn("unit", drop=2),
    GridColumn("no plan", "right", drop=1),
)
_NO_PLAN = "draws in which no plan keeps the floors and balances at all; they stand below every share"
_QUANTILES = ("p05", "p50", "p95")


def show_draws(
    console: Console,
    title: str,
    heads: Sequence[str],
    rows: Sequence[tuple[tuple[str, ...], Mapping[Any, Any]]],
    file: str,
) -> None:
    """What is reached over draws, one row a question; of shares of figures also the draws in which all can be met.

    Args:
        console: where it is printed.
        title: of the table.
        heads: of what tells questions apart.
        rows: these cells, and what draws say.
        file: in which it stands whole.
    """
    shares = all(is_share(str(row["unit"])) for _, row in rows)
    told = [(*cells, *(_of_share(row) if shares else _of_value(row)), _empty(row)) for cells, row in rows]
    columns = [*map(GridColumn, heads), *(_SHARES if shares else _VALUES)]
    ends = "low share, high share" if shares else "low, high"
    legend = {ends: "5 and 95 of 100 draws reach no more", "no plan": _NO_PLAN}
    show_rows(console, title, columns, told, file=file, legend=legend)


def _of_share(row: Mapping[Any, Any]) -> tuple[str, ...]:
    values = (percent(row[key]) if np.isfinite(row[key]) else "no plan" for key in _QUANTILES)
    return share_met(row), interval(row), *values


def _of_value(row: Mapping[Any, Any]) -> tuple[str, ...]:
    values = (number(row[key]) if np.isfinite(row[key]) else "no plan" for key in _QUANTILES)
    return *values, str(row["unit"])


def _empty(row: Mapping[Any, Any]) -> str:
    return percent(row["empty"] / row["draws"]) if row["draws"] else "–"
