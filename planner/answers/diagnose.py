"""What is wrong with anybody's linear program: what ``planner diagnose`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.answers.base.answer import Answer
from planner.answers.base.asked import ensure_in_range
from planner.diagnosis.diagnose import diagnose as diagnosed
from planner.diagnosis.diagnosis import Diagnosis, Verdict
from planner.diagnosis.document import document_of
from planner.diagnosis.written import write_diagnosis
from planner.economy import Finding
from planner.files import write_bytes
from planner.formats import read
from planner.program import LinearProgram
from planner.program.exact_program import ExactProgram
from planner.reporting.run.manifest import times
from planner.reporting.run.proofs import CHECKER, checker
from planner.reporting.run.write import plain

__all__ = ["DiagnosisAnswer", "diagnose"]


@dataclass(frozen=True, eq=False, repr=False)
class DiagnosisAnswer(Answer):
    """A linear program's diagnosis.

    Args:
        name: of its file.
        found: everything that was found.
        read_warnings: of its reading.
        asked: how it was to be diagnosed, as the command line has it.
    """

    kind: ClassVar[str] = "diagnosis"
    first: ClassVar[tuple[str, ...]] = ("conflict",)

    name: str
    found: Diagnosis
    read_warnings: tuple[Finding, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """What can be said of the program."""
        return self.found.verdict

    @property
    def about(self) -> Mapping[str, Any]:
        """Which program."""
        rows, columns = self.found.program.shape
        return {"file": self.name, "rows": rows, "columns": columns}

    @property
    def headline(self) -> str:
        """The diagnosis in a sentence."""
        return self.found.sentences[0]

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is to be said of the file."""
        return self.read_warnings

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Which file was read, and how long it took."""
        return {
            "file": self.name,
            "options": {"file": self.name, **self.asked},
            "times": times({"solve": self.found.seconds}),
        }

    @property
    def document(self) -> dict[str, Any]:
        """Every finding as plain values, as ``--format json`` prints them."""
        document: dict[str, Any] = plain(document_of(self.found, self.name, self.read_warnings))
        return document

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        document = self.document
        moves = (document["least_moves"] or {}).get("limits", [])
        return {
            "conflict": pd.DataFrame(document["conflict"]),
            "give_up": pd.DataFrame({"row": document["give_up"]}),
            "moves": pd.DataFrame(moves),
            "violations": pd.DataFrame(document["violations"]),
        }

    def _found(self) -> Mapping[str, Any]:
        return self.document

    @property
    def _files(self) -> Mapping[str, pd.DataFrame]:
        return {}

    @property
    def _documents(self) -> Mapping[str, Mapping[str, Any]]:
        return {"diagnosis": self.document}

    def _beside(self, draft: Path) -> None:
        """The program with its proofs, and the checker where there are any; the conflict and the cure as LP files."""
        write_diagnosis(self.found, draft)
        if (draft / "certificate.csv").is_file():
            write_bytes(draft / CHECKER, checker())


def diagnose(
    source: str | Path | LinearProgram | ExactProgram,
    *,
    effort: float = 1.0,
    seconds: float | None = None,
    weights: Mapping[str, float | None] | None = None,
) -> DiagnosisAnswer:
    """Say whether a linear program can be met, and if not, how far off it is, why, and what would cure it.

    Args:
        source: path of an MPS or LP file, or a program.
        effort: work to spend, 1 being plenty; what is cut short says so.
        seconds: time to spend as well, roughly; no clock is looked at by default.
        weights: what moving a limit of a row costs, by name or pattern; ``None`` for one that stays; 1 by default.

    Raises:
        ModelError: the file cannot be read.
    """
    ensure_in_range(effort=effort, seconds=seconds)
    if isinstance(source, LinearProgram | ExactProgram):
        return DiagnosisAnswer("", diagnosed(source, effort=effort, seconds=seconds, weights=weights))
    reading = read(Path(source))
    found = diagnosed(reading.program, effort=effort, seconds=seconds, weights=weights)
    name = reading.program.places.file if str(source) == "-" else Path(source).name
    held = {pattern: "hold" if weight is None else weight for pattern, weight in (weights or {}).items()}
    asked = {"effort": effort, "time-limit": seconds, "weight": held}
    return DiagnosisAnswer(name, found, tuple(reading.warnings), asked)
