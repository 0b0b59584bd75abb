"""What draws say of shares of figures, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console

from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import show_rows
from planner.language.numbers import percent
from planner.reporting.wording.data import interval, share_met

__all__ = ["show_draws"]

_COLUMNS = (
    GridColumn("draws that meet all", "right"),
    GridColumn("95 % interval", "right"),
    GridColumn("low share", "right", drop=2),
    GridColumn("median share", "right"),
    GridColumn("high share", "right", drop=3),
    GridColumn("no plan", "right", drop=1),
)
_LEGEND = {
    "low share, high share": "5 and 95 of 100 draws reach no more",
    "no plan": "draws in which no plan keeps the floors and balances at all; they stand below every share",
}


def show_draws(
    console: Console,
    title: str,
    heads: Sequence[str],
    rows: Iterable[tuple[tuple[str, ...], Mapping[Any, Any]]],
    file: str,
) -> None:
    """Draws in which all figures can be met, and the share reached: one row a question.

    Args:
        console: where it is printed.
        title: of the table.
        heads: of what tells questions apart.
        rows: these cells, and what draws say.
        file: in which it stands whole.
    """
    told = []
    for cells, row in rows:
        shares = (percent(row[key]) if np.isfinite(row[key]) else "no plan" for key in ("p05", "p50", "p95"))
        empty = percent(row["empty"] / row["draws"]) if row["draws"] else "–"
        told.append((*cells, share_met(row), interval(row), *shares, empty))
    show_rows(console, title, [*map(GridColumn, heads), *_COLUMNS], told, file=file, legend=_LEGEND)
