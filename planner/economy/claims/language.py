"""The small language in which a statement says how it can be tested.

A test is one check, or several with ``and`` between them: what is looked up, a relation, and what the statement says it is. ::

    official PLAN MEASURE:ITEM:PERIOD / produced MEASURE:ITEM:PERIOD = 4 within 10 %
    verdict PLAN = outside and reached PLAN ITEM <= 1933

Nothing can be looked up but numbers of the tables and what the program finds with them, so that a statement about people has
no test: it is ``outside`` of what tables can say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal, NamedTuple

__all__ = ["KINDS", "OUTSIDE", "SCALE", "Check", "LookupKind", "LookupTerm", "UnreadableError", "read_test"]

OUTSIDE = "outside"  # the whole test of a statement that tables can say nothing about
WITHIN = 0.05  # by what share `=` may be missed where a check does not say
Relation = Literal["=", ">=", "<="]

_WHICH = Literal["figure", "number", "verdict"]


class LookupKind(NamedTuple):
    """What a check may look up.

    Args:
        takes: words that follow its name; one with ``?`` may be left out.
        says: what it is, in a sentence.
        gives: a figure in a unit, which can be divided by another; a number without one; or a verdict.
    """

    takes: tuple[str, ...]
    says: str
    gives: _WHICH = "number"


KINDS: Mapping[str, LookupKind] = {
    "official": LookupKind(("plan", "cell"), "a figure of a plan", "figure"),
    "produced": LookupKind(("cell",), "what was produced, by the preferred series", "figure"),
    "feasible": LookupKind(("plan", "cell"), "what of a plan's figure can be had together with its others", "figure"),
    "table": LookupKind(
        ("table", "key", "column", "scenario?"),
        "a number of a table: labels of the row's key with `:` between and `_` for a blank, and the column",
        "figure",
    ),
    "attained": LookupKind(("plan", "scenario?"), "the share to which all figures of a plan can be reached at once"),
    "verdict": LookupKind(("plan", "scenario?"), "whether a plan fits, over the ranges of the data", "verdict"),
    "periods": LookupKind(
        ("plan", "corner?"),
        "how many periods all figures of a plan take, conditions of the last held; at a corner of the ranges",
    ),
    "reached": LookupKind(("plan", "item", "figure?"), "the year in which a figure of a plan was in fact reached"),
    "late": LookupKind(
        ("plan", "year"), "the share of a plan's figures that were first reached in that year or after it"
    ),
    "executed": LookupKind(
        ("plan", "column", "period"), "a column of the plan played forward, asked for as much as it was adopted with"
    ),
    "short": LookupKind(
        ("plan", "period"),
        "the share of products that ran short up to that period where the plan is played forward likewise, of those that "
        "branches take or that are built with",
    ),
    "money": LookupKind(("plan", "case", "column", "period"), "a column of households' money against goods"),
}

# what a statement can call a plan -> verdicts that bear it out, and verdicts that contradict it; others leave it open
SCALE: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "inside": (frozenset({"inside"}), frozenset({"outside", "certainly outside", "empty set"})),
    "within reach": (
        frozenset({"inside", "within reach"}),
        frozenset({"outside", "certainly outside", "empty set"}),
    ),
    "only within reach": (
        frozenset({"within reach"}),
        frozenset({"inside", "outside", "certainly outside", "empty set"}),
    ),
    "outside": (frozenset({"outside", "certainly outside", "empty set"}), frozenset({"inside"})),
    "certainly outside": (frozenset({"certainly outside", "empty set"}), frozenset({"inside"})),
}


class UnreadableError(ValueError):
    """A test that cannot be read; the message says why."""


@dataclass(frozen=True)
class LookupTerm:
    """One thing that is looked up.

    Args:
        kind: of ``KINDS``.
        words: what follows it, by what it is; left out: not there.
    """

    kind: str
    words: Mapping[str, str]

    @property
    def plan(self) -> str:
        """Whose figure it is; empty for none."""
        return self.words.get("plan", "")

    @property
    def cell(self) -> tuple[str, str, str]:
        """Measure, item and period; empty texts where it is no figure."""
        measure, _, rest = self.words.get("cell", "").partition(":")
        item, _, period = rest.rpartition(":")
        return measure, item, period

    @property
    def scenario(self) -> str | None:
        """Under which it is looked up; ``None`` for that of the question."""
        return self.words.get("scenario")

    def __str__(self) -> str:
        """As it is written."""
        return " ".join((self.kind, *self.words.values()))


@dataclass(frozen=True)
class Check:
    """One comparison of a test.

    Args:
        term: what is looked up.
        over: what it is divided by, ``None`` for nothing.
        relation: of what is found to what is stated.
        stated: a number, or a verdict.
        within: by what share the equality may be missed.
    """

    term: LookupTerm
    over: LookupTerm | None
    relation: Relation
    stated: float | str
    within: float = WITHIN

    @property
    def terms(self) -> tuple[LookupTerm, ...]:
        """Everything that is looked up."""
        return (self.term,) if self.over is None else (self.term, self.over)

    def __str__(self) -> str:
        """As it is written."""
        stated = self.stated if isinstance(self.stated, str) else f"{self.stated:g}"
        share = "" if self.within == WITHIN else f" within {100 * self.within:g} %"
        return f"{' / '.join(map(str, self.terms))} {self.relation} {stated}{share}"


def read_test(text: str) -> tuple[Check, ...]:
    """The checks of a test; none of an empty one, or of ``outside``.

    Args:
        text: of the test.

    Raises:
        UnreadableError: it cannot be read.

    >>> [str(check) for check in read_test("produced output:iron:1 = 20 and verdict ambitious = outside")]
    ['produced output:iron:1 = 20', 'verdict ambitious = outside']
    >>> read_test("official ambitious output:iron:2 / produced output:iron:0 = 2 within 10 %")[0].within
    0.1
    >>> read_test("verdict ambitious = outside")[0].stated
    'outside'
    """
    if text.strip() in ("", OUTSIDE):
        return ()
    return tuple(_check(part) for part in re.split(r"\s+and\s+", text.strip()))


def _check(text: str) -> Check:
    parts = re.fullmatch(r"(.+?)\s*(>=|<=|=)\s*(.+?)(?:\s+within\s+(\S+?)\s*%)?", text)
    if parts is None:
        raise UnreadableError(
            f'"{text}" has no relation: write = , >= or <= between what is looked up and what is stated.'
        )
    left, relation, stated, share = parts.groups()
    terms = [_term(part) for part in re.split(r"\s+/\s+", left)]
    gives = {KINDS[term.kind].gives for term in terms}
    if len(terms) > 2 or (len(terms) == 2 and gives != {"figure"}):
        raise UnreadableError(f'"{left}": one figure can be divided by another, and nothing else.')
    said: float | str = stated
    if gives == {"verdict"}:
        if stated not in SCALE:
            raise UnreadableError(f'"{stated}" is no verdict; there is: {", ".join(SCALE)}.')
        if relation != "=":
            raise UnreadableError(f'A verdict is compared by = alone, not by "{relation}".')
    else:
        said = _number(stated)
    within = WITHIN if share is None else _number(share) / 100
    return Check(terms[0], terms[1] if len(terms) == 2 else None, relation, said, within)  # type: ignore[arg-type]  # one of the three


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = inf
    if not isfinite(found):
        raise UnreadableError(f'"{text}" is no number.')
    return found


def _term(text: str) -> LookupTerm:
    name, *words = text.split()
    if name not in KINDS:
        raise UnreadableError(
            f'"{name}" is nothing that can be looked up; there is: {", ".join(KINDS)}, or the word {OUTSIDE}.'
        )
    takes = KINDS[name].takes
    least = sum(not word.endswith("?") for word in takes)
    if not least <= len(words) <= len(takes):
        raise UnreadableError(f'"{text}" does not read: {name} {" ".join(word.upper() for word in takes)}.')
    found = LookupTerm(name, {take.rstrip("?"): word for take, word in zip(takes, words, strict=False)})
    if "cell" in found.words and not all(found.cell):
        raise UnreadableError(f'"{found.words["cell"]}" does not read MEASURE:ITEM:PERIOD.')
    return found
