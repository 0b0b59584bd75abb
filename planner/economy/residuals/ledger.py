"""What must add up: balances of products, resources, plant and currency, in the base period and where outputs are known.

The ledger knows at which level every technique ran (actual figures with the measure ``activity``, else the output of a
product with one technique) and evaluates a balance for many states of the numbers at once. Techniques of the base period are
those of its own rows, else those of the first period, as final use and households are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from planner.economy.residuals.accounts import (
    BASE,
    ROLES,
    AccountEntries,
    Codes,
    Columns,
    ResidualAccount,
    State,
    Vector,
)

__all__ = ["Ledger"]

Method = TypeVar("Method", bound=Callable[..., Any])


def _kept(method: Method) -> Method:
    """A method of a ledger whose answers are kept as long as the ledger."""

    @wraps(method)
    def asked(self: Ledger, *about: Any) -> Any:
        key = (method.__name__, *about)
        if key not in self.known:
            self.known[key] = method(self, *about)
        return self.known[key]

    return asked  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class Ledger:
    """Balances of an economy.

    Args:
        tables: effective tables, ``*`` rows expanded.
        base: label of the base period.
        periods: the horizon.
    """

    tables: Mapping[str, pd.DataFrame]
    base: str
    periods: tuple[str, ...]
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def activities(self) -> list[str]:
        """Names of the techniques."""
        return [str(name) for name in self.tables["activities"]["activity"]]

    @cached_property
    def product(self) -> list[str]:
        """Principal product of each technique."""
        return [str(name) for name in self.tables["activities"]["product"]]

    @cached_property
    def labour(self) -> tuple[str, ...]:
        """Resources that are labour."""
        frame = self.tables["resources"]
        return tuple(str(name) for name in frame["resource"][frame["kind"] == "labour"])

    @cached_property
    def actual(self) -> dict[tuple[str, str, str], float]:
        """What happened, by measure, item and period, in the preferred series."""
        frame = self.tables["actuals"]
        frame = frame[frame["preferred"] == "yes"]
        keys = zip(frame["measure"], frame["item"], frame["period"], strict=True)
        return {key: float(value) for key, value in zip(keys, frame["value"], strict=True)}

    def label(self, period: int) -> str:
        """Name of a period."""
        return self.base if period == BASE else self.periods[period]

    def output(self, product: str, period: int) -> float | None:
        """What was made of a product, if it is known."""
        return self.actual.get(("output", product, self.label(period)))

    # -- techniques -------------------------------------------------------------------------------------------------------

    @cached_property
    def _coefficients(self) -> pd.DataFrame:
        frame = self.tables["coefficients"]
        begins = {self.base: BASE, "": 0, **{label: at for at, label in enumerate(self.periods)}}
        codes = {name: at for at, name in enumerate(self.activities)}
        return pd.DataFrame(
            {
                "activity": [codes.get(str(name), -1) for name in frame["activity"]],
                "item": frame["item"].to_numpy(dtype=object),
                "role": frame["role"].to_numpy(dtype=object),
                "begins": [begins.get(str(label), len(self.periods)) for label in frame["from_period"]],
            }
        )

    @cached_property
    def _in_force(self) -> dict[int, dict[tuple[str, str], Codes]]:
        """Rows in force in each period, by role and item."""
        found = {}
        frame, key = self._coefficients.sort_values("begins", kind="stable"), ["activity", "item", "role"]
        for period in range(BASE, len(self.periods)):
            # the base period has rows of its own, and where it has none those of the first
            own = (
                frame[(frame["begins"] > BASE) & (frame["begins"] <= period)]
                if period > BASE
                else frame[frame["begins"] <= 0]
            )
            begun = own.drop_duplicates(key, keep="first" if period == BASE else "last")
            found[period] = {
                (str(role), str(item)): np.sort(rows.index.to_numpy(dtype=np.intp))
                for (role, item), rows in begun.groupby(["role", "item"], sort=False)
            }
        return found

    @_kept
    def entries(self, account: ResidualAccount) -> AccountEntries:
        """Coefficients that enter a balance."""
        parts = [(role, self._in_force[account.period].get((role, account.item))) for role in ROLES[account.kind]]
        rows = [(at, 1.0 if role == "output" else -1.0) for role, at in parts if at is not None]
        places = np.concatenate([at for at, _ in rows]) if rows else np.zeros(0, np.intp)
        signs = np.concatenate([np.full(len(at), sign) for at, sign in rows]) if rows else np.zeros(0)
        return AccountEntries(places, self._coefficients["activity"].to_numpy(dtype=np.intp)[places], signs)

    def of_number(self, rows: Codes) -> Codes:
        """Rows of the coefficients that state the same numbers, whatever the period."""
        frame = self._coefficients
        keys = pd.MultiIndex.from_frame(frame[["activity", "item", "role"]])
        return np.flatnonzero(keys.isin(keys[rows])).astype(np.intp)

    @_kept
    def makers(self, product: str, period: int) -> Codes:
        """Techniques that make 1 of their product, no row saying otherwise."""
        stated = self._in_force[period].get(("output", product), np.zeros(0, np.intp))
        said = set(self._coefficients["activity"].to_numpy()[stated].tolist())
        return np.array([at for at, made in enumerate(self.product) if made == product and at not in said], np.intp)

    @_kept
    def techniques(self, product: str) -> Codes:
        """Techniques of a product."""
        return np.array([at for at, made in enumerate(self.product) if made == product], np.intp)

    # -- levels -----------------------------------------------------------------------------------------------------------

    @cached_property
    def base_levels(self) -> Vector:
        """Level of each technique in the base period, ``nan`` where nothing says it, shape (activities,)."""
        levels = np.full(len(self.activities), np.nan)
        for at, (activity, product) in enumerate(zip(self.activities, self.product, strict=True)):
            stated = self.actual.get(("activity", activity, self.base))
            alone = len(self.techniques(product)) == 1
            made = self.output(product, BASE) if stated is None and alone else stated
            levels[at] = np.nan if made is None else made
        return levels

    def levels_at(self, period: int, base: Vector) -> Vector:
        """Levels in a period of the horizon: the actual output, divided as in the base period.

        Where an output is not known it counts as the last one known.

        Args:
            period: position.
            base: levels of the base period, all known, shape (activities,).
        """
        levels = base.copy()
        for product in dict.fromkeys(self.product):
            own = self.techniques(product)
            known = [out for t in range(BASE, period + 1) if (out := self.output(product, t)) is not None]
            total = base[own].sum()
            if known and total > 0:
                levels[own] = base[own] * (known[-1] / total)
            elif known and len(own) == 1:
                levels[own] = known[-1]
        for at, activity in enumerate(self.activities):
            stated = self.actual.get(("activity", activity, self.label(period)))
            levels[at] = levels[at] if stated is None else stated
        return levels

    # -- balances ---------------------------------------------------------------------------------------------------------

    def rows_of(self, table: str, item: str, period: int) -> Codes:
        """Rows of a table by period for one thing; of the base period those of the first."""
        return self._by_period[table].get((item, self.periods[max(0, period)]), np.zeros(0, np.intp))

    @cached_property
    def _by_period(self) -> dict[str, dict[tuple[str, str], Codes]]:
        keys = {"final_use": "product", "supply": "resource", "pipeline": "capacity", "population": "", "finance": ""}
        found: dict[str, dict[tuple[str, str], Codes]] = {}
        for table, key in keys.items():
            frame = self.tables[table]
            items = frame[key] if key else [""] * len(frame)
            places: dict[tuple[str, str], list[int]] = {}
            for at, (item, period) in enumerate(zip(items, frame["period"], strict=True)):
                places.setdefault((str(item), str(period)), []).append(at)
            found[table] = {cell: np.array(at, np.intp) for cell, at in places.items()}
        return found

    @_kept
    def row_of(self, table: str, item: str) -> Codes:
        """Rows of a table without periods for one thing."""
        key = {"consumption": "product", "worker_consumption": "product", "capacities": "capacity", "upkeep": "item"}[
            table
        ]
        return np.flatnonzero((self.tables[table][key] == item).to_numpy()).astype(np.intp)

    @_kept
    def _trade_rows(self, direction: str, period: int) -> Codes:
        frame = self.tables["trade"]
        chosen = (frame["direction"] == direction) & (frame["period"] == self.label(period))
        return np.flatnonzero(chosen.to_numpy()).astype(np.intp)

    @_kept
    def traded(self, period: int, direction: str) -> tuple[Codes, Vector]:
        """Rows of the trade table in a period, and what was in fact bought (0 where it is not known)."""
        rows = self._trade_rows(direction, period)
        names = self.tables["trade"]["product"].to_numpy(dtype=object)[rows]
        return rows, np.array([self.actual.get((direction, str(name), self.label(period)), 0.0) for name in names])

    def net(self, account: ResidualAccount, state: State) -> Vector:
        """Sources less uses, shape (states,)."""
        kind, item, period = account
        numbers = state.numbers
        if kind in ("receipts", "payments"):
            return self._currency(account, numbers)
        entries, levels = self.entries(account), state.levels[period]
        total = (numbers["coefficients", "value"][:, entries.rows] * entries.signs * levels[:, entries.activities]).sum(
            1
        )
        total = total - self._upkeep(item, period, numbers)
        if kind == "resource":
            return np.asarray(total if period == BASE else total + self._sum(numbers, "supply", item, period))
        if kind == "capacity":
            [row] = self.row_of("capacities", item)
            able = self._standing(item, period, numbers) * numbers["capacities", "utilisation"][:, row]
            return np.asarray(total + able)
        total = total + levels[:, self.makers(item, period)].sum(1)
        total = total - self._sum(numbers, "final_use", item, period) - self._households(item, period, numbers)
        extra = self.row_of("worker_consumption", item)
        if len(extra):
            per_worker = numbers["worker_consumption", "per_worker"][:, extra].sum(1)
            total = total - per_worker * self._employment(period, state)
        bought, sold = (self.actual.get((way, item, self.label(period)), 0.0) for way in ("import", "export"))
        return np.asarray(total + bought - sold)

    def used(self, account: ResidualAccount, state: State) -> Vector:
        """What is taken of an item, shape (states,)."""
        if account.kind in ("receipts", "payments"):
            return np.abs(self._currency(account, state.numbers))
        entries, levels = self.entries(account), state.levels[account.period]
        taken = entries.signs < 0
        used = state.numbers["coefficients", "value"][:, entries.rows[taken]] * levels[:, entries.activities[taken]]
        kept = self._upkeep(account.item, account.period, state.numbers)
        if account.kind != "product":
            return np.asarray(used.sum(1) + kept)
        final = self._sum(state.numbers, "final_use", account.item, account.period)
        return np.asarray(used.sum(1) + kept + final + self._households(account.item, account.period, state.numbers))

    def _sum(self, numbers: Columns, table: str, item: str, period: int) -> Vector:
        return np.asarray(numbers[table, "value"][:, self.rows_of(table, item, period)].sum(1))

    def _households(self, product: str, period: int, numbers: Columns) -> Vector:
        rows = self.row_of("consumption", product)
        flexible = self.tables["consumption"]["flexible"].to_numpy(dtype=float)[rows]
        level = 1.0 if period == BASE else self.actual.get(("consumption", "*", self.label(period)), 1.0)
        share = 1.0 - flexible + flexible * level
        each = (numbers["consumption", "per_head"][:, rows] * share).sum(1)
        return np.asarray(each * self._sum(numbers, "population", "", period))

    def _employment(self, period: int, state: State) -> Vector:
        return -sum((self._taken(name, period, state) for name in self.labour), np.zeros(1))

    def _taken(self, resource: str, period: int, state: State) -> Vector:
        entries = self.entries(ResidualAccount("resource", resource, period))
        used = state.numbers["coefficients", "value"][:, entries.rows] * state.levels[period][:, entries.activities]
        return np.asarray((used * entries.signs).sum(1) - self._upkeep(resource, period, state.numbers))

    def _upkeep(self, item: str, period: int, numbers: Columns) -> Vector:
        """What plant in existence takes of a product or a resource."""
        rows = self.row_of("upkeep", item)
        capacities = self.tables["upkeep"]["capacity"].to_numpy(dtype=object)[rows]
        each = numbers["upkeep", "value"][:, rows].T
        kept = (norm * self._standing(str(name), period, numbers) for norm, name in zip(each, capacities, strict=True))
        return np.asarray(sum(kept, np.zeros(1)))

    def _standing(self, capacity: str, period: int, numbers: Columns) -> Vector:
        """Plant in existence, none being built under a plan."""
        [row] = self.row_of("capacities", capacity)
        initial, retirement = (numbers["capacities", name][:, row] for name in ("initial", "retirement"))
        stands = initial
        for t in range(period + 1):
            stands = stands * (1.0 - retirement) + self._sum(numbers, "pipeline", capacity, t)
        return np.asarray(stands)

    def _currency(self, account: ResidualAccount, numbers: Columns) -> Vector:
        kind, _, period = account
        rows, bought = self.traded(period, "export" if kind == "receipts" else "import")
        price = numbers["trade", "price"][:, rows]
        own = self.rows_of("finance", "", period)
        if kind == "receipts":
            sold = np.nan_to_num(numbers["trade", "limit"][:, rows])
            return np.asarray((price * sold).sum(1) + numbers["finance", "other_receipts"][:, own].sum(1))
        return np.asarray(-(price * bought).sum(1) - numbers["finance", "other_payments"][:, own].sum(1))

    @cached_property
    def read(self) -> tuple[tuple[str, str], ...]:
        """Columns that enter balances."""
        return (
            ("coefficients", "value"),
            ("final_use", "value"),
            ("upkeep", "value"),
            ("supply", "value"),
            ("pipeline", "value"),
            ("population", "value"),
            ("consumption", "per_head"),
            ("worker_consumption", "per_worker"),
            ("capacities", "initial"),
            ("capacities", "retirement"),
            ("capacities", "utilisation"),
            ("trade", "price"),
            ("trade", "limit"),
            ("finance", "other_receipts"),
            ("finance", "other_payments"),
        )
