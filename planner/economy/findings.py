"""Findings: what is wrong with the data, as data; and the one exception that carries all of them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.codes import CODES
from planner.economy.schema.columns import FILE, ROW
from planner.language.counting import counted
from planner.language.printable import printable

__all__ = ["DataError", "Finding", "did_you_mean", "documents", "findings_in", "in_order", "render"]

_MOST_VALUES = 20  # distinct offending values shown for one check of one column; the rest are counted
_WIDTH = 117  # columns of a text whose reader's screen is not known
_MOST_ROWS = 8  # rows named in one finding when it is printed; the finding itself holds them all


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where.

    Args:
        code: stable code such as ``E104``; warnings start with ``W``.
        file: file relative to the folder of the economy, or ``--set``; empty when no file is concerned.
        rows: row numbers as a spreadsheet shows them, the header being row 1.
        column: column or key, empty when the whole file is meant.
        value: what was written there.
        sentence: what is wrong, then what follows or what to do.
        title: heading; the code's own title when empty.
    """

    code: str
    file: str
    rows: tuple[int, ...]
    column: str
    value: str
    sentence: str
    title: str = ""

    @property
    def severity(self) -> str:
        """``"warning"`` or ``"error"``."""
        return "warning" if self.code.startswith("W") else "error"

    @property
    def heading(self) -> str:
        """Title of the finding."""
        return self.title or CODES[self.code].title

    @property
    def place(self) -> str:
        """Row and column in words.

        >>> Finding("E104", "coefficients.csv", (37,), "item", "pigiron", "").place
        'row 37, column item'
        """
        shown = ", ".join(str(row) for row in self.rows[:_MOST_ROWS])
        more = f" and {len(self.rows) - _MOST_ROWS:,} more" if len(self.rows) > _MOST_ROWS else ""
        rows = f"row{'s' if len(self.rows) > 1 else ''} {shown}{more}" if self.rows else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (rows, column) if part)


class DataError(Exception):
    """The data cannot be used; nothing was solved.

    Args:
        findings: every error found, in the order of the files.
        folder: folder of the economy, for the headings.
    """

    def __init__(self, findings: Sequence[Finding], folder: Path | str = "") -> None:
        """Keep the findings."""
        self.findings = tuple(findings)
        self.folder = str(folder)
        super().__init__(self.findings, self.folder)

    def __str__(self) -> str:
        """Render every finding, then what to do."""
        return self.told()

    def told(self, width: int = _WIDTH) -> str:
        """Every finding in lines of so many columns, then what to do."""
        last = next((f.code for f in reversed(self.findings)), "E100")
        return f"{render(self.findings, self.folder, width)}\nNothing was solved. `planner explain {last}` says more."


def render(findings: Iterable[Finding], folder: Path | str = "", width: int = _WIDTH) -> str:
    """Findings as text, grouped by file.

    Args:
        findings: errors or warnings; those of one file should stand together.
        folder: put before the names of files.
        width: columns of the screen.

    Returns:
        A heading for each file, then two or more lines for each finding.
    """
    lines: list[str] = []
    for file, group in groupby(findings, key=lambda finding: finding.file):
        of_file = list(group)
        counts = [(sum(f.severity == kind for f in of_file), kind) for kind in ("error", "warning")]
        count = ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for n, kind in counts if n)
        name = file if file.startswith("--") or not folder else str(Path(_shown(folder)) / file)
        lines.append(f"{name or 'data'}: {count}")
        for finding in of_file:
            heading = f"{finding.code} {finding.heading}"
            lines.append(f"  {heading:<31} {' ' * (len(heading) > 31)}{finding.place}".rstrip())
            lines += [f"       {line}" for line in _wrapped(finding.sentence, width - 7)]
    return "\n".join(printable(line) for line in lines)


def documents(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as records, as ``summary.json`` and ``manifest.json`` hold them.

    >>> documents([Finding("W205", "trade.csv", (2,), "price", "", "Small.")])
    [{'code': 'W205', 'title': 'number far from one', 'file': 'trade.csv', 'place': 'row 2, column price', 'says': 'Small.'}]
    """
    return [
        {"code": f.code, "title": f.heading, "file": f.file, "place": f.place, "says": f.sentence} for f in findings
    ]


def _shown(folder: Path | str) -> str:
    """The folder as a reader would type it: relative to where they are, if it lies below."""
    path = Path(folder)
    with suppress(OSError):  # the folder one is in may have gone
        return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
    return str(path)


def _wrapped(sentence: str, width: int) -> list[str]:
    lines = [""]
    for word in sentence.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the nearest known word, or nothing.

    >>> did_you_mean("pigiron", ["pig_iron", "steel"])
    ' Did you mean "pig_iron"?'
    >>> did_you_mean("zinc", ["pig_iron", "steel"])
    ''
    """
    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f' Did you mean "{by_fold[near[0]]}"?' if near else ""


def findings_in(
    frame: pd.DataFrame,
    wrong: npt.NDArray[np.bool_] | pd.Series[bool],
    code: str,
    column: str,
    sentence: str | Callable[[str], str],
    *,
    values: pd.Series | None = None,
    title: str = "",
) -> list[Finding]:
    """One finding for each file and offending value, with all its rows.

    Args:
        frame: a table with the columns ``file`` and ``row``.
        wrong: which rows offend.
        code: code of the findings.
        column: name of the offending column.
        sentence: text in which ``{value}`` stands for the value, or what makes the text from the value.
        values: what to show and to group by; the column itself when not given.
        title: heading in place of the code's.

    Returns:
        Findings in the order of the rows; at most twenty values of a file are spelled out, the rest are counted.
    """
    chosen = np.flatnonzero(np.asarray(wrong, dtype=bool))
    result: list[Finding] = []
    for file, by_value in _grouped(frame, chosen, frame[column] if values is None else values).items():
        for value, at in list(by_value.items())[:_MOST_VALUES]:
            said = sentence.replace("{value}", value) if isinstance(sentence, str) else sentence(value)
            result.append(Finding(code, file, tuple(dict.fromkeys(at)), column, value, said, title))
        rest = list(by_value.values())[_MOST_VALUES:]
        if rest:
            rows = tuple(dict.fromkeys(row for some in rest for row in some))
            text = f"The same holds for {counted(len(rest), 'other value')} in this column."
            result.append(Finding(code, file, rows, column, "", text, title))
    return result


def _grouped(frame: pd.DataFrame, chosen: npt.NDArray[np.intp], values: pd.Series) -> dict[str, dict[str, list[int]]]:
    """Rows of the chosen lines by file and by value."""
    rows: dict[str, dict[str, list[int]]] = {}
    if len(chosen):  # nearly always there is nothing to report
        cells = (column.iloc[chosen].tolist() for column in (frame[FILE], frame[ROW], values.astype(str)))
        for file, row, value in zip(*cells, strict=True):
            rows.setdefault(file, {}).setdefault(value, []).append(row)
    return rows


def in_order(findings: Sequence[Finding], files: Sequence[str]) -> list[Finding]:
    """Findings grouped by file, in the order in which the files were read, each once.

    Args:
        findings: in any order.
        files: names of files in order.
    """
    ragged = {(f.file, row) for f in findings if f.code == "E103" for row in f.rows}
    place = {file: at for at, file in enumerate(files)}
    kept = [
        f
        for f in dict.fromkeys(findings)
        if f.code == "E103" or not ragged.issuperset((f.file, r) for r in f.rows or (0,))
    ]
    return sorted(kept, key=lambda f: (place.get(f.file, len(place)), f.file, f.rows[:1], f.code))
