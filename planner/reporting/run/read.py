"""A run folder as it lies on disk: its tables as text, its documents, and what is said of it as a whole.

Nothing is solved or loaded again. What a page or a chart says can therefore be found in the folder's own files.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.economy.names import Names
from planner.economy.uncertain import Counts
from planner.files import from_text, table_text
from planner.language.counting import counted
from planner.reporting.run.files import changed_files, listed
from planner.reporting.run.write import to_json
from planner.reporting.wording.conditions import households
from planner.shipped import shipped

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DamagedRunError", "NotARunError", "Run", "TextTable", "as_run", "read_run", "reading"]

BELOW_BASE = "a floor below the base level is a diagnosis, not an option"


class NotARunError(ValueError):
    """The folder holds no run."""

    def __init__(self, folder: Path, says: str = "") -> None:
        """Say which, and what a run is, unless there is more to say."""
        super().__init__(
            says
            or f"{folder} is no run folder: a run holds manifest.json, summary.json and tables. "
            "`planner feasibility` writes one and names it."
        )
        self.folder = folder


class DamagedRunError(NotARunError):
    """Files of the run were changed after it was written, and what they say now cannot be read."""

    def __init__(self, run: Run) -> None:
        """Say which, and what to do."""
        super().__init__(
            run.folder,
            f"{run.folder} was changed after it was written ({', '.join(run.changed)}), and cannot be read as it stands. "
            "Make the run anew, or put the files back as they were.",
        )


@contextmanager
def reading(run: Run) -> Iterator[None]:
    """Let what fails on a run that somebody changed be laid to that, and to nothing else.

    Args:
        run: that is read.

    Raises:
        DamagedRunError: something failed, and the run is not as it was written.
    """
    try:
        yield
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if run.changed and not isinstance(error, NotARunError):
            raise DamagedRunError(run) from error
        raise


@dataclass(frozen=True)
class TextTable:
    """A CSV file as text.

    Args:
        columns: names.
        rows: cells in that order.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def column(self, name: str) -> list[str]:
        """Cells of a column; empty texts where there is no such column."""
        if name not in self.columns:
            return [""] * len(self.rows)
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def numbers(self, name: str) -> list[float]:
        """Cells of a column as numbers; ``nan`` for what is none."""
        return [as_number(cell) for cell in self.column(name)]

    def records(self) -> Iterator[dict[str, str]]:
        """Rows by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def where(self, **cells: str) -> TextTable:
        """The rows that have these cells."""
        wanted = {self.columns.index(name): cell for name, cell in cells.items() if name in self.columns}
        kept = (row for row in self.rows if all(row[at] == cell for at, cell in wanted.items()))
        return TextTable(self.columns, tuple(kept))

    def frame(self, *numbers: str) -> pd.DataFrame:
        """A data frame of text, but for some columns of numbers, ``nan`` for what is none.

        Args:
            numbers: names of those columns; others than the table has are passed over.
        """
        from pandas import DataFrame

        columns = {name: self.numbers(name) if name in numbers else self.column(name) for name in self.columns}
        return DataFrame(columns)


@dataclass(frozen=True)
class Run:
    """What a run folder holds.

    Args:
        folder: where it lies.
        tables: CSV files by stem, in order of name.
        summary: the two documents.
        manifest: likewise.
        changed: files of the run that are no longer as they were written, as far as its manifest lists files.
    """

    folder: Path
    tables: Mapping[str, TextTable]
    summary: Mapping[str, Any]
    manifest: Mapping[str, Any]
    changed: tuple[str, ...] = ()

    @property
    def options(self) -> Mapping[str, Any]:
        """What was chosen, as the manifest says."""
        found = self.manifest.get("options")
        return found if isinstance(found, dict) else {}

    @property
    def title(self) -> str:
        """The plan, the question, the economy or the file, whichever the run is about."""
        told = (self.summary.get(key) for key in ("question", "title", "economy", "file"))
        return self.plan or next((str(text) for text in told if text), "A run of the planner")

    @property
    def plan(self) -> str:
        """The title of the plan that was tested, else its name; empty where it was none or several."""
        name = str(self.summary.get("plan") or "")
        return str(self.summary.get("plan_title") or self.names.plan(name))

    @property
    def floor(self) -> str:
        """The closure of consumption; empty where the run has none or several."""
        told = self.summary.get("floor", self.options.get("floor"))
        floors = {cell for cell in self.table("verdicts").column("floor") if cell}
        return next(iter(floors)) if len(floors) == 1 else "" if floors else str(told or "")

    def table(self, name: str) -> TextTable:
        """A table; one without columns where the run has none of that name."""
        return self.tables.get(name, TextTable((), ()))

    def conditions(self, scenario: str = "") -> list[str]:
        """Economy, plan, scenario, closure and changes: under what the answer holds.

        Args:
            scenario: the one that is spoken of, where the run has several.
        """
        said, known = self.summary, self.options
        parts = [str(said.get("title") or said.get("economy") or "")]
        if said.get("file"):
            parts = [counted(int(said[f"{kind}s"]), kind) for kind in ("row", "column")]
        if self.plan:
            parts.append(f"plan: {self.plan}")
        for key in ("scenario", "floor"):
            cells = dict.fromkeys(cell for cell in self.table("verdicts").column(key) if cell)
            told = (
                (scenario if key == "scenario" else "")
                or ", ".join(cells)
                or str(said.get(key) or known.get(key) or "")
            )
            if told and key == "floor":
                parts.append("; ".join(map(households, dict.fromkeys(told.split(", ")))))
            elif told:
                parts.append(f"{key}: {told.replace('_', ' ')}")
        parts += [f"opens with {said['opening_says']}"] if said.get("opening_says") else []
        if is_below_base(self.floor):
            parts.append(BELOW_BASE)
        parts += [f"changed: {change}" for change in said.get("changes") or known.get("sets") or ()]
        return [part for part in parts if part]

    def source_line(self, scenario: str = "") -> str:
        """What stands below every chart; of one scenario where it is named."""
        data = self.counts
        told = [f"{data.verified:,} of {data.stated:,} numbers of the data verified in a source"] if data else []
        return "; ".join([*self.conditions(scenario), *told]) + "."

    def caution(self) -> str:
        """What the makers of the data want said before any number: the opening paragraph of the economy's README.

        Taken from the summary, else from the shipped economy.
        """
        if self.summary.get("caution"):
            return str(self.summary["caution"])
        heading = self.shipped_file("economy.toml")
        return opening(heading.with_name("README.md")) if heading else ""

    @cached_property
    def names(self) -> Names:
        """What the labels of the economy are called, as the manifest says."""
        told = self.manifest.get("names")
        return Names({axis: dict(labels) for axis, labels in told.items()} if isinstance(told, dict) else {})

    @cached_property
    def footnotes(self) -> dict[str, str]:
        """Numbers of the sources of the run, by what its tables name them; none where it does not list them."""
        if "reference" not in self.table("sources").columns:
            return {}
        return {source: str(number) for number, source in enumerate(self.table("sources").column("source"), start=1)}

    @property
    def counts(self) -> Counts | None:
        """How many numbers the answer rests on, as the manifest says."""
        told = self.manifest.get("data")
        return Counts(*(int(told[field.name]) for field in fields(Counts))) if isinstance(told, dict) else None

    def shipped_file(self, name: str) -> Path | None:
        """A file of a shipped economy, if it is the very file that the run read, byte for byte."""
        files = self.manifest.get("inputs", {}).get("files", {})
        for path in sorted(shipped("inputs").glob(f"*/{name}")):
            if hashlib.sha256(path.read_bytes()).hexdigest() == files.get(name):
                return path
        return None


def read_run(folder: Path) -> Run:
    """Read a run folder; where its manifest lists files, tables that it does not list are not the run's.

    Raises:
        NotARunError: it holds no manifest, or no table and no summary.
    """
    try:
        manifest, summary, diagnosis = (
            _document(folder / f"{name}.json") for name in ("manifest", "summary", "diagnosis")
        )
        summary = summary or diagnosis  # what a run of `planner diagnose` found stands under its own name
        files = listed(manifest)
        own = [path for path in sorted(folder.glob("*.csv")) if files is None or path.name in files]
        tables = {path.stem: _own_table(path) for path in own}
    except (OSError, UnicodeDecodeError, ValueError, RecursionError, csv.Error) as error:
        raise NotARunError(folder) from error
    if not manifest or not (tables or summary):
        raise NotARunError(folder)
    return Run(folder, tables, summary, manifest, tuple(changed_files(folder, files or {})))


def as_run(tables: Mapping[str, pd.DataFrame], summary: Mapping[str, Any], manifest: Mapping[str, Any]) -> Run:
    """A run as its folder would be read, without one.

    Args:
        tables: by name.
        summary: the one document.
        manifest: the other.
    """
    return Run(Path(), _AsRead(tables), json.loads(to_json(summary)), json.loads(to_json(manifest)))


class _AsRead(Mapping[str, TextTable]):
    """Tables as they would be read, each when it is first asked for.

    Args:
        tables: by name.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Keep them, in order of name."""
        self._tables = dict(sorted(tables.items()))
        self._read: dict[str, TextTable] = {}

    def __getitem__(self, name: str) -> TextTable:
        """One table."""
        if name not in self._read:
            self._read[name] = _own(_rows(io.StringIO(table_text(self._tables[name]), newline="")))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(self._tables)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._tables)


def _document(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found if isinstance(found, dict) else {}


def _rows(lines: Iterable[str]) -> TextTable:
    rows = [tuple(row) for row in csv.reader(lines)]
    columns = rows[0] if rows else ()
    return TextTable(columns, tuple(row for row in rows[1:] if len(row) == len(columns)))


def _own_table(path: Path) -> TextTable:
    with path.open(encoding="utf-8", newline="") as lines:
        return _own(_rows(lines))


def _own(found: TextTable) -> TextTable:
    """A table that the planner wrote, in which an apostrophe keeps text from being taken for a formula."""
    return TextTable(found.columns, tuple(tuple(map(from_text, row)) for row in found.rows))


def opening(readme: Path) -> str:
    """The first paragraph under a README's title, on one line; empty where there is none.

    >>> opening(shipped("inputs") / "two_goods" / "README.md")[:40]
    'Corn and iron, two years, one kind of wo'
    >>> opening(shipped("inputs") / "two_regions" / "README.md")[:33]
    'The worked example two_goods, div'
    """
    try:
        text = readme.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)  # the words of a link
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return next((part.replace("*", "").replace("`", "") for part in paragraphs if part and part[0] not in "#|"), "")


def as_number(cell: str) -> float:
    """A cell as a number; ``nan`` for what is none.

    >>> as_number("0.5"), as_number(""), as_number("steel")
    (0.5, nan, nan)
    """
    try:
        return float(cell)
    except ValueError:
        return math.nan


def is_below_base(floor: str) -> bool:
    """Whether a closure lets households have less than in the base period.

    >>> is_below_base("base"), is_below_base("0.46"), is_below_base("subsistence"), is_below_base("1.1")
    (False, True, True, False)
    """
    return floor == "subsistence" or as_number(floor) < 1.0
