"""Lists of items and periods in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.language.counting import counted

__all__ = ["and_more", "items_by_period"]

_MOST = 8  # items spelled out in a sentence


def and_more(items: Sequence[str], most: int = _MOST) -> str:
    """The first few of some items, and how many more there are.

    >>> and_more(["coal", "ore", "wood"], 2), and_more(["coal", "ore"], 2), and_more(["coal"])
    ('coal, ore and 1 more', 'coal and ore', 'coal')
    """
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most:,} more"
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def items_by_period(cells: Iterable[tuple[str, str]]) -> str:
    """Pairs of an item and a period put together: items that share their periods are named once.

    Args:
        cells: in the order in which they are told.

    >>> items_by_period([("coal", "1"), ("ore", "1"), ("coal", "2"), ("ore", "2"), ("wood", "2")])
    'coal and ore in 1 and 2; wood in 2'
    """
    periods: dict[str, list[str]] = {}
    for item, period in cells:
        periods.setdefault(item, []).append(period)
    together: dict[tuple[str, ...], list[str]] = {}
    for item, when in periods.items():
        together.setdefault(tuple(when), []).append(item)
    parts = [f"{and_more(items)} in {and_more(when)}" for when, items in together.items()]
    return "; ".join(parts[:_MOST]) + (
        f"; and {counted(len(parts) - _MOST, 'more case')}" if len(parts) > _MOST else ""
    )
