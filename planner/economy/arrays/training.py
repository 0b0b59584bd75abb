"""Training up and stepping down between skills."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, Part, Vector
from planner.program import Matrix, select


class Training(Part):
    """Moves of labour, blocks over (link, period): a link is from one skill to another."""

    @cached_property
    def _starts(self) -> tuple[pd.DataFrame, Codes, Codes, Codes, Codes]:
        """Training table; then link, period of start, period looked at, and length, of every pair of periods of a link."""
        table = self.axes.tables["training"]
        grid = np.indices((len(table), self.T, self.T)).reshape(3, -1)
        link, start, at = (axis.astype(np.intp) for axis in grid)
        return table, link, start, at, table["periods"].to_numpy().astype(np.intp)[link]

    def _grade(self, end: str) -> Codes:
        """Position of the grade at one end of each link, ``from`` or ``to``."""
        return self.axes.column_codes("training", f"{end}_resource", "resource")

    def _moved(self, item: Codes, at: Codes, link: Codes, start: Codes, value: Vector) -> Matrix:
        shape = (len(self.axes.resources) * self.T, len(self.axes.links) * self.T)
        return Matrix((value, (item * self.T + at, link * self.T + start)), shape=shape)

    @cached_property
    def trained(self) -> Matrix:
        """Resource-period by link-period: joins the higher grade when training ends, leaves the lower when it starts."""
        _, link, start, at, length = self._starts
        moves = np.concatenate([np.flatnonzero(at >= start + length), np.flatnonzero(at >= start)])
        joins = np.arange(len(moves)) < np.count_nonzero(at >= start + length)
        grade = np.where(joins, self._grade("to")[link[moves]], self._grade("from")[link[moves]])
        return self._moved(grade, at[moves], link[moves], start[moves], np.where(joins, 1.0, -1.0))

    @cached_property
    def trainers(self) -> Matrix:
        """Resource-period by link-period: persons of the higher grade who teach while training lasts."""
        table, link, start, at, length = self._starts
        to = self._grade("to")[link]
        during = (at >= start) & (at < start + np.maximum(length, 1))
        value = table["trainers"].to_numpy()[link]
        return self._moved(to[during], at[during], link[during], start[during], value[during])

    @cached_property
    def stepped_down(self) -> Matrix:
        """Resource-period by link-period: from the higher grade to the lower, for the period."""
        table = self.axes.tables["training"]
        link, at = (axis.astype(np.intp) for axis in np.indices((len(table), self.T)).reshape(2, -1))
        grade = np.concatenate([self._grade("from")[link], self._grade("to")[link]])
        link, at = np.tile(link, 2), np.tile(at, 2)
        return self._moved(grade, at, link, at, np.repeat([1.0, -1.0], len(link) // 2))

    @cached_property
    def grade(self) -> Matrix:
        """Link-period by resource-period: the higher grade of each link."""
        return select(self.axes.block(self._grade("to")), len(self.axes.resources) * self.T)

    @cached_property
    def limit(self) -> tuple[Vector, npt.NDArray[np.bool_]]:
        """Share of the higher grade that may start training, and where there is such a limit, by link and period."""
        share = np.repeat(self.axes.tables["training"]["growth_limit"].to_numpy(), self.T)
        return np.where(np.isnan(share), 0.0, share), ~np.isnan(share)

    @cached_property
    def units(self) -> Labels:
        """Unit of each link: that of the higher grade."""
        return self.axes.units("resources")[self._grade("to")]
