"""The proofs of a run: the program as plain text, what is claimed of it, the statement in words, and the checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.files import csv_text, write_bytes, write_text
from planner.formulation import FAMILIES
from planner.program import LinearProgram
from planner.program.text import write_program
from planner.proof import verify
from planner.proof.certificate import Certificate
from planner.proof.certificate_table import write_certificates

CHECKER = "verify.py"


def came_from() -> dict[str, str]:
    """For each constraint family, the tables its numbers came from."""
    return {name: " ".join(family.reads) for name, family in FAMILIES.items()}


def write_proofs(program: LinearProgram, proofs: Sequence[Certificate], says: Mapping[str, str], folder: Path) -> None:
    """Write ``program/``, ``certificate.csv``, ``variants.csv``, ``statement.csv`` and a copy of the checker.

    Args:
        program: what was solved at the central values; it is written where there is nothing to prove too.
        proofs: everything that is called proved.
        says: what each of them shows and does not show, by the name of the claim; under ``""`` what the run is about.
        folder: the run folder.
    """
    if not proofs:
        write_program(program, folder / "program", came_from())
        return
    write_certificates(folder, proofs, came_from(), base=program)
    write_text(folder / verify.STATEMENT, csv_text([("claim", "says"), *says.items()]))
    write_bytes(folder / CHECKER, checker())


def checker() -> bytes:
    """The checker, one file that needs nothing but Python: ``python verify.py .`` in the folder of a run."""
    return Path(verify.__file__).read_bytes()
