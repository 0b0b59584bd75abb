"""What building projects takes, and what room it leaves to building by the unit.

What the tables leave open is settled here, once, in the plan's favour where there is a choice:

- Goods that ``project_goods`` does not name are taken at the norms of the project's kind of plant: all products where it
  names no product, all resources where it names no resource. A project never costs nothing by omission.
- A resource that only building takes (sites that can be opened in a year) is no good a project spends but room it needs;
  see ``planner.formulation.families.project_room``.
- A project already building at the base date (``begun``) has its plant in ``pipeline``. It is kept without being counted
  again; or, by option, it may be stopped: then that part of the pipeline is lost and what building on would take is saved.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Codes, Vector
from planner.formulation.projects.starts import Mask, ProjectRules, ProjectStarts
from planner.program import Matrix

__all__ = ["ProjectBlock", "ProjectRules"]


class ProjectBlock:
    """The projects open to choice, with what their building takes.

    Args:
        facts: the economy as arrays.
        rules: how the question treats projects; ``None`` where it leaves them out, so that every block is empty.
    """

    def __init__(self, facts: Arrays, rules: ProjectRules | None) -> None:
        """Choose the projects."""
        self.facts = facts
        self.starts = ProjectStarts(facts, rules)
        self.rules = self.starts.rules

    @cached_property
    def _takings(self) -> pd.DataFrame:
        """One row for each project, item and building year: its own goods, completed by the norms of its kind."""
        columns = ["item", "year", "value", "central"]
        own = self.facts.tables["project_goods"]
        own = own.assign(i=pd.Index(self.starts.labels).get_indexer(pd.Index(own["project"])))
        own = own.loc[own["i"] >= 0, ["i", *columns]]
        kinds = pd.DataFrame(
            {
                "i": np.arange(len(self.starts.labels)),
                "capacity": self.starts.table["capacity"],
                "size": self.starts.sizes,
            }
        )
        norms = kinds.merge(self.facts.tables["investment"][["capacity", *columns]], on="capacity")
        norms = norms.assign(value=norms["value"] * norms["size"], central=norms["central"] * norms["size"])
        parts = [own]
        for axis in ("product", "resource"):
            named = own.loc[own["item"].isin(self.facts.axis(axis)), "i"].unique()
            left_open = norms["item"].isin(self.facts.axis(axis)) & ~norms["i"].isin(named)
            parts.append(norms.loc[left_open, own.columns])
        result = pd.concat(parts, ignore_index=True)
        return result.assign(site=np.isin(self.facts.codes("resource", result["item"]), self.sites))

    @cached_property
    def sites(self) -> Codes:
        """Positions of resources that building takes and production does not, labour aside."""
        by_production = np.unique(self.facts.technology.employs.nonzero()[0] // self.facts.T)
        by_building = np.unique(self.facts.codes("resource", self.facts.tables["investment"]["item"]))
        alone = np.setdiff1d(by_building, np.concatenate([by_production, self.facts.labour]))
        return alone[alone >= 0].astype(np.intp)

    @cached_property
    def site_survives(self) -> Vector:
        """Share of unused sites left after a period, shape (S,): as of the plant on them, the least durable kind."""
        rows = self.facts.tables["investment"]
        resource = self.facts.codes("resource", rows["item"])
        kind = self.facts.codes("capacity", rows["capacity"])
        result = np.ones(len(self.facts.resources))
        np.minimum.at(result, resource[resource >= 0], self.facts.plant.survives[kind[resource >= 0]])
        return result

    @cached_property
    def takes_sites(self) -> Matrix:
        """Resource-period by column: sites taken, each step of a project in its turn."""
        T, (project, after, size) = self.facts.T, self.starts.steps
        part = size / np.where(self.starts.sizes > 0, self.starts.sizes, 1.0)[project]
        steps = pd.DataFrame({"i": project, "later": after - self.starts.gestation[project], "part": part})
        rows = self._takings[self._takings["site"]].merge(steps, on="i")
        entry, start, used, within = self.facts.time.spans((rows["year"] + rows["later"]).to_numpy().astype(np.intp))
        value = (rows["value"] * rows["part"]).to_numpy(dtype=float)[entry] * within
        row = self.facts.codes("resource", rows["item"])[entry] * T + used
        return self.starts.over(
            len(self.facts.resources) * T, row, rows["i"].to_numpy(dtype=np.intp)[entry], start, value
        )

    @cached_property
    def _part_to_build(self) -> Vector:
        """Share of its goods a project takes: all, or for a begun one the share of its size found in the pipeline."""
        coming = np.asarray(self.starts.in_pipeline.sum(axis=0), dtype=float).reshape(-1, self.facts.T)
        found = sum((coming[:, t] for t in range(self.facts.T)), np.zeros(len(coming)))
        return np.where(self.starts.begun, found / np.where(self.starts.sizes > 0, self.starts.sizes, 1.0), 1.0)

    def _taken(self, axis: str, column: str = "value", price: Vector | None = None) -> Matrix:
        """Goods or resources taken in each period by a start in each period; or, with prices, their value by capacity."""
        if not self.starts.width:
            return self.starts.nothing(axis if price is None else "capacity")
        rows, T = self._takings[~self._takings["site"]], self.facts.T
        year = rows["year"].to_numpy().astype(np.intp) - self.starts.begun[rows["i"].to_numpy(dtype=np.intp)]
        item = self.facts.codes(axis, rows["item"])
        kept = (item >= 0) & (year > 0)  # a begun project has had its first year
        rows, item, year = rows[kept], item[kept], year[kept]
        project = rows["i"].to_numpy(dtype=np.intp)
        value = rows[column].to_numpy(dtype=float) * self._part_to_build[project]
        line, count = item, len(self.facts.axis(axis))
        if price is not None:
            value = value * np.nan_to_num(price)[item]
            line, count = self.starts.capacity[project], len(self.facts.capacities)
        entry, start, used, within = self.facts.time.spans(year)
        return self.starts.over(count * T, line[entry] * T + used, project[entry], start, value[entry] * within)

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
        return self._taken("product", "central", self.facts.prices)

    @cached_property
    def spending(self) -> Matrix:
        """Period by column: the same over all kinds of plant."""
        everywhere = Matrix(np.tile(np.eye(self.facts.T), len(self.facts.capacities)))
        return Matrix(everywhere @ self.investment_value)

    # -- building by the unit beside projects -------------------------------------------------------------------------

    @cached_property
    def has_projects(self) -> Mask:
        """Kinds of plant with a new project open to choice, shape (K,)."""
        return np.isin(np.arange(len(self.facts.capacities)), self.starts.capacity[~self.starts.begun])

    @cached_property
    def by_the_unit(self) -> Mask:
        """Kinds of plant that may be built by the unit, shape (K,)."""
        if self.rules.divisible == "all":
            return np.ones(len(self.has_projects), bool)
        building = self.facts.plant.pipeline.reshape(-1, self.facts.T).sum(axis=1) > 0
        stands = (self.facts.plant.column("initial") > 0) | building
        allowed: Mask = ~self.has_projects | (stands & (self.rules.divisible == "rest"))
        return allowed

    @cached_property
    def growth_floor(self) -> Vector:
        """Floor of building by the unit, shape (K,): none where projects stand for the new works it is meant for.

        A floor above all projects of its kind that can come on stream in time, together, is meant for more than these
        and stays.
        """
        floor = self.facts.plant.column("growth_floor")
        if self.rules.divisible == "all" or not self.starts.width:
            return floor
        could = self.within_reach
        listed = np.bincount(self.starts.capacity[could], weights=self.starts.sizes[could], minlength=len(floor))
        return np.where(floor < listed, 0.0, floor)

    @cached_property
    def within_reach(self) -> Mask:
        """New projects that some plan could have on stream within the horizon, shape (I,).

        The most room there can be is what growth at the limit from the first period on would leave, never used.
        """
        facts, carried = self.facts, self.rules.room == "carried"
        limit = facts.plant.column("growth_limit")
        pace, stays = facts.time.pace(np.nan_to_num(limit), facts.T), facts.plant.stays.reshape(-1, facts.T)
        floor = facts.plant.column("growth_floor")[:, None] * facts.time.lasting(facts.T)
        plant = facts.plant.column("initial")
        room, most = np.zeros(len(plant)), np.zeros(len(plant))
        for t in range(facts.T):
            opened = np.where(t >= self.quickest, pace[:, t] * plant + floor[:, t], 0.0)
            room = opened + (stays[:, t] * room if carried or not facts.time.opens[t] else 0.0)
            most = np.maximum(most, room)
            plant = stays[:, t] * plant + facts.plant.pipeline.reshape(-1, facts.T)[:, t] + opened
        most[np.isnan(limit)] = np.inf
        comes = self.starts.arrival[np.arange(len(self.starts.labels)), self.starts.first]
        in_time = (self.starts.upper.reshape(-1, facts.T) > 0).any(axis=1) & (comes < facts.T)
        reachable: Mask = ~self.starts.begun & in_time & (self.starts.sizes <= most[self.starts.capacity])
        return reachable

    @cached_property
    def quickest(self) -> Codes:
        """First period in which anything begun under the plan can be on stream, shape (K,)."""
        quickest = self.facts.plant.arrival[:, 0].copy()
        np.minimum.at(quickest, self.starts.capacity[~self.starts.begun], self.starts.arrival[~self.starts.begun, 0])
        return quickest
