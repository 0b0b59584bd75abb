"""What is the matter with a linear program, whatever it is about.

A verdict never rests on a solver's word: *feasible* needs a point that meets every row and bound in exact arithmetic, and
whole numbers where they are asked for; *infeasible* a proof. Where there is a proof but every tolerance in use would swallow
the contradiction, the program is called *borderline*, with both distances; where there is neither, *undecided*.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from fractions import Fraction
from pathlib import Path

from planner.diagnosis.correction_set import rows_to_give_up
from planner.diagnosis.decide import Decision, decide
from planner.diagnosis.diagnosis import TIGHTEST, USUAL, Diagnosis, Verdict
from planner.diagnosis.irreducible import Conflict, smallest_contradiction
from planner.diagnosis.movements import Moves, least_moves, moves_of_rows
from planner.diagnosis.points import Point, holds
from planner.diagnosis.proof import Proof
from planner.diagnosis.propagation import Chain
from planner.diagnosis.whole_conflict import whole_conflict
from planner.diagnosis.whole_correction import whole_rows_to_give_up
from planner.diagnosis.whole_numbers import branched, decide_whole
from planner.formats import read
from planner.program import LinearProgram
from planner.program.exact_program import ExactProgram
from planner.proof.work import USUAL as STEPS
from planner.proof.work import Work, WorkSpentError

__all__ = ["Diagnosis", "Verdict", "diagnose"]

MOST = 3 * STEPS // 8  # steps, of which a conflict has half, rows to give up twice, moves three times as many
RECORD = 200  # cases of a record that is made where a chain of roundings has shown the contradiction already


def diagnose(
    source: str | Path | LinearProgram | ExactProgram,
    *,
    effort: float = 1.0,
    seconds: float | None = None,
    weights: Mapping[str, float | None] | None = None,
) -> Diagnosis:
    """Say whether a linear program can be met, and if not, how far off it is, why, and what would cure it.

    Args:
        source: path of an MPS or LP file, or a program.
        effort: work to spend, 1 being plenty; what is cut short says so. The answer depends on nothing else.
        seconds: time to spend as well, roughly; by default no clock is looked at, so that the answer is always the same.
        weights: what moving a limit of a row costs, by name or pattern (``need*``); ``None`` for one that stays; 1 by default.

    Returns:
        The diagnosis.

    Raises:
        ModelError: the file cannot be read.

    >>> import numpy as np
    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> found = diagnose(program)
    >>> found.verdict.value, float(found.distance), float(found.proved_distance), found.conflict.rows, found.give_up.at_least
    ('infeasible', 2.0, 2.0, ('r(1)', 'r(2)'), 1)
    """
    began = time.monotonic()
    if isinstance(source, LinearProgram):
        program = ExactProgram.of(source)
    else:
        program = source if isinstance(source, ExactProgram) else read(source).program
    work = Work(int(STEPS * effort), None if seconds is None else began + seconds)
    allowance = Work(int(MOST * effort), work.until)
    relaxed = program.with_(integer=(False,) * program.shape[1])
    found = decide(relaxed, work)
    if found.proof is not None:
        result = _infeasible(program, relaxed, found.proof, found.chain, work, allowance, weights or {})
    elif found.point is None:
        result = _undecided(program, found)
    elif any(program.integer) and not holds(program, found.point, Work(10**9), whole=True):
        result = _mixed(program, found, work, allowance, weights or {})
    else:
        result = _feasible(program, found.point, optimal=found.optimal, unbounded=found.unbounded)
    return replace(result, seconds=time.monotonic() - began)


def _feasible(program: ExactProgram, point: Point, *, optimal: bool, unbounded: bool = False) -> Diagnosis:
    optimal = optimal or not program.cost
    notes = () if optimal or unbounded else ("Its optimum was not looked for any further.",)
    optimum = program.value(point) if optimal else None
    return Diagnosis(program, Verdict.FEASIBLE, point, optimum, unbounded, notes=notes)


def _undecided(program: ExactProgram, found: Decision) -> Diagnosis:
    notes = ["More may come of a greater --effort."]
    if found.near is not None:
        gaps = program.violations(found.near)
        worst = max(gaps.values(), default=Fraction(0))
        notes.insert(0, f"The best point found breaks {len(gaps)} limits, the worst by {float(worst):.1e}.")
    return Diagnosis(program, Verdict.UNDECIDED, near=found.near, notes=tuple(notes))


def _mixed(
    program: ExactProgram, found: Decision, work: Work, allowance: Work, weights: Mapping[str, float | None]
) -> Diagnosis:
    """A program whose relaxation has a point, but not a whole one yet."""
    whole = decide_whole(program, work)
    if whole.point is not None:
        return _feasible(program, whole.point, optimal=whole.optimal)
    if not whole.infeasible:
        note = f"{whole.cases} cases were looked at." if whole.cases else "The search was cut at its limit of work."
        return Diagnosis(program, Verdict.RELAXED, found.point, whole=whole, notes=(note,))
    if whole.chain is not None:
        try:
            record = branched(program, work.part(0.2), RECORD)
            whole = replace(whole, ends=record.ends)
        except WorkSpentError:
            pass
    conflict = whole_conflict(program, whole, work)
    least = least_moves(program, _weights(program, weights), replace(allowance))
    rows = frozenset(member.position for member in conflict.members if member.kind == "row")
    give_up = whole_rows_to_give_up(program, [rows], [_moving(least)], replace(allowance)) if rows else None
    fewest = (
        moves_of_rows(program, give_up.positions, replace(allowance, left=allowance.left // 4))
        if give_up is not None
        else None
    )
    notes: tuple[str, ...] = ()
    if whole.ends:
        notes = (f"{len(whole.ends)} cases leave no whole number out; each is contradicted in exact arithmetic.",)
    return Diagnosis(
        program,
        Verdict.INFEASIBLE,
        whole=whole,
        chain=whole.chain,
        conflict=conflict,
        give_up=give_up,
        least=least,
        fewest=fewest,
        notes=notes,
    )


def _moving(moves: Moves | None) -> frozenset[int]:
    """The rows that move, if no bound has to."""
    if moves is None or any(move.kind != "row" for move in moves.limits):
        return frozenset()
    return frozenset(move.position for move in moves.limits)


def _infeasible(
    program: ExactProgram,
    relaxed: ExactProgram,
    proof: Proof,
    chain: Chain | None,
    work: Work,
    allowance: Work,
    weights: Mapping[str, float | None],
) -> Diagnosis:
    """All that is worth knowing of a program that is proved to have no point."""
    whole = any(program.integer)
    smallest, irreducible = smallest_contradiction(relaxed, proof, work.part(0.4, MOST // 2))
    moves = _weights(program, weights)
    least = least_moves(relaxed, moves, replace(allowance, left=3 * allowance.left))
    known = [proof, smallest, *([least.proof] if least and least.proof else [])]
    give_up = rows_to_give_up(relaxed, known, replace(allowance, left=2 * allowance.left), _moving(least))
    if whole and give_up is not None:
        cores = [frozenset(m.position for m in one.members if m.kind == "row") for one in known]
        starts = [frozenset(give_up.positions)]
        wholly = least_moves(program, moves, replace(allowance))
        give_up = whole_rows_to_give_up(
            program, cores, [*starts, _moving(wholly)], replace(allowance), at_least=give_up.at_least
        )
        least = wholly if wholly is None or least is None else replace(wholly, proved=least.proved, proof=least.proof)
    fewest = (
        moves_of_rows(program, give_up.positions, replace(allowance, left=allowance.left // 4))
        if give_up is not None
        else None
    )
    widest = max(dict.fromkeys(known), key=lambda one: one.margin[0])
    margin = widest.margin[0], _share(widest, least.point if least else None)
    slight = margin[0] < TIGHTEST and margin[1] < TIGHTEST
    conflict = Conflict(program, tuple(sorted(smallest.members)), irreducible, smallest)
    chain = chain if chain is not None and set(conflict.members) == set(chain.members) else None
    return Diagnosis(
        program,
        Verdict.BORDERLINE if slight else Verdict.INFEASIBLE,
        proof=smallest,
        chain=chain,
        margin=margin,
        conflict=conflict,
        give_up=give_up,
        least=least,
        fewest=fewest,
        notes=() if slight else _caveats(margin, program),
    )


def _weights(program: ExactProgram, weights: Mapping[str, float | None]) -> list[Fraction | None]:
    """What moving each row costs; the last pattern that fits a name counts."""
    found: list[Fraction | None] = [Fraction(1)] * program.shape[0]
    for pattern, weight in weights.items():
        for i, name in enumerate(program.row_names):
            if name == pattern or fnmatchcase(name, pattern):
                found[i] = None if weight is None else Fraction(str(weight))
    return found


def _share(proof: Proof, point: Point | None) -> Fraction:
    """A contradiction as a share of the terms of the rows it adds up, at a point close to holding."""
    if point is None or not proof.used:
        return proof.margin[1]
    size = Fraction(0)
    for used in proof.used:
        at = used.member.position
        terms = proof.program.rows[at].items() if used.member.kind == "row" else [(at, Fraction(1))]
        size += abs(used.weight) * (abs(used.limit) + sum((abs(a * point[j]) for j, a in terms), Fraction(0)))
    return proof.gap / size if size else Fraction(1)


def _caveats(margin: tuple[Fraction, Fraction], program: ExactProgram) -> tuple[str, ...]:
    """What else must be known of a contradiction."""
    notes = []
    if float(margin[0]) < USUAL:
        notes.append(
            f"Limits need to give way by {float(margin[0]):.1e} only ({float(margin[1]):.1e} of what the rows consist of): a"
            " solver with a greater tolerance may call it feasible."
        )
    if any(program.integer):
        notes.append("Whole numbers are not needed for the contradiction: values between them do not meet it either.")
    return tuple(notes)
