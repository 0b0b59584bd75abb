"""A run as one HTML page that needs nothing else: no network, no other file. The same run gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from planner.report.chart_style import inline
from planner.report.charts import FOLDER, drawings, save_charts
from planner.report.glossary import TERMS
from planner.report.page_answer import answer, doubts, kind_of, question
from planner.report.page_made import made
from planner.report.page_proof import proof
from planner.report.page_run import Run, read_run
from planner.report.page_shapes import SHAPES, sources, target_sources
from planner.report.page_tables import Grid, grid
from planner.report.page_words import LIMITS_OF_THE_MODEL, view_of
from planner.report.sentences import judged
from planner.report.words import held_throughout

__all__ = ["PAGE", "is_ours", "page", "write_page"]

PAGE = "report.html"  # inside a run folder
_MARK = b'<meta name="generator" content="planner">'
_OF_LISTS = {
    "conflicts": "Each is a smallest set: leave out any part of it, and the rest can hold. None of them is the cause.",
    "cures": "Each is a smallest set: with less, something still clashes. This is arithmetic, not advice.",
}
_COMPARED = (
    " First what all of them have in common, then what varies, with the number of them in brackets; then one by one."
)
_FIRST = 6  # of a long list stand open

_SECTIONS = (
    ("charts", "Charts"),
    ("targets", "Official, feasible and actual"),
    ("why", "What stands in the way"),
    ("needed", "What it would have taken"),
    ("sure", "How sure is it?"),
    ("proof", "The proof"),
    ("sources", "Where the numbers come from"),
    ("more", "Further tables"),
)
_CHARTS = {"targets": "targets", "binding": "why", "horizon": "needed"}


@dataclass
class Section:
    """A part of the page.

    Args:
        name, title: its anchor and heading; says: paragraphs; charts: SVG elements by name.
        lists: heading, sentences that stand open, the rest, a note; grids: tables.
    """

    name: str
    title: str
    says: list[str] = field(default_factory=list)
    charts: dict[str, str] = field(default_factory=dict)
    lists: list[tuple[str, list[str], list[str], str]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.says or self.charts or self.lists or self.grids)


def write_page(folder: Path, out: Path | None = None) -> Path:
    """Draw the charts of a run into its folder and write its page.

    Args:
        folder: of a run; out: the page, ``report.html`` in that folder by default.

    Returns:
        The page.

    Raises:
        NotARunError: the folder holds no run.
    """
    run = read_run(folder)
    save_charts(run)
    target = out or folder / PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    at_home = target.parent.resolve() == folder.resolve()
    target.write_text(page(run, links=at_home), encoding="utf-8", newline="\n")
    return target


def is_ours(path: Path) -> bool:
    """Whether a file is a page that this module wrote, so that it may be written anew."""
    with path.open("rb") as file:
        return _MARK in file.read(2000)


def page(run: Run, *, links: bool = True) -> str:
    """The page of a run whose charts are drawn.

    Args:
        run: what is shown; links: whether the page lies in the run folder, so that it can point to its files.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shown = [section for section in _sections(run) if not section.empty]
    text = templates.get_template("page.html").render(
        run=run, question=question(run), answer=answer(run), sections=shown, limits=LIMITS_OF_THE_MODEL,
        caution=run.caution(), made=made(run), words=TERMS, links=links,
    )  # fmt: skip
    return text if text.endswith("\n") else text + "\n"


def _sections(run: Run) -> list[Section]:
    """All parts between the answer and the small print."""
    found = {name: Section(name, title) for name, title in _SECTIONS}
    for name, svg in _charts(run):
        place = "targets" if name.startswith("ladder") else _CHARTS.get(name, "charts")
        found[place].charts[name] = svg
    for shown in _grids(run):
        found[shown.view.section].grids.append(shown)
    for title, key in (("What cannot hold together", "conflicts"), ("What would have had to give way", "cures")):
        sentences = [str(sentence) for sentence in run.summary.get(key) or ()]
        compared = [str(sentence) for sentence in run.summary.get("cures_compared") or ()] if key == "cures" else []
        if sentences:
            cut = "" if run.summary.get("conflicts_complete") else " The list was cut; there are more."
            first = compared or sentences[:_FIRST]
            held = held_throughout([str(words) for words in run.summary.get("conflicts_held") or ()])
            told = f"{_OF_LISTS[key]}{_COMPARED if compared else ''}{cut} {held}".rstrip()
            found["why"].lists.append((title, first, sentences[0 if compared else _FIRST :], told))
    found["sure"].says += doubts(run)
    judgements = [
        str(text).replace("`", "") for text in run.summary.get("judgements_made_after_a_verdict_was_seen") or ()
    ]
    if judgements:
        heading = judged(len(judgements)).rstrip(":")
        found["sure"].lists.append((heading, judgements, [], ""))
    found["proof"].says += proof(run)
    if kind_of(run) == "other":
        found["more"].title = "Tables"
    if kind_of(run) == "ladder":
        found["targets"].title = "Plans side by side"
    return list(found.values())


def _charts(run: Run) -> Iterator[tuple[str, str]]:
    """Charts in the run folder: our own in the order in which they are read, then what other commands drew."""
    drawn = sorted((run.folder / FOLDER).glob("*.svg"))
    order = list(drawings(run))
    for path in sorted(
        drawn, key=lambda path: (order.index(path.stem) if path.stem in order else len(order), path.stem)
    ):
        yield path.stem, inline(path.read_text(encoding="utf-8"), f"chart-{path.stem}")


def _grids(run: Run) -> Iterator[Grid]:
    """Every table of the run, those that are read first, first."""
    first = ("feasibility", "targets", "verdicts", "relaxation", "decomposition", "horizon")
    for name in sorted(run.tables, key=lambda name: (first.index(name) if name in first else len(first), name)):
        table = run.tables[name]
        if name == "data":
            yield grid("sources", sources(run), view_of("sources"), run.names, ready=True)
        if name in SHAPES and len(table):
            yield grid(name, SHAPES[name](run, table), view_of(name), run.names, f"{name}.csv", ready=True)
        elif len(table):
            yield grid(name, table, view_of(name), run.names, f"{name}.csv")
        if name in ("feasibility", "targets") and len(table):
            yield grid("target_sources", target_sources(run, table), view_of("target_sources"), run.names, ready=True)
