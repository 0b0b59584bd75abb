"""What each target could reach alone, what the others cost it, and how far the verdict hangs on it (measures b)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.claims import Freed, left_out, proved_without
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram, Vector
from planner.proof.certificate import Certificate
from planner.solver.highs import Session


@dataclass(frozen=True, eq=False)
class Alone:
    """Three readings of every target, as shares; 1 is the official figure; ``nan`` for hard targets.

    Args:
        alone: with every other target given up.
        held: with every other target at the common share θ* (or in full, where θ* is more).
        without: θ* of the others when this target is left out.
    """

    alone: Vector
    held: Vector
    without: Vector


def each_alone(
    formulation: Formulation, share: float, session: Session | None = None, *, left_out: bool = True
) -> Alone:
    """Solve one program a target and reading, in place.

    Over one target and the next it is the objective that changes, so that each begins with a plan, the one before. Without
    a target that has no price θ* stays what it is.

    Args:
        formulation: of max θ.
        share: its θ*.
        session: a warm solver.
        left_out: whether the third reading is wanted.

    Returns:
        Shares, each of shape (targets,); ``inf`` where nothing limits a target, or nothing is left to limit.
    """
    handle, nothing = TargetRows(formulation), np.full(len(formulation.targets.frame), np.nan)
    alone, held = _each(handle), _each(handle, at_least=min(1.0, share))
    return Alone(alone, held, _without_each(handle, session or Session()) if left_out else nothing)


def most_alone(formulation: Formulation) -> Vector:
    """The greatest share of each target with every other given up, shape (targets,); ``nan`` where no plan is left.

    Args:
        formulation: of max θ.
    """
    return _each(TargetRows(formulation))


def _each(handle: TargetRows, at_least: float = -np.inf) -> Vector:
    """The greatest share of each target, where every other has a share of at least so much; shape (targets,)."""
    apart = handle.apart(handle.program, "share", lower=at_least, upper=np.inf)
    found, cost = np.full(len(handle.formulation.targets.frame), np.nan), np.zeros(apart.shape[1])
    session = Session()
    for column, target in enumerate(handle.scaled, start=handle.program.shape[1]):
        cost[-len(handle.scaled) :], cost[column] = 0.0, 1.0
        one = apart.bounded(np.array([column]), lower=-np.inf).maximising(cost.copy(), "share of a target")
        found[target] = greatest(session, one)
        if column == handle.program.shape[1]:
            basis, session = session.basis, Session(session.limits.primal)
            session.begin(one, basis)
    return found


def _without_each(handle: TargetRows, session: Session) -> Vector:
    """θ* without each target in turn, shape (targets,)."""
    found = np.full(len(handle.formulation.targets.frame), np.nan)
    if len(handle.scaled) < 2:
        found[handle.scaled] = np.inf
        return found
    best = session.solve(handle.program)
    found[handle.scaled] = best.objective if best.optimal else np.nan
    for target in np.intersect1d(handle.scaled, np.flatnonzero(handle.prices(best) > 0)):
        found[target] = greatest(session, handle.free(handle.program, np.array([target])))
    return found


def leave_out(
    formulation: Formulation, without: Vector, share: float, session: Session | None = None, most: int = 12
) -> pd.DataFrame:
    """θ* with single targets left out, and with pairs where one hides another.

    A pair is tried when leaving the first out alone raises θ*: whatever then stands in the way may be the second. Only the
    targets that bind after the first is gone are tried as the second. Of two firsts the one that raises it more is.

    Args:
        formulation: of max θ.
        without: θ* with each target left out.
        share: θ* of all.
        session: a warm solver.
        most: how many pairs are listed, best first.

    Returns:
        left_out, and, second, attainment: sorted by what is gained.
    """
    session = session or Session()
    handle = TargetRows(formulation)
    names = formulation.targets.names
    rows = [(names[i], "", float(without[i])) for i in handle.scaled]
    raised = handle.scaled[without[handle.scaled] > share + 1e-9]
    tried: set[frozenset[int]] = set()
    for i in sorted(raised, key=lambda i: (-round(float(without[i]), 9), names[i])):
        for j in _binding(session, handle, handle.free(formulation.program, np.array([i]))):
            pair = frozenset((int(i), int(j)))
            if j != i and pair not in tried:
                tried.add(pair)
                freed = handle.free(formulation.program, np.sort([i, j]))
                rows.append((names[i], names[j], greatest(session, freed)))
    single = [row for row in rows if not row[1]]
    pairs = sorted((row for row in rows if row[1]), key=lambda row: (-row[2], row[:2]))[:most]
    table = pd.DataFrame(
        sorted(single, key=lambda row: (-row[2], row[:2])) + pairs, columns=["left_out", "and", "attainment"]
    )
    table["gain"] = table["attainment"] - share
    table["unit"] = formulation.question.share_unit
    return table


def proofs_without(formulation: Formulation, without: Vector) -> tuple[Certificate, ...]:
    """Proofs that the other figures stay out of reach together when one is left out, for each of which that is so.

    Args:
        formulation: of max θ.
        without: θ* with each target left out, shape (targets,).
    """
    handle, names, session = TargetRows(formulation), formulation.targets.names, Session()
    found = (
        proved_without(formulation, left_out(names[i]), Freed(handle.moving(np.array([i]))[0]), session)
        for i in handle.scaled
        if without[i] < INSIDE
    )
    return tuple(proof for proof in found if proof is not None)


def greatest(session: Session, program: LinearProgram) -> float:
    """The optimum of a program: ``inf`` where nothing limits it, ``nan`` where no plan is left.

    Args:
        session: a warm solver.
        program: of max θ.
    """
    solution = session.solve(program)
    if solution.optimal:
        return solution.objective
    return float("inf") if solution.status.value == "unbounded" else float("nan")


def _binding(session: Session, handle: TargetRows, program: LinearProgram) -> Codes:
    """Targets with a price in the optimum of a program."""
    solution = session.solve(program)
    if not solution.optimal:
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero(handle.formulation.targets.scaled & (handle.prices(solution) > 1e-7))
