"""Techniques as sparse matrices over activity-periods."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from planner.economy.arrays.axes import Codes, Labels, SubjectArrays, Vector
from planner.economy.places import TO, at, base, place, regions_of, ways
from planner.program import Matrix

Entries = dict[str, tuple[Codes, Codes, Codes, Codes]]

_AXIS_OF_ROLE = {"input": "product", "output": "product", "capacity": "capacity", "resource": "resource"}
_AHEAD = ("input", "resource")  # roles that a lead applies to: what is taken may be taken before the activity


def _without(matrix: Matrix, columns: npt.NDArray[np.bool_]) -> Matrix:
    """A matrix with nothing in some of its columns."""
    cells = matrix.tocoo()
    kept = ~columns[cells.col]
    return Matrix((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=matrix.shape)


class Technology(SubjectArrays):
    """What activities take, make, occupy and employ."""

    @cached_property
    def _coefficients(self) -> dict[str, tuple[Codes, Codes, Codes, Codes]]:
        """By role: row of the table, item, activity and period of every coefficient in force, one entry a period."""
        labels = [self.axes.labels("coefficients", column) for column in ("activity", "item", "role", "from_period")]
        axes = [self.axes.axis(name) for name in ("activity", "period", *_AXIS_OF_ROLE.values())]
        return self.axes.remembered("coefficients", lambda: self._in_force(*labels), *axes, *labels)

    def _in_force(self, activities: Labels, items: Labels, roles: Labels, begins: Labels) -> Entries:
        activity = self.axes.codes("activity", activities)
        role = pd.Index(list(_AXIS_OF_ROLE)).get_indexer(pd.Index(roles))
        item = np.full(len(roles), -1, dtype=np.intp)
        for number, axis in enumerate(_AXIS_OF_ROLE.values()):
            of_role = role == number
            item[of_role] = self.axes.codes(axis, items[of_role])
        first, last = np.zeros(len(roles), dtype=np.intp), np.full(len(roles), self.T)
        if (begins != "").any():
            first = np.where(begins == "", 0, self.axes.codes("period", begins))
            first[first < 0] = self.T
            order = np.lexsort((first, item, activity, role))
            row, follower = order[:-1], order[1:]
            same = (activity[row] == activity[follower]) & (item[row] == item[follower]) & (role[row] == role[follower])
            last[row[same]] = first[follower[same]]  # a later row of the same coefficient takes over
        lasts = np.maximum(last - first, 0)
        row = np.repeat(np.arange(len(roles)), lasts)
        period = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(lasts) - lasts, lasts)
        chosen = {name: np.flatnonzero(role[row] == number) for number, name in enumerate(_AXIS_OF_ROLE)}
        return {name: (row[at], item[row[at]], activity[row[at]], period[at]) for name, at in chosen.items()}

    def _of_role(self, role: str, items: int) -> Matrix:
        row, item, activity, period = self._coefficients[role]
        taken = self._ahead(row, period) if role in _AHEAD else period
        inside = taken >= 0  # what was taken before the horizon is `begun_before`'s
        return Matrix(
            (
                self.axes.numbers("coefficients", "value")[row[inside]],
                ((item * self.T + taken)[inside], (activity * self.T + period)[inside]),
            ),
            shape=(items * self.T, len(self.axes.activities) * self.T),
        )

    @cached_property
    def _lead(self) -> Codes:
        """Periods by which the item of each row of the coefficients is taken ahead."""
        return self.axes.numbers("coefficients", "lead").astype(np.intp)

    def _ahead(self, row: Codes, period: Codes) -> Codes:
        """The period in which rows of the coefficients take what runs in another; negative before the first."""
        return self.axes.time.at(self.axes.time.opening(self.T)[period] - self._lead[row])

    @cached_property
    def reaches_back(self) -> npt.NDArray[np.bool_]:
        """Activity-periods that take something before the first period."""
        result = np.zeros(len(self.axes.activities) * self.T, dtype=bool)
        for role in _AHEAD:
            row, _, activity, period = self._coefficients[role]
            back = (self._ahead(row, period) < 0) & (self.axes.numbers("coefficients", "value")[row] > 0)
            result[(activity * self.T + period)[back]] = True
        return result

    @cached_property
    def begun_before(self) -> Vector:
        """Most of each activity that was begun before the first period, by the period it runs in, activity-period."""
        of_activities = np.flatnonzero(self.axes.labels("opening", "kind") == "activity")
        cells = self.axes.column_codes("opening", "key", "activity") * self.T + self.axes.column_codes(
            "opening", "period"
        )
        begun = self.axes.numbers("opening", "value")[of_activities]
        return np.bincount(cells[of_activities], begun, len(self.axes.activities) * self.T).astype(float)

    @cached_property
    def in_units(self) -> Codes:
        """Positions of the activities that run in whole units, in the order of the runs table."""
        return self.axes.column_codes("runs", "activity")

    @cached_property
    def on_before(self) -> Vector:
        """Units that were on as the first period began, in the order of the runs table."""
        kind, of = self.axes.labels("opening", "kind"), self.axes.column_codes("opening", "key", "activity")
        running = (kind == "running") & (self.axes.column_codes("opening", "period") == 0)
        on = np.bincount(of[running], self.axes.numbers("opening", "value")[running], len(self.axes.activities))
        return on[self.in_units].astype(float)

    def taken_by_units(self, axis: str, measure: str) -> Matrix:
        """Item-period by unit-period: what units that are on, or are switched on, take of the products or of the resources.

        Args:
            axis: ``product`` or ``resource``.
            measure: ``running``, of which a unit of time counts, or ``started``.
        """
        codes, of = (self.axes.column_codes("run_inputs", *names) for names in (("item", axis), ("activity",)))
        of_measure = self.axes.labels("run_inputs", "measure") == measure
        row = np.flatnonzero((codes >= 0) & of_measure & np.isin(of, self.in_units))  # not each region has units
        unit = np.argsort(self.in_units)[np.searchsorted(np.sort(self.in_units), of[row])]
        lasts = self.axes.time.length if measure == "running" else np.ones(self.T)
        value = (self.axes.numbers("run_inputs", "value")[row][:, None] * lasts).ravel()
        shape = (len(self.axes.axis(axis)) * self.T, len(self.in_units) * self.T)
        return Matrix((value, (self.axes.block(codes[row]), self.axes.block(unit))), shape=shape)

    @cached_property
    def uses(self) -> Matrix:
        """A⁻: product-period by activity-period, unit of the product per unit of the activity, leads applied."""
        return self._of_role("input", len(self.axes.products))

    @cached_property
    def makes(self) -> Matrix:
        """A⁺: product-period by activity-period; 1 of the principal product unless an output row says otherwise."""
        stated = self._of_role("output", len(self.axes.products))
        principal = self.axes.column_codes("activities", "product")
        _, item, activity, _ = self._coefficients["output"]
        silent = np.ones(len(self.axes.activities), bool)
        silent[activity[item == principal[activity]]] = False
        j = np.repeat(np.flatnonzero(silent), self.T)
        t = np.tile(np.arange(self.T), int(silent.sum()))
        implied = Matrix((np.ones(len(j)), (principal[j] * self.T + t, j * self.T + t)), shape=stated.shape)
        return stated + implied

    @cached_property
    def employs(self) -> Matrix:
        """l: resource-period by activity-period, leads applied."""
        return self._of_role("resource", len(self.axes.resources))

    @cached_property
    def moves(self) -> npt.NDArray[np.bool_]:
        """Activities that move something from one region to another, shape (J,)."""
        return np.array([TO in label for label in self.axes.activities], dtype=bool)

    @cached_property
    def sent(self) -> Matrix:
        """What is moved out of a place less what is moved into it, product-period by activity-period."""
        hauls = np.flatnonzero(self.moves)
        labels = [self.axes.activities[haul] for haul in hauls]
        here = [at(base(label), regions_of(place(label))[end]) for end in (0, 1) for label in labels]
        shape = len(self.axes.products), len(self.axes.activities)
        one_period = sp.csr_array(
            (np.repeat([1.0, -1.0], len(hauls)), (self.axes.codes("product", here), np.tile(hauls, 2))), shape=shape
        )
        return Matrix(sp.kron(one_period, sp.eye_array(self.T), format="csr"))

    @cached_property
    def outputs(self) -> Matrix:
        """What is made by all that does not only move it, product-period by activity-period."""
        return _without(self.makes, np.repeat(self.moves, self.T)) if self.moves.any() else self.makes

    @cached_property
    def runs_on(self) -> Matrix:
        """κ of all that stands somewhere, capacity-period by activity-period."""
        return _without(self.occupies, np.repeat(self.moves, self.T)) if self.moves.any() else self.occupies

    @cached_property
    def carried(self) -> Matrix:
        """Weight on each line of what moves over it, line-period by activity-period; of lines that some plant limits."""
        cells = self.occupies.tocoo()
        moved = np.flatnonzero(self.moves[cells.col // self.T])
        activity, t = cells.col[moved] // self.T, cells.col[moved] % self.T
        line = self.axes.codes("line", np.array([place(label) for label in self.axes.activities[activity]], object))
        shape = (len(self.axes.lines) * self.T, len(self.axes.activities) * self.T)
        return Matrix((cells.data[moved], (line * self.T + t, cells.col[moved])), shape=shape)

    @cached_property
    def distance(self) -> Vector:
        """How far each activity moves its product, shape (J,): the length of its link, and nothing for what stands."""
        lengths = {way.label: way.km for way in ways(self.axes.economy.tables)} if self.moves.any() else {}
        return np.array([lengths.get(place(label), 0.0) for label in self.axes.activities], dtype=float)

    @cached_property
    def weight(self) -> Vector:
        """What a unit of each activity counts on a line, shape (J,): of what moves where no plant limits it, 1; else 0."""
        weight = np.where(self.moves, 1.0, 0.0)
        cells = self.carried.tocoo()
        weight[cells.col // self.T] = cells.data
        return weight

    @cached_property
    def line_plant(self) -> Codes:
        """Position of the kind of plant that limits each line; -1 where none does, shape (lines,)."""
        own = {way.label: way.link for way in ways(self.axes.economy.tables)} if len(self.axes.lines) else {}
        return self.axes.codes("capacity", [own[label] for label in self.axes.lines])

    @cached_property
    def occupies(self) -> Matrix:
        """κ: capacity-period by activity-period; an activity with no row uses 1 of the capacity that bears its name."""
        stated = self._of_role("capacity", len(self.axes.capacities))
        own = self.axes.column_codes("activities", "activity", "capacity")
        silent = own >= 0
        silent[self._coefficients["capacity"][2]] = False
        j = np.repeat(np.flatnonzero(silent), self.T)
        t = np.tile(np.arange(self.T), int(silent.sum()))
        return stated + Matrix((np.ones(len(j)), (own[j] * self.T + t, j * self.T + t)), shape=stated.shape)

    @cached_property
    def units(self) -> Labels:
        """Unit of each activity: its own, or that of its principal product."""
        own, product = self.axes.labels("activities", "unit"), self.axes.column_codes("activities", "product")
        return np.where(own != "", own, self.axes.units("products")[product]).astype(object)
