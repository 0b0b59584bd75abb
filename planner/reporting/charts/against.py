"""What was produced, and what texts state, set against the tables: a point a line at full, and the ends of its range."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from planner.language.counting import some_of
from planner.language.numbers import percent
from planner.reporting.charts.ladder import Rung, rungs_legend, rungs_panel
from planner.reporting.charts.style import figure, styled
from planner.reporting.run.read import Run, TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["against_drawings"]

MOST = 24  # lines; more cannot be read
_LINE = 44  # characters of a label
_WIDEST = 2.0  # shares beyond this are drawn at the edge
_RELATIONS = {"<=": " (at most)", ">=": " (at least)"}
_ORDER = ("disagrees", "undecided", "agrees")


def against_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """The chart of a run of ``planner backtest`` or ``planner claims``.

    Args:
        run: any run.
    """
    if spans := _spans(run.table("backtest")):
        most = "most that can be had of all that was produced together"
        source = f"{run.source_line()} Training: periods that the calibration of the data saw; hold-out: the rest."
        yield "backtest", partial(_chart, spans_finding(spans), source, spans, f"{most}, as a share of it")
    if stated := _stated(run.table("claims"), run.table("claim_checks")):
        hidden = len(stated) - MOST
        left_out = f" Of those that agree {hidden:,} are left out." if hidden > 0 else ""
        title = "What the tables have as a share of what is stated; statements that disagree first"
        source = f"{run.source_line()} Numbers alone: a verdict has no share.{left_out}"
        yield (
            "claims",
            partial(_chart, title, source, stated[:MOST], "what the tables have, as a share of what is stated"),
        )


def _spans(table: TextTable) -> list[Rung]:
    """A line a span of periods; those of which nothing is known are left out."""
    found: dict[str, dict[str, float]] = {}
    kinds = {}
    for row in table.records():
        found.setdefault(row["span"], {})[row["corner"]] = as_number(row["attainment"])
        kinds[row["span"]] = row["kind"]
    return [
        Rung(f"{span} ({kinds[span]})", "", share, math.nan, percent(share.get("central", math.nan)))
        for span, share in found.items()
        if any(map(math.isfinite, share.values()))
    ]


def spans_finding(spans: list[Rung]) -> str:
    """In how many spans what was produced fits.

    >>> spans_finding([Rung("to 1929 (training)", "", {"central": 1.004}, math.nan, ""), Rung("1930", "", {}, math.nan, "")])
    'With the numbers as stated what was produced fits in 1 of 2 spans of periods'
    """
    fit = sum(rung.share.get("central", math.nan) >= 1 - 1e-6 for rung in spans)
    return f"With the numbers as stated what was produced fits in {some_of(fit, len(spans), 'span')} of periods"


def _stated(claims: TextTable, checks: TextTable) -> list[Rung]:
    """A line a check of numbers, what disagrees first."""
    said = {row["claim"]: row["statement"] for row in claims.records()}
    rows = [row for row in checks.records() if as_number(row["stated"]) > 0 and math.isfinite(as_number(row["found"]))]
    rows.sort(key=lambda row: _ORDER.index(row["says"]))
    return [
        Rung(
            ": ".join(filter(None, (said[row["claim"]], row["thing"]))),
            "",
            {
                corner: as_number(row[end]) / as_number(row["stated"])
                for corner, end in (("pessimistic", "low"), ("central", "found"), ("optimistic", "high"))
            },
            math.nan,
            row["says"] + _RELATIONS.get(row["relation"], ""),
        )
        for row in rows
    ]


@styled
def _chart(title: str, source: str, lines: list[Rung], label: str) -> Figure:
    """Points and ranges about the line at which both are the same."""
    from math import floor

    texts = ["\n".join(textwrap.wrap(rung.label, _LINE)[:2]) for rung in lines]
    known = [share for rung in lines for share in rung.share.values() if math.isfinite(share)]
    least, edge = min(known), min(_WIDEST, max(1.08, 1.03 * max(known)))
    chart, axes = figure(
        title,
        source,
        body=(0.32 if any("\n" in text for text in texts) else 0.24) * len(lines) + 0.1,
        left=0.3 + 0.062 * max(len(line) for text in texts for line in text.splitlines()),
        right=1.45,
        top=0.42,
    )
    rungs_panel(axes, list(lines), edge, label, start=floor(10 * least - 1) / 10 if least > 0.8 else 0.0)
    axes.set_yticks(range(len(lines)), texts, fontsize=7.5, linespacing=0.95)
    spread = any(len(set(rung.share.values())) > 1 for rung in lines)
    rungs_legend(chart, axes, lines, "over the ranges of the data" if spread else "no number has a range")
    return chart
