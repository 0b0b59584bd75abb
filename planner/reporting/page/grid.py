"""Tables as the page shows them: small ones as HTML, large ones as rows that the page turns over by itself."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.economy.measures import MEASURES
from planner.economy.names import TABLES_OF_NAMES, Names
from planner.economy.provenance import is_address, keys_in
from planner.economy.schema import TABLES
from planner.formulation.named import is_share
from planner.language.counting import capital
from planner.language.printable import printable
from planner.reporting.page.shapes import exact, figure, share
from planner.reporting.page.views import View
from planner.reporting.run.read import Run, TextTable, as_number
from planner.reporting.wording.numbers import selector_name

__all__ = ["PageGrid", "grid"]

MOST_IN_HTML = 150  # rows; longer tables are turned over in pages
FOOTNOTE = "source"  # with its number, the address of a footnote
MOST_AT_ALL = 20_000  # rows; longer tables stay in the folder
_LABELS_ONLY = {"period", "from_period", "due", "span", "year", "item", "product", "capacity", "resource", "claim"}
_NO_NUMBER = {"", "–", "no limit", "empty", "undecided", "nothing"}
_WORDS = {"scenario", "family", "entry", "direction", "kind", "group", "model"}  # words of ours with a line between
_LABELS = {
    "item": "",
    "by": "",
    **{axis: axis for axis in TABLES_OF_NAMES},
}  # columns of labels, and what they are labels of
_SELECTORS = {"first", "second", "selector"}  # rows of the data, as a change names them
_TARGETS = {"left_out", "and"}  # measure, item and period in one cell
_PLAIN = {"attainment": "share reached"}  # headings in place of the names of columns


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and where it leads: parts of its text, each with its address."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Head:
    """A column: its heading, and whether it holds numbers."""

    name: str
    number: bool


@dataclass(frozen=True)
class PageGrid:
    """A table ready to be shown.

    Args:
        name: unique in the page.
        view: what is said of it.
        file: in the run folder, empty where it has none of its own.
        heads: columns.
        rows: cells, none where ``packed`` holds them.
        count: rows there are.
        packed: the rows as JSON, for tables that are turned over; empty for others.
        anchor: what the first cell of a row makes an address of, where others point to rows.
    """

    name: str
    view: View
    file: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    packed: str = ""
    anchor: str = ""

    @property
    def too_long(self) -> bool:
        """Whether the table is only named."""
        return bool(self.count) and not self.rows and not self.packed

    @property
    def numbers(self) -> str:
        """Classes of the table that tell which of its columns hold numbers: shorter than one class in each cell."""
        return " ".join(f"n{at}" for at, head in enumerate(self.heads, 1) if head.number)

    @property
    def meanings(self) -> list[tuple[str, str]]:
        """Columns that are explained."""
        names = [head.name for head in self.heads]
        told = {_heading(key): said for key, said in self.view.columns.items()}
        return [(name, told[name]) for name in names if told.get(name)]


def grid(name: str, table: TextTable, view: View, run: Run, file: str = "", *, ready: bool = False) -> PageGrid:
    """Put a table into cells; sources become numbers of the footnotes, which are the table of sources itself.

    A column in which nothing stands is left to the file.

    Args:
        name: of the table.
        table: itself.
        view: what is said of it.
        run: whose table it is.
        file: it comes from.
        ready: whether the cells are already written as they are to be read.
    """
    told = [column for at, column in enumerate(table.columns) if not len(table) or any(row[at] for row in table.rows)]
    shown = [column for column in told if column != "url"]
    at = [table.columns.index(column) for column in shown]
    labels = _LABELS_ONLY - ({"product"} if "multiplier" in table.columns else set())  # there it is that of two numbers
    numeric = [
        column not in labels and _are_numbers([row[i] for row in table.rows])
        for column, i in zip(shown, at, strict=True)
    ]
    heads = tuple(Head(_heading(column), is_number) for column, is_number in zip(shown, numeric, strict=True))
    if len(table) > MOST_AT_ALL:
        return PageGrid(name, view, file, heads, (), len(table))
    url = table.columns.index("url") if "url" in table.columns else -1
    measure = table.columns.index("measure") if "measure" in table.columns else -1
    unit = table.columns.index("unit") if "unit" in table.columns else -1
    rows = tuple(
        tuple(
            _cell(
                column if row[i] != "*" else "",  # what stands for all has no label
                _all(row[measure] if measure >= 0 else "consumption", run.names)
                if row[i] == "*" and column in ("item", "product") and view is not None
                else row[i],
                None if ready else view,
                run,
                row[url] if url >= 0 and column == "reference" else "",
                is_number=is_number,
                in_shares=unit >= 0 and is_share(row[unit]),
            )
            for column, i, is_number in zip(shown, at, numeric, strict=True)
        )
        for row in table.rows
    )
    anchor = FOOTNOTE if name == "sources" else ""
    if len(table) > MOST_IN_HTML and not anchor:
        return PageGrid(name, view, file, heads, (), len(table), pack(heads, rows, view.choose))
    return PageGrid(name, view, file, heads, rows, len(table), anchor=anchor)


def _heading(column: str) -> str:
    return _PLAIN.get(column, column.replace("_", " "))


def _are_numbers(cells: Sequence[str]) -> bool:
    rest = [cell for cell in cells if cell not in _NO_NUMBER]
    return bool(rest) and all(_parsed(cell) for cell in rest)


def _parsed(cell: str) -> bool:
    plain = cell.replace(",", "").replace("−", "-").replace("+", "").removesuffix("%").strip()
    return not math.isnan(as_number(plain))


def _cell(column: str, cell: str, view: View | None, run: Run, url: str, *, is_number: bool, in_shares: bool) -> Cell:
    if is_number and view is not None and not math.isnan(as_number(cell)):
        of_shares = column in view.shares or (in_shares and column in view.in_unit)
        put = share if of_shares else exact if column in view.as_stated else figure
        return Cell(put(cell))
    if is_number:
        return Cell(cell or "–")
    if column == "source" and run.footnotes:
        return _footnotes(cell, run.footnotes)
    text = _named(column, cell, run.names) if view is not None and column not in view.as_stated else cell
    return Cell(text, ((text, url),) if is_address(url) else ())


def _footnotes(cell: str, known: Mapping[str, str]) -> Cell:
    """What a row names as its source, as numbers of footnotes; what is none stays text.

    >>> _footnotes("nove; own", {"nove": "1", "own": "2"}).text, _footnotes("made up; by hand", {"made up; by hand": "1"}).text
    ('[1] [2]', '[1]')
    """
    parts = (cell,) if cell and cell in known else keys_in(cell)
    links = tuple((f"[{known[part]}]", f"#{FOOTNOTE}-{known[part]}") for part in parts if part in known)
    return Cell(" ".join(text for text, _ in links), links) if len(links) == len(parts) else Cell(cell)


def _all(measure: str, names: Names) -> str:
    """What ``*`` stands for; a table of products without a measure has consumption there.

    >>> _all("employment", Names({})), _all("consumption", Names({}))
    ('All employment', 'Consumption per head')
    """
    return capital(names.target(measure, "*")) if measure in MEASURES else "*"


def _named(column: str, cell: str, names: Names) -> str:
    """A label as its name.

    >>> names = Names({"product": {"pig_iron": "Pig iron, all kinds"}})
    >>> _named("item", "output/pig_iron", names), _named("left_out", "export pig_iron 1933", names)
    ('Pig iron', 'Export of pig iron in 1933')
    >>> _named("family", "material_balance", names), _named("source", "a_b", names)
    ('material balance', 'a_b')
    >>> _named("first", "supply:hands", names), _named("first", "3", names)
    ('Hands', '3')
    """
    if column in _WORDS:
        return cell.replace("_", " ")
    if column in _TARGETS and cell.count(" ") >= 2:
        measure, item, period = cell.split(" ", 2)
        return capital(f"{names.target(measure, item)} in {period}")
    if column == "plan":
        return names.plan(cell)
    if column in _SELECTORS and cell.partition(":")[0] in TABLES:
        return selector_name(cell, names)
    return names.key(cell, axis=_LABELS[column]) if column in _LABELS and cell else cell


def _packed(cell: Cell) -> str | list[str | list[str]]:
    text = printable(cell.text, lines=True)
    return [text, *([printable(part), url] for part, url in cell.links)] if cell.links else text


def pack(heads: Sequence[Head], rows: Sequence[Sequence[Cell]], choose: Sequence[str]) -> str:
    """Rows as JSON for the page's script: each column's different cells once, rows as their positions among them.

    Positions are written as steps from the row above, and no step as nothing, since most cells are those of the row above.

    The text is safe inside a script element.

    >>> pack([Head("a", False)], [[Cell("x")], [Cell("</x>", (("</x>", "https://example.org"),))], [Cell("x")]], [])
    '{"heads":[["a",0,0]],"cells":[["x",["\\\\u003c/x>",["\\\\u003c/x>","https://example.org"]]]],"rows":";1;-1"}'
    """
    places: list[dict[Cell, int]] = [{} for _ in heads]
    packed = [[place.setdefault(cell, len(place)) for place, cell in zip(places, row, strict=True)] for row in rows]
    steps = (
        ",".join(str(at - before) if at != before else "" for at, before in zip(row, above, strict=True))
        for row, above in zip(packed, [[0] * len(heads), *packed], strict=False)
    )
    cells = [[_packed(cell) for cell in place] for place in places]
    told = [[head.name, int(head.number), int(head.name in choose)] for head in heads]
    document = {"heads": told, "cells": cells, "rows": ";".join(steps)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
