"""How much money of each period counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.program import to_the

__all__ = ["Discounting"]


@dataclass(frozen=True)
class Discounting:
    """A rate, and the date to whose value money is brought.

    Args:
        rate: a period; where labels are numbers, a unit of them (a year, where periods are years).
        to: a period, the base period, or a number where all labels are numbers; empty for the first period.
    """

    rate: float = 0.0
    to: str = ""

    def distances(
        self, base_period: str, periods: Sequence[str], opening: Sequence[float] = ()
    ) -> Sequence[float] | None:
        """How long after the date each period is; nothing where the date is no date of theirs.

        Args:
            base_period: label of the period before the first.
            periods: labels of the horizon.
            opening: time at which each opens, where they are not each one unit long; the base period is one unit long. Labels
                that are numbers as far from one another are dates, others are not.

        >>> Discounting(0.1, "1925").distances("1927", ["1928", "1933"]), Discounting().distances("start", ["a", "b"])
        ([3, 8], [0, 1])
        >>> Discounting(to="spring").distances("start", ["a", "b"]) is None
        True
        """
        date = self.to or periods[0]
        numbers = all(label.isdecimal() for label in (date, *periods))
        dates = [int(label) - int(date) for label in periods] if numbers else None
        if dates and (not len(opening) or np.allclose(np.diff(dates), np.diff(opening))):
            return dates
        opens = opening if len(opening) else range(len(periods))
        times = {base_period: opens[0] - 1.0, **dict(zip(reversed(periods), reversed(opens), strict=True))}
        return [at - times[date] for at in opens] if date in times else dates

    def weights(
        self, base_period: str, periods: Sequence[str], opening: Sequence[float] = ()
    ) -> npt.NDArray[np.float64]:
        """What one unit of money of each period counts, shape (periods,); of periods before the date more than one.

        Args:
            base_period: label of the period before the first.
            periods: labels of the horizon.
            opening: as in `distances`.

        >>> Discounting(0.25).weights("0", ["1", "2", "3"]).tolist()
        [1.0, 0.8, 0.64]
        >>> Discounting(0.25).weights("start", ["a", "b"], [0.0, 2.0]).tolist()
        [1.0, 0.64]
        >>> [Discounting(0.25).weights("0", labels, [0.0, 2.0]).tolist() for labels in (["1", "2"], ["1930", "1932"])]
        [[1.0, 0.64], [1.0, 0.64]]
        """
        times = np.array(self.distances(base_period, periods, opening) or (), dtype=float)
        grown = to_the(np.full(len(times), 1.0 + self.rate), np.abs(times))
        return np.where(times > 0, 1.0 / grown, grown)

    def words(self, periods: Sequence[str]) -> str:
        """What is done with money of different periods, as the end of a sentence; nothing where nothing is.

        Args:
            periods: labels of the horizon.

        >>> Discounting(0.11, "1975").words(["1978"]), Discounting().words(["1"])
        (', discounted at 11 % to 1975', '')
        """
        return f", discounted at {100 * self.rate:g} % to {self.to or periods[0]}" if self.rate else ""
