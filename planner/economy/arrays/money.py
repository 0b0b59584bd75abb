"""What is paid and earned, by currency and period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from planner.economy.arrays.axes import Codes, Part, Vector
from planner.program import Matrix

Terms = Sequence[tuple[str, str, str]]


class Money(Part):
    """Rows of the costs table as terms of measures, each with its price."""

    def rows(self, kind: str) -> Codes:
        """Rows of one kind, ``cost`` or ``revenue``."""
        return np.flatnonzero(self.axes.labels("costs", "kind") == kind)

    def terms(self, rows: Codes) -> Terms:
        """Measure, item and period of rows."""
        columns = (self.axes.labels("costs", name)[rows] for name in ("measure", "item", "period"))
        return [(str(measure), str(item), str(period)) for measure, item, period in zip(*columns, strict=True)]

    @cached_property
    def periods(self) -> int:
        """How many periods there are from the first until everything is paid that the plan brings about."""
        return int(max(self.T, 1 + self.axes.time.at(self._first + self._times - 1).max(initial=0)))

    def paid(self, rows: Codes, periods: int) -> Matrix:
        """Currency-period by rows: every payment in its currency and period, over so many periods from the first.

        Args:
            rows: of the costs table.
            periods: whose payments are wanted.
        """
        times = self._times[rows]
        row = np.repeat(np.arange(len(rows)), times)
        later = self._first[rows][row] + np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        when = self.axes.time.at(later)
        row, when = row[when < periods], when[when < periods]
        place = self.axes.column_codes("costs", "currency")[rows][row] * periods + when
        shape = (len(self.axes.currencies) * periods, len(rows))
        return Matrix((self.axes.numbers("costs", "value")[rows][row], (place, row)), shape=shape)

    def abroad(self, currency: str, periods: int) -> Matrix:
        """Currency-period by period of the plan: payments abroad are in the foreign currency, in the period itself.

        Args:
            currency: the foreign one.
            periods: as in `paid`.
        """
        place = self.axes.position("currency", currency) * periods + np.arange(self.T)
        shape = (len(self.axes.currencies) * periods, self.T)
        return Matrix((np.ones(self.T), (place, np.arange(self.T))), shape=shape)

    @cached_property
    def _first(self) -> Vector:
        """Time of the first payment of each row, from the opening of the plan."""
        opening = self.axes.time.opening(self.T)
        return opening[self.axes.column_codes("costs", "period")] + self.axes.numbers("costs", "due")

    @cached_property
    def _times(self) -> Codes:
        """Number of payments of each row."""
        return self.axes.numbers("costs", "times").astype(np.intp)
