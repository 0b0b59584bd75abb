"""What is the matter with a linear program, whatever it is about.

A verdict never rests on a solver's word: *feasible* needs a point that satisfies every row on our own arrays, *infeasible*
a proof in exact arithmetic. Where there is a proof but every tolerance in use would swallow the contradiction, the program
is called *borderline*; where there is neither, *undecided*.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from planner.feasibility.diagnosis import Diagnosis, Verdict, caveats, declared_note
from planner.feasibility.give_up import rows_to_give_up
from planner.feasibility.irreducible import irreducible_conflict
from planner.program import LinearProgram, Vector
from planner.solver.certificate import Certificate, clashing, prove_empty
from planner.solver.elastic import CLEAR, Elastic, Leeway, Strain, row_scale, tidied, worst_violation
from planner.solver.highs import Limits, Session
from planner.solver.solution import Solution, Status

__all__ = ["Diagnosis", "Verdict", "diagnose"]

ROUNDING = 1e-12  # a point that satisfies rows to this share of their terms leaves no doubt to dig for
TIGHTEST = 1e-9  # the tightest tolerance that solvers offer; a proof that does not survive it is a matter of taste


def diagnose(program: LinearProgram, *, seconds: float = 60.0) -> Diagnosis:
    """Say whether a linear program can be satisfied, and if not, how far off it is, why, and what would cure it.

    Args:
        program: any program; whole-number columns may take any value between.
        seconds: time to spend, roughly; what is cut short says so.

    Returns:
        The diagnosis.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> found = diagnose(program)
    >>> found.verdict.value, found.distance, found.proved_distance, found.conflict.rows, found.give_up.at_least
    ('infeasible', 2.0, 2.0, ('r(1)', 'r(2)'), 1)
    """
    solver = _Solver(seconds)
    notes: tuple[str, ...] = ()
    if program.integer.any():
        program = program.with_(integer=np.zeros(program.shape[1], dtype=bool))
        notes = ("Whole-number columns were allowed any value between: this is a diagnosis of the relaxation.",)
    if clashing(program):
        found = _clash(program)
    else:
        solution = solver.solve(_scaled(program))
        point = _point(program, solution, solver)
        if point is not None and worst_violation(program, point) <= ROUNDING:
            found = _feasible(program, solution)
        else:
            found = _without_clear_point(program, solution, point, solver)
    return replace(found, notes=(*notes, *found.notes), seconds=time.monotonic() - solver.began)


class _Solver:
    """Solves within a time to spend; once the simplex method was too slow for a program, by an interior point."""

    def __init__(self, seconds: float) -> None:
        self.began, self.seconds, self.method = time.monotonic(), seconds, "choose"

    @property
    def left(self) -> float:
        """Seconds left, a few at least."""
        return max(2.0, self.seconds - (time.monotonic() - self.began))

    def solve(self, program: LinearProgram) -> Solution:
        """Solve a program, by another method if the first takes too long."""
        solution = self.session().solve(program)
        if solution.status is Status.STOPPED and self.method == "choose":
            self.method = "ipm"
            solution = self.session().solve(program)
        return solution

    def strain(
        self, form: type[Elastic] | type[Leeway], program: LinearProgram, weights: Vector | None = None
    ) -> Strain:
        """An elastic optimum of a program, by another method if the first takes too long."""
        found = form(program, weights, self.session()).strain(program)
        if not found.solved and self.method == "choose":
            self.method = "ipm"
            found = form(program, weights, self.session()).strain(program)
        return found

    def session(self) -> Session:
        """A solver with its share of the time."""
        return Session(Limits(seconds=min(self.seconds / 8, self.left), method=self.method))


def _point(program: LinearProgram, solution: Solution, solver: _Solver) -> Vector | None:
    """The solver's point within its bounds; any feasible point where the objective has no end."""
    if solution.status is Status.UNBOUNDED:
        solution = solver.solve(_scaled(program).with_(cost=np.zeros(program.shape[1])))
    if not np.isfinite(solution.values).all():
        return None
    return tidied(program, np.clip(solution.values, program.column_lower, program.column_upper))


def _scaled(program: LinearProgram) -> LinearProgram:
    """The program with its rows' greatest coefficients near one: the solver's tolerances are absolute."""
    scale = row_scale(program)
    data = program.matrix.data * np.repeat(scale, np.diff(program.matrix.indptr))
    scaled = program.with_coefficients(np.arange(len(data)), data)
    return scaled.with_(row_lower=program.row_lower * scale, row_upper=program.row_upper * scale)


def _feasible(program: LinearProgram, solution: Solution) -> Diagnosis:
    notes: tuple[str, ...] = ()
    optimum = solution.objective if solution.optimal else float("nan")
    if solution.status is Status.UNBOUNDED:
        optimum, notes = -np.inf * program.sign, ("The objective has no end.",)
    elif not solution.optimal:
        notes = (f"Its optimum was not found ({solution.detail}).",)
    return Diagnosis(program, Verdict.FEASIBLE, optimum, notes=notes)


def _clash(program: LinearProgram) -> Diagnosis:
    """A row or column whose own limits contradict each other."""
    conflict = irreducible_conflict(program)
    proof = prove_empty(program, "conflict")
    if conflict is None or proof is None or proof.clash is None:
        raise AssertionError("limits that clash are a conflict and its proof")
    kind, at = proof.clash
    name = (program.row_names if kind == "row" else program.column_names)[at]
    distance = float("nan") if (program.column_lower > program.column_upper).any() else float(proof.bound)
    return Diagnosis(
        program, Verdict.INFEASIBLE, distance=distance, scaled_distance=float("nan"), proved_distance=float("nan"),
        margin=float(proof.bound) / 2, conflict=conflict, certificates=(proof,),
        notes=(f"The lower limit of {kind} {name} is above its upper limit; nothing further was looked into.",),
    )  # fmt: skip


def _without_clear_point(
    program: LinearProgram, solution: Solution, point: Vector | None, solver: _Solver
) -> Diagnosis:
    """Look for a proof; failing that, judge the best point."""
    leeway = solver.strain(Leeway, program)
    total = solver.strain(Elastic, program)
    scaled = solver.strain(Elastic, program, row_scale(program))
    found = Diagnosis(
        program, Verdict.UNDECIDED, distance=total.distance if total.solved else float("nan"),
        scaled_distance=scaled.distance if scaled.solved else float("nan"),
    )  # fmt: skip
    for strain, declare in ((leeway, False), (total, False), (leeway, True), (total, True)):
        proof = prove_empty(
            program, session=solver.session(), strain=strain, declare=declare, seconds=solver.seconds / 8
        )
        if proof is not None and _rests_on_rounding(proof):
            return _infeasible(found, proof, total, leeway, solver)
        if proof is not None:
            notes = (declared_note(proof), "Whether larger values could satisfy all rows was not found out.")
            return replace(found, certificates=(proof,), notes=notes)
    points = [point, *(strain.values for strain in (total, scaled, leeway) if strain.solved)]
    worst = min((worst_violation(program, one) for one in points if one is not None), default=np.inf)
    if worst <= CLEAR:
        return _feasible(program, solution)
    note = f"The best point found breaks a row by {worst:.1e} of what the row consists of."
    return replace(found, notes=(note if np.isfinite(worst) else "The solver found no point at all in time.",))


def _infeasible(found: Diagnosis, proof: Certificate, total: Strain, leeway: Strain, solver: _Solver) -> Diagnosis:
    """All that is worth knowing of a program that is proved to have no point."""
    program = found.program
    whole = prove_empty(
        program, "distance", session=solver.session(), strain=total, declare=False, seconds=solver.seconds / 8
    )
    absolute, relative = proof.margin[0], float(proof.bound) / _terms(proof, leeway if leeway.solved else total)
    found = replace(
        found,
        verdict=Verdict.INFEASIBLE,
        margin=absolute,
        proved_distance=float("nan" if whole is None else whole.bound),
    )
    if absolute < TIGHTEST and relative < TIGHTEST:
        note = f"The proof uses {len(proof.multipliers)} rows; a conflict this slight was not cut down further."
        return replace(found, verdict=Verdict.BORDERLINE, certificates=_proofs(proof, whole), notes=(note,))
    conflict = irreducible_conflict(program, leeway, seconds=solver.left / 2)
    if conflict is not None and conflict.certificate is not None:
        proof = conflict.certificate
    give_up = rows_to_give_up(program, total, seconds=min(solver.seconds / 3, solver.left), method=solver.method)
    return replace(
        found, conflict=conflict, give_up=give_up, certificates=_proofs(proof, whole),
        notes=caveats(proof, conflict, absolute),
    )  # fmt: skip


def _rests_on_rounding(proof: Certificate) -> bool:
    """Whether declared bounds are needed for no more than coefficients that agree but for their last digits."""
    matrix = abs(proof.program.matrix)
    weights = np.zeros(proof.program.shape[0])
    weights[list(proof.multipliers)] = [abs(float(weight)) for weight in proof.multipliers.values()]
    terms = matrix.T @ weights
    return all(abs(float(proof.sum.reduced[column])) <= ROUNDING * terms[column] for column in proof.declared)


def _proofs(proof: Certificate, whole: Certificate | None) -> tuple[Certificate, ...]:
    """The claims to write: a proof with declared bounds speaks of another program and stands alone."""
    return (proof,) if whole is None or proof.declared else (proof, whole)


def _terms(proof: Certificate, strain: Strain) -> float:
    """What a contradiction is small against: the terms of the rows it adds up, at the elastic point."""
    return sum(abs(float(weight)) * float(strain.sizes[row]) for row, weight in proof.multipliers.items()) or 1.0
