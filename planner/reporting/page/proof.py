"""What a run proves and how anybody can check it."""

from __future__ import annotations

from planner.language.counting import capital, counted
from planner.proof.verify import added_up
from planner.reporting.dictionary.terms import glossed
from planner.reporting.run.read import Run

__all__ = ["proof"]

_MOST = 6  # claims told one by one: as many as there are verdicts of a plan

_WHAT = (
    "The folder program holds the linear program in plain text, the file certificate.csv a multiplier for each row that the "
    "proof uses. Multiplied and added up, the rows say that the targets ask for more than there is, whatever the plan. No "
    "solver has to be trusted: the sums are fractions of whole numbers and can be done in a spreadsheet."
)
_WHAT_OF_A_FILE = (
    "The folder program holds the linear program in plain text, the file certificate.csv a multiplier for each row that the "
    "proof uses. Multiplied and added up, the rows contradict each other, whatever the values. No solver has to be trusted: "
    "the sums are fractions of whole numbers and can be done in a spreadsheet."
)
_AGAIN = "; with --rebuild it also makes the run anew from the tables of the economy and compares every file"
_HOW = (
    "To check it again: planner verify FOLDER, with the folder of this run{again}. The checker is one file, verify.py, that "
    "lies in the folder and uses nothing but Python's standard library: python verify.py . does the sums there without the "
    "planner."
)


def proof(run: Run) -> list[str]:
    """What the certificates of a run prove, added up anew; nothing where the run holds none."""
    places = sorted(path.parent for path in run.folder.rglob("certificate.csv"))
    if not places:
        return []
    of_plans = "economy" in run.summary
    how = _HOW.format(again=_AGAIN if of_plans else "")
    found = added_up(run.folder)
    if not found.verified:
        return ["A certificate of this run does not add up. Nothing is proved.", how]
    said = list(dict.fromkeys(_sentence(statement, run.folder.name) for statement in found.statements))
    gloss = filter(None, [glossed(" ".join(said[:_MOST]))])
    more = f"{capital(counted(len(said) - _MOST, 'further claim'))} of the run add up likewise; all are listed below."
    return [
        *said[:_MOST],
        *([more] if len(said) > _MOST else []),
        *gloss,
        _WHAT if of_plans else _WHAT_OF_A_FILE,
        how,
    ]


def _sentence(statement: str, folder: str) -> str:
    """A statement of the checker, without the name of the run folder, which may change.

    >>> _sentence("run, attainment: attainment is at most 0.48, short of one by 0.52", "run")
    'Proved in exact arithmetic: attainment is at most 0.48, short of one by 0.52.'
    >>> _sentence("optimistic, attainment at the optimistic corner: attainment is at most 0.67", "run")
    'Proved in exact arithmetic, attainment at the optimistic corner (folder optimistic): attainment is at most 0.67.'
    """
    head, _, told = statement.partition(": ")
    place, _, claim = head.partition(", ")
    what = "" if place == folder else f", {claim} (folder {place})"
    return f"Proved in exact arithmetic{what}: {told.rstrip('.')}."
