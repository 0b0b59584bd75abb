"""How the list of projects as it was decided compares with the best programme.

The list is what the table of projects says: each at its ``earliest`` period. Of projects that exclude each other it can
hold one; which, is left to the search, in the list's favour.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from planner.analysis.projects.worth import BestProgramme, Searches, with_cuts
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram


def official_list(searches: Searches) -> pd.DataFrame:
    """The share reached by the best programme and by the list under four readings.

    Returns:
        One row a reading: ``attainment`` and its ``bound`` (``nan`` where no plan follows the list so read), and the
        number of ``projects`` started.
    """
    program = searches.program
    dated = _at_listed_dates(searches, program)
    every = _all_of_them(searches)
    best = searches.programme
    rows = [
        _row(searches, "best", "the best programme", BestProgramme(best.solution.objective, best.bound, best.values))
    ]
    readings = (
        ("dates", "only at listed dates, as many projects as serve the targets", dated),
        ("all_in_room", "all listed projects, each when there is room for it", every(program)),
        ("all_at_dates", "all listed projects at their dates", every(dated)),
        (
            "all_without_room",
            "all listed projects at their dates, growth limits and sites not counted",
            _without_room(every(dated)),
        ),
    )
    for reading, says, asked in readings:
        found = _best(searches, asked)
        if searches.interrupted:
            break
        rows.append(_row(searches, reading, says, found))
    return pd.DataFrame(rows)


def _best(searches: Searches, program: LinearProgram) -> BestProgramme:
    """The best of a program with other rows; what it finds need be no programme of the question."""
    solution = searches.search(program, other=True)
    if solution is None or not np.isfinite(solution.values).all():
        return searches.none
    return BestProgramme(solution.objective, solution.bound, solution.values)


def _row(searches: Searches, reading: str, says: str, found: BestProgramme) -> dict[str, object]:
    columns = searches.program.column_block["project_start"].slice
    started = float(np.round(found.values[columns]).sum())
    return {
        "reading": reading,
        "says": says,
        "attainment": found.reached,
        "bound": found.bound,
        "unit": searches.formulation.goal.unit,
        "projects": started,
    }


def _listed(formulation: Formulation) -> Codes:
    """Column of each project's listed start, within the block."""
    starts = formulation.variables.projects.starts
    listed: Codes = np.arange(len(starts.labels)) * formulation.facts.T + starts.first
    return listed


def _at_listed_dates(searches: Searches, program: LinearProgram) -> LinearProgram:
    columns = program.column_block["project_start"].slice
    kept = np.zeros(columns.stop - columns.start)
    kept[_listed(searches.formulation)] = 1.0
    return program.bounded(columns, upper=program.column_upper[columns] * kept)


def _all_of_them(searches: Searches) -> Callable[[LinearProgram], LinearProgram]:
    """Demand every project, and one of each pair that exclude each other."""
    starts = searches.formulation.variables.projects.starts
    pairs = sorted({(min(pair), max(pair)) for pair in starts.pairs("excludes")})
    single = np.setdiff1d(np.arange(len(starts.labels)), np.array(pairs, dtype=np.intp).ravel())
    cuts = []
    for pair in pairs:
        row = np.zeros(searches.program.shape[1])
        for project in pair:
            row[searches.columns(project)] = 1.0
        cuts.append((row, 1.0))

    def demand(program: LinearProgram) -> LinearProgram:
        return with_cuts(program.limited(program.row_block["project"].start + single, lower=1.0), cuts)

    return demand


def _without_room(program: LinearProgram) -> LinearProgram:
    for family in ("project_growth", "project_sites"):
        program = program.limited(program.row_block[family].slice, upper=np.inf)
    return program


def dates_compared(formulation: Formulation, starts: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Each project's listed date against its start in a programme.

    Args:
        formulation: what was asked.
        starts: project and period of every start.

    Returns:
        One row a project: ``listed``, ``start`` (empty if left) and ``periods_later``.
    """
    projects, facts = formulation.variables.projects.starts.labels, formulation.facts
    listed = facts.periods[formulation.variables.projects.starts.first]
    start = dict(starts)
    rows = []
    for i, project in enumerate(projects):
        chosen = start.get(project, "")
        later = facts.position("period", chosen) - facts.position("period", listed[i]) if chosen else np.nan
        rows.append({"project": project, "listed": listed[i], "start": chosen, "periods_later": later})
    return pd.DataFrame(rows)
