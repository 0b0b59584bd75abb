"""The BOUNDS section of an MPS file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from planner.formats.draft import Draft
from planner.formats.mps_fields import VALUELESS, Card
from planner.formats.numbers import INFINITE, infinity, number
from planner.program.exact_program import Limit, Side

_SIDES: dict[str, tuple[Side, ...]] = {
    "LO": ("lower",),
    "UP": ("upper",),
    "FX": ("lower", "upper"),
    "MI": ("lower",),
    "PL": ("upper",),
    "FR": ("lower", "upper"),
    "BV": ("lower", "upper"),
    "LI": ("lower",),
    "UI": ("upper",),
}
_SEMI = ("SC", "SI", "SN")


def read_bound(draft: Draft, card: Card, line: int, sets: dict[str, str]) -> None:
    """Read one line of bounds.

    Args:
        draft: with all columns.
        card: the line's fields.
        line: its number.
        sets: the first set of each section.
    """
    findings, kind = draft.findings, card.kind.upper()
    if card.problem:
        findings.say("E239", line, "BOUNDS", "", card.problem)
        return
    (name, text), *_ = card.pairs
    if kind in VALUELESS and not text and name not in draft.at and card.name in draft.at and number(name) is not None:
        card, name, text = replace(card, name=""), card.name, name  # the set is left out, the number is not
    if kind in _SEMI:
        findings.say(
            "E238",
            line,
            "BOUNDS",
            name,
            f'The bound {kind} makes "{name}" semi-continuous: 0 or above a limit, which '
            "is no part of a linear program.",
        )
        return
    if kind not in _SIDES:
        findings.say(
            "E239", line, "BOUNDS", card.kind, f'"{card.kind}" is no type of bound: they are {", ".join(_SIDES)}.'
        )
        return
    first = sets.setdefault("BOUNDS", card.name)
    if card.name != first:
        findings.say(
            "E237",
            line,
            "BOUNDS",
            card.name,
            f'A second set, "{card.name}": the lines before belong to "{first}". Most readers would drop these.',
        )
        return
    if name not in draft.at:
        if text in draft.at:
            findings.say("E239", line, "BOUNDS", text, f'The bound {kind} of "{text}" has no number.')
        else:
            draft.unknown("column", name, line, "BOUNDS")
        return
    draft.columns[name].whole |= kind in ("BV", "LI", "UI")
    for side, value in _values(draft, kind, name, text, line):
        draft.bound(name, side, value, line, "BOUNDS", last_holds=False)


def _values(draft: Draft, kind: str, name: str, text: str, line: int) -> list[tuple[Side, Limit]]:
    """The bounds that a line sets."""
    if kind in VALUELESS:
        if text and number(text) is None and not infinity(text):
            draft.findings.say("E233", line, "BOUNDS", text, f'"{text}" is not a number that can be held.')
        if kind == "BV":
            return [("lower", Fraction(0)), ("upper", Fraction(1))]
        return [(side, None) for side in _SIDES[kind]]
    sign = infinity(text)
    value = Fraction(sign) * INFINITE if sign else number(text)
    if value is None:
        draft.findings.say("E233", line, "BOUNDS", text, f'"{text}" is not a number that can be held.')
        return []
    return [
        (side, draft.limit(value, side, line, "BOUNDS", f'Column "{name}"', word=bool(sign))) for side in _SIDES[kind]
    ]
