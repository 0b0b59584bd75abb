"""Printing: results on stdout, talk on stderr; colour and progress only on a terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.printable import in_json, marked, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_WIDEST = 120  # a line longer than this is hard to read
_NARROWEST = 30  # least width of the last column of a table; narrower terminals wrap it themselves


def width() -> int:
    """Columns to print on: those of the terminal; without one those of COLUMNS, or plenty."""
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def talk(text: str) -> None:
    """Say something that is no result; where nobody can hear it, go on."""
    with suppress(OSError):
        click.echo(printable(text, lines=True), err=True)


def tell(text: str = "", *, bold: bool = False) -> None:
    """Print lines of a result; text of the data in them is only shown, never obeyed by the terminal.

    Raises:
        OSError: standard output takes nothing more.
    """
    said = printable(text, lines=True)
    _put(click.style(said, bold=True) if bold else said)


def put_out(text: str) -> None:
    """Print what is meant for other programs as it stands."""
    _put(text, end=False)


def _put(text: str, *, end: bool = True) -> None:
    with _to_stdout():
        click.echo(text, nl=end)


@contextmanager
def _to_stdout() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = error.filename or "standard output"
        raise


def print_json(document: Any) -> None:
    """Print a document of plain values as JSON."""
    _put_json(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _put_json(text: str) -> None:
    """JSON in signs that can be seen and that the code page has; other programs read the same from it."""
    text = in_json(text)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(json.loads(text), indent=2) + "\n"
    put_out(text)


def print_answer(folder: Path, summary: Mapping[str, Any], **tables: Any) -> None:
    """Print an answer as JSON: where it was written, its summary, and tables as lists of records.

    Args:
        folder: the run folder; summary: as in ``summary.json``; tables: frames by name.
    """
    from planner.report.write import to_json

    records = {name: table.to_dict("records") for name, table in tables.items()}
    _put_json(to_json({"folder": folder.as_posix(), "summary": summary, **records}))


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows in aligned columns; the last one is wrapped.

    Args:
        rows: cells by column; what is missing stays empty.
        columns: names, in order.
    """
    cells = [[printable(str(row.get(column) or "")) for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in [list(columns), *cells]) for i in range(len(columns) - 1)]
    indent = sum(widths) + 2 * len(widths)
    room = max(width() - indent, _NARROWEST)
    for number, line in enumerate([list(columns), *cells]):
        wrapped = textwrap.wrap(line[-1], room) or [""]
        start = "".join(cell.ljust(size + 2) for cell, size in zip(line, widths, strict=False))
        text = "\n".join([start + wrapped[0], *(" " * indent + more for more in wrapped[1:])])
        tell(text if number == 0 else text.rstrip(), bold=number == 0)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print rows as a table or as a JSON list."""
    if form == "json":
        print_json([{column: row.get(column) for column in columns} for row in rows])
    else:
        print_table(rows, columns)


def console() -> Console:
    """A console for results on stdout.

    It passes a closed pipe on rather than ending the program itself, and takes text as text: nothing written in it is a
    mark (what is bold has gone through ``planner.printable.bold``), and signs that a terminal would obey are shown.
    """
    from rich.console import Console

    class Results(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

        def print(self, *objects: Any, **options: Any) -> None:
            marked = (_marked(each) if isinstance(each, str) else each for each in objects)
            with _to_stdout():
                super().print(*marked, **options)

        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(printable(text, lines=True), **options)

    terminal = sys.stdout is not None and sys.stdout.isatty()
    width = None if terminal or os.environ.get("COLUMNS") else _WIDEST
    return Results(highlight=False, markup=False, emoji=False, width=width)


def _marked(text: str) -> Text:
    """A text in which is bold what `planner.printable.bold` has marked."""
    from rich.text import Text

    return Text().join(Text(printable(part, lines=True), "bold" if strong else "") for part, strong in marked(text))


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is going on, on a terminal only; the line is gone afterwards.

    Args:
        what: to begin with.

    Yields:
        A function that says what comes next.
    """
    terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def say(text: str) -> None:
        if terminal:
            said = printable(text)
            with suppress(OSError):
                click.echo(f"\r\033[K{said}" + (" …" if said else ""), err=True, nl=False, color=True)

    say(what)
    try:
        yield say
    finally:
        say("")
