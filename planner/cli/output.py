"""Printing: results on stdout, talk on stderr; colour and progress only on a terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from planner.language.printable import in_json, marked, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from planner.economy import Economy, Finding

_WIDEST = 120  # a line longer than this is hard to read
_USUAL = 80  # columns of a terminal that does not say how many it has


def width() -> int:
    """Columns to print on: those of the terminal; without one those of COLUMNS, or plenty."""
    return min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)


def talk(text: str) -> None:
    """Say something that is no result, in lines no longer than the screen; where nobody can hear it, go on."""
    with suppress(OSError):
        for line in lines_of(printable(text, lines=True)):
            click.echo(line, err=True)


def told(text: str) -> None:
    """Print a sentence of a result, in lines no longer than the screen."""
    for line in lines_of(printable(text, lines=True)):
        tell(line)


def lines_of(text: str) -> list[str]:
    """A text in lines no longer than the screen, broken at spaces only; its own line breaks stay."""
    from planner.cli.show.grid import paragraph

    said = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))]
        said += paragraph(line.lstrip(" "), width(), indent)
    return said


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


def wrote(folder: Path, **more: str) -> None:
    """Say where a run was written, and what can be done with it.

    Args:
        folder: of the run.
        more: what else to say, each with the command or the file that it is about.
    """
    firm = "\u00a0"  # what is to be copied stays on one line
    talk(f"Wrote{firm}{folder}/".replace(" ", firm))
    for what, how in more.items():
        talk(f"{what.replace('_', ' ')}: {how.replace(' ', firm)}")


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


def print_answer(folder: Path | None, document: Mapping[str, Any]) -> None:
    """Print an answer as JSON.

    Args:
        folder: the run folder, if one was written.
        document: summary and tables, as plain values.
    """
    from planner.reporting.run.write import to_json

    _put_json(to_json({"folder": None if folder is None else folder.as_posix(), **document}))


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], none: str = "") -> None:
    """Print rows in aligned columns as wide as the screen; texts wrap at spaces, numbers stand on the right.

    Args:
        rows: cells by column; what is missing stays empty.
        columns: names, in order.
        none: what is said where there are no rows.
    """
    from planner.cli.show.grid import GridColumn, grid

    if not rows:
        talk(none or "There is none.")
        return
    cells = [["" if row.get(name) is None else printable(str(row[name])) for name in columns] for row in rows]
    numeric = [all(isinstance(row.get(name), int) for row in rows) for name in columns]
    made = grid(
        [GridColumn(n, "right" if is_n else "left") for n, is_n in zip(columns, numeric, strict=True)], cells, width()
    )
    for line in made.head:
        tell(line, bold=True)
    for line in (line for row in made.rows for line in row):
        tell(line)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str, none: str = "") -> None:
    """Print rows as a table or as a JSON list; of a table without rows, say so."""
    if form == "json":
        print_json([{column: row.get(column) for column in columns} for row in rows])
    else:
        print_table(rows, columns, none)


def console() -> Console:
    """A console for results on stdout.

    It passes a closed pipe on rather than ending the program itself, and takes text as text: nothing written in it is a
    mark (what is bold has gone through ``planner.language.printable.bold``), and signs that a terminal would obey are shown.
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
    """A text in which is bold what `planner.language.printable.bold` has marked."""
    from rich.text import Text

    return Text().join(Text(printable(part, lines=True), "bold" if strong else "") for part, strong in marked(text))


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Say on stderr what is going on, in one line of a terminal that is gone afterwards; elsewhere nothing.

    Args:
        what: to begin with.

    Yields:
        A function that says what comes next.
    """
    status(what)
    try:
        yield status
    finally:
        status("")


def status(text: str) -> None:
    """Put a text in place of the status line, cut to the screen: a line that wraps could not be taken back."""
    if sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return
    from planner.cli.show.grid import cut

    columns = os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL
    said = printable(text)
    shown = cut(f"{said} …" if said else "", columns - 1)
    with suppress(OSError):
        click.echo(f"\r\033[K{shown}", err=True, nl=False, color=True)


def warn(economy: Economy, warnings: Sequence[Finding] = (), scenarios: Sequence[Economy] = ()) -> None:
    """Say on stderr that the data have warnings, what the question does not read of them, and what scenarios must say.

    Of shipped data nothing is said: a reader cannot mend them, and ``planner check`` and the report tell.

    Args:
        economy: loaded.
        warnings: of the question, those of the data among them or not.
        scenarios: the economy under each scenario that went into the answer, where it was not this one alone.
    """
    from planner.economy.findings import render
    from planner.reporting.run.manifest import economy_name
    from planner.reporting.wording.data import data_warnings
    from planner.shipped import is_shipped

    shipped = is_shipped(economy.folder)
    own = [finding for finding in economy.warnings if not shipped or finding.file.startswith("--")]
    if own:
        talk(data_warnings(len(own), quote(economy_name(economy))))
    of_question = [finding for finding in warnings if finding not in economy.warnings]
    if of_question:
        talk(render(of_question, width=width()))
    for one in scenarios or (economy,):
        if one.caution:
            talk(f"Scenario {one.scenario}: {one.caution}")
