"""A strict reader of MPS files, fixed and free.

A file is read by free fields. Where that fails and every line keeps to the fixed columns (2-3, 5-12, 15-22, 25-36, 40-47,
50-61), names may hold spaces, and it is read by columns instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from planner.economy.findings import did_you_mean
from planner.formats.draft import ZERO, Draft, DraftRow
from planner.formats.findings import Findings
from planner.formats.mps_bounds import read_bound
from planner.formats.mps_fields import Card, fixed_card, free_card, keeps_to_columns
from planner.formats.numbers import infinity, number, written

_ORDER = ("NAME", "OBJSENSE", "OBJNAME", "ROWS", "LAZYCONS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA")
_BEYOND = {
    "QUADOBJ": "a quadratic objective",
    "QMATRIX": "a quadratic objective",
    "QSECTION": "quadratic terms",
    "QCMATRIX": "quadratic rows",
    "INDICATORS": "indicator rows",
    "SOS": "special ordered sets",
    "SOS1": "special ordered sets",
    "SOS2": "special ordered sets",
    "SETS": "special ordered sets",
    "CSECTION": "cones",
    "GENCONS": "general constraints",
    "PWLOBJ": "a piecewise-linear objective",
    "USERCUTS": "user cuts",
    "REFROW": "special ordered sets",
    "DELAYEDROWS": "delayed rows",
    "MODELCUTS": "user cuts",
    "SCENARIOS": "several scenarios",
    "BRANCH": "branching priorities",
}
_SENSES = {"MAX": "max", "MAXIMIZE": "max", "MAXIMISE": "max", "MIN": "min", "MINIMIZE": "min", "MINIMISE": "min"}
_OTHER_NAMES = {"OBJSENS": "OBJSENSE", "OBJSEN": "OBJSENSE", "OBJECT": "OBJNAME"}


def read_mps(lines: Sequence[str], findings: Findings) -> Draft:
    """Read the lines of an MPS file.

    Args:
        lines: of the file.
        findings: takes what is wrong with it.

    Returns:
        The draft, with the findings of the reading that fitted better.
    """
    free = _File(lines, Findings(findings.file, list(findings.errors)), free_card).read()
    if free.findings.errors and keeps_to_columns(lines):
        fixed = _File(lines, Findings(findings.file, list(findings.errors)), fixed_card).read()
        if len(fixed.findings.errors) < len(free.findings.errors):
            return fixed
    return free


@dataclass
class _File:
    """One pass over the lines."""

    lines: Sequence[str]
    findings: Findings
    card: Callable[[str, str], Card]
    section: str = ""
    line: int = 0
    seen: list[str] = field(default_factory=list)
    free_rows: dict[str, int] = field(default_factory=dict)  # rows of type N that are not the objective
    kinds: dict[str, str] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    given: dict[tuple[str, str], int] = field(default_factory=dict)  # line of each right-hand side and range
    entries: dict[str, int] = field(default_factory=dict)  # line of each coefficient of the column being read
    ranges: dict[str, Fraction] = field(default_factory=dict)
    limits: dict[str, Fraction] = field(default_factory=dict)
    objective: str | None = None
    named_objective: tuple[str, int] | None = None
    marker: int = 0  # line of the marker that is open
    current: str = ""  # column being read
    skipping: bool = False

    def read(self) -> Draft:
        """Read all lines."""
        self.draft = Draft(self.findings)
        for number_, text in enumerate(self.lines, 1):
            self.line = number_
            if not text.strip() or text.startswith("*"):
                continue
            if self.seen[-1:] == ["ENDATA"]:
                self._say("E231", text.split()[0], "This stands behind ENDATA, where nothing is read any more.")
                break
            if text[0].isspace():
                self._data(text)
            else:
                self._header(text.split())
        if self.seen[-1:] != ["ENDATA"]:
            self._say("E231", "", "No line says ENDATA, so the file may be cut short, or it is no MPS file.")
        self._finish()
        return self.draft

    def _say(self, code: str, value: str, sentence: str, *, more: Sequence[int] = ()) -> None:
        self.findings.say(code, self.line, self.section, value, sentence, more=more)

    # -- sections -----------------------------------------------------------------------------------------------------

    def _header(self, words: list[str]) -> None:
        if self.section == "OBJSENSE" and words[0].upper() in _SENSES:  # some writers do not indent it
            self._sense(words[0])
            return
        name = _OTHER_NAMES.get(words[0].upper(), words[0].upper())
        self.skipping = False
        if name in _BEYOND:
            self.section = name
            self._say("E238", name, f"The section {name} states {_BEYOND[name]}, which is no part of a linear program.")
            self.skipping = True
            return
        if name not in _ORDER:
            if len(self.findings.errors) < 1000:
                self._say(
                    "E232",
                    words[0],
                    f'"{words[0]}" is no section of the format.{did_you_mean(name, _ORDER)}'
                    " A line of data begins with a space.",
                )
            self.skipping = True
            return
        late = [other for other in self.seen if _ORDER.index(other) > _ORDER.index(name)]
        any_order = (name == "NAME" and late == ["OBJSENSE"]) or (
            name in ("RANGES", "BOUNDS", "RHS") and late and late[0] in ("RANGES", "BOUNDS")
        )
        if name in self.seen:
            self._say("E232", name, f"A second section {name}: most readers would take one of them only.")
        elif late and not any_order:
            self._say("E232", name, f"{name} stands behind {late[0]}, which needs it.")
        self.seen.append(name)
        self.section = name
        if name == "OBJSENSE" and len(words) > 1:
            self._sense(words[1])
        elif name == "OBJNAME" and len(words) > 1:
            self.named_objective = words[1], self.line
        elif name not in ("NAME", "OBJSENSE", "OBJNAME", "RHS", "RANGES", "BOUNDS") and len(words) > 1:
            self._say("E239", " ".join(words[1:]), f"Nothing stands behind {name} on its line.")

    def _data(self, text: str) -> None:
        if self.skipping:
            return
        if not self.section or self.section in ("NAME", "ENDATA"):
            self._say("E239", text.strip(), "A line of data before any section.")
            self.skipping = not self.section
            return
        if self.section == "OBJSENSE":
            self._sense(text.strip())
        elif self.section == "OBJNAME":
            self.named_objective = text.strip(), self.line
        elif self.section == "BOUNDS":
            read_bound(self.draft, self.card(text, "BOUNDS"), self.line, self.sets)
        else:
            card = self.card(text, self.section)
            if card.problem:
                self._say("E239", text.strip(), card.problem)
            elif self.section in ("ROWS", "LAZYCONS"):
                self._row(card)
            elif self.section == "COLUMNS":
                self._column(card)
            else:
                self._side(card)

    def _sense(self, word: str) -> None:
        if word.upper() not in _SENSES:
            self._say("E239", word, f'The sense of the objective is MIN or MAX, not "{word}".')
            return
        self.draft.sense = "max" if _SENSES[word.upper()] == "max" else "min"

    # -- rows and columns ---------------------------------------------------------------------------------------------

    def _row(self, card: Card) -> None:
        kind, name = card.kind.upper(), card.name
        if kind not in ("N", "E", "L", "G") or (kind == "N" and self.section == "LAZYCONS"):
            self._say("E239", card.kind, f'A row is of type N, E, L or G; "{card.kind}" for "{name}" is none of them.')
        elif name in self.kinds:
            self._say(
                "E235",
                name,
                f'A second row is called "{name}"; the first stands in line {self._row_line(name)}.',
                more=(self._row_line(name),),
            )
        else:
            self.kinds[name] = kind
            self.draft.check_name("row", name, self.line, lp=False)
            if kind == "N":
                self.free_rows[name] = self.line
            else:
                self.draft.rows[name] = DraftRow(self.line)
        if self.section == "LAZYCONS" and not self.sets.get("LAZYCONS"):
            self.sets["LAZYCONS"] = name
            self._say("W235", name, "Lazy constraints hold like any other row and are read as such.")

    def _row_line(self, name: str) -> int:
        return self.draft.rows[name].line if name in self.draft.rows else self.free_rows[name]

    def _column(self, card: Card) -> None:
        if card.marker:
            self._mark(card.marker.upper())
            return
        self._choose_objective()
        new = card.name not in self.draft.at
        if not new and card.name != self.current:
            first = self.draft.columns[card.name].line
            self._say(
                "E235",
                card.name,
                f'The lines of column "{card.name}" do not stand together: it began in line {first}.'
                " Other readers make two columns of it.",
                more=(first,),
            )
        position = self.draft.column(card.name, self.line)
        if new:
            self.draft.check_name("column", card.name, self.line, lp=False)
            column = self.draft.columns[card.name]
            column.whole = column.marked = bool(self.marker)
            self.entries = {}
        self.current = card.name
        for row, text in card.pairs:
            value = self._number(text)
            if row not in self.kinds:
                self.draft.unknown("row", row, self.line, self.section)
            elif row in self.entries:
                self._repeated(self.entries[row], row, f'The coefficient of "{card.name}" in row "{row}"')
            elif value is not None:
                self.entries[row] = self.line
                if row == self.objective:
                    self.draft.cost[position] = value
                elif row in self.draft.rows:
                    self.draft.rows[row].terms[position] = value

    def _mark(self, word: str) -> None:
        if word not in ("INTORG", "INTEND"):
            self._say(
                "E238", word, f"The marker {word} opens special ordered sets, which are no part of a linear program."
            )
        elif (word == "INTORG") == bool(self.marker):
            state = f"the one before, in line {self.marker}, is still open" if self.marker else "none is open"
            self._say("E242", word, f"A marker {word}, but {state}.")
        self.marker = self.line if word == "INTORG" else 0

    def _choose_objective(self) -> None:
        if self.objective is None:
            wanted = self.named_objective
            if wanted and wanted[0] not in self.free_rows:
                self.findings.say("E234", wanted[1], "OBJNAME", wanted[0], f'No row of type N is called "{wanted[0]}".')
            self.objective = wanted[0] if wanted else next(iter(self.free_rows), "")
            self.draft.objective = self.objective or "obj"

    # -- right-hand sides and ranges ----------------------------------------------------------------------------------

    def _side(self, card: Card) -> None:
        first = self.sets.setdefault(self.section, card.name)
        if card.name != first:
            self._say(
                "E237",
                card.name,
                f'A second set, "{card.name}": the lines before belong to "{first}". Most readers would drop these.',
            )
            return
        for row, text in card.pairs:
            value = self._number(text)
            if row not in self.kinds:
                self.draft.unknown("row", row, self.line, self.section)
            elif (self.section, row) in self.given:
                self._repeated(self.given[self.section, row], row, f'The {self.section} of row "{row}"')
            elif self.section == "RANGES" and self.kinds[row] == "N":
                self._say("E239", row, f'"{row}" is of type N and has no limits, so no range is allowed on it.')
            elif value is not None:
                self.given[self.section, row] = self.line
                (self.limits if self.section == "RHS" else self.ranges)[row] = value

    def _repeated(self, line: int, row: str, what: str) -> None:
        self._say("E236", row, f"{what} was given before, in line {line}. Keep one, or write the sum.", more=(line,))

    def _number(self, text: str) -> Fraction | None:
        if sign := infinity(text):
            return Fraction(sign) * 10**20
        value = number(text)
        if value is None:
            self._say("E233", text, f'"{text}" is not a number that can be held.')
        return value

    # -- the end ------------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        """What can be said only when all is read."""
        if self.marker:
            self.findings.say(
                "E242", self.marker, "COLUMNS", "INTORG", "The marker INTORG is never closed by an INTEND."
            )
        for name in ("ROWS", "COLUMNS"):
            if name not in self.seen and "ENDATA" in self.seen:
                self.findings.say("E241", 0, "", name, f"There is no section {name}.")
        if "ROWS" in self.seen and not self.free_rows:
            self.findings.say(
                "E241", 0, "ROWS", "", "No row of type N states the objective. Add one, if without costs."
            )
        self._choose_objective()
        if line := self.given.get(("RHS", self.objective or "")):
            self.findings.say(
                "W232",
                line,
                "RHS",
                self.objective or "",
                "The right-hand side of the objective is its constant with the sign changed; some readers leave the sign.",
            )
        self.draft.offset = -self.limits.get(self.objective or "", ZERO)
        for name, row in self.draft.rows.items():
            self._limit(name, row)

    def _limit(self, name: str, row: DraftRow) -> None:
        """Limits of a row out of its type, right-hand side and range."""
        value, width, kind = self.limits.get(name, ZERO), self.ranges.get(name), self.kinds[name]
        lower, upper = (value if kind in "EG" else None), (value if kind in "EL" else None)
        if width is not None:
            if kind == "E":
                lower, upper = min(value, value + width), max(value, value + width)
            elif kind == "G":
                upper = value + abs(width)
            else:
                lower = value - abs(width)
        line = self.given.get(("RHS", name), row.line)
        what = f'Row "{name}" (right-hand side {written(value)})'
        row.lower = None if lower is None else self.draft.limit(lower, "lower", line, "RHS", what)
        row.upper = None if upper is None else self.draft.limit(upper, "upper", line, "RHS", what)
