"""What is paid and earned, by currency and period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.economy.arrays.axes import Codes, Part
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

    def paid(self, rows: Codes) -> Matrix:
        """Currency-period by rows: the price of each in its currency and period."""
        place = self.axes.cells("costs", "currency")[rows]
        shape = (len(self.axes.currencies) * self.T, len(rows))
        return Matrix((self.axes.numbers("costs", "value")[rows], (place, np.arange(len(rows)))), shape=shape)

    def abroad(self, currency: str) -> Matrix:
        """Currency-period by period: payments abroad are in the foreign currency."""
        place = self.axes.position("currency", currency) * self.T + np.arange(self.T)
        shape = (len(self.axes.currencies) * self.T, self.T)
        return Matrix((np.ones(self.T), (place, np.arange(self.T))), shape=shape)
