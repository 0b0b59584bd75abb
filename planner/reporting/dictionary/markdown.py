"""Tables and paragraphs of the pages that are written from registries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["markdown_table", "sentence"]


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of a Markdown page.

    Args:
        heads: of the columns.
        rows: cells, as many as there are heads.

    >>> print(markdown_table(("a", "b"), [("1", "x|y")]), end="")
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    lines = [heads, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    body = [f"| {' | '.join(line)} |\n" for line in lines]
    return "".join([body[0], "|" + "---|" * len(heads) + "\n", *body[1:]])


def sentence(text: str) -> str:
    """Words as a sentence: a capital letter first, a full stop last.

    >>> sentence("version of this layout: 1")
    'Version of this layout: 1.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
