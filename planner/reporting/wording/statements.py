"""What is said of a statement set beside the tables."""

from __future__ import annotations

from collections.abc import Mapping

from planner.language.counting import capital, counted, listed, verb
from planner.language.numbers import number, percent

__all__ = ["by_how_much", "sorted_out"]


def sorted_out(counts: Mapping[str, int]) -> str:
    """How many statements came out how.

    Args:
        counts: by what is said of them.

    >>> sorted_out({"agrees": 2, "disagrees": 1, "undecided": 0, "outside what tables can say": 1, "no test": 3})
    'Of 7 statements 2 agree with the tables and 1 disagrees; 1 is outside what tables can say, and 3 have no test.'
    >>> sorted_out({})
    'There is no statement.'
    """
    total = sum(counts.values())
    if not total:
        return "There is no statement."

    def told(word: str, one: str, many: str) -> list[str]:
        count = counts.get(word, 0)
        return [f"{count} {verb(count, one, many)}"] if count else []

    tested = [
        *told("agrees", "agrees with the tables", "agree with the tables"),
        *told("disagrees", "disagrees", "disagree"),
        *told("undecided", "is left undecided", "are left undecided"),
    ]
    rest = [
        *told("outside what tables can say", "is outside what tables can say", "are outside what tables can say"),
        *told("no test", "has no test", "have no test"),
    ]
    said = "; ".join(filter(None, (listed(tested), ", and ".join(rest))))
    return f"Of {counted(total, 'statement')} {said}."


def by_how_much(
    stated: float | str,
    relation: str,
    found: float,
    ends: tuple[float, float],
    verdict: str,
    unit: str,
    of: str,
    note: str,
) -> str:
    """What is stated and what the tables have, in a sentence.

    Args:
        stated: a number or a verdict.
        relation: of what is found to it.
        found: the number; ``nan`` where none is known.
        ends: least and most that it can be.
        verdict: in place of the number.
        unit: of it.
        of: figures that it was divided from; empty where it was not.
        note: why nothing is known, or in place of a number.

    >>> by_how_much(4.0, "=", 3.03, (3.03, 3.03), "", "", "10 over 3.3 Mt", "")
    'Stated: 4; the tables: 3.03 (10 over 3.3 Mt). What is stated is 32.0 % more.'
    >>> by_how_much("outside", "=", float("nan"), (0.0, 0.0), "within reach", "", "", "")
    'Stated: outside; the tables: within reach.'
    """
    words = {"=": "", ">=": "at least ", "<=": "at most "}[relation]
    said = f"Stated: {words}{stated if isinstance(stated, str) else _told(stated, unit)}"
    if verdict:
        return f"{said}; the tables: {verdict}."
    if found != found or (note and found == float("inf")):
        return (
            f"{said}; the tables: {capital(note)}"
            if note.endswith(".")
            else f"{said}; the tables: {note or 'nothing'}."
        )
    between = f", {' to '.join(_told(end, unit, bare=True) for end in ends)}" if ends[0] < ends[1] else ""
    more = "; ".join(filter(None, (of, note)))
    text = f"{said}; the tables: {_told(found, unit)}{between}{f' ({more})' if more else ''}."
    if (
        relation == "="
        and isinstance(stated, float)
        and unit != "year"
        and found > 0
        and abs(stated / found - 1) > 0.0005
    ):
        gap = stated / found - 1
        text += f" What is stated is {percent(abs(gap))} {'more' if gap > 0 else 'less'}."
    return text


def _told(value: float, unit: str, *, bare: bool = False) -> str:
    """A number with its unit: a share in per cent, a year as it is, a level by itself."""
    if unit.startswith("share of"):
        return percent(value)
    if unit == "year":
        return f"{value:.0f}"
    return number(value) if bare or unit.startswith("index") else f"{number(value)} {unit}".rstrip()
