"""Projects as arrays: what a start of each in each period takes, brings and needs, as a question sees them.

What the tables leave open is settled here, once, in the plan's favour where there is a choice:

- Goods that ``project_goods`` does not name are taken at the norms of the project's kind of plant: all products where it
  names no product, all resources where it names no resource. A project never costs nothing by omission.
- A resource that only building takes (sites that can be opened in a year) is no good a project spends but room it needs;
  see ``planner.formulation.project_room``.
- A project already building at the base date (``begun``) has its plant in ``pipeline``. It is kept without being counted
  again; or, by option, it may be stopped: then that part of the pipeline is lost and what building on would take is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

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
        budget: most that projects may spend in all; budget_per_period: in each period; value units at central norms.
    """

    divisible: str = "rest"
    room: str = "carried"
    break_in: str = "coefficients"
    begun: str = "kept"
    budget: float = float("inf")
    budget_per_period: float = float("inf")


class Works:
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
        begun = (table["begun"] == "yes").to_numpy()
        if rules is None:
            chosen = np.zeros(len(table), bool)
        else:
            chosen = ~begun if self.rules.begun == "kept" else np.ones(len(table), bool)
        self.kept = table[begun & ~chosen].reset_index(drop=True) if rules else table.iloc[:0]
        self.table = table[chosen].reset_index(drop=True)
        self.projects: Labels = self.table["project"].to_numpy(dtype=object)
        self.begun: Mask = begun[chosen]
        self.capacity: Codes = facts.codes("capacity", self.table["capacity"])
        self.sizes: Vector = self.table["size"].to_numpy(dtype=float)
        self.gestation: Codes = self.table["gestation"].to_numpy().astype(np.intp) - self.begun

    # -- columns ------------------------------------------------------------------------------------------------------

    @property
    def width(self) -> int:
        """Number of columns: projects times periods."""
        return len(self.projects) * self.facts.T

    @property
    def keys(self) -> tuple[Labels, Labels]:
        """Project and period of each column."""
        return np.repeat(self.projects, self.facts.T), np.tile(self.facts.periods, len(self.projects))

    @cached_property
    def _cells(self) -> tuple[Codes, Codes]:
        """Project and start of each column, as positions."""
        grid = np.indices((len(self.projects), self.facts.T)).reshape(2, -1)
        return grid[0].astype(np.intp), grid[1].astype(np.intp)

    @cached_property
    def upper(self) -> Vector:
        """1 where a start is allowed, by the windows of the table; a begun project is gone on with at once or stopped."""
        i, start = self._cells
        earliest = self.facts.codes("period", self.table["earliest"])
        latest = self.facts.codes("period", self.table["latest"])
        known = (earliest >= 0) & (latest >= 0)
        inside = known[i] & (start >= earliest[i]) & (start <= latest[i])
        return np.where(self.begun[i], start == 0, inside).astype(float)

    def over(self, rows: int, row: Codes, i: Codes, start: Codes, value: Vector) -> Matrix:
        return Matrix((value, (row, i * self.facts.T + start)), shape=(rows, self.width))

    # -- plant --------------------------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> tuple[Codes, Codes, Vector]:
        """Project, periods after its start, and size, of each step in which a new project comes on stream."""
        new = np.flatnonzero(~self.begun)
        if self.rules.break_in == "coefficients":
            return new, self.gestation[new], self.sizes[new]
        first = self.table["share_first_year"].fillna(1.0).to_numpy(dtype=float)[new]
        steps = np.concatenate([first, 1.0 - first]) * np.tile(self.sizes[new], 2)
        return np.tile(new, 2), np.concatenate([self.gestation[new], self.gestation[new] + 1]), steps

    @cached_property
    def commissions_new(self) -> Matrix:
        """Capacity-period by column: plant of new projects coming on stream; what comes after the horizon is dropped."""
        project, after, size = self.steps
        T = self.facts.T
        step, start = (axis.ravel() for axis in np.indices((len(project), T)))
        comes = start + after[step]
        inside = comes < T
        step, start, comes = step[inside], start[inside], comes[inside]
        row = self.capacity[project[step]] * T + comes
        return self.over(len(self.facts.capacities) * T, row, project[step], start, size[step])

    @cached_property
    def in_pipeline(self) -> Matrix:
        """Capacity-period by column: the part of the pipeline that each begun project stands for, in table order."""
        T = self.facts.T
        left = self.facts.pipeline.reshape(-1, T).copy()
        row, column, value = [], [], []
        for i in np.flatnonzero(self.begun):
            k, wanted = self.capacity[i], self.sizes[i]
            for t in range(max(int(self.gestation[i]), 0), T):
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
        return self.commissions_new + self.in_pipeline

    @cached_property
    def already_counted(self) -> Vector:
        """Capacity-period: pipeline of begun projects that may be stopped, which the pipeline's own term counts already."""
        return np.asarray(self.in_pipeline.sum(axis=1)).ravel()

    @cached_property
    def begins(self) -> Matrix:
        """Capacity-period by column: size of new projects, in the period of their start."""
        i, start = self._cells
        size = np.where(self.begun, 0.0, self.sizes)[i]
        T = self.facts.T
        return self.over(len(self.facts.capacities) * T, self.capacity[i] * T + start, i, start, size)

    @cached_property
    def in_progress(self) -> Matrix:
        """Capacity by column: size still building at the end, less size building a period before the end."""
        i, start = self._cells
        last = self.facts.T - 1
        ends = start + self.gestation[i]
        change = (ends > last).astype(float) - ((start <= last - 1) & (ends > last - 1))
        size = np.where(self.begun, 0.0, self.sizes)[i]
        return self.over(len(self.facts.capacities), self.capacity[i], i, start, change * size)

    # -- building by the unit beside projects -------------------------------------------------------------------------

    @cached_property
    def has_projects(self) -> Mask:
        """Kinds of plant with a project open to choice, shape (K,)."""
        return np.isin(np.arange(len(self.facts.capacities)), self.capacity[~self.begun])

    @cached_property
    def by_the_unit(self) -> Mask:
        """Kinds of plant that may be built by the unit, shape (K,)."""
        if self.rules.divisible == "all":
            return np.ones(len(self.has_projects), bool)
        stands = (self.facts.capacity_column("initial") > 0) | self.facts.pipeline.reshape(-1, self.facts.T).any(axis=1)
        return ~self.has_projects | (stands & (self.rules.divisible == "rest"))

    @cached_property
    def growth_floor(self) -> Vector:
        """Floor of building by the unit, shape (K,): none where projects stand for the new works it is meant for.

        A floor above all projects of its kind that can come on stream in time, together, is meant for more than these
        and stays.
        """
        floor = self.facts.capacity_column("growth_floor")
        if self.rules.divisible == "all":
            return floor
        could = self.within_reach
        listed = np.bincount(self.capacity[could], weights=self.sizes[could], minlength=len(floor))
        return np.where(floor < listed, 0.0, floor)

    @cached_property
    def within_reach(self) -> Mask:
        """New projects that some plan could have on stream within the horizon, shape (I,).

        The most room there can be is what growth at the limit from the first period on would leave, never used.
        """
        facts, carried = self.facts, self.rules.room == "carried"
        limit = facts.capacity_column("growth_limit")
        share, floor = np.nan_to_num(limit), facts.capacity_column("growth_floor")
        plant = facts.capacity_column("initial")
        room, most = np.zeros(len(plant)), np.zeros(len(plant))
        for t in range(facts.T):
            opened = np.where(t >= self.quickest, share * plant + floor, 0.0)
            room = opened + (facts.survives * room if carried else 0.0)
            most = np.maximum(most, room)
            plant = facts.survives * plant + facts.pipeline.reshape(-1, facts.T)[:, t] + opened
        most[np.isnan(limit)] = np.inf
        earliest = facts.codes("period", self.table["earliest"])
        in_time = (earliest >= 0) & (earliest + self.gestation < facts.T)
        return ~self.begun & in_time & (self.sizes <= most[self.capacity])

    @cached_property
    def quickest(self) -> Codes:
        """First period in which anything begun under the plan can be on stream, shape (K,)."""
        quickest = self.facts.gestation.copy()
        np.minimum.at(quickest, self.capacity[~self.begun], self.gestation[~self.begun])
        return quickest

    # -- what building takes ------------------------------------------------------------------------------------------

    @cached_property
    def _takings(self) -> pd.DataFrame:
        """One row for each project, item and building year: its own goods, completed by the norms of its kind."""
        owner = pd.Index(self.projects)
        own = self.facts.tables["project_goods"]
        own = own.assign(i=owner.get_indexer(own["project"]))
        own = own.loc[own["i"] >= 0, ["i", "item", "year", "value", "central"]]
        kinds = pd.DataFrame({"i": np.arange(len(owner)), "capacity": self.table["capacity"], "size": self.sizes})
        norms = kinds.merge(
            self.facts.tables["investment"][["capacity", "item", "year", "value", "central"]], on="capacity"
        )
        norms = norms.assign(value=norms["value"] * norms["size"], central=norms["central"] * norms["size"])
        parts = [own]
        for axis in ("product", "resource"):
            of_axis = norms["item"].isin(self.facts.axis(axis))
            named = own.loc[own["item"].isin(self.facts.axis(axis)), "i"].unique()
            parts.append(norms.loc[of_axis & ~norms["i"].isin(named), own.columns])
        result = pd.concat(parts, ignore_index=True)
        resource = self.facts.codes("resource", result["item"])
        return result.assign(site=np.isin(resource, self.sites) & (resource >= 0))

    @cached_property
    def sites(self) -> Codes:
        """Positions of resources that building takes and production does not, labour aside."""
        taken = self.facts.tables["investment"]["item"]
        used = np.asarray(abs(self.facts.employs).sum(axis=1)).reshape(-1, self.facts.T).any(axis=1)
        codes = np.unique(self.facts.codes("resource", taken))
        return np.array([s for s in codes if s >= 0 and not used[s] and s not in self.facts.labour], dtype=np.intp)

    @cached_property
    def site_survives(self) -> Vector:
        """Share of unused sites left after a period, shape (S,): as of the plant on them, the least durable kind."""
        rows = self.facts.tables["investment"]
        resource = self.facts.codes("resource", rows["item"])
        kind = self.facts.codes("capacity", rows["capacity"])
        result = np.ones(len(self.facts.resources))
        np.minimum.at(result, resource[resource >= 0], self.facts.survives[kind[resource >= 0]])
        return result

    def _taken(self, axis: str, column: str = "value", price: Vector | None = None, by: str = "item") -> Matrix:
        """Goods or resources (or their value by capacity) taken in each period by a start in each period."""
        rows, T = self._takings[~self._takings["site"]], self.facts.T
        item = self.facts.codes(axis, rows["item"])
        rows, item = rows[item >= 0], item[item >= 0]
        project = rows["i"].to_numpy()
        entry, start = (axis.ravel() for axis in np.indices((len(rows), T)))
        used = start + rows["year"].to_numpy().astype(np.intp)[entry] - 1 - self.begun[project][entry]
        inside = (used >= 0) & (used < T)
        entry, start, used = entry[inside], start[inside], used[inside]
        value = rows[column].to_numpy(dtype=float) * self._part_to_build[project]
        if price is not None:
            value = value * np.nan_to_num(price)[item]
        line = item if by == "item" else self.capacity[project]
        count = len(self.facts.axis(axis)) if by == "item" else len(self.facts.capacities)
        return self.over(count * T, line[entry] * T + used, project[entry], start, value[entry])

    @cached_property
    def takes_sites(self) -> Matrix:
        """Resource-period by column: sites taken, each step of a project in its turn."""
        rows, T = self._takings[self._takings["site"]], self.facts.T
        project, after, size = self.steps
        rows = rows.merge(pd.DataFrame({"i": project, "later": after - self.gestation[project], "part": size}), on="i")
        entry, start = (axis.ravel() for axis in np.indices((len(rows), T)))
        i = rows["i"].to_numpy().astype(np.intp)
        used = start + (rows["year"] - 1 + rows["later"]).to_numpy().astype(np.intp)[entry]
        inside = used < T
        entry, start, used = entry[inside], start[inside], used[inside]
        value = (rows["value"] * rows["part"]).to_numpy(dtype=float) / np.where(self.sizes > 0, self.sizes, 1.0)[i]
        row = self.facts.codes("resource", rows["item"])[entry] * T + used
        return self.over(len(self.facts.resources) * T, row, i[entry], start, value[entry])

    @cached_property
    def _part_to_build(self) -> Vector:
        """Share of its goods a project takes: all, or for a begun one the share of its size found in the pipeline."""
        found = np.asarray(self.in_pipeline.sum(axis=0)).reshape(-1, self.facts.T).sum(axis=1)
        return np.where(self.begun, found / np.where(self.sizes > 0, self.sizes, 1.0), 1.0)

    @cached_property
    def builds(self) -> Matrix:
        """Product-period by column: products taken by building."""
        return self._taken("product")

    @cached_property
    def employs(self) -> Matrix:
        """Resource-period by column: resources taken by building, sites aside."""
        return self._taken("resource")

    @cached_property
    def investment_value(self) -> Matrix:
        """Capacity-period by column: value of products taken, at central norms and base-period prices, in value units."""
        return self._taken("product", "central", self.facts.prices, by="capacity")

    @cached_property
    def spending(self) -> Matrix:
        """Period by column: the same over all kinds of plant."""
        T = self.facts.T
        adds = Matrix(np.tile(np.eye(T), len(self.facts.capacities)))
        return adds @ self.investment_value

    # -- how projects hang together -----------------------------------------------------------------------------------

    def pairs(self, rule: str) -> list[tuple[int, int]]:
        """Pairs of positions that a rule names; projects that are kept anyway satisfy whatever is required of them."""
        frame = self.facts.tables["project_rules"]
        frame = frame[frame["rule"] == rule]
        at = {project: i for i, project in enumerate(self.projects)}
        return [(at[p], at[o]) for p, o in zip(frame["project"], frame["other"], strict=True) if p in at and o in at]

    def starts_of(self, projects: Sequence[int]) -> Matrix:
        """Row by column: adds up the starts of one project a row."""
        T = self.facts.T
        row = np.repeat(np.arange(len(projects)), T)
        column = (np.asarray(projects, dtype=np.intp)[:, None] * T + np.arange(T)).ravel()
        return Matrix((np.ones(len(row)), (row, column)), shape=(len(projects), self.width))
