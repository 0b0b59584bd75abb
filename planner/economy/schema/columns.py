"""The vocabulary in which the tables of an economy are declared: columns, tables and rules that depend on a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

__all__ = [
    "FILE",
    "GROUP",
    "IDENTIFIER",
    "NAME",
    "OWN_UNIT",
    "PROVENANCE",
    "RESIDUAL",
    "ROW",
    "STATED",
    "UNIT",
    "By",
    "Column",
    "Kind",
    "Place",
    "Table",
    "key",
    "period",
    "range_names",
    "value",
]

IDENTIFIER = r"[A-Za-z][A-Za-z0-9_.\-]*"
MOST_PERIODS = 1000.0
FILE, ROW = "file", "row"  # where a row was written: columns that every frame carries and no file may have
STATED = "stated"  # of a unit: by the column `unit` of its row

Kind = Literal["id", "text", "number", "integer", "period", "periods", "choice"]


@dataclass(frozen=True)
class By:
    """A rule that depends on another column of the same row, such as the end of a range on the role of an item.

    Args:
        column: the column that decides.
        of: value of that column -> what holds. A value that is not listed has no rule.
    """

    column: str
    of: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True)
class Column:
    """One column of one table.

    Args:
        name: header in the file.
        kind: ``id`` (an identifier), ``text``, ``number``, ``integer``, ``period`` (one label of the horizon),
            ``periods`` (a label, ``first..last`` or a comma list) or ``choice``.
        meaning: one sentence, with the unit where there is one.
        key: part of the table's key.
        required: must be filled in every row.
        default: what an empty cell or an absent column means; ``None`` is "none" (``NaN`` or an empty text).
        choices: the allowed words of a ``choice``.
        refers: tables in which the value must stand; ``"*"`` allows the star, ``"groups"`` a group of products.
        minimum: least number allowed.
        maximum: greatest number allowed.
        optimistic: end of the range that enlarges the feasible set (``"low"`` or ``"high"``), ``""`` when a
            corner leaves the number alone.
        star: a period column in which ``*`` stands for every period of the horizon.
        base: a period column that may name the base period, of which balances with residuals are drawn up.
        limit: what the column's numbers limit, in words, where they are amounts that could be larger (or, where the low
            end is the favourable one, smaller); columns of the same words grow together.
        built: whether more of it is built, at the cost of its kind of plant.
        unit: of its numbers, in the words of `planner.economy.units`: ``stated``, what the row's column `unit` says; a thing that
            the row names; else the unit itself; ``""`` for none.
    """

    name: str
    kind: Kind
    meaning: str
    key: bool = False
    required: bool = False
    default: float | str | None = None
    choices: Collection[str] = field(default=(), hash=False)
    refers: tuple[str, ...] | By = ()
    minimum: float = 0.0
    maximum: float = float("inf")
    optimistic: str | By = ""
    star: bool = False
    base: bool = False
    limit: str = ""
    built: bool = False
    unit: str = STATED

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.kind in ("number", "integer")

    @property
    def greatest(self) -> float:
        """Greatest number allowed; whole numbers count periods, of which no plan has a thousand."""
        return min(self.maximum, MOST_PERIODS) if self.kind == "integer" else self.maximum

    @property
    def ranged(self) -> bool:
        """Whether the column may come with a low and a high end: every number that is not a key."""
        return self.numeric and not self.key


@dataclass(frozen=True)
class Place:
    """A column of a file that says where an item of its row is: it is read as part of the item's name, ``coal@UKR``.

    Args:
        name: header in the file.
        of: the column whose item it places.
        meaning: one sentence.
        several: whether the sum over some regions can be meant, ``URA+WSB``, and shipments, ``UKR>CEN``.
        ways: whether shipments can be meant, though no sums.
    """

    name: str
    of: str
    meaning: str
    several: bool = False
    ways: bool = False


def range_names(column: str) -> tuple[str, str, str]:
    """Names of the low end, the high end and the central value of a ranged column.

    >>> range_names("value"), range_names("initial")
    (('low', 'high', 'central'), ('initial_low', 'initial_high', 'initial_central'))
    """
    prefix = "" if column == "value" else f"{column}_"
    return f"{prefix}low", f"{prefix}high", f"{prefix}central"


PROVENANCE: tuple[Column, ...] = (
    Column(
        "source",
        "text",
        "where the number comes from: keys of sources.csv, `;` between them, if the economy has that table; else any text",
    ),
    Column("url", "text", "address of the source; empty where sources.csv has it"),
    Column(
        "verified",
        "choice",
        "whether the number itself was seen in the source: yes; reconstructed: seen, but its digits had to be put in order; "
        "derived: computed from numbers seen; recalled: from memory; no: none of these",
        choices=("yes", "reconstructed", "derived", "recalled", "no"),
    ),
    Column("note", "text", "remarks"),
)


@dataclass(frozen=True)
class Table:
    """One table: a file ``NAME.csv`` with one fact a row.

    Args:
        name: name of the file without ``.csv``.
        meaning: one sentence.
        columns: the columns in the order of the file.
        absent: what it means that a row is not there: of the whole table, of a key, of a period. What is said here is
            all that is ever assumed.
        told: codes of the findings that name the rows wherever a plan can hang on them.
        unit_rule: what the column ``unit`` must say, in the words of `planner.economy.units`
            (``"item per activity"``); empty when the unit is free.
        stated: whether its rows say where they come from.
        places: columns of a file that say where an item is; in memory they are part of its name.
        account: whether it holds accounts, or what happened long after, beside the plan rather than conditions it is tested
            under; what is uncertain in them is drawn by `planner money` alone.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    absent: str
    told: tuple[str, ...] = ()
    unit_rule: str = ""
    stated: bool = True
    places: tuple[Place, ...] = ()
    account: bool = False

    @cached_property
    def written(self) -> tuple[Column, ...]:
        """The columns a file may have, ranges aside: its own, and those that say where a row comes from."""
        return (*self.columns, *PROVENANCE) if self.stated else self.columns

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name, ranges and provenance aside."""
        return {column.name: column for column in self.columns}

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def period_key(self) -> str:
        """Name of the key column that says when, or from when on; ``""`` where a row holds for all time."""
        return next((column.name for column in self.columns if column.key and column.kind in ("period", "periods")), "")

    @cached_property
    def lasting_key(self) -> tuple[str, ...]:
        """Names of the key columns other than those of periods."""
        return tuple(name for name in self.key if name != self.period_key)

    @cached_property
    def by_period(self) -> bool:
        """Whether each row is of one period, and of no other."""
        return bool(self.period_key) and self.by_name[self.period_key].kind == "period" and not self.open_ended

    @cached_property
    def ranged(self) -> tuple[Column, ...]:
        """The columns that may come with a range."""
        return tuple(column for column in self.columns if column.ranged)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Every column a file may have, in order."""
        names: list[str] = []
        for column in self.columns:
            names += (column.name, *range_names(column.name)[:2]) if column.ranged else (column.name,)
        return (*names, *(place.name for place in self.places))

    @cached_property
    def limits(self) -> tuple[Column, ...]:
        """The columns whose numbers limit plans."""
        return tuple(column for column in self.columns if column.limit)

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """Names of the columns that may name several periods at once."""
        return tuple(column.name for column in self.columns if column.kind == "periods")

    @cached_property
    def open_ended(self) -> tuple[str, ...]:
        """Names of the key columns that hold from a period on, where the first may be left unsaid."""
        return tuple(c.name for c in self.columns if c.key and c.kind == "period" and not c.required)

    @cached_property
    def starred(self) -> str | None:
        """Name of the period column in which ``*`` is expanded, if the table has one."""
        return next((column.name for column in self.columns if column.star), None)


def key(name: str, meaning: str, kind: Kind = "id", refers: tuple[str, ...] | By = ()) -> Column:
    """A column of the key."""
    return Column(name, kind, meaning, key=True, required=True, refers=refers)


def period(meaning: str, *, star: bool = True) -> Column:
    """The key column `period`; with a star every period of the horizon can be meant."""
    return Column("period", "period", meaning + (" (`*`: all)" if star else ""), key=True, required=True, star=star)


def value(
    meaning: str, optimistic: str | By = "", *, limit: str = "", built: bool = False, unit: str = STATED
) -> Column:
    """The column `value`, which must be filled."""
    return Column("value", "number", meaning, required=True, optimistic=optimistic, limit=limit, built=built, unit=unit)


UNIT = Column("unit", "text", "unit of the row's numbers; empty: not checked")
NAME = Column("name", "text", "name for readers (default: the identifier)")
GROUP = Column("group", "text", "branch or group, for totals")
OWN_UNIT = Column("unit", "text", "unit in which it is counted", required=True)
RESIDUAL = Column(
    "residual",
    "choice",
    "yes: what the balance of its item leaves, so it is not drawn but moves with what is; no: a number of its own",
    default="no",
    choices=("yes", "no"),
)
