"""A plan played forward: months of targets, claims, grants, output, building and reports."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from planner.analysis.execution import pool
from planner.analysis.execution.limits import Limits, hired, within_limits
from planner.analysis.execution.rationing import Order, handed_out
from planner.analysis.execution.record import Played, Record
from planner.analysis.execution.setting import Setting
from planner.analysis.execution.sites import Sites
from planner.analysis.execution.target_rules import moved, new_year, pace_of
from planner.analysis.execution.world import Mask
from planner.program import Codes, Vector

__all__ = ["Game", "play"]

_MEMORY = 0.7  # of the share of claims met, as it is remembered from month to month
_STEPS = 500  # of the fixed point of what does not keep; it is reached after a few
_STILL = 1e-13  # by which it may still move
_SHORT = 1e-6  # of an amount, from which on something is lacking
_QUARTERS = 4


def play(setting: Setting, seed: int = 0) -> Played:
    """Play a plan forward.

    Args:
        setting: the economy, its benchmark and the rules.
        seed: of shocks, where there are any.

    Returns:
        What was made, used, delivered and left, which always balances.
    """
    game = Game(setting, seed)
    for t in range(setting.world.played):
        game.january(t)
        for month in range(setting.rules.months):
            game.month(t, month)
        game.december(t)
    return Played(game.record)


class Game:
    """The state of a plan that is played, and its steps.

    Args:
        setting: the economy, its benchmark and the rules.
        seed: of shocks, where there are any.
    """

    def __init__(self, setting: Setting, seed: int = 0) -> None:
        """Stand at the beginning of the first period."""
        self.setting, self.world, self.rules = setting, setting.world, setting.rules
        world, rules, facts = setting.world, setting.rules, setting.world.facts
        self.n, self.true = rules.months, rules.allocation == "pool"
        self.J, self.keeps = len(facts.activities), world.keeps
        self.rng = np.random.default_rng(seed)
        self.sites = Sites(world, rules.months)
        self.record = Record(setting)
        working = rules.working_stock * world.first_use / 12.0
        self.pool = (working + world.opening) * self.keeps
        self.lasts = (1.0 - world.spoilage) ** (1.0 / rules.months)  # share of what is kept that a month leaves
        self.room_to_store = world.room + working
        claimants = self.J + len(self.sites.units)
        self.hold = np.zeros((len(facts.products), claimants))
        self.ahead = pool.taken_before(world) * self.keeps[:, None]
        self.hold[:, : self.J] = self.ahead
        self.on_the_way = [np.zeros(len(self.pool))] * (
            max(round(rules.months / 12), 1) - 1
        )  # a month, whatever the step
        self.record.opening = self.pool + self.hold.sum(axis=1)
        self.met = np.ones_like(self.hold)  # share of claims met, as claimants remember it
        self.multiplier, self.imports = np.ones(self.J), 1.0
        self.plant = self.before = facts.plant.column("initial").astype(float)
        self.waiting = np.zeros(len(facts.capacities))
        self.quarter, self.year = np.zeros((3, self.J)), np.zeros((2, self.J))  # made, reported, asked; reported, asked
        rank = setting.ranks[: self.J]
        self.first = (rank == rank.min(initial=0.0)) & (world.activity.max(axis=1, initial=0.0) > 0)
        self.alike, self.ranked = Order(setting.alike), Order(setting.ranks)
        self.flow_alike, self.flow_ranked = (Order(self._carriers_first(of)) for of in (setting.alike, setting.ranks))

    @cached_property
    def one(self) -> pool.Pool:
        """The program of one pool, where that is the rule."""
        return pool.Pool(self.world, self.n)

    def _carriers_first(self, of: Vector) -> Vector:
        """Classes of claimants for what does not keep: stations, boilers and carriers before all others."""
        return np.concatenate([np.where(self.world.carriers, -1.0, of[: self.J]), of[self.J :]])

    # -- the turn of the year -----------------------------------------------------------------------------------------

    def january(self, t: int) -> None:
        """Plant is retired and joined by what was building; works are opened."""
        world = self.world
        share, floor = world.growth
        with np.errstate(invalid="ignore"):
            self.room = np.where(np.isinf(share), np.inf, share * self.before + floor)
        self.plant = world.facts.plant.survives * self.plant + world.pipeline[:, t]
        cost = world.takes[t] * world.value[:, None]
        self.cost = cost / np.maximum(cost.sum(axis=0), 1e-300)
        self.major = (self.cost >= self.rules.trace) | (world.value[:, None] <= 0.0)
        leads = self.multiplier.mean() if self.rules.targets == "cut_to_pace" else 1.0
        units = self.setting.of_sites[t] * leads * world.starts[:, t]
        need = world.building_employs[0] @ units
        allowed = np.divide(world.sites_open[:, t], need, out=np.ones(len(need)), where=need > world.sites_open[:, t])
        units = units * np.where(world.building_employs[0] > 0, allowed[:, None], 1.0).min(axis=0, initial=1.0)
        self.sites.begin(t, units)
        own = world.facts.plant.gestation == 0
        self.plant = self.plant + np.where(own, units, 0.0)
        self.record.begun[:, t] = units

    def december(self, t: int) -> None:
        """Books of the year; a new plan takes up its arrears."""
        world, book = self.world, self.record
        self.plant = self.plant - self.sites.not_delivered(t)
        self.before = self.plant
        book.plant[:, t], book.held[:, t] = self.plant, self.hold.sum(axis=1)
        book.pool[:, t] = self.pool + np.sum(self.on_the_way, axis=0)
        book.unfinished[t] = self.sites.unfinished + float(self.waiting @ world.plant_value)
        book.stopped[t] = np.count_nonzero(self.sites.open & self.sites.stopped)
        self.multiplier = new_year(self.multiplier, self.rules, _met(self.year[0], self.year[1]))
        self.year[:] = 0.0

    # -- a month ------------------------------------------------------------------------------------------------------

    def month(self, t: int, month: int) -> None:
        """Targets, potential, claims, grants, output, building, books, reports."""
        world, rules, book = self.world, self.rules, self.record
        joins = np.minimum(self.waiting, self.room)
        self.plant, self.waiting, self.room = self.plant + joins, self.waiting - joins, self.room - joins
        base = self.setting.tautness[:, t] * world.activity[:, t] / self.n
        target = base * self.multiplier
        steps = self.sites.steps(t, month)
        limits, potential = Limits(world, t, self.n, self.plant), target
        if not self.true or world.built_by_hand:  # the program of the one pool has limits of its own
            potential, steps = within_limits(limits, target, steps, self.sites)
        building = self.sites.needs(steps)
        others = world.others[t] / self.n
        came = self.imports * world.imports[:, t] / self.n
        self.pool = self.pool + came * self.keeps
        claims, potential, others = self._claims(t, target, potential, steps, others, came)
        every = np.hstack([claims, others])
        granted = handed_out(self.pool, every * self.keeps[:, None], rules, self.alike, self.ranked)
        have = self.hold + granted[:, : claims.shape[1]]
        x = self._possible(t, month, potential, have)
        if rules.noise:
            x = x * np.minimum(np.exp(self.rng.normal(0.0, rules.noise, self.J)), 1.0)
        x, flows = self._flows(t, month, x, claims[:, self.J :] if self.true else building, others, came)
        built = self._build(t, month, steps, building, have, flows)
        used, worth = self._used(t, x, have, flows)
        taken = np.hstack([used, built])
        self.hold = np.maximum(have - taken, 0.0) * self.keeps[:, None]
        three = np.where(self.keeps[:, None], granted[:, claims.shape[1] :], flows[:, claims.shape[1] :])
        self._settle(t, x, taken.sum(axis=1), granted.sum(axis=1), three, came)
        self._remember(t, claims, granted, three, others)
        book.used[:, t] += used.sum(axis=1)
        book.built[:, t] += built.sum(axis=1)
        book.hands[t] += hired(limits, target) / self.n
        self._report(t, month, x, base, target, x * worth)

    def _claims(
        self, t: int, target: Vector, potential: Vector, steps: Vector, others: Vector, came: Vector
    ) -> tuple[Vector, Vector, Vector]:
        """What branches and works claim, (P, J + works); with true needs, what one program finds best."""
        rules, world = self.rules, self.world
        if self.true:
            stage = self.sites.needs(np.ones(len(steps)))
            found = self.one.best(
                pool.Month(t, self.plant, target, stage, steps, others, self.pool, came * ~self.keeps)
            )
            potential = np.minimum(target, found.activity)
            true = np.hstack([world.takes[t] * potential, stage * (steps * found.works)])
            return true, potential, others * found.others
        needs = np.hstack(
            [pool.needs(world, self.setting, t, target, self.multiplier, self.n), self.sites.needs(steps)]
        )
        trust = np.clip(self.met, 1.0 / max(rules.claim_cap, 1.0), 1.0)
        keep = rules.cushion * needs * (1.0 - np.clip(self.met, 0.0, 1.0)) * (self.n / 12.0)
        spare = self.hold.copy()
        spare[:, : self.J] -= np.minimum(self.ahead, spare[:, : self.J])
        return np.maximum((needs + (keep - spare) / (rules.restock * self.n / 12.0)) / trust, 0.0), potential, others

    def _possible(self, t: int, month: int, potential: Vector, have: Vector) -> Vector:
        """Output that the goods that keep allow, shape (J,)."""
        full = self.world.takes[t] * potential
        counts = (full > 0) & self.keeps[:, None] & self.major
        return self._scarcest(t, month, potential, have[:, : self.J], full, counts)

    def _scarcest(self, t: int, month: int, most: Vector, have: Vector, full: Vector, counts: Mask) -> Vector:
        """Output by the scarcest of some inputs; what was short is written down."""
        share = np.full(full.shape, np.inf)
        np.divide(have, full * (1.0 - (0.0 if self.true else self.rules.stretch)), out=share, where=counts)
        least = share.min(axis=0, initial=np.inf)
        stopped = np.flatnonzero(least < 1.0 - _SHORT)
        if len(stopped):
            self.record.short(t, month, stopped, share[:, stopped].argmin(axis=0), least[stopped])
        return np.asarray(most * np.minimum(least, 1.0))

    def _flows(
        self, t: int, month: int, x: Vector, building: Vector, others: Vector, came: Vector
    ) -> tuple[Vector, Vector]:
        """Greatest output for which what does not keep is made and used in the month; with it what each is given of that."""
        which = np.flatnonzero(~self.keeps)
        grants = np.zeros((len(self.keeps), building.shape[1] + self.J + others.shape[1]))
        if not len(which):
            return x, grants
        takes, makes = self.world.takes[t][which], self.world.makes[t][which]
        full = takes * x
        claims = np.hstack([full, building[which], others[which]])
        counts = (full > 0) & self.major[which]
        useful = full * (1.0 - (0.0 if self.true else self.rules.stretch))
        now = x
        for _ in range(_STEPS):
            granted = handed_out(makes @ now + came[which], claims, self.rules, self.flow_alike, self.flow_ranked)
            share = np.ones(full.shape)
            np.divide(granted[:, : self.J], useful, out=share, where=counts)
            then = np.minimum(x * np.minimum(share.min(axis=0, initial=1.0), 1.0), now)
            still = np.abs(then - now).max(initial=0.0) <= _STILL * max(1.0, float(now.max(initial=0.0)))
            now = then
            if still:
                break
        granted = handed_out(makes @ now + came[which], claims, self.rules, self.flow_alike, self.flow_ranked)
        least = share.min(axis=0, initial=np.inf)
        stopped = np.flatnonzero((least < 1.0 - _SHORT) & (x > 0))
        if len(stopped):
            self.record.short(t, month, stopped, which[share[:, stopped].argmin(axis=0)], least[stopped])
        grants[which] = granted
        return now, grants

    def _build(self, t: int, month: int, steps: Vector, building: Vector, have: Vector, flows: Vector) -> Vector:
        """Works go on by their scarcest good; gives what they used, (P, works)."""
        works = slice(self.J, self.J + len(steps))
        there = np.where(self.keeps[:, None], have[:, works], flows[:, works])
        share = np.ones(building.shape)
        np.divide(there, building, out=share, where=building > 0)
        least = np.minimum(share.min(axis=0, initial=1.0), 1.0)
        late = np.flatnonzero((least < 1.0 - _SHORT) & (steps > 0))
        if len(late):
            self.record.short(t, month, self.J + self.sites.kind[late], share[:, late].argmin(axis=0), least[late])
        finished = self.sites.go_on(steps, least)
        self.waiting = self.waiting + finished
        self.record.finished[:, t] += finished
        used: Vector = building * least
        return used

    def _used(self, t: int, x: Vector, have: Vector, flows: Vector) -> tuple[Vector, Vector]:
        """What production used, (P, J), and what a unit of output is worth for what it lacks, (J,)."""
        norm = self.world.takes[t] * x
        used = np.minimum(norm, np.where(self.keeps[:, None], have[:, : self.J], flows[:, : self.J]))
        lacking = np.divide(norm - used, norm, out=np.zeros_like(norm), where=norm > 0)
        return used, 1.0 - (self.cost * lacking).sum(axis=0)

    def _settle(self, t: int, x: Vector, taken: Vector, granted: Vector, three: Vector, came: Vector) -> None:
        """Books of the month: what was granted leaves the pool, output comes to it.

        What stays in the pool spoils, and is lost where there is no room for it; what does not keep is gone.
        """
        book, keeps, made = self.record, self.keeps, self.world.makes[t] @ x
        kept = np.maximum(self.pool - granted, 0.0)
        left = np.minimum(kept * self.lasts, self.room_to_store)
        book.lost[:, t] += kept - left
        self.on_the_way.append(made * keeps)
        self.pool = left + self.on_the_way.pop(0)
        if self.true:
            self.pool, self.hold = self.pool + self.hold.sum(axis=1), np.zeros_like(self.hold)
        delivered = three.sum(axis=1)
        book.lost[:, t] += np.where(keeps, 0.0, made + came - taken - delivered)
        book.delivered[:, t] += delivered
        book.households[:, t] += three[:, 0]
        book.imported[:, t] += came

    def _remember(self, t: int, claims: Vector, granted: Vector, three: Vector, others: Vector) -> None:
        """Imports follow the exports that were delivered; claimants remember what of their claims was met."""
        price, weight = self.world.export_prices[:, t], 1.0 - _MEMORY ** (12.0 / self.n)
        earned, promised = float(price @ three[:, 2]), float(price @ others[:, 2])
        self.imports = min(1.0, self.imports + weight * ((earned / promised if promised > 0 else 1.0) - self.imports))
        met = np.divide(granted[:, : claims.shape[1]], claims, out=np.ones_like(claims), where=claims > 0)
        asks = (claims > 0) & self.keeps[:, None]
        self.met = np.where(asks, self.met + weight * (met - self.met), self.met)

    def _report(self, t: int, month: int, x: Vector, base: Vector, target: Vector, useful: Vector) -> None:
        """What branches say they made, and at the end of a quarter what the planner makes of it."""
        book, rules = self.record, self.rules
        reported = x + rules.gloss * np.maximum(target - x, 0.0)
        book.x[:, t] += x
        book.asked_of[:, t] += base
        book.reported[:, t] += reported
        book.useful[:, t] += useful
        quarter = month * _QUARTERS // self.n
        book.quarters[:, _QUARTERS * t + quarter] += x
        self.quarter += np.stack([x, reported, target])
        self.year += np.stack([reported, target])
        if (month + 1) * _QUARTERS % self.n == 0:
            made, said, wanted = self.quarter
            pace = pace_of(made, wanted, self.world.value @ self.world.makes[t], self.first)
            taut = self.setting.tautness[:, t]
            self.multiplier = moved(self.multiplier, rules, taut, _met(said, wanted), pace)
            self.quarter[:] = 0.0
            given_up = np.flatnonzero(self.sites.reckon(rules.stop_below))
            at: Codes = self.J + given_up
            self.pool = self.pool + self.hold[:, at].sum(axis=1)
            self.hold[:, at] = 0.0


def _met(done: Vector, asked: Vector) -> Vector:
    return np.divide(done, asked, out=np.ones(len(asked)), where=asked > 0)
