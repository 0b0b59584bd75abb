"""Conditions under which an answer holds, in plain words: what households get, and where the uncertain numbers stand."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NUMBERS", "households"]

NUMBERS: Mapping[str, str] = {
    "central": "numbers as stated",
    "optimistic": "every uncertain number at the end that favours the plan",
    "pessimistic": "every uncertain number at the end against the plan",
}
_GET = {
    "base": "what they had in the base period",
    "promised": "what the plan promised them, else what they had in the base period",
    "subsistence": "the part of the base period's bundle that does not move with the level",
    "actual": "what they are said to have had as things turned out",
}


def households(floor: str) -> str:
    """What a closure of consumption gives households, in words.

    Args:
        floor: its name, or a share of the base level.

    >>> households("base"), households("0.9"), households("")
    ('households get at least what they had in the base period', 'households get at least 0.9 of the base level', '')
    """
    if not floor:
        return ""
    return f"households get at least {_GET.get(floor) or f'{floor} of the base level'}"
