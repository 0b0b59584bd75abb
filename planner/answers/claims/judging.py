"""Whether what is found bears a statement out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.economy.claims import SCALE, Check

__all__ = ["AGREES", "DISAGREES", "OUTSIDE_TABLES", "SAYS", "UNDECIDED", "UNTESTED", "Found", "judged", "together"]

AGREES, DISAGREES, UNDECIDED = "agrees", "disagrees", "undecided"
OUTSIDE_TABLES = "outside what tables can say"
UNTESTED = "no test"
SAYS = (AGREES, DISAGREES, UNDECIDED, OUTSIDE_TABLES, UNTESTED)
_NONE = float("nan")
_SLACK = 1e-9


@dataclass(frozen=True)
class Found:
    """What is looked up.

    Args:
        value: the number; ``nan`` where none is known.
        low: least that it can be, by its range and by other series.
        high: most.
        verdict: in place of a number.
        unit: of the number.
        source: keys or words.
        verified: as the row says.
        note: why nothing is known, or what stands in place of a number.
    """

    value: float = _NONE
    low: float = _NONE
    high: float = _NONE
    verdict: str = ""
    unit: str = ""
    source: str = ""
    verified: str = ""
    note: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Least and most, of what has no range the number itself."""
        ends = [end for end in (self.value, self.low, self.high) if end == end]
        return (min(ends), max(ends)) if ends else (_NONE, _NONE)

    def over(self, other: Found) -> Found:
        """Divided by another.

        >>> Found(10.0).over(Found(3.3, 3.0, 3.5)).ends
        (2.857142857142857, 3.3333333333333335)
        """
        if not (other.value == other.value and other.ends[0] > 0):
            return Found(note=self.note or other.note or "There is nothing to divide by.")
        low, high = self.ends[0] / other.ends[1], self.ends[1] / other.ends[0]
        sources = "; ".join(dict.fromkeys(filter(None, (self.source, other.source))))
        verified = self.verified if self.verified == other.verified else f"{self.verified}; {other.verified}"
        return Found(self.value / other.value, low, high, "", "", sources, verified, self.note or other.note)


def judged(check: Check, found: Found) -> str:
    """Whether a check holds: by the number itself, and if it does not, whether it may within its range.

    Args:
        check: what is stated.
        found: what is looked up.

    >>> from planner.economy.claims import read_test
    >>> four, most = read_test("produced output:iron:1 = 4 and produced output:iron:1 <= 4")
    >>> [judged(four, one) for one in (Found(4.1), Found(3.0), Found(3.0, 3.0, 4.0), Found())]
    ['agrees', 'disagrees', 'undecided', 'undecided']
    >>> judged(most, Found(3.0, 2.0, 5.0)), judged(most, Found(5.0))
    ('undecided', 'disagrees')
    >>> judged(read_test("verdict adopted = certainly outside")[0], Found(verdict="within reach"))
    'undecided'
    """
    if isinstance(check.stated, str):
        bears_out, against = SCALE[check.stated]
        return AGREES if found.verdict in bears_out else DISAGREES if found.verdict in against else UNDECIDED
    low, high = found.ends
    if low != low:
        return UNDECIDED
    stated = check.stated
    if check.relation == "=":
        room = check.within * abs(stated) + _SLACK
        if abs(found.value - stated) <= room:
            return AGREES
        return UNDECIDED if low - room <= stated <= high + room else DISAGREES
    if check.relation == "<=":  # as the other way round
        low, high, stated = -high, -low, -stated
    return AGREES if low >= stated - _SLACK else DISAGREES if high < stated - _SLACK else UNDECIDED


def together(each: Iterable[str]) -> str:
    """What several checks come to: a statement holds only if all of it does.

    >>> together(["agrees", "undecided"]), together(["agrees", "disagrees"]), together(["agrees"])
    ('undecided', 'disagrees', 'agrees')
    """
    found = set(each)
    return next(word for word in (DISAGREES, UNDECIDED, AGREES) if word in found)
