"""The fields of a line of data in an MPS file, by free fields or by fixed columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.language.counting import counted, verb

_FIELDS = ((1, 3), (4, 12), (14, 22), (24, 36), (39, 47), (49, 61))
_GAPS = ((0, 1), (3, 4), (12, 14), (22, 24), (36, 39), (47, 49))
VALUELESS = ("FR", "MI", "PL", "BV")


@dataclass(frozen=True)
class Card:
    """A line of data.

    Args:
        kind: type of a row or bound.
        name: of the row, column or set; for a bound the set's.
        pairs: names and the numbers behind them.
        marker: the word behind ``'MARKER'``.
        problem: what is wrong with the line, in a sentence.
    """

    kind: str = ""
    name: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    marker: str = ""
    problem: str = ""


def free_card(text: str, section: str) -> Card:
    """A line by its words.

    >>> free_card(" x cost 1 limit 2.5", "COLUMNS").pairs, free_card(" limit 4", "RHS")
    ((('cost', '1'), ('limit', '2.5')), Card(kind='', name='', pairs=(('limit', '4'),), marker='', problem=''))
    """
    words = text.split()
    if section in ("ROWS", "LAZYCONS"):
        if len(words) != 2:
            return Card(problem=f"A row has a type and a name; {_here(words)}.")
        return Card(words[0], words[1])
    if section == "BOUNDS":
        return _free_bound(words)
    if "'MARKER'" in words:
        return Card(name=words[0], marker=words[-1].strip("'"))
    has_name = len(words) % 2 == 1
    if len(words) > 5 or len(words) < 2 or (section == "COLUMNS" and not has_name):
        who = "A column's name" if section == "COLUMNS" else "The name of the set, which may be left out,"
        return Card(problem=f"{who} and one or two pairs of a row and a number are wanted; {_here(words)}.")
    rest = words[1:] if has_name else words
    return Card(name=words[0] if has_name else "", pairs=_pairs(rest))


def fixed_card(text: str, section: str) -> Card:
    """A line by its columns; a name may hold spaces.

    >>> fixed_card("    COL ONE   OBJ FUN            1.0   ROW ONE            1.0", "COLUMNS").pairs
    (('OBJ FUN', '1.0'), ('ROW ONE', '1.0'))
    """
    cells = [text[start:stop].strip() for start, stop in _FIELDS]
    kind, name, *rest = cells
    if section in ("ROWS", "LAZYCONS"):
        return Card(kind, name) if kind and name and not any(rest) else Card(problem="A row has a type and a name.")
    if section == "BOUNDS":
        return (
            Card(kind, name, ((rest[0], rest[1]),))
            if kind and rest[0]
            else Card(problem="A bound has a type and a column.")
        )
    if rest[0] == "'MARKER'":
        return Card(name=name, marker=rest[2].strip("'"))
    pairs = _pairs([cell for cell in rest if cell])
    if any(cell == "" for pair in pairs for cell in pair) or not pairs or (section == "COLUMNS" and not name):
        return Card(problem="A name and one or two pairs of a row and a number are wanted, each in its columns.")
    return Card(name=name, pairs=pairs)


def keeps_to_columns(lines: Sequence[str]) -> bool:
    """Whether every line of data keeps to the fixed columns."""
    data = [line for line in lines if line.strip() and line[0].isspace()]
    return bool(data) and all(
        "\t" not in line and len(line.rstrip()) <= 72 and not any(line[start:stop].strip() for start, stop in _GAPS)
        for line in data
    )


def _free_bound(words: list[str]) -> Card:
    """Type, set, column and number; the set may be left out, and some types need no number."""
    kind = words[0].upper()
    least = 2 if kind in VALUELESS else 3
    if not least <= len(words) <= 4:
        return Card(problem=f"A bound has a type, a set, a column and a number; {_here(words)}.")
    if len(words) == 4:
        return Card(kind, words[1], ((words[2], words[3]),))
    if len(words) == 2:
        return Card(kind, "", ((words[1], ""),))
    if kind in VALUELESS:
        return Card(kind, words[1], ((words[2], ""),))
    return Card(kind, "", ((words[1], words[2]),))


def _pairs(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    padded = [*words, ""] if len(words) % 2 else list(words)
    return tuple(zip(padded[::2], padded[1::2], strict=True))


def _here(words: Sequence[str]) -> str:
    return f"here {verb(len(words), 'is', 'are')} {counted(len(words), 'field')}"
