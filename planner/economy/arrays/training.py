"""Training up and stepping down between skills."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.axes import Codes, Labels, SubjectArrays, Vector
from planner.program import Matrix, select


class Training(SubjectArrays):
    """Moves of labour, blocks over (link, period): a link is from one skill to another."""

    @cached_property
    def _starts(self) -> tuple[pd.DataFrame, Codes, Codes, Codes, Codes]:
        """Training table; then link, period of start, period looked at, and that of joining, of every pair of a link."""
        table = self.axes.tables["training"]
        grid = np.indices((len(table), self.T, self.T)).reshape(3, -1)
        link, start, at = (axis.astype(np.intp) for axis in grid)
        joins = self.axes.time.arrival(table["periods"].to_numpy().astype(np.intp))
        return table, link, start, at, joins[link, start]

    def _grade(self, end: str) -> Codes:
        """Position of the grade at one end of each link, ``from`` or ``to``."""
        return self.axes.column_codes("training", f"{end}_resource", "resource")

    def _moved(self, item: Codes, at: Codes, link: Codes, start: Codes, value: Vector) -> Matrix:
        shape = (len(self.axes.resources) * self.T, len(self.axes.links) * self.T)
        return Matrix((value, (item * self.T + at, link * self.T + start)), shape=shape)

    @cached_property
    def _left(self) -> Vector:
        """Share of each resource left of those who came, or left, a period before, shape (S,)."""
        return 1.0 - self.axes.numbers("resources", "wastage")

    def _since(self, grade: Codes, came: Codes, at: Codes) -> Vector:
        """What is left in a period of one in a grade who came in another."""
        return self.axes.time.left(self._left[grade], came, at)

    @cached_property
    def trained(self) -> Matrix:
        """Resource-period by link-period: joins the higher grade when training ends, leaves the lower when it starts."""
        table, link, start, at, join = self._starts
        up, down = np.flatnonzero(at >= join), np.flatnonzero(at >= start)
        to, of = self._grade("to")[link[up]], self._grade("from")[link[down]]
        joins = table["joining"].to_numpy()[link[up]] * self._since(to, join[up], at[up])
        leaves = -self._since(of, start[down], at[down])
        moves = np.concatenate([up, down])
        return self._moved(
            np.concatenate([to, of]), at[moves], link[moves], start[moves], np.concatenate([joins, leaves])
        )

    @cached_property
    def down_for_good(self) -> Codes:
        """Positions of the links down which persons may be moved for good."""
        return np.flatnonzero(~np.isnan(self.axes.numbers("training", "staying")))

    @cached_property
    def downgraded(self) -> Matrix:
        """Resource-period by link-period of `down_for_good`: leaves the higher grade; who stays joins the lower."""
        shape = (len(self.axes.resources) * self.T, len(self.down_for_good) * self.T)
        if not shape[1]:
            return Matrix(shape)
        grid = np.indices((len(self.down_for_good), self.T, self.T)).reshape(3, -1)
        row, start, at = (axis.astype(np.intp) for axis in grid)
        row, start, at = row[at >= start], start[at >= start], at[at >= start]
        link = self.down_for_good[row]
        to, of = self._grade("to")[link], self._grade("from")[link]
        stays = self.axes.numbers("training", "staying")[link] * self._since(of, start, at)
        value = np.concatenate([-self._since(to, start, at), stays])
        cells = np.concatenate([to, of]) * self.T + np.tile(at, 2), np.tile(row * self.T + start, 2)
        return Matrix((value, cells), shape=shape)

    def came(self, resources: Codes, share: Vector) -> Matrix:
        """Resource-period by a block over some resources: who comes in a period and is there in it and after it.

        Args:
            resources: positions.
            share: of those who come, the share that is there in the first period, shape (resources,).
        """
        shape = (len(self.axes.resources) * self.T, len(resources) * self.T)
        if not shape[1]:
            return Matrix(shape)
        grid = np.indices((len(resources), self.T, self.T)).reshape(3, -1)
        row, start, at = (axis.astype(np.intp) for axis in grid)
        row, start, at = row[at >= start], start[at >= start], at[at >= start]
        value = share[row] * self._since(resources[row], start, at)
        return Matrix((value, (resources[row] * self.T + at, row * self.T + start)), shape=shape)

    @cached_property
    def recruits(self) -> Codes:
        """Positions of the resources that are recruited from outside."""
        return np.flatnonzero(~np.isnan(self.axes.numbers("resources", "recruits")))

    @cached_property
    def recruited(self) -> Matrix:
        """Resource-period by recruits: those who stay through their first period, less wastage after it."""
        return self.came(self.recruits, 1.0 - self.axes.numbers("resources", "first_wastage")[self.recruits])

    @cached_property
    def dismissals(self) -> Codes:
        """Positions of the resources that may be dismissed."""
        return np.flatnonzero(self.axes.labels("resources", "dismissals") == "yes")

    @cached_property
    def dismissed(self) -> Matrix:
        """Resource-period by dismissals: those who would still have been there."""
        return self.came(self.dismissals, np.ones(len(self.dismissals)))

    @cached_property
    def of_the_base(self) -> Vector:
        """Persons of the base date who are still there, resource-period."""
        resource, at = (axis.ravel().astype(np.intp) for axis in np.indices((len(self.axes.resources), self.T)))
        return self.axes.numbers("resources", "initial")[resource] * self._since(resource, np.full(len(at), -1), at)

    @cached_property
    def trainers(self) -> Matrix:
        """Resource-period by link-period: what those of the higher grade give who teach while training lasts."""
        table, link, start, at, join = self._starts
        to = self._grade("to")[link]
        during = (at >= start) & (at < np.maximum(join, start + 1))
        value = table["trainers"].to_numpy()[link]
        taught = value[during] * self.axes.time.length[at[during]]
        return self._moved(to[during], at[during], link[during], start[during], taught)

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
        stated = self.axes.tables["training"]["growth_limit"].to_numpy()
        share = (stated[:, None] * self.axes.time.whole_length).ravel()
        return np.where(np.isnan(share), 0.0, share), ~np.isnan(share)

    @cached_property
    def units(self) -> Labels:
        """Unit of each link: that of the higher grade."""
        return self.axes.units("resources")[self._grade("to")]
