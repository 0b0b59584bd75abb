"""A whole programme of projects: which are started when, how good that is, and how much better any other could be.

Three numbers are kept apart. What a programme reaches is a linear solve with its projects fixed. What no programme
passes is the bound of the search. What building the same projects in parts would reach is the relaxation; indivisibility
costs at least the difference to the bound. Prices exist with the projects fixed and for the relaxation, each an answer to
a question of its own; a mixed-integer program as such has none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.analysis.feasibility.attainment import INSIDE, SOUND
from planner.formulation import Formulation, formulate
from planner.program import LinearProgram, Vector
from planner.proof.branch_record import BranchRecord, branch
from planner.proof.certificate import Certificate, prove, prove_empty
from planner.solver.highs import Session, SolveOptions
from planner.solver.mixed import in_parts, rounded, with_fixed
from planner.solver.solution import Solution, Status

GAP = 1e-4  # relative gap at which a search stops unless told otherwise
_EASED = 1e-7  # share of the objective given up so that the cheapest programme is not lost to rounding
Start = tuple[str, str]  # project, period


@dataclass(frozen=True, eq=False)
class Programme:
    """A programme found by a search, and what is known about all others.

    Args:
        formulation: what was asked.
        relaxed: the same with projects in parts.
        search: the search's best point and its proven bound; its status says whether it was completed.
        values: the point reported, shape (columns,): of all programmes found to be as good, one that spends least;
            ``nan`` where no whole point was found.
        first: seconds until the first whole programme was there; ``nan`` where the rule gave none.
    """

    formulation: Formulation
    relaxed: Solution
    search: Solution
    values: Vector
    first: float = float("nan")

    @property
    def failure(self) -> Solution:
        """The solve that says why there is no programme."""
        return self.relaxed if self.relaxed.status is Status.INFEASIBLE else self.search

    @property
    def found(self) -> bool:
        """Whether there is a whole programme, of which none is better without end."""
        return self.search.status is not Status.UNBOUNDED and bool(np.isfinite(self.values).all())

    @property
    def bound(self) -> float:
        """What no programme passes: the better of the search's bound and the relaxation."""
        if self.search.status is Status.INFEASIBLE:
            return float("nan")
        return _tighter(self.formulation.program, self.search.bound, self.relaxed.objective)

    @cached_property
    def fixed(self) -> Formulation:
        """The linear question that is left with the programme's projects fixed."""
        return replace(self.formulation, program=with_fixed(self.formulation.program, self.values))

    @cached_property
    def solution(self) -> Solution:
        """The solve with the projects fixed: what the programme reaches, and prices that hold as long as it stands."""
        return Session().solve(self.fixed.program)

    @cached_property
    def by_the_unit(self) -> float:
        """What the same question reaches without projects, all plant built by the unit at the norms of its kind.

        Works at these norms cannot do better; works that are cheaper or quicker than their kind could.
        """
        question = self.formulation.question
        plain = replace(question, families=tuple(name for name in question.families if name != "project"))
        return Session().solve(formulate(self.formulation.facts, plain, self.formulation.plan).program).objective

    @property
    def gap(self) -> float:
        """Relative difference between what is reached and what no programme passes."""
        reached = self.solution.objective
        return abs(self.bound - reached) / max(abs(reached), 1e-12 * self.solution.magnitude)

    @cached_property
    def judgement(self) -> Judgement | None:
        """The verdict, of a question about a share of targets; ``None`` for any other."""
        return judge(self) if self.formulation.goal.is_share else None

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """Project and period of every start, in table order."""
        return starts_in(self.formulation, self.values) if self.found else ()


def starts_in(formulation: Formulation, values: Vector) -> tuple[Start, ...]:
    """Project and period of every start in a point."""
    block = formulation.program.column_block["project_start"]
    on = np.flatnonzero(np.round(values[block.slice]) > 0.5)
    return tuple((str(block.keys[0][i]), str(block.keys[1][i])) for i in on)


def _tighter(program: LinearProgram, one: float, other: float) -> float:
    known = [value for value in (one, other) if np.isfinite(value)]
    if not known:
        return float("nan")
    return min(known) if program.sense == "max" else max(known)


def find_programme(
    formulation: Formulation,
    limits: SolveOptions | None = None,
    *,
    log: Callable[[str], None] | None = None,
    search: Callable[[LinearProgram], Solution] | None = None,
) -> Programme:
    """The best programme of projects for a question.

    Args:
        formulation: with the family ``project`` (or other whole numbers).
        limits: time and gap of the search.
        log: receives the lines of HiGHS while it searches.
        search: another solver to search with; it gets no starting point.

    Returns:
        The programme; a search that was stopped returns the best found so far, and its bound.
    """
    limits = limits or SolveOptions(gap=GAP)
    program, session, began = formulation.program, Session(), time.perf_counter()
    relaxed = session.solve(in_parts(program))
    if relaxed.status is Status.INFEASIBLE:
        return Programme(formulation, relaxed, relaxed, relaxed.values)
    start = rounded(program, session, relaxed=relaxed) if relaxed.optimal else None
    first = time.perf_counter() - began if start is not None else float("nan")
    if search is not None:
        solution = search(program)
    else:
        solution = Session(limits, log=log).solve(program, start=start)
        if solution.status is Status.INFEASIBLE and relaxed.optimal:  # an answer of presolve alone is not believed
            solution = Session(replace(limits, presolve=False), log=log).solve(program)
    found = Programme(formulation, relaxed, solution, solution.values, first)
    # a search may be stopped before it has even looked at its start
    if not found.found and solution.status is Status.STOPPED and start is not None:
        found = replace(found, values=start)
    if found.found and formulation.goal.is_share:
        return replace(found, values=cheapest(formulation, program, found.values, limits))
    return found


def cheapest(formulation: Formulation, program: LinearProgram, values: Vector, limits: SolveOptions) -> Vector:
    """Of all programmes that reach the share of a point, one that spends least on projects.

    Without this step a programme would hold works that do nothing for the share: they cost the search nothing.

    Args:
        formulation: about a share of targets.
        program: its program or one with more rows.
        values: a whole point of it.
        limits: of the search for it; where it ends too early the point itself is returned.
    """
    theta = formulation.program.column_block["attainment"].start
    block = formulation.program.column_block["project_start"]
    cost = np.zeros(program.shape[1])
    spent = np.asarray(formulation.variables.projects.spending.sum(axis=0)).ravel()
    cost[block.slice] = spent + 1e-3 * (float(spent.max(initial=0.0)) or 1.0)  # of two that cost the same, the smaller
    calm = program.bounded(theta, lower=values[theta] - _EASED * abs(values[theta]))
    calm = calm.minimising(cost, "spending on projects", program.objective_unit)
    solution = Session(replace(limits, gap=max(limits.gap, 1e-3))).solve(calm, start=values)
    return solution.values if np.isfinite(solution.values).all() else values


@dataclass(frozen=True, eq=False)
class Judgement:
    """Whether targets lie inside what whole programmes can reach.

    Args:
        verdict: ``inside``, ``outside``, ``empty``, ``borderline`` or ``undecided``.
        says: what it rests on.
        certificate: of the relaxation, where that suffices.
        record: of the branches, where it does not.
    """

    verdict: str
    says: str
    certificate: Certificate | None = None
    record: BranchRecord | None = None


def judge(programme: Programme) -> Judgement:
    """Say inside or outside, and from what: a checked point, or a proof that nothing reaches further.

    Args:
        programme: of a question about a share of targets.
    """
    relaxed = programme.relaxed
    if relaxed.status is Status.INFEASIBLE:
        proof = prove_empty(relaxed.program)
        return Judgement(
            "empty" if proof else "undecided",
            f"Even in parts no plan keeps {programme.formulation.targets.kept}.",
            proof,
        )
    if programme.found and programme.solution.optimal and programme.solution.objective >= INSIDE:
        sound = programme.solution.residuals.relative <= SOUND
        return Judgement(
            "inside" if sound else "borderline", "A whole programme reaches every target; the point was checked."
        )
    if relaxed.optimal and relaxed.objective < INSIDE:
        proof = prove(relaxed)
        if proof.gap is not None and proof.gap > 0:
            return Judgement(
                "outside", "Not even projects in parts reach the targets; certificate of the relaxation.", proof
            )
    if not programme.bound < INSIDE:
        state = "undecided" if programme.search.status is Status.STOPPED else "borderline"
        return Judgement(state, "The bound of the search does not exclude that some programme reaches every target.")
    record = branch(programme.formulation.program, INSIDE)
    return Judgement("outside", f"In parts the projects would do; whole they do not. {record.says}", record=record)
