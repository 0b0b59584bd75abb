"""A plan's money against its goods, its scissors, its financing: what ``planner money`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.money.cases import Ledgers, MoneyCase, Travelled
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.answers.solve import SolveAnswer, solve
from planner.economy import DataError, Economy, Finding
from planner.economy.names import Names
from planner.economy.schema import TABLES
from planner.economy.schema.accounts import ACCOUNTS
from planner.economy.uncertain import stated_in
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.data import data_tables
from planner.reporting.tables.income_use import capital_table, income_use_table, scissors_table
from planner.reporting.tables.money import clearing_table, financing_table, money_table, price_levels_table
from planner.reporting.tables.plan import Reader
from planner.reporting.wording import money as words
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.sentences import about

__all__ = ["MoneyAnswer", "money"]

_TABLES = tuple(table.name for table in ACCOUNTS)


@dataclass(frozen=True, eq=False, repr=False)
class MoneyAnswer(PosedAnswer):
    """A plan's money against its goods, as an accounting that binds nothing.

    Args:
        formulation: what was asked.
        solved: the plan as feasible.
        levels: of consumption at which households are looked at too.
        account: plan whose account is taken; empty for the plan's own.
    """

    kind: ClassVar[str] = "money"
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    solved: SolveAnswer
    levels: tuple[float, ...] = ()
    account: str = ""
    happened: Economy | None = field(default=None, repr=False)

    @property
    def first(self) -> tuple[str, ...]:  # type: ignore[override]  # whatever of them the economy has accounts for
        """Tables that are read first."""
        return tuple(name for name in ("clearing", "financing", "scissors") if name in self._as_written)

    @cached_property
    def ledgers(self) -> Ledgers:
        """Accounts over all draws, with the plan solved."""
        return Ledgers(self.formulation, self.account, self._travelled, self.happened)

    @cached_property
    def _reader(self) -> Reader | None:
        return None if self.solved.plan is None else Reader(self.formulation, self.solved.plan)

    @property
    def _reached(self) -> int:
        path, T = self.solved.path, self.formulation.facts.T
        return T if path is None else path.reference.last + 1

    @property
    def _travelled(self) -> Travelled | None:
        reader, T = self._reader, self.formulation.facts.T
        if reader is None:
            return None
        hands = reader.value(reader.plan.employment).reshape(-1, T)
        return Travelled(hands, reader.value(reader.plan.consumption), self._reached, self.solved.written)

    @cached_property
    def missing(self) -> list[str]:
        """What the economy does not say and the balance would need."""
        accounts = self.formulation.facts.accounts.households
        return accounts.missing(self.account or self.formulation.plan)

    @cached_property
    def cases(self) -> tuple[MoneyCase, ...]:
        """Money and goods of households: as it was, as written, as feasible, at levels."""
        if self.formulation.facts.accounts.households.missing():
            return ()
        ledgers = self.ledgers
        own = (*ledgers.written_cases(), *ledgers.path_cases(), *ledgers.level_cases(self.levels))
        return (ledgers.base, *own, *ledgers.happened_cases(), *ledgers.group_cases())

    @property
    def headline(self) -> str:
        """How much of households' money finds no goods at the plan's own prices."""
        base = self.economy.base_period
        said = words.of_cases(self._as_written["clearing"], base) if self.cases else words.without(self.missing)
        return about(plan_title(self.formulation) if self.formulation.plan else "", said)

    @cached_property
    def doubts(self) -> list[str]:
        """What a reader must bear in mind, in sentences."""
        counted = [stated_in(TABLES[name], self.economy.tables[name]) for name in _TABLES]
        stated, seen = sum(one for one, _ in counted), sum(two for _, two in counted)
        apart = bool(self.formulation.facts.accounts.households.groups)
        absent = tuple(name for name in _TABLES if not len(self.economy.tables[name]))
        table = self._as_written.get("clearing", pd.DataFrame())
        laid = Names.of(self.economy).plan(self.ledgers.name) if self.ledgers.name != self.formulation.plan else ""
        account = laid if self.ledgers.name else ""
        return words.doubts(
            stated, seen, self.missing, absent, apart=apart, volumes=words.volumes_apart(table), account=account
        )

    @property
    def in_words(self) -> list[str]:
        """What the tables show, in sentences."""
        tables = self._as_written
        return [
            *words.told_cases(tables.get("clearing", pd.DataFrame()), self.economy.base_period),
            *words.told_scissors(tables.get("scissors", pd.DataFrame())),
            *words.told_financing(tables.get("financing", pd.DataFrame())),
        ]

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        ledgers, reader, unit = self.ledgers, self._reader, self.formulation.facts.accounts.households.unit
        made = {
            "clearing": clearing_table(self.cases, unit),
            "money": money_table(self.cases, ledgers, unit) if self.cases else pd.DataFrame(),
            "scissors": scissors_table(ledgers, reader, self.solved.solution),
            "financing": financing_table(ledgers),
            "price_levels": price_levels_table(ledgers),
            "income_use": income_use_table(ledgers, reader, self._reached),
            "capital": capital_table(ledgers, reader, self._reached),
        }
        return {name: table for name, table in made.items() if len(table)}

    def _found(self) -> Mapping[str, Any]:
        return {
            "account": self.ledgers.name or None,
            "levels": list(self.levels),
            "money_in_words": self.in_words,
            "missing": self.missing,
            "doubts": self.doubts,
            **words.figures(self._as_written.get("clearing", pd.DataFrame())),
        }

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return data_tables(self.economy, accounts=True)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        options = {"plan": self.formulation.plan or None, "level": list(self.levels), "account": self.account or None}
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def money(
    economy: Subject,
    *,
    levels: Sequence[float] = (),
    account: str | None = None,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> MoneyAnswer:
    """Set households' money against their goods, for a plan as written, as feasible and as it turned out.

    Nothing of it limits a plan; the question ``paying_its_way`` asks what if it did.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one.
        levels: of consumption, base period 1, at which households are looked at too.
        account: plan whose account of households is taken; ``None`` for the plan's own, or that of the plan it was laid over.
        tick: told what is being done.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit; or the economy has no accounts at all.

    >>> money("two_goods_money", plan="ambitious").tables["clearing"]["clearing"].round(3).tolist()[0]
    1.0
    """
    ensure_in_range(levels=tuple(levels))
    formulation = posed(economy, asked)
    facts = formulation.economy
    if not any(len(facts.tables[name]) for name in _TABLES):
        said = f"{facts.name} has no accounts of money: {', '.join(f'{name}.csv' for name in _TABLES)} have no row."
        raise DataError([Finding("E197", "", (), "", facts.name, said)], facts.folder)
    if account and not formulation.facts.accounts.households.account_of(account):
        said = f'{facts.name} has no account of "{account}" (incomes.csv).'
        raise DataError([Finding("E197", "incomes.csv", (), "account", account, said)], facts.folder)
    tick("the plan as feasible")
    happened = None
    with suppress(DataError):  # of an economy changed in memory nobody knows what the scenario would be
        happened = facts.in_scenario(facts.backtest_scenario) if facts.backtest_scenario else None
    return MoneyAnswer(formulation, solve(formulation), tuple(map(float, levels)), account or "", happened)
