"""The proofs of a run: the program as plain text beside its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planner.formulation import FAMILIES
from planner.program import LinearProgram
from planner.program.text import write_program
from planner.proof.certificate import Certificate
from planner.proof.certificate_table import write_certificates


def came_from() -> dict[str, str]:
    """For each constraint family, the tables its numbers came from."""
    return {name: " ".join(family.reads) for name, family in FAMILIES.items()}


def write_proofs(program: LinearProgram, proofs: Mapping[str, Certificate | None], folder: Path) -> None:
    """Write ``program/`` and ``certificate.csv`` for the first proof, and a folder of the same kind for each further one.

    Args:
        program: what was solved; it is written where there is nothing to prove too.
        proofs: certificates by name; the first goes to the run folder itself, the others into folders of their names.
        folder: the run folder.
    """
    for number, (name, certificate) in enumerate(proofs.items()):
        place = folder if number == 0 else folder / name
        if certificate is not None:
            write_certificates(place, [certificate], came_from())
        elif number == 0:
            write_program(program, place / "program", came_from())
