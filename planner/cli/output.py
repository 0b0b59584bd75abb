"""Printing: results on stdout, talk on stderr; colour and progress only on a terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST = 120  # a line longer than this is hard to read
_NARROWEST = 30  # least width of the last column of a table; narrower terminals wrap it themselves


def width() -> int:
    """Columns to print on: those of the terminal; without one those of COLUMNS, or plenty."""
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def talk(text: str) -> None:
    """Say something that is no result."""
    click.echo(text, err=True)


def print_json(document: Any) -> None:
    """Print a document as JSON."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_answer(folder: Path, summary: Mapping[str, Any], **tables: Any) -> None:
    """Print an answer as JSON: where it was written, its summary, and tables as lists of records.

    Args:
        folder: the run folder; summary: as in ``summary.json``; tables: frames by name.
    """
    from planner.report.write import to_json

    records = {name: table.to_dict("records") for name, table in tables.items()}
    click.echo(to_json({"folder": folder.as_posix(), "summary": summary, **records}), nl=False)


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print rows in aligned columns; the last one is wrapped.

    Args:
        rows: cells by column; what is missing stays empty.
        columns: names, in order.
    """
    cells = [[str(row.get(column) or "") for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in [list(columns), *cells]) for i in range(len(columns) - 1)]
    indent = sum(widths) + 2 * len(widths)
    room = max(width() - indent, _NARROWEST)
    for number, line in enumerate([list(columns), *cells]):
        wrapped = textwrap.wrap(line[-1], room) or [""]
        start = "".join(cell.ljust(size + 2) for cell, size in zip(line, widths, strict=False))
        text = "\n".join([start + wrapped[0], *(" " * indent + more for more in wrapped[1:])])
        click.echo(click.style(text, bold=True) if number == 0 else text.rstrip())


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print rows as a table or as a JSON list."""
    if form == "json":
        print_json([{column: row.get(column) for column in columns} for row in rows])
    else:
        print_table(rows, columns)


def console() -> Console:
    """A console for results on stdout, which passes a closed pipe on rather than ending the program itself."""
    from rich.console import Console

    class Results(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = sys.stdout.isatty()
    return Results(highlight=False, width=None if terminal or os.environ.get("COLUMNS") else _WIDEST)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is going on, on a terminal only; the line is gone afterwards.

    Args:
        what: to begin with.

    Yields:
        A function that says what comes next.
    """
    terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def say(text: str) -> None:
        if terminal:
            click.echo(f"\r\033[K{text}" + (" …" if text else ""), err=True, nl=False, color=True)

    say(what)
    try:
        yield say
    finally:
        say("")
