"""What a run proves and how anybody can check it."""

from __future__ import annotations

from planner.report.page_run import Run
from planner.verify import verify

__all__ = ["proof"]

_WHAT = (
    "The folder program holds the linear program in plain text, the file certificate.csv a multiplier for each row that the "
    "proof uses. Multiplied and added up, the rows say that the targets ask for more than there is, whatever the plan. No "
    "solver has to be trusted: the sums are fractions of whole numbers and can be done in a spreadsheet."
)
_HOW = (
    "To check it again: planner verify FOLDER, with the folder of this run. The checker is one file, verify.py, that uses "
    "nothing but Python's standard library: python verify.py FOLDER does the same without the planner."
)


def proof(run: Run) -> list[str]:
    """What the certificates of a run prove, added up anew; nothing where the run holds none."""
    places = sorted(path.parent for path in run.folder.rglob("certificate.csv"))
    if not places:
        return []
    found = verify(run.folder)
    own = f"{run.folder.name}, "
    proved = [f"Proved in exact arithmetic: {statement.removeprefix(own)}." for statement in found.statements]
    failed = ["One of the certificates of this run does not add up. Nothing is proved."] if not found.verified else []
    return [*failed, *(proved if found.verified else []), _WHAT, _HOW]
