"""The path as small multiples: official, feasible and actual by year, a product a panel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.economy.names import Names
from planner.language.counting import capital
from planner.reporting.charts import multiples
from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, PALE, RIM, styled
from planner.reporting.run.read import TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["KNOWN", "MOST", "Panel", "panels_of", "path_chart"]

FINDING = "Official figures, a feasible path to what can be had of them, and what happened; the path is one of many"
MOST = 12  # panels; more cannot be read
KNOWN = (
    "coal",
    "pig_iron",
    "steel",
    "oil",
    "electricity",
    "cement",
    "machinery",
    "tractors",
    "construction",
    "grain",
    "cotton_cloth",
    "*",
)


@dataclass(frozen=True)
class Panel:
    """One product.

    Args:
        name: of it.
        unit: of its figures.
        periods: labels of the periods.
        path: output on the path by period.
        least: the least of it that the settled figures leave room for; ``nan`` where it was not sought.
        greatest: the most of it, likewise.
        actual: what happened, ``nan`` where it is not known.
        official: the plan's figures, ``nan`` where it has none.
        figure: whether the plan has a figure for it.
    """

    name: str
    unit: str
    periods: tuple[str, ...]
    path: tuple[float, ...]
    least: tuple[float, ...]
    greatest: tuple[float, ...]
    actual: tuple[float, ...]
    official: tuple[float, ...]

    @property
    def figure(self) -> bool:
        """Whether the plan has a figure for it."""
        return not all(math.isnan(value) for value in self.official)


def panels_of(table: TextTable, names: Names) -> list[Panel]:
    """The products that are shown: those best known first, then those with figures, as many as can be read.

    Args:
        table: ``path.csv``.
        names: of the economy.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    for row in table.records():
        rows.setdefault(row["product"], []).append(row)
    asked = [name for name, some in rows.items() if any(row["official"] for row in some)]
    order = [name for name in KNOWN if name in rows] + [name for name in asked if name not in KNOWN]
    order += [name for name in rows if name not in order]
    found = []
    for name in order[:MOST]:
        some = rows[name]
        columns = [
            tuple(as_number(row.get(key, "")) for row in some)
            for key in ("feasible", "least", "greatest", "actual", "official")
        ]
        title = names.target("consumption" if name == "*" else "output", name)
        unit = some[0]["unit"].replace("level, base period = 1", "base = 1")
        found.append(Panel(capital(title), unit, tuple(row["period"] for row in some), *columns))
    return found


@styled
def path_chart(panels: list[Panel], source: str) -> Figure:
    """Small multiples: the path as a line, its room as a band, official figures as points, what happened as diamonds.

    Args:
        panels: as ``panels_of`` gives them.
        source: the line below.
    """
    source = f"{source} Grey line: the plan has no figure for it."
    if any(
        not math.isnan(most) for panel in panels for most in panel.greatest
    ):  # a run of `planner solve` seeks no ends
        source += " Band: least and most in that year at the same figures."
    chart, every, height = multiples.panels(FINDING, source, len(panels))
    for axes, panel in zip(every, panels, strict=True):
        at = range(len(panel.periods))
        values = (*panel.path, *panel.actual, *panel.official)
        most = 2.3 * max(value for value in values if not math.isnan(value))
        axes.fill_between(
            at,
            panel.least,
            [min(value, most) for value in panel.greatest],
            facecolor=(PALE, 0.6),
            edgecolor=RIM,
            linewidth=0.5,
        )
        axes.plot(at, panel.path, color=MAIN if panel.figure else MUTED, linewidth=1.8, label="feasible path")
        axes.scatter(at, panel.official, marker="o", s=24, facecolor="white", edgecolor=INK, zorder=4, label="official")
        axes.scatter(
            at, panel.actual, marker="D", s=16, color=ACCENT, edgecolor=INK, linewidth=0.5, zorder=3, label="actual"
        )
        multiples.panel(axes, panel.name, panel.unit, panel.periods, values)
    multiples.put_legend(chart, every[-1], height)
    return chart
