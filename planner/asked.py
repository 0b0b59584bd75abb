"""The numbers that a question may be given: one range for each, for the command line and for Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isinf, isnan
from numbers import Integral, Real

__all__ = ["NUMBERS", "Range"]


@dataclass(frozen=True)
class Range:
    """What a number may be.

    Args:
        least: of it.
        most: of it.
        above: whether it is more than the least.
        whole: whether it is a whole number.
        endless: whether it may be infinite, for no limit.
    """

    least: float = 0
    most: float = inf
    above: bool = False
    whole: bool = False
    endless: bool = False

    def holds(self, value: object) -> bool:
        """Whether it is such a number.

        >>> Range(most=1).holds(0.5), Range(most=1).holds(float("nan")), Range().holds(float("inf")), Range(whole=True).holds(1.5)
        (True, False, False, False)
        """
        if isinstance(value, bool) or not isinstance(value, Integral if self.whole else Real):
            return False
        number = float(value)
        if isnan(number) or (isinf(number) and not self.endless):
            return False
        return self.least <= number <= self.most and not (self.above and number == self.least)

    @property
    def words(self) -> str:
        """What it is, in words.

        >>> Range(most=1).words, Range(above=True).words, Range(2, 8, whole=True).words
        ('a number from 0 to 1', 'a number above 0', 'a whole number from 2 to 8')
        """
        kind = "a whole number" if self.whole else "a number"
        if self.above:
            return f"{kind} above {self.least:g}"
        return f"{kind} from {self.least:g} to {self.most:g}" if self.most < inf else f"{kind}, {self.least:g} or more"


NUMBERS: Mapping[str, Range] = {
    "count": Range(1, 100, whole=True),
    "draws": Range(whole=True),
    "effort": Range(above=True),
    "epsilon": Range(most=1),
    "gap": Range(most=1),
    "hold": Range(),
    "keep": Range(whole=True),
    "levels": Range(above=True),
    "nodes": Range(whole=True),
    "plans": Range(2, 8, whole=True),
    "samples": Range(1, whole=True),
    "seconds": Range(above=True, endless=True),
    "seed": Range(whole=True),
    "top": Range(1, whole=True),
    "work": Range(1, whole=True),
    "workers": Range(whole=True),
    "years": Range(0, 60, whole=True),
}
"""By the name of the argument in Python."""
