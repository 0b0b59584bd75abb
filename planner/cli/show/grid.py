"""Text in lines no longer than a screen: paragraphs, and tables whose numbers and words are never broken.

A table that is too wide for the screen loses the columns that its maker named as dispensable, in their order; then words
wrap at spaces; and where even that will not do, each row becomes a few lines of its own. Only standard library: a list of
commands must not wait for a library of tables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from planner.language.counting import counted, listed

__all__ = ["GridColumn", "TextGrid", "cut", "grid", "paragraph", "printable", "size"]

_FIRM = "\u00a0"  # a space at which no line ends
_GAPS = (3, 2)  # blanks between columns, the usual and the least
_TALLER = 0.65  # share of lines that wrapping may add before a column is dropped instead


@dataclass(frozen=True)
class GridColumn:
    """A column of a table.

    Args:
        name: its heading, which wraps at spaces.
        side: where its cells stand; on the right nothing is wrapped.
        drop: 0 for a column that is always shown; others are dropped in this order where the screen is too narrow.
    """

    name: str
    side: Literal["left", "right"] = "left"
    drop: int = 0


@dataclass(frozen=True)
class TextGrid:
    """A table in lines.

    Args:
        head: lines of the heading, the rule below it included; none where each row stands in lines of its own.
        rows: lines of each row.
        dropped: names of columns that had no room.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    dropped: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What is to be said of columns that had no room; empty where all had.

        >>> TextGrid((), (), ("alone", "others held")).note
        'no room here for 2 columns: alone and others held'
        """
        return (
            f"no room here for {counted(len(self.dropped), 'column')}: {listed(self.dropped)}" if self.dropped else ""
        )


def printable(text: str) -> str:
    """A text without what would move the cursor or colour the screen.

    >>> printable("a\\x1b[31mb\\tc")
    'a?[31mb c'
    """
    return "".join(c if c.isprintable() or c == _FIRM else " " if c.isspace() else "?" for c in text)


def size(text: str) -> int:
    """Columns that a text takes: two for wide characters, none for those that stand on others.

    >>> size("coal"), size("煤"), size("e\\u0301")
    (4, 2, 1)
    """
    return sum(_cells(character) for character in text)


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """A text in so many columns, with an ellipsis where something is left out.

    >>> cut("figures due in 1947", 12), cut("short", 12)
    ('figures due…', 'short')
    """
    text = printable(text)
    if size(text) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _cells(character)
        if used > width:
            break
        kept += character
    return kept.rstrip() + "…"


def paragraph(text: str, width: int, lead: str = "", hang: int | None = None) -> list[str]:
    """A text in lines, broken at spaces only; no figure is parted from its per cent sign.

    Args:
        text: what is said.
        width: of the screen.
        lead: before the first line.
        hang: blanks before the others, by default as many as the lead has.

    >>> paragraph("All 2 figures together can be reached to 90.0 %.", 28, "- ")
    ['- All 2 figures together can', '  be reached to 90.0 %.']
    """
    after = " " * (size(lead) if hang is None else hang)
    lines, start = [""], lead
    for word in printable(text).replace(" %", f"{_FIRM}%").split(" "):
        begun = bool(lines[-1])
        if begun and size(start) + size(lines[-1]) + 1 + size(word) > width:
            lines[-1] = start + lines[-1]
            lines.append("")
            start, begun = after, False
        lines[-1] += " " * begun + word
    lines[-1] = start + lines[-1]
    return [line.replace(_FIRM, " ").rstrip() for line in lines]


def grid(columns: Sequence[GridColumn], rows: Sequence[Sequence[str]], width: int) -> TextGrid:
    """A table in lines.

    Args:
        columns: its columns.
        rows: their cells.
        width: of the screen.

    >>> table = grid([GridColumn("target"), GridColumn("official", "right")], [("Pig iron", "17.65"), ("Coal", "102.5")], 40)
    >>> print(*table.head, *(line for row in table.rows for line in row), sep="\\n")
    target     official
    ───────────────────
    Pig iron      17.65
    Coal          102.5
    """
    clean = [[printable(str(cell)) for cell in row] for row in rows]
    shown = list(range(len(columns)))
    dispensable = sorted((i for i in shown if columns[i].drop), key=lambda i: columns[i].drop)
    while True:
        part = [columns[i] for i in shown]
        cells = [[row[i] for i in shown] for row in clean]
        dropped = tuple(column.name for i, column in enumerate(columns) if i not in shown)
        for gap in _GAPS:
            widths = _fitted(part, cells, width - gap * (len(shown) - 1), patient=not dispensable)
            if widths is not None:
                return _drawn(part, cells, widths, gap, dropped)
        if not dispensable:
            return TextGrid((), tuple(tuple(_stacked(columns, row, width)) for row in clean))
        shown.remove(dispensable.pop(0))


def _fitted(
    columns: Sequence[GridColumn], cells: Sequence[Sequence[str]], room: int, *, patient: bool
) -> list[int] | None:
    """Widths with which a table fits, headings wrapped first; ``None`` if it does not, or grows too tall unless patient."""
    every = [[column.name, *(row[i] for row in cells)] for i, column in enumerate(columns)]
    widths = [min(max(map(size, texts)), max(room, 1)) for texts in every]
    least = [_least(column, texts) for column, texts in zip(columns, every, strict=True)]
    if sum(least) > room:
        return None
    tallest = len(cells) + 3 + max(2, int(_TALLER * len(cells)))
    while sum(widths) > room:
        narrower = [i for i in range(len(columns)) if widths[i] > least[i]]
        heights = {i: _height(every, [*widths[:i], widths[i] - 1, *widths[i + 1 :]]) for i in narrower}
        best = min(narrower, key=lambda i: (heights[i], least[i] - widths[i]))
        widths[best] -= 1
    return widths if patient or _height(every, widths) <= tallest else None


def _least(column: GridColumn, texts: Sequence[str]) -> int:
    """Least width of a column: its longest word; on the right its longest cell, for no number is wrapped."""
    whole = texts[1:] if column.side == "right" else []
    words = [word for text in (texts[:1] if column.side == "right" else texts) for word in text.split(" ")]
    return max(map(size, [*whole, *words]))


def _height(every: Sequence[Sequence[str]], widths: Sequence[int]) -> int:
    """Lines of the whole table."""
    lines = ([_lines(text, width) for text in texts] for texts, width in zip(every, widths, strict=True))
    return sum(map(max, zip(*lines, strict=True)))


@cache
def _lines(text: str, width: int) -> int:
    return len(paragraph(text, width))


def _drawn(
    columns: Sequence[GridColumn],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    gap: int,
    dropped: tuple[str, ...],
) -> TextGrid:
    sides = [column.side for column in columns]
    head = _row([column.name for column in columns], widths, sides, gap, low=True)
    rule = "─" * (sum(widths) + gap * (len(widths) - 1))
    return TextGrid((*head, rule), tuple(tuple(_row(row, widths, sides, gap)) for row in cells), dropped)


def _row(
    cells: Sequence[str], widths: Sequence[int], sides: Sequence[str], gap: int, *, low: bool = False
) -> list[str]:
    """Lines of a row; the heading stands on its lowest line."""
    wrapped = [paragraph(cell, width) for cell, width in zip(cells, widths, strict=True)]
    tall = max(map(len, wrapped))
    filled = [[""] * (tall - len(lines)) + lines if low else lines + [""] * (tall - len(lines)) for lines in wrapped]
    return [
        (" " * gap).join(_padded(*part) for part in zip(line, widths, sides, strict=True)).rstrip()
        for line in zip(*filled, strict=True)
    ]


def _padded(text: str, width: int, side: str) -> str:
    blank = " " * (width - size(text))
    return blank + text if side == "right" else text + blank


def _stacked(columns: Sequence[GridColumn], row: Sequence[str], width: int) -> Iterator[str]:
    """A row in lines of its own: its first cell, then the others with their headings."""
    yield from paragraph(row[0], width)
    told = [f"{column.name}: {cell}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell]
    # what belongs together is parted only at the semicolons, unless it alone is longer than the screen
    firm = [part.replace(" ", _FIRM) if size(part) < width - 4 else part for part in told]
    yield from paragraph("; ".join(firm), width, "  ")
