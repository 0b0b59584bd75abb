"""What is to be seen beside a figure that can be had, and the sign for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["MARKS", "MEANING", "legend_of", "signs"]

MARKS: Mapping[str, str] = {
    "reaches its modest end": "†",
    "below what was produced": "‡",
    "moves with the data": "±",
}
MEANING: Mapping[str, str] = {
    "†": "reaches the modest end of its range, the end that is easier to meet",
    "‡": "below what was produced under the same conditions",
    "±": "changes by more than 5 points where every uncertain number moves within 5 % of its range",
}


def signs(mark: str) -> str:
    """The signs of what stands in the column ``mark``.

    >>> signs("reaches its modest end; moves with the data"), signs("")
    ('†±', '')
    """
    said = mark.split("; ")
    return "".join(sign for words, sign in MARKS.items() if words in said)


def legend_of(marks: Iterable[str]) -> str:
    """What the signs mean that stand in a column ``mark``; nothing where there are none.

    >>> legend_of(["", "reaches its modest end"])
    '† reaches the modest end of its range, the end that is easier to meet'
    """
    shown = {sign for mark in marks for sign in signs(mark)}
    return "; ".join(f"{sign} {means}" for sign, means in MEANING.items() if sign in shown)
