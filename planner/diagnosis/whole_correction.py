"""The fewest rows to give up where whole numbers are needed for the contradiction."""

from __future__ import annotations

from collections.abc import Iterable

from planner.diagnosis.correction_set import CUT, GiveUp
from planner.diagnosis.hitting_set import Set, smallest_hitting
from planner.diagnosis.irreducible import without
from planner.diagnosis.proof import Member
from planner.diagnosis.whole_conflict import whole_conflict
from planner.diagnosis.whole_numbers import WholeDecision, decide_whole
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work, WorkSpentError

CASES = 300  # of one decision
NODES = 200  # of a search for a smallest hitting set
MANY = 12  # hitting sets searched for at most


def whole_rows_to_give_up(
    program: ExactProgram, conflicts: Iterable[Set], starts: Iterable[Set], work: Work, *, at_least: int = 1
) -> GiveUp | None:
    """The fewest rows without which a program with whole numbers can hold.

    Args:
        program: a program without a whole point.
        conflicts: rows of conflicts that are proved.
        starts: sets of rows without which the others may hold.
        work: steps to spend.
        at_least: how many are known to have to go.

    Returns:
        The set, or bounds on its size; ``None`` where none was found, or rows are no cure.

    >>> import numpy as np
    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0], matrix=[[2], [1], [1]], row_lower=[1, 0, 0],
    ...     row_upper=[1, 9, 9], integer=[True]
    ... ))
    >>> whole_rows_to_give_up(program, [frozenset({0})], (), Work()).sentence
    'Without 1 row (r(1)) all others can hold, and no fewer will do.'
    """
    cores = [rows for rows in conflicts if rows]
    best: Set | None = None
    reason = CUT
    try:
        for start in sorted(starts, key=len):
            if start and (best is None or len(start) < len(best)) and _left(program, start, work).point is not None:
                best = _taken_back(program, start, work)
        for _ in range(MANY):
            hit = smallest_hitting(cores, nodes=NODES, seconds=work.seconds)
            if hit is None:
                break
            at_least = max(at_least, len(hit))
            if best is not None and at_least >= len(best):
                break
            found = _left(program, hit, work)
            if found.point is not None:
                best = hit
                break
            if not found.infeasible:
                reason = "Whether fewer would do was not decided."
                break
            rest = without(program, [Member("row", i) for i in hit])
            core = frozenset(m.position for m in whole_conflict(rest, found, work).members if m.kind == "row")
            if not core:
                return None
            cores.append(core)
    except WorkSpentError:
        pass
    if best is None:
        return None
    order = tuple(sorted(best))
    exact = len(order) <= at_least
    return GiveUp(tuple(program.row_names[i] for i in order), at_least, order, "" if exact else reason)


def _left(program: ExactProgram, rows: Iterable[int], work: Work) -> WholeDecision:
    return decide_whole(without(program, [Member("row", i) for i in rows]), work.part(0.3), cases=CASES)


def _taken_back(program: ExactProgram, rows: Set, work: Work) -> Set:
    """Rows, less those without whose loss the rest can hold as well."""
    for row in sorted(rows):
        if len(rows) > 1 and _left(program, rows - {row}, work).point is not None:
            rows = rows - {row}
    return rows
