"""An economy, frozen: its facts after scenario, changes and corner, ready for the formulation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.chain.source import Source
from planner.economy.corner import CORNERS, at_the_centre, cornered, no_corner
from planner.economy.findings import DataError, Finding, in_order
from planner.economy.prices.discounting import Discounting
from planner.economy.reading.changes import listed
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema import TABLES
from planner.economy.tables import Tables, content, sealed, unlike

__all__ = ["Economy", "Origin"]


@dataclass(frozen=True, eq=False)
class Origin:
    """Where an economy comes from, and what it was before anybody changed it in memory.

    Args:
        heading: what ``economy.toml`` says, the periods being those of the economy.
        tables: as they follow from the files.
        scenarios: names of those its folder held, those that extend another after it.
        load: loads the folder as it was read, under a scenario, at a corner, with changes; ``None`` where the economy was
            put together in memory or made of another.
        changed: names of what had been changed in memory before.
        whole: the economy of which this one was made, such as that of all periods for one year of it.
        rule: how it was made.
    """

    heading: EconomyFile
    tables: Tables
    scenarios: tuple[str, ...] = ()
    load: Callable[[str, str, Sequence[str]], Economy] | None = None
    changed: tuple[str, ...] = ()
    whole: Economy | None = None
    rule: Callable[[Economy], Economy] | None = None


@dataclass(frozen=True, eq=False)
class Economy:
    """One economy under one scenario at one corner of its ranges: the one source of every answer about it.

    Other corners, other scenarios and changes of numbers are derived from it without a look at its files: `at_corner`,
    `in_scenario`, `changed`. Tables may also be exchanged in memory (``dataclasses.replace(economy, tables=...)``); then
    corners and changes follow from the new tables, and another scenario is refused.

    Two economies are equal if they hold the same facts under the same names, wherever they were read.

    Args:
        name: name of its folder.
        folder: where it was read.
        title: one line for headings.
        description: a few sentences.
        base_period: label of the period before the first.
        periods: labels of the horizon, in order.
        value_unit: unit of prices and investment.
        default_plan: plan tested when none is named, or nothing.
        default_scenario: scenario used when none is named, or nothing.
        default_model: model file used when none is named, or nothing.
        scenario: scenario laid over the base, or nothing.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        sets: changes made on the command line, as written.
        tables: every table of the schema by name, empty where the economy has nothing of the kind. A ranged number X
            stands at the corner's choice in X, with its ends and its central value beside it.
        files: every file read, relative to the folder, and its SHA-256.
        warnings: what a reader should know but what stops nothing.
        backtest_scenario: scenario of conditions as they turned out, or nothing.
        backtest_floor: least consumption in the back-test as a share of the base level, or nothing.
        discounting: how much money of each period counts.
        caution: what whoever reads a result under the scenario must know, or nothing.
        opened: with what it opens in place of the record, or nothing.
        origin: what was read; ``None`` for an economy put together in memory.
        known: what was worked out from labels alone; see ``planner.economy.arrays.axes.Axes.remembered``.
    """

    name: str
    folder: Path
    title: str
    description: str = field(repr=False)
    base_period: str
    periods: tuple[str, ...]
    value_unit: str
    default_plan: str | None
    default_scenario: str | None
    default_model: str | None
    scenario: str | None
    corner: str
    sets: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    warnings: tuple[Finding, ...] = field(default=(), repr=False)
    backtest_scenario: str | None = None
    backtest_floor: float | None = None
    discounting: Discounting = field(default_factory=Discounting)
    caution: str = field(default="", repr=False)
    opened: Source | None = None
    origin: Origin | None = field(default=None, repr=False)
    known: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Hold the tables together."""
        if not isinstance(self.tables, Tables):
            object.__setattr__(self, "tables", Tables(self.tables))

    def __eq__(self, other: object) -> bool:
        """Whether another economy holds the same facts."""
        if not isinstance(other, Economy):
            return NotImplemented
        return self is other or self.digest == other.digest

    def __hash__(self) -> int:
        """Hash of the facts."""
        return hash(self.digest)

    @property
    def digest(self) -> tuple[object, ...]:
        """What tells this economy from others: names, and a SHA-256 of everything in its tables."""
        labels = (self.name, self.base_period, self.periods, self.value_unit, self.scenario, self.corner, self.sets)
        return (*labels, self.discounting, content(self.tables))

    @property
    def heading(self) -> EconomyFile:
        """What ``economy.toml`` says, as far as checks ask."""
        read = self.origin.heading if self.origin else EconomyFile(value_unit=self.value_unit)
        return replace(read, base_period=self.base_period, periods=self.periods)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios its folder held, those that extend another after it."""
        return self.origin.scenarios if self.origin else ()

    @property
    def modified(self) -> tuple[str, ...]:
        """Names of what was changed in memory since it was read: tables, or ``periods``; nothing for an economy as read."""
        before = self.origin.changed if self.origin else ()
        return tuple(dict.fromkeys((*before, *self._unsettled)))

    @property
    def _unsettled(self) -> tuple[str, ...]:
        """Names of what was changed and not yet put in order and checked."""
        if self.origin is None:
            return tuple(name for name, frame in self.tables.items() if len(frame))
        read = self.origin.heading
        horizon = ("periods",) if (self.base_period, self.periods) != (read.base_period, read.periods) else ()
        return (*unlike(self.tables, self.origin.tables), *horizon)

    def settled(self) -> Economy:
        """This economy if it is as its files say; else with the tables changed in memory put in order and checked.

        Raises:
            DataError: what was changed breaks a rule for data, as it would in a file, or cannot be told.
        """
        if not self._unsettled:
            return self
        from planner.economy.memory import at_centre_and_checked  # and all checks with it

        tables, findings = at_centre_and_checked(self.tables, self.heading, self.corner)
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise DataError(in_order(errors, list(self.files)), self.folder)
        at = self._at(tables, self.corner)
        return self.following(at, warnings=tuple(findings))

    def at_corner(self, corner: str) -> Economy:
        """This economy with every ranged number at a corner of its range.

        Args:
            corner: ``central``, ``optimistic`` or ``pessimistic``.

        Raises:
            DataError: there is no such corner, or tables changed in memory do not say what stands there.

        >>> from planner.economy import load
        >>> economy = load("two_goods")
        >>> economy.at_corner("optimistic") == load("two_goods", corner="optimistic")
        True
        """
        if corner not in CORNERS:
            raise DataError([no_corner(corner)], self.folder)
        if corner == self.corner:
            return self
        again = self._made_of(lambda whole: whole.at_corner(corner))
        if again is not None:
            return again
        here = self.settled()
        tables = {name: at_the_centre(TABLES[name], frame) for name, frame in here.tables.items()}
        return here.following(self._at(tables, corner), corner=corner)

    def _at(self, tables: Mapping[str, pd.DataFrame], corner: str) -> dict[str, pd.DataFrame]:
        """Tables of this economy at their central values brought to a corner."""
        happened = self.backtest_scenario or ""
        return cornered(tables, corner, base=self.base_period, periods=self.periods, happened=happened)

    def in_scenario(self, scenario: str) -> Economy:
        """This economy under another scenario, from the files as they were when it was loaded; changes stay.

        Args:
            scenario: its name, or ``base`` for none.

        Raises:
            DataError: there is no such scenario, it is not in order, or tables were changed in memory, so that nobody
                can tell which of the changes the scenario would take back.

        >>> from planner.economy import load
        >>> load("two_goods").in_scenario("open_trade") == load("two_goods", scenario="open_trade")
        True
        """
        if scenario == (self.scenario or "base"):
            return self
        again = self._made_of(lambda whole: whole.in_scenario(scenario))
        if again is not None:
            return again
        if self.origin is None or self.origin.load is None or self.modified:
            raise DataError([self._no_scenario(scenario)], self.folder)
        return self.origin.load(scenario, self.corner, self.sets)

    def changed(self, sets: Sequence[str]) -> Economy:
        """This economy with some numbers changed.

        Args:
            sets: changes such as ``"supply:resource=workers,period=*:value*=1.1"``, as on the command line.

        Raises:
            DataError: a change cannot be understood or breaks a rule for data.

        >>> from planner.economy import load
        >>> more = ["supply:resource=workers,period=*:value*=1.1"]
        >>> load("two_goods").changed(more) == load("two_goods", changes=more)
        True
        """
        if not sets:
            return self
        more = listed(sets)
        again = self._made_of(lambda whole: whole.changed(more))
        if again is not None:
            return again
        if self.origin is not None and self.origin.load is not None and not self.modified:
            return self.origin.load(self.scenario or "base", self.corner, (*self.sets, *more))
        here = self.settled()
        tables = {name: at_the_centre(TABLES[name], frame) for name, frame in here.tables.items()}
        from planner.economy.reading.laying import change  # and all checks with it

        findings = change(tables, here.heading, more)
        if findings:
            raise DataError(findings, self.folder)
        at = self._at(tables, self.corner)
        return replace(here, tables=at, sets=(*self.sets, *more)).settled()

    def following(self, tables: Mapping[str, pd.DataFrame], **fields: Any) -> Economy:
        """An economy with other tables that follow from this one by a rule, such as those of a corner.

        Args:
            tables: its tables, which count as read.
            fields: other fields that differ.
        """
        changed = self.modified
        read = self.origin or Origin(self.heading, Tables({}))
        result = replace(self, tables=sealed(tables), **fields)
        origin = Origin(result.heading, Tables(tables), read.scenarios, read.load, changed)
        object.__setattr__(result, "origin", origin)
        if not changed:
            object.__setattr__(result, "known", self.known)  # the same labels stand in the same rows
        return result

    def made_by(self, rule: Callable[[Economy], Economy], tables: Mapping[str, pd.DataFrame], **fields: Any) -> Economy:
        """An economy made of this one, whose corners and scenarios are made of those of this one.

        Args:
            rule: how it is made of one like this.
            tables: its tables, which count as read.
            fields: other fields that differ.
        """
        result = replace(self, tables=sealed(tables), **fields)
        origin = Origin(result.heading, Tables(tables), self.scenarios, None, self.modified, self, rule)
        object.__setattr__(result, "origin", origin)
        return result

    def _made_of(self, derive: Callable[[Economy], Economy]) -> Economy | None:
        """What the rule makes of another economy derived from the whole; nothing where there is no whole, or changes."""
        origin = self.origin
        if origin is None or origin.whole is None or origin.rule is None or self._unsettled:
            return None
        return origin.rule(derive(origin.whole))

    def with_numbers(self, columns: Mapping[tuple[str, str], npt.NDArray[np.float64]]) -> Economy:
        """This economy with columns of numbers replaced, labels staying as they are.

        Args:
            columns: by table and column; shape (rows of the table,).
        """
        frames: dict[str, pd.DataFrame] = {}
        for (table, column), values in columns.items():
            frames[table] = frames.get(table, self.tables[table]).assign(**{column: values})
        return self.with_tables(frames)

    def with_tables(self, frames: Mapping[str, pd.DataFrame], periods: tuple[str, ...] | None = None) -> Economy:
        """This economy with some tables replaced, which are taken as they are.

        Args:
            frames: by name.
            periods: the horizon, where it is another one.
        """
        tables = self.tables if isinstance(self.tables, Tables) else Tables(self.tables)
        result = replace(self, tables=tables.with_(frames), periods=periods or self.periods)
        object.__setattr__(result, "known", self.known)  # what is in it is asked for by its labels
        return result

    def _no_scenario(self, scenario: str) -> Finding:
        """Why another scenario cannot be had, and what to do."""
        changed = self.modified
        said = "The economy was put together in memory, so it has no other scenarios."
        if self.origin is not None:
            under = f'the scenario "{scenario}"' if scenario != "base" else "the base without a scenario"
            said = (
                f"{', '.join(changed)} {'was' if len(changed) == 1 else 'were'} changed in memory, so nobody can tell what "
                f"would stand there under {under}. Load that scenario and change its tables, or make the change with "
                "economy.changed([...]), which is laid over every scenario."
            )
        return Finding("E185", "", (), "", scenario, said)
