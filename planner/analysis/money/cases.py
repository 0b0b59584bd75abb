"""Households' money against households' goods, case by case: as it was, as a plan is written, on its path, at a level.

Every number with a range is drawn from a triangular distribution over it, evenly and by a fixed seed; each figure has a median
and ends that 5 of 100 draws pass on either side. The same draws serve every case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from planner.analysis.uncertainty.design import triangular
from planner.economy import Economy
from planner.economy.accounts.households import EARNED, LINES, SPENT, HouseholdAccounts
from planner.economy.arrays import Arrays
from planner.economy.schema.accounts import HAPPENED
from planner.formulation import Formulation
from planner.formulation.measures import periods_of
from planner.program import Vector

__all__ = ["DRAWS", "SEED", "Ledgers", "MoneyCase", "Travelled", "spread"]

DRAWS, SEED = 5_000, 1928
_DRAWN = ("incomes", "retail", "price_index")
_ENDS = (0.05, 0.5, 0.95)


def spread(values: Vector) -> tuple[float, float, float]:
    """Median, and what 5 of 100 draws fall below and pass.

    >>> spread(np.full(3, 2.0))
    (2.0, 2.0, 2.0)
    """
    low, middle, high = np.quantile(values, _ENDS).tolist()
    return middle, low, high


@dataclass(frozen=True)
class MoneyCase:
    """Money and goods of households in a period.

    Args:
        name: which case.
        account: whose.
        period: when.
        hands: whose wages are paid, in words.
        goods_by: by what goods are counted, in words.
        lines: amounts by line of the account, shape (draws,) each.
        goods: at prices of the base period, shape (draws,).
        price: what they are sold at, base period 1, shape (draws,); ``None`` where nobody says.
        level: of consumption, where goods are counted by it.
    """

    name: str
    account: str
    period: str
    hands: str
    goods_by: str
    lines: dict[str, Vector]
    goods: Vector
    price: Vector | None = None
    level: float = float("nan")

    @cached_property
    def money(self) -> Vector:
        """Money for goods: what is earned less what is taken and spent on services."""
        return sum((self.lines[line] for line in EARNED), np.zeros(1)) - sum(
            (self.lines[line] for line in SPENT), np.zeros(1)
        )

    @property
    def clearing(self) -> Vector:
        """The price, base period 1, at which the money would just have bought the goods; ``nan`` where either is missing."""
        return np.where((self.money > 0.0) & (self.goods > 0.0), self.money, np.nan) / self.goods

    @property
    def unbacked(self) -> Vector:
        """Money for which there are no goods at the prices asked."""
        return self.money - self.goods * (1.0 if self.price is None else self.price)

    @property
    def gap(self) -> Vector:
        """The same as a share of the money; ``nan`` where there is none."""
        return self.unbacked / np.where(self.money > 0.0, self.money, np.nan)


@dataclass(frozen=True)
class Travelled:
    """What a solved plan employs and what households get on it.

    Args:
        hands: persons by resource, shape (resources, T).
        level: of consumption, shape (T,).
        reached: how many periods the plan is told for.
        says: what plan it is, in words.
    """

    hands: Vector
    level: Vector
    reached: int
    says: str


@dataclass(frozen=True, eq=False)
class Ledgers:
    """Everything that cases are made of.

    Args:
        formulation: of the plan.
        account: plan whose account counts; empty for the plan's own.
        plan: solved; ``None`` where there is none.
        happened: the economy under conditions as they turned out, for the persons there were.
        draws: how many.
    """

    formulation: Formulation
    account: str = ""
    plan: Travelled | None = None
    happened: Economy | None = None
    draws: int = DRAWS
    known: dict[str, Vector] = field(default_factory=dict)

    @property
    def facts(self) -> Arrays:
        """The economy as arrays."""
        return self.formulation.facts

    @cached_property
    def chance(self) -> np.random.Generator:
        """Of all draws."""
        return np.random.default_rng(SEED)

    @cached_property
    def numbers(self) -> dict[str, Vector]:
        """Draws of the tables of accounts, shape (draws, rows)."""
        return {name: self._drawn(name) for name in _DRAWN}

    def _drawn(self, name: str) -> Vector:
        frame = self.facts.tables[name]
        low, middle, high = (frame[column].to_numpy(dtype=float) for column in ("low", "central", "high"))
        return triangular(self._chances(len(frame)), low, middle, high)

    def _chances(self, numbers: int) -> Vector:
        """Chances of several numbers, each number's spread evenly over 0 to 1 in an order of its own, shape (draws, numbers)."""
        even = np.repeat((np.arange(self.draws) + 0.5)[:, None] / self.draws, numbers, axis=1)
        return self.chance.permuted(even, axis=0)

    def accounts(self, households: str = "") -> HouseholdAccounts:
        """Accounts of all households, or of some, over all draws."""
        economy = self.formulation.economy
        return HouseholdAccounts(economy.tables, economy.base_period, economy.periods, self.numbers, households)

    @cached_property
    def own(self) -> HouseholdAccounts:
        """Accounts of all households."""
        return self.accounts()

    @cached_property
    def name(self) -> str:
        """The account of the plan; empty where there is none."""
        return self.own.account_of(self.account or self.formulation.plan)

    @cached_property
    def persons(self) -> Vector:
        """Persons as they were, as a multiple of those of the base period, shape (T,)."""
        return (Arrays(self.happened) if self.happened is not None else self.facts).accounts.crowd

    # -- cases --------------------------------------------------------------------------------------------------------

    @cached_property
    def base(self) -> MoneyCase:
        """The base period as it was, which balances by construction."""
        lines = {line: self._amount(HAPPENED, line, -1) for line in LINES}
        one = np.ones(self.draws)
        economy = self.formulation.economy
        return MoneyCase(
            "as it was", HAPPENED, economy.base_period, "as they were", "trade", lines, self._trade, one, 1.0
        )

    @property
    def _trade(self) -> Vector:
        return np.broadcast_to(np.asarray(self.own.trade), (self.draws,))

    def _amount(self, account: str, line: str, at: int) -> Vector:
        found = self.own.amount(account, line, at)
        return np.full(self.draws, np.nan) if found is None else np.broadcast_to(found, (self.draws,))

    def _lines(self, account: str, at: int, wages: Vector | None = None) -> dict[str, Vector] | None:
        """Amounts of a period; ``None`` where the account does not reach it."""
        lines = {line: self._amount(account, line, at) for line in LINES if line != "wages" or wages is None}
        lines = {**({} if wages is None else {"wages": wages}), **lines}
        return (
            None if any(np.isnan(amount).any() for amount in lines.values()) else {line: lines[line] for line in LINES}
        )

    def _price(self, account: str, at: int) -> Vector | None:
        found = self.own.price(account, at)
        return None if found is None else np.broadcast_to(found, (self.draws,))

    def happened_cases(self) -> Iterator[MoneyCase]:
        """As it was: goods by the official index of volume where it is stated, and by the level of consumption."""
        for t, period in enumerate(self.formulation.economy.periods):
            lines = self._lines(HAPPENED, t)
            if lines is None:
                continue
            price, index = self._price(HAPPENED, t), self.own.volume(t)
            if index is not None:
                goods = self._trade * index
                yield MoneyCase(
                    "as it was", HAPPENED, period, "as they were", "official volume of trade", lines, goods, price
                )
            drawn, level = self._actual_level(period)
            if drawn is not None:
                goods = self._trade * self.persons[t] * drawn
                yield MoneyCase(
                    "as it was", HAPPENED, period, "as they were", "level of consumption", lines, goods, price, level
                )

    def _actual_level(self, period: str) -> tuple[Vector | None, float]:
        frame = self.facts.tables["actuals"]
        own = (frame["measure"] == "consumption") & (frame["item"] == "*") & (frame["period"] == period)
        rows = frame[own & (frame["preferred"] == "yes")]
        if not len(rows):
            return None, float("nan")
        low, middle, high = (rows[column].to_numpy(dtype=float)[:1] for column in ("low", "value", "high"))
        name = f"level {period}"
        if name not in self.known:
            self.known[name] = triangular(self._chances(1), low, middle, high)[:, 0]
        return self.known[name], float(middle[0])

    def written_cases(self) -> Iterator[MoneyCase]:
        """As the plan is written: its own bill of wages and the level of consumption that it promises."""
        targets = self.formulation.targets
        for (measure, item, text), official, is_floor in zip(
            targets.terms, targets.official, targets.floor, strict=True
        ):
            when = periods_of(text, self.formulation.economy.periods)
            if (measure, item) == ("consumption", "*") and is_floor and len(when) == 1:
                yield from self._at(when[0], float(official), "as written", "its own", "level it promises")

    def level_cases(self, levels: Sequence[float]) -> Iterator[MoneyCase]:
        """In the last period of the account: households at levels, with the plan's own wage bill and the hands there were."""
        reached = [t for t in range(self.facts.T) if self.name and self._lines(self.name, t) is not None]
        for level in levels if reached else ():
            t = reached[-1]
            yield from self._at(t, level, "at a level", "its own", "level asked for")
            hands = self._hands_there_were(t)
            if hands is not None:
                yield from self._at(
                    t,
                    level,
                    "at a level",
                    f"as they were in {self.formulation.economy.periods[t]}",
                    "level asked for",
                    hands,
                )

    def _hands_there_were(self, t: int) -> Vector | None:
        """Wages of the plan for all who worked in fact; ``None`` where either is not known, or wages go by skill."""
        rate = self.own.rate(self.name, t).get("*")
        frame = self.facts.tables["actuals"]
        own = (frame["measure"] == "employment") & (frame["item"] == "*") & (frame["preferred"] == "yes")
        found = frame["value"][own & (frame["period"] == self.formulation.economy.periods[t])]
        return None if rate is None or not len(found) else np.broadcast_to(rate * float(found.iloc[0]), (self.draws,))

    def _at(
        self, t: int, level: float, name: str, hands: str, by: str, wages: Vector | None = None
    ) -> Iterator[MoneyCase]:
        lines = self._lines(self.name, t, wages) if self.name else None
        if lines is not None:
            goods = self._trade * self.facts.accounts.crowd[t] * level
            period = self.formulation.economy.periods[t]
            yield MoneyCase(name, self.name, period, hands, by, lines, goods, self._price(self.name, t), level)

    def path_cases(self) -> Iterator[MoneyCase]:
        """As feasible: wages follow the hands of the solved plan, and goods the level that households have on it."""
        if self.plan is None or not self.name:
            return
        for t in range(self.plan.reached):
            rates = self.own.rate(self.name, t)
            wages = self.own.uncounted(self.name, t) + sum(
                (rate * self._persons_at_work(per, t) for per, rate in rates.items()), np.zeros(self.draws)
            )
            hands = "those of the plan solved" if rates else "its own: no wage is stated that could follow them"
            yield from self._at(
                t, float(self.plan.level[t]), "as feasible", hands, "level of the plan solved", wages if rates else None
            )

    def _persons_at_work(self, per: str, t: int) -> float:
        if self.plan is None:
            return 0.0
        kinds = self.facts.labour if per == "*" else [self.facts.position("resource", per)]
        return float(self.plan.hands[kinds, t].sum())

    def group_cases(self) -> Iterator[MoneyCase]:
        """Of households apart, where both their incomes and their goods are: in the base period and as it was."""
        for group in self.own.groups:
            accounts = self.accounts(group)
            for t in (-1, *range(self.facts.T)):
                amounts = {line: accounts.amount(HAPPENED, line, t) for line in LINES}
                sold = accounts.known_trade(t)
                if sold is None or any(amount is None for amount in amounts.values()):
                    continue
                period = self.formulation.economy.base_period if t < 0 else self.formulation.economy.periods[t]
                lines = {line: np.broadcast_to(np.asarray(amount), (self.draws,)) for line, amount in amounts.items()}
                price = np.ones(self.draws) if t < 0 else self._price(HAPPENED, t)
                goods = np.broadcast_to(sold, (self.draws,)) / (1.0 if price is None else price)
                yield MoneyCase(
                    f"as it was, {group}",
                    HAPPENED,
                    period,
                    "as they were",
                    "trade at prices asked",
                    lines,
                    goods,
                    price,
                )
