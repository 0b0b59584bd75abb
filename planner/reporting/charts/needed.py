"""What it would have taken to meet every figure: by how much groups of limits would have had to be larger."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.language.counting import capital, listed, lower
from planner.language.numbers import percent
from planner.reporting.charts.style import MAIN, figure, label_end, percent_axis, styled
from planner.reporting.run.read import TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["needed_chart", "needed_of"]

_LINE = 40  # characters of a label
_FEW = 3  # groups that the title names


def needed_of(table: TextTable) -> list[tuple[str, float]]:
    """Groups that have to be larger, and by what share, so that all of it together is least; the greatest first.

    Args:
        table: ``relaxation.csv``.

    >>> rows = (("Labour", "jointly", "0.013", "enough"), ("Plant", "jointly", "0.1", "enough"))
    >>> needed_of(TextTable(("group", "way", "needed", "answer"), rows))
    [('Plant', 0.1), ('Labour', 0.013)]
    """
    rows = table.where(way="jointly", answer="enough").records()
    found = [(capital(row["group"]), as_number(row["needed"])) for row in rows]
    return sorted((one for one in found if one[1] > 0), key=lambda one: -one[1])


def needed_finding(found: Sequence[tuple[str, float]]) -> str:
    """What would have been enough.

    >>> needed_finding([("Plant", 0.1), ("Labour", 0.013)])
    'Every figure could have been met with 10.0 % more of plant and 1.3 % more of labour, both at once'
    >>> needed_finding([("Plant", 0.1)])
    'Every figure could have been met with 10.0 % more of plant'
    """
    named = [f"{percent(share)} more of {lower(group)}" for group, share in found[:_FEW]]
    rest = [f"more of {len(found) - _FEW} others"] if len(found) > _FEW else []
    at_once = "" if len(found) == 1 else f", {'both' if len(found) == 2 else 'all'} at once"
    return f"Every figure could have been met with {listed([*named, *rest])}{at_once}"


@styled
def needed_chart(found: Sequence[tuple[str, float]], source: str) -> Figure:
    """A bar for each group of limits that would have had to be larger.

    Args:
        found: as ``needed_of`` gives them.
        source: the line below.
    """
    note = " Of all ways to make room, one in which the shares add up to least; arithmetic, not advice."
    chart, axes = figure(
        needed_finding(found).replace(" %", "\u00a0%"), source + note, body=0.34 * len(found) + 0.1, left=3.0, right=0.9
    )
    axes.barh(range(len(found)), [share for _, share in found], height=0.6, color=MAIN)
    for y, (_, share) in enumerate(found):
        label_end(axes, share, y, f"+{percent(share)}")
    axes.set_yticks(range(len(found)), [textwrap.fill(group, _LINE) for group, _ in found], fontsize=8)
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    percent_axis(axes.xaxis, "more than there was")
    return chart
