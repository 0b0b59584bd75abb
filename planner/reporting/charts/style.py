"""How every chart looks: one figure factory, one palette, one way of saving.

The title states the finding, axes carry units, a line below says what it was drawn from. Hues differ in lightness too,
so that a chart reads in grey print and to colour-blind eyes. matplotlib is imported when a chart is drawn, not before.

A chart is a function that returns a figure::

    @styled
    def attainment_by_year(table, source):
        chart, axes = figure("Not within fifteen years", source, body=2.6)
        axes.plot(table["due"], table["attainment"], color=INK)
        axes.set_xlabel("due in (year)")
        return chart

    save(attainment_by_year(table, source), folder / "charts", "horizon")
"""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, cast

from planner.files import write_bytes, write_text
from planner.language.printable import printable
from planner.reporting.charts.svg import compact
from planner.reporting.run.folder_name import file_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "ACCENT",
    "GRID",
    "INK",
    "MAIN",
    "MUTED",
    "PALE",
    "PAPER",
    "RIM",
    "SHADES",
    "as_png",
    "as_svg",
    "figure",
    "label_end",
    "legend_above",
    "mark",
    "percent_axis",
    "save",
    "source_lines",
    "styled",
    "title_lines",
]

INK = "#1a1a1a"  # text, axes, the line that matters
MAIN = "#1f4e79"  # dark blue: what is feasible, what was computed        lightness 32
ACCENT = "#cd7f20"  # orange: what happened, what stands out              lightness 60, 3 to 1 on white
MUTED = "#6e6e6e"  # secondary text, and lines that only help; 5 to 1 on white
PALE = "#d3d9e0"  # official figures, ranges behind a point               lightness 86; 1.4 to 1 on white, so never without RIM
GRID = "#e4e4e4"
RIM = MUTED  # around what is pale, so that its end is seen
PAPER = "#ffffff"  # what all is drawn on, and words on a dark ground
SHADES = (INK, MUTED, "#a6a6a6", PALE)  # of a chart in greys alone

WIDTH = 8.0  # inches; every chart is as wide as a page
_TITLE, _TEXT, _SMALL = 12.0, 9.0, 7.5  # points
_EDGE = 0.12  # inches around everything
_DOTS, _STEPS = 130, 5  # of a PNG: dots an inch, and shades of a colour between white and itself
_FAMILY = "DejaVu Sans"  # ships with matplotlib; readers without it see the next of _FALLBACK, none of them wider
_FALLBACK = f"'{_FAMILY}', Verdana, Arial, sans-serif"

_STYLE: dict[str, Any] = {
    "font.family": [_FAMILY],
    "font.size": _TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.labelsize": _TEXT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": _TEXT,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": _TEXT,
    "ytick.labelsize": _TEXT,
    "legend.frameon": False,
    "legend.fontsize": _TEXT,
    "hatch.linewidth": 0.6,
    "lines.linewidth": 1.8,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "planner",
    "svg.fonttype": "none",
}

Parameters = ParamSpec("Parameters")


def styled(draw: Callable[Parameters, Figure]) -> Callable[Parameters, Figure]:
    """Draw under the house style, whatever the user's own matplotlib settings are."""

    @wraps(draw)
    def inner(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Figure:
        with _house():
            return draw(*args, **kwargs)

    return inner


def _house() -> AbstractContextManager[None]:
    """Matplotlib's own defaults under ours; its backend is nobody's business here."""
    import matplotlib

    defaults = {key: value for key, value in matplotlib.rcParamsDefault.items() if key != "backend"}
    return matplotlib.rc_context(cast("Any", {**defaults, **_STYLE}))


def figure(
    title: str,
    source: str,
    *,
    body: float,
    left: float = 1.9,
    right: float = 0.3,
    top: float = 0.14,
    bottom: float = 0.55,
    panels: int = 1,
    gap: float = 0.7,
    shares: tuple[float, ...] | None = None,
) -> tuple[Figure, Any]:
    """A figure with its title above, its source line below and axes between.

    Args:
        title: the finding, as a sentence; wrapped.
        source: economy, plan, scenario, floor, how much of the data is verified; wrapped.
        body: height of the axes, inches.
        left: room around the axes for their labels and a legend, inches.
        right: likewise.
        top: likewise.
        bottom: likewise.
        panels: how many axes side by side.
        gap: between them, inches.
        shares: how wide each is, relative to the others.

    Returns:
        The figure, and its axes: one ``Axes``, or an array of them with more than one panel.
    """
    from matplotlib.figure import Figure

    titles, sources = title_lines(title), source_lines(source)
    above = _EDGE + len(titles) * _TITLE * 1.25 / 72 + top
    below = _EDGE + len(sources) * _SMALL * 1.35 / 72 + bottom
    height = above + body + below
    chart = Figure(figsize=(WIDTH, height))
    chart.set_label(title)
    inside = WIDTH - left - right - gap * (panels - 1)
    chart.subplots_adjust(
        left=left / WIDTH,
        right=1 - right / WIDTH,
        top=1 - above / height,
        bottom=below / height,
        wspace=gap * panels / inside,
    )
    axes = chart.subplots(1, panels, gridspec_kw={"width_ratios": shares} if shares else None)
    edge = _EDGE / WIDTH
    chart.text(
        edge, 1 - _EDGE / height, "\n".join(titles), va="top", fontsize=_TITLE, fontweight="bold", linespacing=1.2
    )
    chart.text(edge, _EDGE / height, "\n".join(sources), va="bottom", fontsize=_SMALL, color=MUTED, linespacing=1.3)
    return chart, axes


def title_lines(title: str) -> list[str]:
    """A title in lines no wider than the figure."""
    return _wrapped(title, _TITLE * 0.60)


def source_lines(source: str) -> list[str]:
    """What stands below a chart, in lines no wider than the figure."""
    return _wrapped(source, _SMALL * 0.53)


def _wrapped(text: str, character: float) -> list[str]:
    """Lines no wider than the figure, at so many points a character."""
    return textwrap.wrap(text, int((WIDTH - 2 * _EDGE) * 72 / character)) or [""]


def percent_axis(axis: Any, label: str) -> None:
    """Write an axis of shares in per cent.

    Args:
        axis: ``axes.xaxis`` or ``axes.yaxis``.
        label: what the share is of.
    """
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}".replace("-", "−")))
    axis.set_label_text(f"{label} (%)")


def label_end(axes: Axes, x: float, y: float, text: str, **more: Any) -> None:
    """Write a figure just right of the end of a bar or a point."""
    axes.annotate(text, (x, y), xytext=(4, 0), textcoords="offset points", va="center", annotation_clip=False, **more)


def mark(label: str, **look: Any) -> Any:
    """What a legend shows of a line or a point.

    Args:
        label: what it means.
        look: as matplotlib's ``Line2D`` takes it.
    """
    from matplotlib.lines import Line2D

    return Line2D([], [], label=label, **look)


def legend_above(chart: Figure, axes: Axes, marks: Sequence[Any], *, above: float = 0.06, columns: int = 4) -> None:
    """Write a legend in lines between the title and the axes, from the left edge of the figure on.

    Args:
        chart: with axes.
        axes: the first.
        marks: what it shows, such as ``mark`` makes.
        above: distance to the axes, inches.
        columns: most marks in a line.
    """
    width, height = chart.get_size_inches()
    chart.legend(
        handles=marks,
        loc="lower left",
        bbox_to_anchor=(0.06 / width, axes.get_position().y1 + above / height),
        ncols=columns,
        fontsize=_SMALL,
        borderpad=0,
        columnspacing=1.1,
        handlelength=1.6,
    )


def as_svg(chart: Figure) -> str:
    """The chart as SVG: the same text every time, with words that can be searched and read aloud."""
    target = io.StringIO()
    # no date and no version: what did not change must not differ
    facts = {"Date": None, "Creator": "planner", "Title": printable(str(chart.get_label()))}
    with _drawing(chart):
        chart.savefig(target, format="svg", metadata=facts)
    text = printable(target.getvalue(), lines=True)  # labels of axes are made while it is drawn
    return compact(text.replace(f"'{_FAMILY}'", _FALLBACK), _FALLBACK)


def as_png(chart: Figure) -> bytes:
    """The chart as PNG: the same bytes every time, in the colours of the house and blends of the dark ones with white."""
    from PIL import Image

    drawn, target = io.BytesIO(), io.BytesIO()
    with _drawing(chart):
        chart.savefig(drawn, format="raw", dpi=_DOTS)
    width, height = (int(inches * _DOTS) for inches in chart.get_size_inches().tolist())
    dark, pale = ([bytes.fromhex(c[1:]) for c in some] for some in ((INK, MAIN, ACCENT, MUTED), (PALE, GRID, PAPER)))
    blends = [255 - (255 - part) * step // _STEPS for ink in dark for step in range(1, _STEPS + 1) for part in ink]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*b"".join(pale), *blends])
    image = Image.frombytes("RGBA", (width, height), drawn.getvalue()).convert("RGB")
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


@contextmanager
def _drawing(chart: Figure) -> Iterator[None]:
    """The house style, with text that can be drawn: signs that are not to be seen stand as their escapes."""
    from matplotlib.text import Text

    for text in chart.findobj(Text):
        said = text.get_text()
        text.set_text(printable(said, lines=True))
    with _house(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)  # an empty box stands in the picture
        yield


def save(chart: Figure, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``name.svg`` and ``name.png``.

    Args:
        chart: what a ``styled`` function returned.
        folder: made where there is none.
        name: without ending.

    Returns:
        Both files.
    """
    vector, raster = folder / f"{file_name(name)}.svg", folder / f"{file_name(name)}.png"
    return write_text(vector, as_svg(chart)), write_bytes(raster, as_png(chart))
