"""The plan's unknowns, one block each, and the sums of them that several families share."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planner.economy.arrays import Arrays, Labels
from planner.economy.labels import key_texts
from planner.economy.prices.price_steps import STEP_KEYS
from planner.formulation.named import KeepRule, SteadyRule
from planner.formulation.projects.requirements import ProjectBlock, ProjectRules
from planner.program import Codes, Expression, Variable, Vector, to_the

if TYPE_CHECKING:
    from planner.formulation.targets import Targets


class Variables:
    """Blocks of unknowns of an economy, all non-negative unless said.

    Args:
        facts: the economy as arrays.
        families: the families of the question; nobody is trained where no ``training`` rows bound it.
        floor: least level of consumption, shape (T,), base period = 1.
        targets: the plan's targets.
        with_misses: whether targets may be missed one by one (for the least sum of shortfalls) rather than all to one share.
        tied: whether those of one period are missed by one share.
        projects: how projects are treated; there are none without the family ``project``.
        keep: how much is handed on and when, where the family ``keep`` holds.
        steady: how far outputs may fall, and of which groups, where the family ``steady`` holds.
        account: plan whose account of households counts, where the family ``money_balance`` holds.
    """

    def __init__(
        self,
        facts: Arrays,
        families: Collection[str],
        floor: Vector,
        targets: Targets,
        *,
        with_misses: bool = False,
        tied: bool = False,
        projects: ProjectRules | None = None,
        steady: SteadyRule | None = None,
        keep: KeepRule | None = None,
        account: str = "",
    ) -> None:
        """Make every block; the columns stand in the order of ``all``."""
        self.facts = facts
        self.floor = floor
        self.steady = steady or SteadyRule()
        self.keep = keep or KeepRule()
        self.account = account
        self.tied = tied
        self.targets = targets if not with_misses else targets.in_full()
        T = facts.T
        products, capacities = facts.units("products"), facts.units("capacities")
        per_period = np.full(T, 0.0)
        self.activity = self._block("activity", ("activity", "period"), np.repeat(facts.technology.units, T))
        self.projects = ProjectBlock(facts, (projects or ProjectRules()) if "project" in families else None)
        opens = np.where(facts.time.opens, np.inf, 0.0)  # what takes whole periods is begun as one opens
        most = np.where(self.projects.by_the_unit & ~facts.plant.pools, np.inf, 0.0)
        most = np.minimum(most[:, None], opens).ravel()
        self.start = self._block("construction_start", ("capacity", "period"), np.repeat(capacities, T), upper=most)
        self.capacity = self._block("capacity_level", ("capacity", "period"), np.repeat(capacities, T))
        self.stock_held = self._subset("stock", facts.storable, products)
        self.exported, self.export_codes = self._trade("export", products)
        self.imported, self.import_codes = self._trade("import", products)
        axes, keys = facts.trade.accounts
        credit = facts.trade.of_accounts("credit")
        self.borrowing = Variable("borrowing", axes, keys, np.full(len(credit), -np.inf), credit, facts.trade.units)
        axes, keys = facts.trade.exchanged
        limit = np.nan_to_num(facts.numbers("exchange", "limit"), nan=np.inf)
        self.exchanged = Variable("exchange", axes, keys, np.zeros(len(limit)), limit, keys[0])
        self.consumption = self._block(
            "consumption", ("period",), np.full(T, "level, base period = 1", object), per_period
        )
        trained = np.tile(opens if "training" in families else np.zeros(T), len(facts.links))
        self.training = self._block(
            "training", ("training", "period"), np.repeat(facts.training.units, T), upper=trained
        )
        runs = facts.technology.in_units
        units = np.repeat(facts.numbers("runs", "units"), T)
        running = (np.repeat(facts.activities[runs], T), np.tile(facts.periods, len(runs)))
        count = np.full(len(units), "units", object)
        self.running = Variable(
            "running",
            ("activity", "period"),
            running,
            np.zeros(len(units)),
            units,
            count,
            integer=(projects or ProjectRules()).built == "whole",
        )
        self.started = Variable(
            "started", ("activity", "period"), running, np.zeros(len(units)), np.full(len(units), np.inf), count
        )
        below = np.where(np.repeat(facts.labels("training", "stepping_down") == "no", T), 0.0, np.inf)
        self.transfer = self._block("transfer", ("training", "period"), np.repeat(facts.training.units, T), upper=below)
        training, staff = facts.training, facts.units("resources")
        most = facts.numbers("resources", "recruits")[training.recruits][:, None] * facts.time.whole_length
        most = np.minimum(most, opens).ravel()
        self.recruiting = self._some("recruiting", training.recruits, staff, most)
        self.dismissal = self._some("dismissal", training.dismissals, staff, np.tile(opens, len(training.dismissals)))
        down = np.repeat(facts.links[training.down_for_good], T), np.tile(facts.periods, len(training.down_for_good))
        size = len(down[0])
        self.downgrading = Variable(
            "downgrading",
            ("training", "period"),
            down,
            np.zeros(size),
            np.tile(opens, len(training.down_for_good)),
            np.repeat(training.units[training.down_for_good], T),
        )
        built = facts.plant.expanded
        most = (facts.numbers("expansions", "units")[:, None] * facts.time.opens).ravel()
        self.expansion = Variable(
            "expansion",
            ("capacity", "period"),
            (np.repeat(facts.capacities[built], T), np.tile(facts.periods, len(built))),
            np.zeros(len(most)),
            most,
            np.full(len(most), "units", object),
            integer=(projects or ProjectRules()).built == "whole",
        )
        steps = facts.money.steps
        self.price_step = Variable(
            "price_step",
            STEP_KEYS,
            tuple(np.array(key_texts(steps.frame[name]), object) for name in STEP_KEYS),
            np.zeros(len(steps.width)),
            steps.width,
            steps.frame["unit"].to_numpy(dtype=object),
        )
        self.floor_spent = self._floor_spent(families)
        self.leave, self.join = self._moves("leave"), self._moves("join")
        starts = self.projects.starts
        self.project_start = Variable(
            "project_start",
            ("project", "period"),
            starts.keys,
            np.zeros(starts.width),
            starts.upper,
            np.full(starts.width, "0 or 1", object),
            integer=starts.rules.built == "whole",
        )
        missed = len(targets.frame) if with_misses else 0
        keys = tuple(targets.frame[axis].to_numpy(dtype=object)[:missed] for axis in ("measure", "item", "period"))
        share = np.full(missed, "share of the target", object)
        self.missed = Variable(
            "shortfall", ("measure", "item", "period"), keys, np.zeros(missed), np.ones(missed), share
        )
        self.all = (
            self.activity,
            self.start,
            self.capacity,
            self.stock_held,
            self.exported,
            self.imported,
            self.borrowing,
            self.exchanged,
            self.consumption,
            self.training,
            self.transfer,
            self.leave,
            self.join,
            self.floor_spent,
            self.project_start,
            self.recruiting,
            self.dismissal,
            self.downgrading,
            self.running,
            self.started,
            self.expansion,
            self.price_step,
            self.targets.share,
            self.missed,
        )

    def _block(
        self, name: str, axes: tuple[str, ...], unit: Labels, lower: Vector | None = None, upper: Vector | None = None
    ) -> Variable:
        keys = self.facts.keys(*axes)
        size = len(unit)
        return Variable(
            name,
            axes,
            keys,
            np.zeros(size) if lower is None else lower,
            np.full(size, np.inf) if upper is None else upper,
            unit,
        )

    def _subset(self, name: str, codes: Codes, units: Labels, upper: Vector | None = None) -> Variable:
        """A block over some of the products and all periods."""
        return self._some(name, codes, units, upper, axis="product")

    def _some(
        self, name: str, codes: Codes, units: Labels, upper: Vector | None = None, *, axis: str = "resource"
    ) -> Variable:
        """A block over some labels of an axis and all periods."""
        T = self.facts.T
        keys = (np.repeat(self.facts.axis(axis)[codes], T), np.tile(self.facts.periods, len(codes)))
        size = len(codes) * T
        return Variable(
            name,
            (axis, "period"),
            keys,
            np.zeros(size),
            np.full(size, np.inf) if upper is None else upper,
            np.repeat(units[codes], T),
        )

    def _floor_spent(self, families: Collection[str]) -> Variable:
        """The country's floor of growth as spent by regions, by plant and by the period in which it is begun."""
        facts, T = self.facts, self.facts.T
        spenders = facts.country.spenders
        keys = (np.repeat(facts.capacities[spenders], T), np.tile(facts.periods, len(spenders)))
        size = len(spenders) * T
        upper = np.tile(np.where(facts.time.opens, np.inf if "growth_limit" in families else 0.0, 0.0), len(spenders))
        unit = np.repeat(facts.units("capacities")[spenders], T)
        return Variable("floor_spent", ("capacity", "period"), keys, np.zeros(size), upper, unit)

    def _moves(self, way: str) -> Variable:
        """Those who leave a region, or join one, of the resources that may move."""
        facts, T = self.facts, self.facts.T
        movers = facts.country.movers
        keys = (np.repeat(facts.resources[movers], T), np.tile(facts.periods, len(movers)))
        unit = np.repeat(facts.units("resources")[movers], T)
        return Variable(way, ("resource", "period"), keys, np.zeros(len(unit)), facts.country.may(way), unit)

    @cached_property
    def moved(self) -> Expression:
        """Those who have come less those who have gone, and would still have been there, by resource and period."""
        movers = self.facts.country.movers
        return self.facts.training.came(movers, np.ones(len(movers))) @ (self.join.expression() - self.leave)

    def _trade(self, direction: str, units: Labels) -> tuple[Variable, Codes]:
        """Trade of the products that have a row, within its limits; a period without a row allows none."""
        facts = self.facts
        rows, good, period = facts.trade.cells(direction)
        goods = facts.trade.goods(direction)
        upper = np.zeros((len(goods), facts.T))
        limit = facts.tables["trade"]["limit"].to_numpy()[rows]
        upper[np.searchsorted(goods, good), period] = np.where(np.isnan(limit), np.inf, limit)
        axes, keys = facts.trade.keys_of(goods)
        unit = np.repeat(units[facts.trade.products_of(goods)], facts.T)
        return Variable(direction, axes, keys, np.zeros(upper.size), upper.ravel(), unit), goods

    def _scattered(self, variable: Variable, products: Codes) -> Expression:
        """A block over some products, each perhaps several times, as one over all of them."""
        return self.facts.spread(products, variable.name) @ variable

    @cached_property
    def exports(self) -> Expression:
        """Exports e by product and period."""
        return self._scattered(self.exported, self.facts.trade.products_of(self.export_codes))

    @cached_property
    def imports(self) -> Expression:
        """Imports m by product and period."""
        return self._scattered(self.imported, self.facts.trade.products_of(self.import_codes))

    @cached_property
    def earned_abroad(self) -> Expression:
        """Value of exports, by foreign currency and period."""
        return self._abroad("export", self.exported, self.export_codes)

    @cached_property
    def paid_abroad(self) -> Expression:
        """Value of imports, by foreign currency and period."""
        return self._abroad("import", self.imported, self.import_codes)

    @cached_property
    def interest(self) -> Expression:
        """Interest on what was owed as each period opened, by foreign currency and period."""
        trade = self.facts.trade
        owed = trade.as_it_opened @ self.borrowing + trade.owed_before.repeat(self.facts.T)
        return owed.scaled(trade.interest)

    def _abroad(self, direction: str, traded: Variable, codes: Codes) -> Expression:
        value = self.facts.trade.value(direction, codes) @ traded
        return value + self.facts.money.stepped_abroad(direction) @ self.price_step if self.price_step.size else value

    @cached_property
    def stock(self) -> Expression:
        """Stock h by product and period, at the end of the period."""
        return self._scattered(self.stock_held, self.facts.storable)

    @cached_property
    def stock_before(self) -> Expression:
        """(1−σ)h₋₁ by product and period: what is left of the stock at the end of the period before."""
        facts = self.facts
        left, T = 1.0 - facts.numbers("stocks", "spoilage"), facts.T
        left = to_the(np.repeat(left, T), np.tile(facts.time.length, len(left)))
        carried = (facts.time.before(len(facts.storable), facts.carried_round) @ self.stock_held).scaled(left)
        opening = np.zeros((len(facts.storable), T))
        opening[:, 0] = left[::T] * facts.numbers("stocks", "initial")
        return facts.spread(facts.storable, "stock") @ (carried + opening.ravel())

    @cached_property
    def building(self) -> Expression:
        """Bu: products taken by building, by the unit and in projects, by product and period."""
        return self.facts.plant.builds @ self.start + self.projects.builds @ self.project_start

    @cached_property
    def begun(self) -> Expression:
        """What was begun under the plan (or gone on with) and comes on stream, by capacity and period."""
        return self.facts.plant.commissions @ self.start + self.projects.starts.commissions @ self.project_start

    @cached_property
    def employment(self) -> Expression:
        """Resources used by production, units that are on, building and upkeep, by resource and period."""
        building = self.facts.plant.employs @ self.start + self.projects.employs @ self.project_start
        return (
            self.facts.technology.employs @ self.activity
            + self.taken_by_units("resource")
            + building
            + self.facts.plant.upkeep("resource") @ self.capacity
        )

    def taken_by_units(self, axis: str) -> Expression:
        """Products, or resources, that units take for being on and for being switched on, by item and period."""
        taken = self.facts.technology.taken_by_units
        return taken(axis, "running") @ self.running + taken(axis, "started") @ self.started

    @cached_property
    def strength(self) -> Expression:
        """Persons of each grade there are, and other resources: with those who came and without those who left."""
        training = self.facts.training
        came = training.trained @ self.training + training.recruited @ self.recruiting
        left = training.dismissed @ self.dismissal - training.downgraded @ self.downgrading
        return came - left + self.facts.supply

    @cached_property
    def hands(self) -> Expression:
        """The same, each for as long as the period, with those who work below their grade, or moved, counted where they work."""
        there = self.strength + self.facts.training.stepped_down @ self.transfer
        return (there + self.moved if self.leave.size else there).scaled(self.facts.lasting)

    @cached_property
    def idle(self) -> Expression:
        """What is left of each resource after every use, by resource and period."""
        return self.hands - self.employment - self.facts.training.trainers @ self.training

    @cached_property
    def households(self) -> Expression:
        """C: household use by product and period, with the extra use of those who work for wages."""
        facts = self.facts
        workers = facts.households.of_workers @ self.employment
        return facts.households.flexible @ self.consumption + workers + facts.households.fixed

    @cached_property
    def balance(self) -> Expression:
        """What is left of each product in each period after every use but final use; the families and deliveries share it."""
        facts = self.facts
        sources = facts.technology.makes @ self.activity + self.imports + self.stock_before
        uses = facts.technology.uses @ self.activity + self.taken_by_units("product")
        uses = uses + self.building + self.households + self.exports + self.stock
        return sources - (uses + facts.plant.upkeep("product") @ self.capacity)
