"""Conflicts over rows, bounds and whole numbers, by deletion with the exact decision as judge."""

from __future__ import annotations

from planner.diagnosis.irreducible import Conflict, without
from planner.diagnosis.proof import Member
from planner.diagnosis.whole_numbers import WholeDecision, decide_whole
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work, WorkSpentError

CASES = 300  # of one decision while members are deleted


def whole_conflict(program: ExactProgram, found: WholeDecision, work: Work) -> Conflict:
    """A conflict of a program that has no whole point.

    Args:
        program: the program.
        found: the proof.
        work: steps to spend.

    Returns:
        Members that the proof uses, less those without which there is still a proof; irreducible if each of them was shown
        to be needed by a whole point of the others.

    >>> import numpy as np
    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0], matrix=[[1], [1]], row_lower=[0.2, -np.inf],
    ...     row_upper=[np.inf, 0.8], integer=[True]
    ... ))
    >>> conflict = whole_conflict(program, decide_whole(program, Work()), Work())
    >>> conflict.rows, conflict.bounds, conflict.whole, conflict.irreducible
    (('r(1)', 'r(2)'), (), ('x(1)',), True)
    """
    members = list(found.members(program))
    everything = _all(program)
    needed: set[Member] = set()
    try:
        for member in sorted(members, key=lambda m: (m.kind == "whole", m.kind != "row", m.position)):
            if member not in members:
                continue
            rest = [other for other in members if other != member]
            answer = decide_whole(without(program, everything - set(rest)), work.part(0.2), cases=CASES)
            if answer.infeasible:
                members = [other for other in answer.members(program) if other in rest]
            elif answer.point is not None:
                needed.add(member)
    except WorkSpentError:
        pass
    return Conflict(program, tuple(sorted(members)), needed >= set(members))


def _all(program: ExactProgram) -> set[Member]:
    found = {Member("row", i) for i in range(program.shape[0])}
    for j in range(program.shape[1]):
        found |= {Member("lower", j), Member("upper", j)} | ({Member("whole", j)} if program.integer[j] else set())
    return found
