"""Findings in a model file: the line takes the place of the row, the section that of the column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.economy.findings import DataError, Finding

MOST = 50  # errors of a file that are spelled out; a file that is none of the format has thousands


class FileFinding(Finding):
    """A finding in a model file."""

    @property
    def place(self) -> str:
        """Line and section in words.

        >>> FileFinding("E234", "a.mps", (7,), "COLUMNS", "zz", "").place
        'line 7, section COLUMNS'
        """
        lines = ", ".join(str(line) for line in self.rows)
        line = f"line{'s' if len(self.rows) > 1 else ''} {lines}" if self.rows else ""
        return ", ".join(part for part in (line, f"section {self.column}" if self.column else "") if part)


class ModelError(DataError, ValueError):
    """A file that is no linear program anybody could diagnose; every finding says where, why and what to do."""

    def __str__(self) -> str:
        """Every finding, then where to read on."""
        return super().__str__().replace("Nothing was solved.", "Nothing was diagnosed.")


@dataclass
class Findings:
    """What is found while a file is read.

    Args:
        file: name of the file, as findings show it.
        errors: so far.
        warnings: likewise.
    """

    file: str
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def say(self, code: str, line: int, section: str, value: str, sentence: str, *, more: Sequence[int] = ()) -> None:
        """Add a finding.

        Args:
            code: an error or a warning.
            line: 0 for the whole file.
            section: where.
            value: what stands there.
            sentence: what is wrong, and what follows or what to do.
            more: further lines concerned.
        """
        lines = tuple(sorted({line, *more} - {0}))
        shown = value if len(value) <= 80 else f"{value[:77]}..."
        found = FileFinding(code, self.file, lines, section, shown, sentence)
        (self.warnings if code.startswith("W") else self.errors).append(found)

    def stop(self) -> None:
        """End the reading if anything is wrong.

        Raises:
            ModelError: with all errors, in the order of the lines, those of the whole file last.
        """
        if self.errors:
            ordered = sorted(self.errors, key=lambda finding: (not finding.rows, finding.rows[:1]))
            left = len(ordered) - MOST
            if left > 0:
                more = f"{left:,} more errors were found; they may follow from these."
                ordered = [*ordered[:MOST], FileFinding("E239", self.file, (), "", "", more)]
            raise ModelError(ordered)
