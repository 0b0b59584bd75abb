"""A run on one printed page, for people who have never heard of a linear program: its charts and plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reporting.charts.limits import horizon_chart
from planner.reporting.charts.needed import needed_chart, needed_of
from planner.reporting.charts.path import panels_of, path_chart
from planner.reporting.charts.registry import drawings
from planner.reporting.charts.style import as_svg
from planner.reporting.charts.svg import Inline, inline
from planner.reporting.charts.targets import bars, common_share, due_in, targets_chart
from planner.reporting.page.answer import answer, doubts, main_table, question
from planner.reporting.page.grid import grid
from planner.reporting.page.kinds import command_of, kind_of
from planner.reporting.page.render import rendered
from planner.reporting.page.views import LIMITS_OF_THE_MODEL, view_of
from planner.reporting.run.read import Run, TextTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SHORT", "short_page"]

SHORT = "short.html"  # inside a run folder
_PANELS, _BARS = 4, 6  # that leave room for the rest of the page
_CHARTS, _ROWS = 2, 20  # likewise, of a run that judges no single plan


@dataclass(frozen=True)
class PagePart:
    """One question of the page.

    Args:
        asks: in plain words; empty where the title of the chart says it.
        says: a sentence or two.
        chart: that shows it.
    """

    asks: str
    says: tuple[str, ...]
    chart: Inline


def short_page(run: Run) -> str:
    """The page of a run, whole; it holds no script and loads nothing.

    Of `planner feasibility` for one plan it asks three questions; of any other run it has the first charts, or where there is
    none the table that answers.

    Args:
        run: of any kind.
    """
    kind = kind_of(run)
    judged = kind.name == "feasibility"
    parts = [
        PagePart(asks, says, inline(as_svg(chart), f"chart{number}"))
        for number, (asks, says, chart) in enumerate(_parts(run) if judged else _charts(run), start=1)
    ]
    main = main_table(run)
    table = run.table(main)
    return rendered(
        "short",
        run=run,
        title="do the figures fit together?" if judged else kind.title,
        question="" if judged else question(run),
        answer=answer(run),
        parts=parts,
        grid=grid(main, _first(table), view_of(main), run) if len(table) and not parts else None,
        rows=len(table),
        doubts=doubts(run)[:2],
        cannot=(LIMITS_OF_THE_MODEL[0], kind.cannot),
        caution=run.caution(),
        command=command_of(run),
    )


def _first(table: TextTable) -> TextTable:
    return TextTable(table.columns, table.rows[:_ROWS])


def _charts(run: Run) -> Iterator[tuple[str, tuple[str, ...], Figure]]:
    for draw in list(drawings(run).values())[:_CHARTS]:
        yield "", (), draw()


def _parts(run: Run) -> Iterator[tuple[str, tuple[str, ...], Figure]]:
    source = ""  # it stands once, at the foot of the page
    panels = panels_of(run.table("path"), run.names) if "path" in run.tables else []
    if panels and len(panels[0].periods) > 1:
        what = (
            "Circles: what the plan announced. Line: what could be had. Diamonds: what is known to have been produced."
        )
        if len(panels) > _PANELS:
            what += f" Here are {_PANELS} of {len(panels)} outputs; the page of the run has them all."
        yield "What was announced, what could be had, and what happened?", (what,), path_chart(panels[:_PANELS], source)
    found = bars(run.table("feasibility"), run.names, of_shares=True)
    if found:
        figures = str(run.summary.get("figures") or "")
        chart = targets_chart(
            found[:_BARS], source, due_in(run.table("feasibility")), figures=figures, common=common_share(run)
        )
        sentences = tuple(map(str, run.summary.get("shares_in_words") or ()))[:1]
        lowest = "Shown are those that fall shortest." if len(found) > _BARS else ""
        yield "How much of it can stand together?", tuple(filter(None, (*sentences, lowest))), chart
    needed, table = needed_of(run.table("relaxation")), run.table("horizon")
    if needed:
        yield "What would it have taken?", (), needed_chart(needed, source)
    elif len(table) > 1:
        yield "Could the figures have been met later?", (), horizon_chart(table, source)
