"""Reading a model file: every name with its line, every number exactly, and nothing lost without a word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.economy.findings import Finding
from planner.formats.cplex_lp import read_lp
from planner.formats.draft import Draft
from planner.formats.findings import Findings, ModelError
from planner.formats.mps import read_mps
from planner.formats.source import ENDINGS, STDIN, text_of
from planner.program.exact_program import ExactProgram

__all__ = ["ENDINGS", "ModelError", "Reading", "read"]


@dataclass(frozen=True, eq=False)
class Reading:
    """What a file says.

    Args:
        program: in exact numbers, each row and column with its line.
        warnings: what was read in a way that other readers may not share.
    """

    program: ExactProgram
    warnings: tuple[Finding, ...]


def read(path: str | Path) -> Reading:
    """Read an MPS (fixed or free) or CPLEX LP file.

    Args:
        path: ends in ``.mps``, ``.lp``, ``.mps.gz`` or ``.lp.gz``; ``-`` reads standard input.

    Raises:
        ModelError: with every finding: file, line, section, value, sentence; ``planner explain CODE`` holds the remedy.
    """
    findings = Findings("standard input" if str(path) == STDIN else str(path))
    text = text_of(path, findings)
    draft: Draft = read_mps(text.lines, findings) if text.form == "mps" else read_lp(text.lines, findings)
    draft.findings.stop()
    program = draft.program()
    draft.findings.stop()
    return Reading(program, tuple(sorted(draft.findings.warnings, key=lambda finding: finding.rows[:1])))
