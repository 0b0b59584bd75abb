"""Tables as CSV that a spreadsheet opens without taking text for a formula.

A text cell that starts with ``=``, ``+``, ``-``, ``@``, a tab, a line end or an apostrophe is written with an apostrophe in
front; whoever reads takes one leading apostrophe away and has the text again. Numbers, and text that is nothing but a
number or a fraction, stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_text", "csv_text", "from_text", "table_text"]

_STARTS = tuple("=+-@\t\r\n'＝＋－＠")  # a spreadsheet set to Japanese or Chinese takes the wide signs too
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(/\d+)?", re.ASCII)
_PRIVATE = range(0xE000, 0xF900)


def as_text(cell: str) -> str:
    """Text as it stands in a cell.

    >>> [as_text(cell) for cell in ("=cmd()", "steel", "-5.0", "-12/35", "'t", "")]
    ["'=cmd()", 'steel', '-5.0', '-12/35', "''t", '']
    """
    return f"'{cell}" if cell.startswith(_STARTS) and not _NUMBER.fullmatch(cell) else cell


def from_text(cell: str) -> str:
    """The text of a cell that `as_text` wrote.

    >>> [from_text(as_text(text)) for text in ("=cmd()", "-5.0", "'t")]
    ['=cmd()', '-5.0', "'t"]
    """
    return cell.removeprefix("'")


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, the header first; text stays text."""
    lines, mark = _kept(rows)
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(lines)
    return _with_returns(target.getvalue(), mark)


def table_text(table: pd.DataFrame) -> str:
    """A table as CSV without its index; text stays text, and numbers are the shortest that read back the same."""
    from pandas import Series

    names = [name for name in table.columns if table[name].dtype.kind not in "iufcb"]
    columns, mark = _kept(table[name].tolist() for name in names)
    kept = {name: Series(cells, table.index, dtype=object) for name, cells in zip(names, columns, strict=True)}
    return _with_returns(str(table.assign(**kept).to_csv(index=False, lineterminator="\n")), mark)


class _Texts(dict[str, str]):
    """Texts as they stand in cells, each worked out once: labels come again and again."""

    def __missing__(self, cell: str) -> str:
        """Work it out."""
        self[cell] = text = as_text(cell)
        return text


def _kept(lists: Iterable[Iterable[Any]]) -> tuple[list[list[Any]], str]:
    """Cells as they are to be written, and what stands in for a carriage return, which would be left without quotes."""
    texts = _Texts()
    cells = [[texts[cell] if isinstance(cell, str) else cell for cell in row] for row in lists]
    if not any("\r" in text for text in texts.values()):
        return cells, ""
    used = set[str]().union(*texts.values())
    mark = "\n" + next(chr(number) for number in _PRIVATE if chr(number) not in used)
    return [[cell.replace("\r", mark) if isinstance(cell, str) else cell for cell in row] for row in cells], mark


def _with_returns(text: str, mark: str) -> str:
    return text.replace(mark, "\r") if mark else text
