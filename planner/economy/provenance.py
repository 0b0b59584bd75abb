"""Where numbers come from: what rows name as their source, and how many numbers were seen in it, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from planner.economy.schema import PROVENANCE
from planner.language.counting import counted

__all__ = ["cited", "is_address", "keys_in", "reference", "references", "seen", "verified"]

_VALUES = next(tuple(column.choices) for column in PROVENANCE if column.name == "verified")
_BETWEEN = _VALUES[1:-1]  # neither seen as it stands nor unknown: reconstructed, derived, recalled
_BETWEEN_KEYS = ";"
_ADDRESS = re.compile(r"https?://[^\s;]+")


def verified(values: Iterable[str], what: str) -> str:
    """How many of some numbers are verified, and how many are reconstructed, derived or recalled.

    Args:
        values: of the column ``verified``.
        what: one of the numbers.

    >>> verified(["yes", "no", "reconstructed", "reconstructed", ""], "target figure")
    '1 of 5 target figures verified in a source, 2 reconstructed'
    >>> verified(["no"], "target figure")
    '0 of 1 target figure verified in a source'
    """
    found = Counter(values)
    rest = [f", {found[value]:,} {value}" for value in _BETWEEN if found[value]]
    return f"{found['yes']:,} of {counted(found.total(), what)} verified in a source{''.join(rest)}"


def seen(value: str) -> str:
    """One value of the column ``verified`` as a word in a sentence.

    >>> seen("yes"), seen("recalled"), seen("")
    ('verified', 'recalled', 'not verified')
    """
    return "verified" if value == "yes" else value if value in _BETWEEN else "not verified"


def keys_in(cell: str) -> tuple[str, ...]:
    """Keys of a cell, in order.

    >>> keys_in("nove_1969; zaleski_1971"), keys_in("")
    (('nove_1969', 'zaleski_1971'), ())
    """
    return tuple(key for part in cell.split(_BETWEEN_KEYS) if (key := part.strip()))


@lru_cache(maxsize=1024)
def is_address(text: str) -> bool:
    """Whether a text is one address that a page can link to.

    >>> is_address("https://example.org/a?b=1"), is_address("https://a.org ; https://b.org"), is_address("")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def reference(source: Mapping[str, str | None] | pd.Series) -> str:
    """A row of ``sources.csv`` as it is cited: author, title, year and page.

    >>> reference({"author": "A. Nove", "title": "An Economic History of the USSR", "year": "1969", "page": "p. 92"})
    'A. Nove, An Economic History of the USSR (1969), p. 92'
    """
    author, title, year, page = ((source.get(part) or "").strip() for part in ("author", "title", "year", "page"))
    return ", ".join(filter(None, (author, f"{title} ({year})" if year else title, page)))


def references(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """How each source of an economy is cited, by its key; nothing where rows say it in their own words.

    Args:
        tables: of the economy.
    """
    listed = tables["sources"]
    return {key: reference(row) for key, (_, row) in zip(listed["key"], listed.iterrows(), strict=True)}


def cited(cell: str, known: Mapping[str, str]) -> str:
    """What a cell names, in words: its references where it has keys, else the text itself.

    Args:
        cell: of a column ``source``.
        known: `references` of the economy.

    >>> cited("nove; own", {"nove": "A. Nove, An Economic History of the USSR", "own": "a judgement"})
    'A. Nove, An Economic History of the USSR; a judgement'
    >>> cited("made up; for teaching", {})
    'made up; for teaching'
    """
    return "; ".join(known.get(key, key) for key in keys_in(cell)) if known else cell
