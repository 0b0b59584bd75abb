"""A run of a plan on one printed page, for people who have never heard of a linear program: three charts and plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.reporting.charts.limits import horizon_chart
from planner.reporting.charts.needed import needed_chart, needed_of
from planner.reporting.charts.path import panels_of, path_chart
from planner.reporting.charts.style import as_svg
from planner.reporting.charts.svg import Inline, inline
from planner.reporting.charts.targets import bars, common_share, due_in, targets_chart
from planner.reporting.page.answer import answer, doubts
from planner.reporting.page.kinds import command_of, kind_of
from planner.reporting.page.render import rendered
from planner.reporting.page.views import LIMITS_OF_THE_MODEL
from planner.reporting.run.read import NotARunError, Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["SHORT", "NotAPlanError", "short_page"]

SHORT = "short.html"  # inside a run folder
_PANELS, _BARS = 4, 6  # that leave room for the rest of the page


class NotAPlanError(NotARunError):
    """A short page was asked of a run that judges no single plan."""

    def __init__(self, run: Run) -> None:
        """Say which run."""
        super().__init__(
            run.folder,
            f"{run.folder} is no run of `planner feasibility` for one plan; a short page is made of such a run alone.",
        )


@dataclass(frozen=True)
class PagePart:
    """One question of the page.

    Args:
        asks: in plain words.
        says: a sentence or two.
        chart: that shows it.
    """

    asks: str
    says: tuple[str, ...]
    chart: Inline


def short_page(run: Run) -> str:
    """The page of a run, whole; it holds no script and loads nothing.

    Args:
        run: of ``planner feasibility`` for one plan.

    Raises:
        NotAPlanError: it is another.
    """
    if kind_of(run).name != "feasibility":
        raise NotAPlanError(run)
    return rendered(
        "short",
        run=run,
        answer=answer(run),
        parts=[
            PagePart(asks, says, inline(as_svg(chart), f"chart{number}"))
            for number, (asks, says, chart) in enumerate(_parts(run), start=1)
        ],
        doubts=doubts(run)[:2],
        cannot=(LIMITS_OF_THE_MODEL[0], kind_of(run).cannot),
        caution=run.caution(),
        command=command_of(run),
    )


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
