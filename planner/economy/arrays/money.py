"""What is paid and earned, by currency and period."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, SubjectArrays, Vector
from planner.economy.items import foreign_currencies
from planner.economy.prices.price_steps import PriceSteps, price_steps
from planner.program import Matrix, to_the

Terms = Sequence[tuple[str, str, str]]


class Money(SubjectArrays):
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

    def paid(self, rows: Codes, periods: int, values: Vector | None = None, rate: float = 0.0) -> Matrix:
        """Currency-period by rows: every payment in its currency and period, over so many periods from the first.

        Args:
            rows: of the costs table.
            periods: whose payments are wanted.
            values: of each payment, in place of what the rows say.
            rate: by which what is paid a part of a period later counts for less.
        """
        times = self._times[rows]
        row = np.repeat(np.arange(len(rows)), times)
        later = self._first[rows][row] + np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        when = self.axes.time.at(later)
        row, when = row[when < periods], when[when < periods]
        place = self.axes.column_codes("costs", "currency")[rows][row] * periods + when
        shape = (len(self.axes.currencies) * periods, len(rows))
        value = self.axes.numbers("costs", "value")[rows] if values is None else values
        part = self.axes.numbers("costs", "due")[rows] % 1.0
        value = value / to_the(np.full(len(part), 1.0 + rate), part) if rate else value
        return Matrix((value[row], (place, row)), shape=shape)

    def abroad(self, currencies: Labels, periods: int) -> Matrix:
        """Currency-period by account-period of the plan: payments abroad are in a foreign currency, in the period itself.

        Args:
            currencies: the foreign ones, shape (C,).
            periods: as in `paid`.
        """
        place = (self.axes.codes("currency", currencies)[:, None] * periods + np.arange(self.T)).ravel()
        shape = (len(self.axes.currencies) * periods, len(place))
        return Matrix((np.ones(len(place)), (place, np.arange(len(place)))), shape=shape)

    def exchanged(self, kind: str, periods: int) -> Matrix:
        """Currency-period by rows of the exchange table: what is given of one currency, or had of the other.

        Args:
            kind: ``cost`` or ``revenue``.
            periods: as in `paid`.
        """
        rate = self.axes.numbers("exchange", "rate")
        currency = self.axes.column_codes("exchange", "from" if kind == "cost" else "to", "currency")
        place = currency * periods + self.axes.column_codes("exchange", "period")
        value = np.ones(len(rate)) if kind == "cost" else rate
        return Matrix((value, (place, np.arange(len(rate)))), shape=(len(self.axes.currencies) * periods, len(rate)))

    @cached_property
    def steps(self) -> PriceSteps:
        """Prices that change with the amount, in the order of their table."""
        stated = self.axes.economy  # prices of the country are of sums over places
        return price_steps(stated.tables, stated.periods)

    @cached_property
    def steps_as_paid(self) -> pd.DataFrame:
        """Their rows, those of trade in what has places under the label of its gate."""
        frame = self.steps.frame
        items = frame["item"].tolist()
        for row in np.flatnonzero(self.steps.costs < 0):
            items[row] = str(self.axes.products[self.axes.standing("product", items[row])[0]])
        return frame.assign(item=pd.Series(items, index=frame.index, dtype=frame["item"].dtype))

    def stepped(self, kind: str, periods: int, rate: float = 0.0) -> Matrix:
        """Currency-period by steps: by how much more a unit beyond each costs, or earns, than one below the first.

        Args:
            kind: ``cost`` or ``revenue``.
            periods: whose payments are wanted.
            rate: as in `paid`.
        """
        steps = self.steps
        of_kind = steps.frame["kind"].to_numpy() == kind
        own, abroad = np.flatnonzero(of_kind & (steps.costs >= 0)), np.flatnonzero(of_kind & (steps.costs < 0))
        paid = self.paid(steps.costs[own], periods, steps.more[own], rate).tocoo()
        currency = self.axes.codes("currency", steps.frame["currency"].to_numpy(dtype=object)[abroad])
        place = currency * periods + steps.period[abroad]
        cells = np.append(paid.row, place), np.append(own[paid.col], abroad)
        shape = (len(self.axes.currencies) * periods, len(of_kind))
        return Matrix((np.append(paid.data, steps.more[abroad]), cells), shape=shape)

    def stepped_abroad(self, direction: str) -> Matrix:
        """Foreign currency and period by steps: the same of trade in one direction.

        Args:
            direction: ``export`` or ``import``.
        """
        steps = self.steps
        rows = np.flatnonzero((steps.frame["measure"].to_numpy() == direction) & (steps.costs < 0))
        abroad = foreign_currencies(self.axes.tables)
        currency = np.array([abroad.index(name) for name in steps.frame["currency"].iloc[rows]], dtype=np.intp)
        place = currency * self.T + steps.period[rows]
        return Matrix((steps.more[rows], (place, rows)), shape=(len(abroad) * self.T, len(steps.frame)))

    def steps_of_goods(self, direction: str, goods: Codes) -> Matrix:
        """Good-period by steps: the same of trade in one direction, by product and currency.

        Args:
            direction: ``export`` or ``import``.
            goods: products by currency, as `Trade.goods` has them.
        """
        steps, abroad = self.steps, foreign_currencies(self.axes.tables)
        rows = np.flatnonzero((steps.frame["measure"].to_numpy() == direction) & (steps.costs < 0))
        product = self.axes.codes("product", self.steps_as_paid["item"].to_numpy(dtype=object)[rows])
        currency = np.array([abroad.index(name) for name in steps.frame["currency"].iloc[rows]], dtype=np.intp)
        place = np.searchsorted(goods, product * len(abroad) + currency) * self.T + steps.period[rows]
        return Matrix((steps.more[rows], (place, rows)), shape=(len(goods) * self.T, len(steps.frame)))

    @cached_property
    def steps_of_trade(self) -> Matrix:
        """Product-period by steps: the same of exports less imports, by product."""
        steps = self.steps
        rows = np.flatnonzero(steps.costs < 0)
        sign = np.where(steps.frame["measure"].to_numpy()[rows] == "export", 1.0, -1.0)
        product = self.axes.codes("product", self.steps_as_paid["item"].to_numpy(dtype=object)[rows])
        shape = (len(self.axes.products) * self.T, len(steps.frame))
        return Matrix((sign * steps.more[rows], (product * self.T + steps.period[rows], rows)), shape=shape)

    @cached_property
    def _first(self) -> Vector:
        """Time of the first payment of each row, from the opening of the plan."""
        opening = self.axes.time.opening(self.T)
        return opening[self.axes.column_codes("costs", "period")] + np.floor(self.axes.numbers("costs", "due"))

    @cached_property
    def _times(self) -> Codes:
        """Number of payments of each row."""
        return self.axes.numbers("costs", "times").astype(np.intp)
