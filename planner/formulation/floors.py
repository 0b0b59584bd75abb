"""Floors under household consumption, as a user writes them: the words, or a share of the base level."""

from __future__ import annotations

from planner.economy import DataError, Finding
from planner.economy.findings import did_you_mean
from planner.economy.schema import MOST_FLOOR
from planner.formulation.keys import FLOORS

__all__ = ["FLOOR", "closure", "in_vain", "unfit_floor"]

FLOOR = "consumption_floor"  # the family that holds a floor


def closure(floor: str | float) -> str | float:
    """A floor as written: one of the words, or a share of the base level.

    Args:
        floor: a word, a number, or the text of a number.

    Raises:
        DataError: neither, or so large a number that per cent must be meant.

    >>> closure("base"), closure("0.45"), closure(1)
    ('base', 0.45, 1.0)
    """
    if floor in FLOORS:
        return floor
    wrong = unfit_floor(floor)
    if wrong:
        raise DataError([Finding("E174", "", (), "floor", str(floor), wrong)])
    return float(floor)


def unfit_floor(floor: object) -> str:
    """Why something is no floor, and what to write; nothing where it is one.

    >>> unfit_floor(0.45), unfit_floor("base")
    ('', '')
    >>> unfit_floor(45)
    'A floor of 45 would be 45 times the base level. For 45 per cent write 0.45.'
    """
    if isinstance(floor, str) and floor in FLOORS:
        return ""
    text = str(floor).strip()
    try:
        share = float("nan") if isinstance(floor, bool) else float(text.removesuffix("%"))
    except ValueError:
        share = float("nan")
    if not 0.0 <= share < float("inf"):
        near = did_you_mean(floor, FLOORS) if isinstance(floor, str) else ""
        return f'"{floor}" is neither {", ".join(FLOORS)} nor a share of the base level, such as 0.9.{near}'
    if text.endswith("%"):
        return f"A floor is a share of the base level. For {share:g} per cent write {share / 100:g}."
    if share > MOST_FLOOR:
        return f"A floor of {share:g} would be {share:g} times the base level. For {share:g} per cent write {share / 100:g}."
    return ""


def in_vain(floor: str | float, question: str) -> str:
    """That a floor would change nothing, in a question without the family that holds one.

    Args:
        floor: as written.
        question: as it is called in the sentence.
    """
    return (
        f'A floor of "{floor}" would change nothing: {question} does not have the family "{FLOOR}". Leave the floor out, '
        "or add the family."
    )
