"""Projects as columns: which there are to choose from, when each may start, and what plant a start brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.economy.arrays import Arrays, Codes, Labels, Vector
from planner.program import Matrix

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ProjectRules:
    """How a question treats projects: the table ``[projects]`` of a model file.

    Args:
        divisible: building by the unit of kinds of plant that have projects. ``rest``: only the rebuilding and extension
            of plant there is, up to the share of ``growth_limit``; the floor, meant for new works, is left to the
            projects, and kinds of which nothing stands or is building are not built by the unit at all. ``none``: not at
            all. ``all``: as without projects.
        room: absorptive room (growth limits, sites) that is not used in a period is ``carried`` to later projects, less
            what would have been retired by then, or lost with the ``year``.
        break_in: where new plant's loss of output is found: in the ``coefficients``, so that a project's whole size counts
            from its first period on; or in each project's ``share`` of the first year, the whole following a year later.
        begun: whether projects building at the base date are ``kept`` or ``stoppable``.
        built: ``whole`` or not at all; or in ``parts``, which is a linear question and bounds the other.
        budget: most that projects may spend in all.
        budget_per_period: in each period; value units at central norms.
    """

    divisible: str = "rest"
    room: str = "carried"
    break_in: str = "coefficients"
    begun: str = "kept"
    built: str = "whole"
    budget: float = float("inf")
    budget_per_period: float = float("inf")


class ProjectStarts:
    """The projects of an economy that are open to choice, over columns (project, period of start).

    Args:
        facts: the economy as arrays.
        rules: how the question treats projects; ``None`` where it leaves them out, so that every block is empty.
    """

    def __init__(self, facts: Arrays, rules: ProjectRules | None) -> None:
        """Choose the rows of the table that are open to choice."""
        self.facts = facts
        self.rules = rules or ProjectRules()
        table = facts.tables["projects"]
        if rules is None:
            table = table.iloc[:0]
        begun = (table["begun"] == "yes").to_numpy(dtype=bool)
        chosen = ~begun | (self.rules.begun == "stoppable")
        self.kept = table[~chosen].reset_index(drop=True) if len(table) else table
        self.table = table[chosen].reset_index(drop=True) if len(table) else table
        self.labels: Labels = self.table["project"].to_numpy(dtype=object)
        self.begun: Mask = begun[chosen]
        self.capacity: Codes = facts.codes("capacity", self.table["capacity"])
        self.sizes: Vector = self.table["size"].to_numpy(dtype=float)
        self.gestation: Codes = self.table["gestation"].to_numpy().astype(np.intp) - self.begun  # units of time

    @property
    def width(self) -> int:
        """Number of columns: projects times periods."""
        return len(self.labels) * self.facts.T

    @property
    def keys(self) -> tuple[Labels, Labels]:
        """Project and period of each column."""
        return np.repeat(self.labels, self.facts.T), np.tile(self.facts.periods, len(self.labels))

    @cached_property
    def cells(self) -> tuple[Codes, Codes]:
        """Project and start of each column, as positions."""
        grid = np.indices((len(self.labels), self.facts.T)).reshape(2, -1)
        return grid[0].astype(np.intp), grid[1].astype(np.intp)

    @cached_property
    def upper(self) -> Vector:
        """1 where a start is allowed: as a whole period of its window opens; what is begun is gone on with at once or stopped."""
        if not self.width:
            return np.zeros(0)
        i, start = self.cells
        earliest = self.facts.codes("period", self.table["earliest"])
        latest = self.facts.codes("period", self.table["latest"])
        known = (earliest >= 0) & (latest >= 0)
        inside = known[i] & (start >= earliest[i]) & (start <= latest[i]) & self.facts.time.opens[start]
        return np.where(self.begun[i], start == 0, inside).astype(float)

    def over(self, rows: int, row: Codes, i: Codes, start: Codes, value: Vector) -> Matrix:
        """A matrix of so many rows over the columns, from row, project, start and value of each entry."""
        return Matrix((value, (row, i * self.facts.T + start)), shape=(rows, self.width))

    def nothing(self, axis: str) -> Matrix:
        """The matrix over an axis and periods without columns, found at once where there are no projects."""
        return Matrix((len(self.facts.axis(axis)) * self.facts.T, 0))

    # -- plant --------------------------------------------------------------------------------------------------------

    @cached_property
    def first(self) -> Codes:
        """Period of the first start that is allowed, shape (I,)."""
        found: Codes = np.argmax(self.upper.reshape(-1, self.facts.T) > 0, axis=1).astype(np.intp)
        return found

    @cached_property
    def arrival(self) -> Codes:
        """The period in which what was begun in each is first used, be it after the last, shape (I, T)."""
        return self.facts.time.arrival(self.gestation)

    @cached_property
    def steps(self) -> tuple[Codes, Codes, Vector]:
        """Project, time after its start, and size, of each step in which a new project comes on stream."""
        new = np.flatnonzero(~self.begun)
        if self.rules.break_in == "coefficients":
            return new, self.gestation[new], self.sizes[new]
        first = self.table["share_first_year"].fillna(1.0).to_numpy(dtype=float)[new]
        steps = np.concatenate([first, 1.0 - first]) * np.tile(self.sizes[new], 2)
        return np.tile(new, 2), np.concatenate([self.gestation[new], self.gestation[new] + 1]), steps

    @cached_property
    def commissions_new(self) -> Matrix:
        """Capacity-period by column: plant of new projects coming on stream; what comes after the horizon is dropped."""
        return self.coming(self.facts.T)

    def coming(self, periods: int) -> Matrix:
        """The same over so many periods from the first, be they within the horizon or after it."""
        project, after, size = self.steps
        step, start = (axis.ravel() for axis in np.indices((len(project), self.facts.T)))
        comes = self.facts.time.arrival(after).ravel()
        inside = (comes < periods) & self.facts.time.opens[start]
        step, start, comes = step[inside], start[inside], comes[inside]
        row = self.capacity[project[step]] * periods + comes
        return self.over(len(self.facts.capacities) * periods, row, project[step], start, size[step])

    @cached_property
    def in_pipeline(self) -> Matrix:
        """Capacity-period by column: the part of the pipeline that each begun project stands for, in table order."""
        T = self.facts.T
        left = self.facts.plant.pipeline.reshape(-1, T).copy()
        row, column, value = [], [], []
        for i in np.flatnonzero(self.begun):
            k, wanted = self.capacity[i], self.sizes[i]
            for t in range(max(int(self.arrival[i, 0]), 0), T):
                part = min(wanted, left[k, t])
                left[k, t] -= part
                wanted -= part
                row.append(k * T + t)
                column.append(i * T)
                value.append(part)
        return Matrix((value, (row, column)), shape=(len(left) * T, self.width))

    @cached_property
    def commissions(self) -> Matrix:
        """Capacity-period by column: plant coming on stream."""
        if not self.width:
            return self.nothing("capacity")
        return Matrix(self.commissions_new + self.in_pipeline)

    @cached_property
    def already_counted(self) -> Vector:
        """Capacity-period: pipeline of begun projects that may be stopped, which the pipeline's own term counts already."""
        return np.asarray(self.in_pipeline.sum(axis=1), dtype=float).ravel()

    @cached_property
    def begins(self) -> Matrix:
        """Capacity-period by column: size of new projects, in the period of their start."""
        i, start = self.cells
        size = np.where(self.begun, 0.0, self.sizes)[i]
        T = self.facts.T
        return self.over(len(self.facts.capacities) * T, self.capacity[i] * T + start, i, start, size)

    @cached_property
    def in_progress(self) -> Matrix:
        """Capacity by column: size still building at the end, less size building as the last whole period opens."""
        i, start = self.cells
        last = int(np.flatnonzero(self.facts.time.opens)[-1])
        ends = self.arrival.ravel()
        change = (ends >= self.facts.T).astype(float) - ((start < last) & (ends >= last))
        size = np.where(self.begun, 0.0, self.sizes)[i]
        return self.over(len(self.facts.capacities), self.capacity[i], i, start, change * size)

    # -- how projects hang together -----------------------------------------------------------------------------------

    def pairs(self, rule: str) -> list[tuple[int, int]]:
        """Pairs of positions that a rule names; projects that are kept anyway satisfy whatever is required of them."""
        frame = self.facts.tables["project_rules"]
        frame = frame[frame["rule"] == rule]
        at = {project: i for i, project in enumerate(self.labels)}
        return [(at[p], at[o]) for p, o in zip(frame["project"], frame["other"], strict=True) if p in at and o in at]

    def summed(self, projects: Sequence[int] | Codes) -> Matrix:
        """Row by column: adds up the starts of one project a row."""
        T = self.facts.T
        row = np.repeat(np.arange(len(projects)), T)
        column = (np.asarray(projects, dtype=np.intp)[:, None] * T + np.arange(T)).ravel()
        return Matrix((np.ones(len(row)), (row, column)), shape=(len(projects), self.width))
