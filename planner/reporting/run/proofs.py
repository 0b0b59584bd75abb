"""The proofs of a run: the program as plain text, what is claimed of it, the statement in words, and the checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from planner.analysis.feasibility.verdicts import Written
from planner.analysis.projects.programme import Programme
from planner.files import csv_text, write_bytes, write_text
from planner.formulation import Formulation
from planner.formulation.registry import came_from
from planner.program.text import program_lines, write_program
from planner.proof import verify
from planner.proof.branch_record import record_claims
from planner.proof.certificate import Certificate
from planner.proof.certificate_table import write_certificates, write_claims

CHECKER = "verify.py"


def write_proofs(
    formulation: Formulation, proofs: Sequence[Certificate], says: Mapping[str, str], folder: Path
) -> None:
    """Write ``program/``, ``certificate.csv``, ``variants.csv``, ``statement.csv`` and a copy of the checker.

    Args:
        formulation: of what was solved at the central values; its program is written where there is nothing to prove too.
        proofs: everything that is called proved.
        says: what each of them shows and does not show, by the name of the claim; under ``""`` what the run is about.
        folder: the run folder.
    """
    sources = came_from(formulation.economy.tables)
    if not proofs:
        write_program(formulation.program, folder / "program", sources)
        return
    write_certificates(folder, proofs, sources, base=formulation.program)
    _write_words(says, folder)


def write_written(proofs: Sequence[Written], says: Mapping[str, str], folder: Path) -> None:
    """The same for many proofs that are kept as they are written.

    Args:
        proofs: of a ladder, in the order in which they were made.
        says: as for `write_proofs`.
        folder: the run folder.
    """
    if proofs:
        write_claims(folder, ((proof.claim, proof.text, [proof.lines]) for proof in proofs))
        _write_words(says, folder)


def write_judgement(programme: Programme, folder: Path) -> None:
    """What proves the verdict on whole works: the certificate of the works in parts, or every case of a branch record.

    Args:
        programme: found by a search; nothing is written where its verdict rests on no proof.
        folder: the run folder.
    """
    judgement, sources = programme.judgement, came_from(programme.formulation.economy.tables)
    if judgement is None:
        return
    if judgement.certificate is not None:
        parts = replace(judgement.certificate, claim="projects in parts")
        write_certificates(folder, [parts], sources)
    elif judgement.record is not None and judgement.record.proved:
        text = program_lines(judgement.record.program, sources)
        write_claims(folder, [("whole projects", text, record_claims(judgement.record))])
    else:
        return
    _write_words({"": judgement.says}, folder)


def _write_words(says: Mapping[str, str], folder: Path) -> None:
    write_text(folder / verify.STATEMENT, csv_text([("claim", "says"), *says.items()]))
    write_bytes(folder / CHECKER, checker())


def checker() -> bytes:
    """The checker, one file that needs nothing but Python: ``python verify.py .`` in the folder of a run."""
    return Path(verify.__file__).read_bytes()
