"""A program while its file is read: rows and columns by name, with the lines they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from planner.economy.findings import did_you_mean
from planner.formats.findings import Findings
from planner.formats.numbers import INFINITE, written
from planner.program.exact_program import ExactProgram, Limit, Places, Side

LONGEST_NAME = 255
_PLAIN = re.compile(r"[A-Za-z0-9!\"#$%&(),.;?@_'`{}~]+")  # signs that the LP format lists for names
_EXPONENT = re.compile(r"[eE]([0-9eE].*)?")
ZERO = Fraction(0)
SIDES: tuple[Side, Side] = ("lower", "upper")


@dataclass
class DraftRow:
    """A row being read: its limits come as the format gives them."""

    line: int
    terms: dict[int, Fraction] = field(default_factory=dict)
    lower: Limit = None
    upper: Limit = None


@dataclass
class DraftColumn:
    """A column being read; a bound that is not given is absent from ``bounds``."""

    line: int
    whole: bool = False
    marked: bool = False
    bounds: dict[Side, Limit] = field(default_factory=dict)
    lines: dict[Side, int] = field(default_factory=dict)


class Draft:
    """Rows and columns so far, and what is wrong with them."""

    def __init__(self, findings: Findings) -> None:
        """Start empty."""
        self.findings = findings
        self.sense: Literal["max", "min"] = "min"
        self.objective = "obj"
        self.cost: dict[int, Fraction] = {}
        self.offset = ZERO
        self.rows: dict[str, DraftRow] = {}
        self.columns: dict[str, DraftColumn] = {}
        self.at: dict[str, int] = {}

    def column(self, name: str, line: int) -> int:
        """Position of a column, which is made where it is new."""
        if name not in self.at:
            self.at[name] = len(self.at)
            self.columns[name] = DraftColumn(line)
        return self.at[name]

    def unknown(self, kind: Literal["row", "column"], name: str, line: int, section: str) -> None:
        """Say that a name is unknown."""
        known = self.rows if kind == "row" else self.columns
        self.findings.say(
            "E234",
            line,
            section,
            name,
            f'No {kind} is called "{name}".{did_you_mean(name, known) or _near(known)}',
        )

    def check_name(self, kind: str, name: str, line: int, *, keyword: bool = False, lp: bool = True) -> None:
        """Warn of a name that other readers take for something else."""
        why = ""
        if len(name) > LONGEST_NAME:
            why = f"is {len(name)} signs long; names of more than {LONGEST_NAME} are cut or refused by other readers"
        elif keyword:
            why = "is a keyword of the format"
        elif lp and _EXPONENT.fullmatch(name):
            why = "may be taken for an exponent: the format reserves names that begin so"
        elif lp and not _PLAIN.fullmatch(name):
            why = "holds signs that the format does not list for names"
        if why:
            self.findings.say("W233", line, "", name, f'The {kind} "{name[:60]}" {why}.')

    def bound(self, name: str, side: Side, value: Limit, line: int, section: str, *, last_holds: bool) -> None:
        """Set a bound; a second, different one is an error or, where the format says so, holds instead."""
        column = self.columns[name]
        if side in column.bounds and column.bounds[side] != value:
            if not last_holds:
                self.findings.say(
                    "E236",
                    line,
                    section,
                    name,
                    f'The {side} bound of "{name}" was given before, in line {column.lines[side]}. Keep one of them.',
                    more=(column.lines[side],),
                )
                return
            self.findings.say(
                "W231",
                line,
                section,
                name,
                f'The {side} bound of "{name}" was given in line {column.lines[side]}; the later one, {_said(value)}, holds.',
                more=(column.lines[side],),
            )
        column.bounds[side], column.lines[side] = value, line

    def limit(self, value: Fraction, side: Side, line: int, section: str, what: str, *, word: bool = False) -> Limit:
        """A limit, or none where a number, or a ``word``, stands for infinity."""
        if abs(value) < INFINITE:
            return value
        if (value > 0) == (side == "lower"):
            self.findings.say(
                "E240",
                line,
                section,
                written(value),
                f"{what} has {'a lower limit of plus' if value > 0 else 'an upper limit of minus'} infinity: a number of 1e20 or"
                " more stands for that, and nothing can meet it.",
            )
            return None
        if not word:
            self.findings.say(
                "W234", line, section, written(value), f"{what} has no {side} limit: 1e20 or more is infinity."
            )
        return None

    def program(self) -> ExactProgram:
        """The program, with the format's defaults where no bound was given."""
        lower, upper, lines, assumed = [], [], dict[tuple[int, Side], int](), dict[tuple[int, Side], str]()
        for position, (name, column) in enumerate(self.columns.items()):
            low, high = self._bounds(position, name, column, assumed)
            lower.append(low)
            upper.append(high)
            for side, line in column.lines.items():
                lines[position, side] = line
        rows = self.rows.values()
        return ExactProgram(
            self.sense,
            {j: value for j, value in self.cost.items() if value},
            self.offset,
            tuple({j: a for j, a in row.terms.items() if a} for row in rows),
            tuple(row.lower for row in rows),
            tuple(row.upper for row in rows),
            tuple(lower),
            tuple(upper),
            tuple(column.whole for column in self.columns.values()),
            tuple(self.rows),
            tuple(self.columns),
            self.objective,
            Places(
                self.findings.file,
                tuple(row.line for row in rows),
                tuple(column.line for column in self.columns.values()),
                lines,
                assumed,
            ),
        )

    def _bounds(
        self, position: int, name: str, column: DraftColumn, assumed: dict[tuple[int, Side], str]
    ) -> tuple[Limit, Limit]:
        """Bounds of a column; a default that other readers do not share is put on record."""
        given = column.bounds
        upper = given.get("upper")
        if column.marked and not given:
            upper = Fraction(1)
            assumed[position, "upper"] = (
                f"{name} has no bound in the file, so 1 is assumed above, as for any whole-number column between markers;"
                " other readers take plus infinity"
            )
        if "lower" not in given and upper is not None and upper < 0:
            assumed[position, "lower"] = (
                f"{name} has no lower bound in the file, so 0 is assumed; other readers take minus infinity for a negative"
                f" upper bound: 0 > {_said(upper)}"
            )
        for side in SIDES:
            if text := assumed.get((position, side)):
                self.findings.say("W230", column.lines.get("upper", column.line), "", name, text + ".")
        return given.get("lower", ZERO), upper


def _said(value: Limit) -> str:
    return "infinity" if value is None else written(value).replace("-", "−")


def _near(known: object) -> str:
    return "" if known else " There are none."
