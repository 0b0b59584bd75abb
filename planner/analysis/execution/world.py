"""The economy as it is played: norms by period as dense arrays, what the benchmark does, and what there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from planner.analysis.execution.benchmark import Benchmark
from planner.economy.arrays import Arrays
from planner.program import Codes, Matrix, Vector

__all__ = ["Mask", "World"]

Mask = npt.NDArray[np.bool_]
_DAMPED = 0.999  # of inputs, so that labour embodied is finite even where a product only just repays its inputs


@dataclass(frozen=True, eq=False)
class World:
    """Norms and limits by period, the period first; letters as in the formulation (P, J, K, S, T).

    Args:
        benchmark: the plan that is a multiple of.
    """

    benchmark: Benchmark

    @property
    def facts(self) -> Arrays:
        """The economy as arrays."""
        return self.benchmark.facts

    @property
    def played(self) -> int:
        """Periods that are played."""
        return self.benchmark.periods

    # -- norms --------------------------------------------------------------------------------------------------------

    @cached_property
    def takes(self) -> Vector:
        """A⁻: inputs by the period in which the activity runs, leads aside, shape (T, P, J)."""
        return self._by_activity(self.facts.technology.uses, len(self.facts.products))

    @cached_property
    def ahead(self) -> Vector | None:
        """Norms by the period in which inputs are taken, shape (T, P, J, periods run); nothing where none is taken ahead."""
        matrix, T = self.facts.technology.uses.tocoo(), self.facts.T
        if not (matrix.row % T != matrix.col % T).any():
            return None
        found = np.zeros((T, len(self.facts.products), len(self.facts.activities), T))
        np.add.at(found, (matrix.row % T, matrix.row // T, matrix.col // T, matrix.col % T), matrix.data)
        return found[: self.played, :, :, : self.played]

    @cached_property
    def makes(self) -> Vector:
        """A⁺: outputs, shape (T, P, J)."""
        return self._by_activity(self.facts.technology.makes, len(self.facts.products))

    @cached_property
    def occupies(self) -> Vector:
        """κ: plant, shape (T, K, J)."""
        return self._by_activity(self.facts.technology.occupies, len(self.facts.capacities))

    @cached_property
    def employs(self) -> Vector:
        """l: resources, shape (T, S, J)."""
        return self._by_activity(self.facts.technology.employs, len(self.facts.resources))

    def _by_activity(self, matrix: Matrix, items: int) -> Vector:
        """A matrix over activity-periods, each activity's items added up in the period in which it runs."""
        entries, T = matrix.tocoo(), self.facts.T
        found = np.zeros((T, items, len(self.facts.activities)))
        np.add.at(found, (entries.col % T, entries.row // T, entries.col // T), entries.data)
        return found[: self.played]

    @cached_property
    def stages(self) -> Codes:
        """Years of building, shape (K,); plant that is used in its own year has one."""
        return np.maximum(self.facts.plant.gestation, 1)

    @cached_property
    def building(self) -> Vector:
        """Products taken in each year of building, per unit of plant, shape (stages, P, K)."""
        return self._by_stage("product")

    @cached_property
    def building_employs(self) -> Vector:
        """Resources taken in each year of building, shape (stages, S, K)."""
        return self._by_stage("resource")

    @cached_property
    def built_by_hand(self) -> bool:
        """Whether building takes labour."""
        return bool(self.building_employs[:, self.facts.labour].any())

    def _by_stage(self, axis: str) -> Vector:
        facts = self.facts
        item, kind = facts.column_codes("investment", "item", axis), facts.column_codes("investment", "capacity")
        there = item >= 0
        stage = np.minimum(facts.numbers("investment", "year").astype(np.intp), self.stages[kind])[there] - 1
        found = np.zeros((int(self.stages.max(initial=1)), len(facts.axis(axis)), len(facts.capacities)))
        np.add.at(found, (stage, item[there], kind[there]), facts.numbers("investment", "value")[there])
        return found

    # -- the benchmark ------------------------------------------------------------------------------------------------

    @cached_property
    def activity(self) -> Vector:
        """Activities of the benchmark, shape (J, T)."""
        return self.benchmark.block("activity")

    @cached_property
    def starts(self) -> Vector:
        """Building begun in the benchmark, shape (K, T)."""
        return self.benchmark.block("construction_start")

    @cached_property
    def output(self) -> Vector:
        """Output of the benchmark, shape (P, T)."""
        found: Vector = np.einsum("tpj,jt->pt", self.makes, self.activity)
        return found

    @cached_property
    def others(self) -> Vector:
        """What households, the state (with the upkeep of plant) and exports are promised, shape (T, P, 3)."""
        plan, facts = self.benchmark.formulation.variables, self.facts
        upkeep = self.benchmark.values(facts.plant.upkeep("product") @ plan.capacity)
        state = facts.final_use.reshape(-1, facts.T)[:, : self.played] + upkeep
        three = (self.benchmark.values(plan.households), state, self.benchmark.values(plan.exports))
        return np.maximum(np.stack(three).transpose(2, 1, 0), 0.0)

    @cached_property
    def imports(self) -> Vector:
        """Imports of the benchmark, shape (P, T)."""
        return np.maximum(self.benchmark.values(self.benchmark.formulation.variables.imports), 0.0)

    @cached_property
    def production(self) -> Vector:
        """Resources used by production in the benchmark, shape (S, T)."""
        found: Vector = np.einsum("tsj,jt->st", self.employs, self.activity)
        return found

    @cached_property
    def hands(self) -> Vector:
        """Labour used by production in the benchmark, shape (T,)."""
        found: Vector = np.einsum("tsj,jt->t", self.employs[:, self.facts.labour], self.activity)
        return found

    @cached_property
    def value(self) -> Vector:
        """Labour embodied in a unit of each product at the mix of the benchmark, shape (P,): what outputs are added up by.

        Where no labour is used, base-period prices; where there are none of these either, one each.
        """
        facts, total = self.facts, np.zeros((len(self.facts.products), len(self.facts.products)))
        of = facts.column_codes("activities", "product")
        taken = np.einsum("tpj,jt->pj", self.takes, self.activity)
        hands = np.einsum("tsj,jt->j", self.employs[:, facts.labour], self.activity)
        np.add.at(total.T, of, taken.T)
        output, labour = self.output.sum(axis=1), np.bincount(of, hands, len(facts.products))
        made = output > 0
        norms = np.where(made, total / np.where(made, output, 1.0), 0.0)
        own = np.where(made, labour / np.where(made, output, 1.0), 0.0)
        embodied = np.linalg.lstsq(np.eye(len(own)) - _DAMPED * norms.T, own, rcond=None)[0]
        if embodied.max(initial=0.0) > 0:
            return np.clip(embodied, 0.0, None)
        prices = np.nan_to_num(facts.prices)
        return prices if prices.any() else np.ones(len(prices))

    @cached_property
    def plant_value(self) -> Vector:
        """The same of the goods that a unit of each kind of plant takes to build, shape (K,)."""
        found: Vector = np.einsum("spk,p->k", self.building, self.value)
        return found

    @cached_property
    def followed(self) -> Mask:
        """Products whose output is added up: those with a figure, or all where none has one, shape (P,)."""
        figures = ~np.isnan(self.benchmark.share)
        return figures if figures.any() else np.ones(len(figures), bool)

    @cached_property
    def unfinished(self) -> Vector:
        """Labour embodied in works of the benchmark that have not joined the plant at the end of each period, shape (T,)."""
        found = np.zeros(self.played)
        for t in range(self.played):
            years = t + 1 - np.arange(t + 1)  # that works begun in each period have gone on
            part = np.where(years <= self.facts.plant.gestation[:, None], years / self.stages[:, None], 0.0)
            found[t] = (self.plant_value[:, None] * self.starts[:, : t + 1] * part).sum()
        return found

    @cached_property
    def built(self) -> Vector:
        """Goods that works of the benchmark take, shape (P, T)."""
        found = np.zeros((len(self.facts.products), self.played))
        for t in range(self.played):
            for stage in range(min(len(self.building), t + 1)):
                found[:, t] += self.building[stage] @ self.starts[:, t - stage]
        return found

    # -- what there is ------------------------------------------------------------------------------------------------

    @cached_property
    def keeps(self) -> Mask:
        """Which products may be used in a later month, shape (P,)."""
        return np.array(self.facts.labels("products", "keeps") == "yes")

    @cached_property
    def carriers(self) -> Mask:
        """Activities that make what does not keep, shape (J,): stations, boilers and carriers, served first with it."""
        return np.asarray((self.makes[:, ~self.keeps] > 0).any(axis=(0, 1)), dtype=bool)

    @cached_property
    def plant_limits(self) -> bool:
        """Whether the question knows limits of plant at all."""
        return "capacity" in self.benchmark.program.row_block

    @cached_property
    def utilisation(self) -> Vector:
        """q: share of each kind of plant that can be used, shape (K,)."""
        return self.facts.plant.column("utilisation")

    @cached_property
    def available(self) -> Vector:
        """Resources that production and building may use in each period, shape (S, T); infinite where nothing limits them.

        Of labour those that the benchmark trains among them, of other resources what its building leaves.
        """
        plan, benchmark, facts = self.benchmark.formulation.variables, self.benchmark, self.facts
        used = benchmark.values(plan.employment)
        upkeep = benchmark.values(facts.plant.upkeep("resource") @ plan.capacity)
        left = np.full(used.shape, np.inf)
        for family in ("labour", "resource"):
            room = benchmark.room(family)
            left = left if room is None else np.minimum(left, room)
        return np.asarray(np.maximum(used + left - upkeep, 0.0))

    @cached_property
    def sites_open(self) -> Vector:
        """Resources other than labour that new building may take, shape (S, T): what production leaves in the benchmark."""
        found = np.maximum(self.available - self.production, 0.0)
        found[self.facts.labour] = np.inf
        return np.asarray(found)

    @cached_property
    def land(self) -> Vector:
        """Resources other than labour that production may take, shape (S, T): what building leaves in the benchmark."""
        used = self.benchmark.values(self.facts.plant.employs @ self.benchmark.formulation.variables.start)
        found = np.maximum(self.available - used, self.production)
        found[self.facts.labour] = np.inf
        return np.asarray(found)

    @cached_property
    def pipeline(self) -> Vector:
        """Plant that was building at the base date, shape (K, T)."""
        return self.facts.plant.pipeline.reshape(-1, self.facts.T)[:, : self.played]

    @cached_property
    def growth(self) -> tuple[Vector, Vector]:
        """Share of plant that may join in a period, infinite without limit, and the floor to it, each of shape (K,)."""
        share = self.facts.plant.column("growth_limit")
        limited = ~np.isnan(share) & ("growth_limit" in self.benchmark.program.row_block)
        floor = np.nan_to_num(self.facts.plant.column("growth_floor"))
        return np.where(limited, share, np.inf), np.where(limited, floor, 0.0)

    @cached_property
    def opening(self) -> Vector:
        """Stocks at the start, shape (P,)."""
        return np.bincount(
            self.facts.storable, self.facts.numbers("stocks", "initial"), len(self.facts.products)
        ).astype(float)

    @cached_property
    def spoilage(self) -> Vector:
        """σ: share of what is kept of each product that a period spoils, shape (P,)."""
        found = np.zeros(len(self.facts.products))
        found[self.facts.storable] = self.facts.numbers("stocks", "spoilage")
        return found

    @cached_property
    def room(self) -> Vector:
        """Most of each product that can be stored, shape (P,); infinite without limit, and where the question knows none."""
        found = np.full(len(self.facts.products), np.inf)
        if "stock" in self.benchmark.program.row_block:
            found[self.facts.storable] = self.facts.tables["stocks"]["limit"].fillna(np.inf)
        return found

    @cached_property
    def first_use(self) -> Vector:
        """What is used of each product in the first period of the benchmark, shape (P,)."""
        first = self.takes[0] @ self.activity[:, 0] + self.building[0] @ self.starts[:, 0]
        return np.asarray(first + self.others[0].sum(axis=1), dtype=float)

    @cached_property
    def export_prices(self) -> Vector:
        """Foreign price of each product sold abroad, shape (P, T)."""
        return self.facts.trade.prices("export").reshape(-1, self.facts.T)[:, : self.played]
