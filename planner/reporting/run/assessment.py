"""An assessment as a run folder: tables, the program in plain text, and its certificate."""

from __future__ import annotations

from pathlib import Path

from planner.analysis.feasibility.assessment import Assessment
from planner.reporting.page.page import write_page
from planner.reporting.run.manifest import manifest
from planner.reporting.run.proofs import write_proofs
from planner.reporting.run.write import write_run
from planner.reporting.tables.assessment import summary, tables
from planner.reporting.tables.data import data_table
from planner.reporting.wording.claims import statement


def _proofs_and_page(found: Assessment, draft: Path) -> None:
    write_proofs(found.formulation.program, list(found.proofs.values()), statement(found), draft)
    write_page(draft)


def write_assessment(found: Assessment, folder: Path, *, overwrite: bool = False) -> Path:
    """Write a feasibility run, whole or not at all.

    Beside the tables it holds ``program/`` of the central values, what is otherwise in the programs of other corners and
    figures (``variants.csv``), a certificate of everything that is called proved (``certificate.csv``), what each shows in
    words (``statement.csv``) and the checker (``verify.py``).

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    formulation, solution = found.formulation, found.attained.solution
    compared = dict.fromkeys(found.decomposition["against"]) if len(found.decomposition) else ()
    documents = {
        "summary": summary(found),
        "manifest": manifest(
            formulation,
            solution,
            found.balanced.last if found.balanced else None,
            {},
            *compared,
            against=found.against,
            years=found.years,
        ),
    }
    everything = {**tables(found), "data": data_table(formulation.economy)}
    return write_run(
        folder, everything, documents, kind="feasibility", overwrite=overwrite,
        more=lambda draft: _proofs_and_page(found, draft),
    )  # fmt: skip
