"""How many numbers were seen in their source, in words: one list of values, one way to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.economy.schema import PROVENANCE
from planner.language.counting import counted

__all__ = ["seen", "verified"]

_VALUES = next(tuple(column.choices) for column in PROVENANCE if column.name == "verified")
_BETWEEN = _VALUES[1:-1]  # neither seen as it stands nor unknown: reconstructed, derived, recalled


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
