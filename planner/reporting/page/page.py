"""A run as one HTML page that needs nothing else: no network, no other file. The same run gives the same bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from planner.files import real, replace, replace_all
from planner.language.counting import capital
from planner.reporting.charts.registry import FOLDER, drawn_files, drawn_from
from planner.reporting.charts.svg import Inline, UnsafeChartError, inline
from planner.reporting.dictionary.glossary import TERMS
from planner.reporting.dictionary.terms import glossed
from planner.reporting.page.answer import answer, doubts, main_table, question
from planner.reporting.page.grid import PageGrid, grid
from planner.reporting.page.kinds import kind_of
from planner.reporting.page.proof import proof
from planner.reporting.page.provenance import made
from planner.reporting.page.render import BLANK, rendered
from planner.reporting.page.shapes import SHAPES, data, target_sources
from planner.reporting.page.short import SHORT, short_page
from planner.reporting.page.views import LIMITS_OF_THE_MODEL, view_of
from planner.reporting.run.files import MANIFEST, digest, listed, sealed
from planner.reporting.run.read import Run, read_run, reading
from planner.reporting.run.write import OutputExists
from planner.reporting.wording.numbers import held_throughout
from planner.reporting.wording.sure import judged

__all__ = ["PAGE", "page", "write_page"]

PAGE = "report.html"  # inside a run folder
_MARK = re.compile(rb'<meta name="generator" content="planner ([0-9a-f]{64})">')
_OF_LISTS = {
    "conflicts": "Each is a smallest set: leave out any part of it, and the rest can hold. None of them is the cause.",
    "cures": "Each is a smallest set: with less, something still clashes. This is arithmetic, not advice.",
}
_COMPARED = (
    " First what all of them have in common, then what varies, with the number of them in brackets; then one by one."
)
_OF_FALLS = (
    "In brackets: the limit that would have to be greater for it not to fall, the other outputs being what they are."
)
_FIRST = 6  # of a long list stand open

_SECTIONS = (
    ("assumed", "What the runs assume otherwise"),
    ("path", "What can be had, year by year"),
    ("charts", "Charts, and their numbers"),
    ("targets", "Official, feasible and actual"),
    ("why", "What stands in the way"),
    ("needed", "What it would have taken"),
    ("sure", "How sure is it?"),
    ("proof", "The proof"),
    ("sources", "Where the numbers come from"),
    ("more", "Further tables"),
)
_TITLES = {  # of a kind's section, where it holds something else
    ("ladder", "targets"): "Plans side by side",
    ("backtest", "targets"): "What was produced, tested like a plan",
    ("compare", "targets"): "What they reach",
    ("uncertainty", "targets"): "In how many draws the figures are met",
    ("execute", "targets"): "Output over tautness",
    ("claims", "targets"): "Statements beside the tables",
    ("join", "charts"): "Each figure, by the year in which all are due",
    ("join", "needed"): "What share of them could be had, by that year",
    ("join", "targets"): "When each figure was reached",
    ("sensitivity", "charts"): "What more of each limit, and each uncertain number, changes",
    ("frontier", "charts"): "Which amounts of the two can be had together",
    ("near_optimal", "charts"): "What every plan near the best has",
    ("regions", "charts"): "Figures of regions, and what goes between them",
    ("money", "charts"): "Households' money against goods",
    ("uncertainty", "charts"): "How far the draws lie apart",
    ("projects", "charts"): "The works of the best programme, and what each is worth",
}
# a chart of another name, and the main table of a kind, stand in the first of these sections
_CHARTS = {
    **dict.fromkeys(("path", "alternatives", "comparison", "execution", "execution_years"), "path"),
    **dict.fromkeys(("targets", "tautness", "backtest", "claims"), "targets"),
    "binding": "why",
    "needed": "needed",
    "horizon": "needed",
}


@dataclass
class Section:
    """A part of the page.

    Args:
        name: its anchor and heading.
        title: likewise.
        says: paragraphs.
        charts: name, title and SVG element, and the table with the same numbers where the run has one.
        lists: heading, sentences that stand open, the rest, a note.
        grids: tables.
    """

    name: str
    title: str
    says: list[str] = field(default_factory=list)
    charts: list[tuple[str, Inline, PageGrid | None]] = field(default_factory=list)
    lists: list[tuple[str, list[str], list[str], str]] = field(default_factory=list)
    grids: list[PageGrid] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.says or self.charts or self.lists or self.grids)


def write_page(folder: Path, out: Path | None = None, *, short: bool = False) -> Path:
    """Draw the charts of a run and write its page, with nothing left half-done and nothing of somebody else's replaced.

    Args:
        folder: of a run.
        out: the page. By default it is ``report.html`` in that folder, charts lie beside it as SVG and PNG, and the
            manifest of the run lists them too; anywhere else it is this one file.
        short: the short page in place of it, ``short.html``, which has no charts beside it.

    Returns:
        The page.

    Raises:
        NotARunError: the folder holds no run, or one that somebody changed so that it cannot be read.
        OutputExists: a file that would be replaced was not written by the planner, or was changed since.
        OSError: a file cannot be written.
    """
    run = read_run(folder)
    target = out or folder / (SHORT if short else PAGE)
    apart = real(target.parent) != real(folder)
    with reading(run):
        drawn = {} if short else drawn_files(run)
        text = (short_page(run) if short else page(run, drawn, links=not apart)).encode()
    if apart:
        _ensure_ours(target)
        return replace(target, text)
    files = {**drawn, target.name: text}
    new = {name: data for name, data in files.items() if not _holds(folder / name, data)}
    known = listed(run.manifest)
    _ensure_own(folder, new, known or {})
    if known is not None and any(known.get(name) != digest(data) for name, data in files.items()):
        both = {**known, **{name: digest(data) for name, data in files.items()}}
        new[MANIFEST] = sealed(run.manifest, both).encode()
    if new:
        replace_all(folder, new)
    return target


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _ensure_own(folder: Path, new: Mapping[str, bytes], known: Mapping[str, str]) -> None:
    """Refuse to replace a file of a run folder that is not as the planner wrote it."""
    for name in new:
        path = folder / name
        if os.path.lexists(path) and not (path.is_file() and digest(path.read_bytes()) == known.get(name)):
            _ensure_ours(path)


def _ensure_ours(path: Path) -> None:
    """Refuse to replace what is not a page, whole and unchanged, that this module wrote."""
    if not os.path.lexists(path):
        return
    data = path.read_bytes() if path.is_file() else b""
    found = _MARK.search(data[:2000])
    if not found or digest(data.replace(found[1], BLANK.encode(), 1)).encode() != found[1]:
        raise OutputExists(
            path,
            "It was not written by the planner, or was changed since. Move it elsewhere, or give --out another file.",
        )


def page(run: Run, drawn: Mapping[str, bytes] | None = None, *, links: bool = True) -> str:
    """The page of a run.

    Args:
        run: what is shown.
        drawn: its charts by path, as ``drawn_files`` gives them; drawn here where they are not given.
        links: whether the page lies in the run folder, so that it can point to its files.
    """
    found = [section for section in _sections(run, drawn_files(run) if drawn is None else drawn) if not section.empty]
    return rendered(
        "page",
        run=run,
        question=question(run),
        kind=kind_of(run),
        answer=answer(run),
        sections=found,
        limits=LIMITS_OF_THE_MODEL if "economy" in run.summary else (),
        caution=run.caution(),
        changed=_changed(run),
        made=made(run),
        words=TERMS,
        links=links,
    )


def _changed(run: Run) -> list[str]:
    """Files on which the page rests and that are not as the run wrote them."""
    return [name for name in run.changed if name not in (PAGE, SHORT) and not name.startswith(f"{FOLDER}/")]


def _sections(run: Run, drawn: Mapping[str, bytes]) -> list[Section]:
    """All parts between the answer and the small print."""
    found = {name: Section(name, title) for name, title in _SECTIONS}
    grids = {shown.name: shown for shown in _grids(run)}
    for name, svg in _charts(run, drawn):
        place = "targets" if name.startswith("ladder") else _CHARTS.get(name, "charts")
        found[place].charts.append((name, svg, grids.pop(drawn_from(name, run.tables), None)))
    for key in ("shares_in_words", "in_words"):
        found["path"].says += [str(sentence) for sentence in run.summary.get(key) or ()]
    path = run.summary.get("path") or {}
    found["path"].says += [str(path["rule"])] if path.get("rule") else []
    falls = [str(fall) for fall in path.get("falls") or ()]
    if falls:
        found["path"].lists.append(("Outputs that fall on the path", falls[:_FIRST], falls[_FIRST:], _OF_FALLS))
    main = main_table(run)
    for shown in grids.values():
        place = "charts" if shown.name == main and shown.view.section == "more" else shown.view.section
        found[place].grids.append(shown)
    for title, key in (("What cannot hold together", "conflicts"), ("What would have had to give way", "cures")):
        sentences = [str(sentence) for sentence in run.summary.get(key) or ()]
        compared = [str(sentence) for sentence in run.summary.get("cures_compared") or ()] if key == "cures" else []
        if sentences:
            cut = "" if run.summary.get("conflicts_complete") else " The list was cut; there are more."
            first = compared or sentences[:_FIRST]
            held = held_throughout([str(words) for words in run.summary.get("conflicts_held") or ()])
            told = f"{_OF_LISTS[key]}{_COMPARED if compared else ''}{cut} {held}".rstrip()
            found["why"].lists.append((title, first, sentences[0 if compared else _FIRST :], told))
    found["targets"].says += [f"{capital(str(sentence))}." for sentence in run.summary.get("answers") or ()]
    found["sure"].says += doubts(run)
    judgements = [
        str(text).replace("`", "") for text in run.summary.get("judgements_made_after_a_verdict_was_seen") or ()
    ]
    if judgements:
        heading = judged(len(judgements)).rstrip(":")
        found["sure"].lists.append((heading, judgements, [], glossed(" ".join(judgements))))
    found["proof"].says += proof(run)
    if kind_of(run).name not in ("feasibility", "ladder", "backtest", "solve"):
        found["more"].title = "Tables"
    for name, section in found.items():
        section.title = _TITLES.get((kind_of(run).name, name), section.title)
    return list(found.values())


def _charts(run: Run, drawn: Mapping[str, bytes]) -> Iterator[tuple[str, Inline]]:
    """Charts of a run: those drawn from its tables, then those that its manifest lists and that are as they were written."""
    texts = {name: data for name, data in drawn.items() if name.endswith(".svg")}
    for name in sorted(listed(run.manifest) or {}):
        if name.startswith(f"{FOLDER}/") and name.endswith(".svg") and name not in (*texts, *run.changed):
            texts[name] = (run.folder / name).read_bytes()
    for number, (name, svg) in enumerate(texts.items(), start=1):
        with suppress(UnsafeChartError):
            yield Path(name).stem, inline(svg.decode("utf-8", errors="replace"), f"chart{number}")


def _grids(run: Run) -> Iterator[PageGrid]:
    """Every table of the run, those that are read first, first."""
    first = (kind_of(run).table, "feasibility", "targets", "verdicts", "relaxation", "decomposition", "horizon")
    # the answer, which is the page itself; a program's text, for the checker; what stands in "data"; every single draw; what
    # an economy that follows begins with
    shown = run.tables.keys() - {"answer", "variants", "places", "samples", "factors", "state"}
    for name in sorted(shown, key=lambda at: (first.index(at) if at in first else len(first), at == "data", at)):
        table = data(run) if name == "data" else run.tables[name]
        if name in SHAPES and len(table):
            yield grid(name, SHAPES[name](run, table), view_of(name), run, f"{name}.csv", ready=True)
        elif len(table):
            yield grid(name, table, view_of(name), run, f"{name}.csv")
        if name in ("feasibility", "targets") and len(table):
            yield grid("target_sources", target_sources(run, table), view_of("target_sources"), run, ready=True)
