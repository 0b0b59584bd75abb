"""Solving a question: exactly, among whole projects, or between two numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, Unpack

import numpy as np

from planner.analysis.projects.programme import GAP, find_programme
from planner.analysis.shares.second_objective import Second, best_among
from planner.analysis.shares.settled import asking_shares, settle
from planner.answers.base.asked import ensure_in_range
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.answers.solve.answer import SolveAnswer
from planner.economy import DataError, Finding
from planner.formulation import Formulation
from planner.program import LinearProgram, Vector
from planner.proof.bracket import WORK, bracket
from planner.solver.highs import VERSION, Session, SolveOptions
from planner.solver.solution import Solution, Status

__all__ = ["solve"]

Method = Literal["auto", "exact", "first-order"]
LARGE = 60_000  # coefficients of a program, beyond which an optimum takes minutes where a bracket takes seconds
_IDLE = 1e-5  # of the objective: a limit whose price and amount come to less has no price in a bracket


@spelled
def solve(
    economy: Subject,
    *,
    solver: str = "highs",
    method: Method = "auto",
    seconds: float = float("inf"),
    gap: float = GAP,
    work: int = WORK,
    log: Callable[[str], None] | None = None,
    **asked: Unpack[Asked],
) -> SolveAnswer:
    """Solve a question about an economy.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one.
        solver: ``highs``, or the name of a solver PuLP knows (for one program; the shares of targets always use HiGHS).
        method: ``exact``; or ``first-order``, for economies beyond some 400 products: a plan that holds and a proved bound
            of the objective, brought together until they lie within ``gap``; or ``auto``: by the size of the program.
        seconds: time limit of the solve, or of the search where whole numbers are sought.
        gap: relative gap at which a search among whole projects, or a first-order method, may stop.
        work: iterations of a first-order method at most; the bracket found until then is the answer.
        log: receives the lines of HiGHS during such a search.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Returns:
        The answer; that no plan keeps floors and balances is one too (see its ``reason``).

    Raises:
        DataError: the data, the model or the question do not fit.

    >>> solve("two_goods", plan="ambitious")
    <solve: Twice as much iron: both figures together can be reached to 90.0 %.>
    >>> solve("two_goods", floor=5.0).highest_floor
    2.12
    """
    began = time.perf_counter()
    ensure_in_range(seconds=seconds, gap=gap, work=work)
    formulation = posed(economy, asked)
    ready = time.perf_counter()
    by_size = method == "auto" and formulation.program.matrix.nnz > LARGE and not _needs_an_optimum(formulation, solver)
    if method == "first-order" or by_size:
        result = _between(formulation, solver, gap, work, by_size=by_size)
    elif formulation.program.integer.any():
        result = _mixed(formulation, solver, SolveOptions(seconds=seconds, gap=gap), log)
    else:
        result = _answer(formulation, solver, seconds)
    result.seconds.update(load_and_formulate=ready - began, solve=time.perf_counter() - ready)
    return result


def _mixed(
    formulation: Formulation, solver: str, limits: SolveOptions, log: Callable[[str], None] | None
) -> SolveAnswer:
    """Choose a programme of projects; then the question with these projects fixed is answered like any other."""
    other = (
        None if solver.lower() == "highs" else lambda program: _elsewhere(program, solver, limits.seconds, limits.gap)
    )
    programme = find_programme(formulation, limits, log=log, search=other)
    if not programme.found:
        nothing = np.full(len(formulation.targets.frame), np.nan)
        return SolveAnswer(formulation, programme.failure, None, nothing, programme=programme)
    result = _answer(programme.fixed, "highs", float("inf"))  # linear, and over in no time
    search = programme.search
    solution = replace(
        result.solution,
        status=search.status,
        bound=programme.bound,
        solver=search.solver,
        detail=search.detail,
        iterations=search.iterations,
        seconds=search.seconds,
    )
    seconds = {**result.seconds, "first_programme": programme.first, "search": search.seconds}
    return replace(result, formulation=formulation, solution=solution, programme=programme, seconds=seconds)


def _answer(formulation: Formulation, solver: str, seconds: float) -> SolveAnswer:
    """Solve what is asked; and, by HiGHS, the shares of the targets: they are the same by every route.

    A question about the share of targets is answered by the plan of these shares, any other by the plan at its own optimum.
    """
    session = Session(SolveOptions(seconds=seconds))
    by_shares = formulation.goal.is_share
    nothing = np.full(len(formulation.targets.frame), np.nan)
    if by_shares and solver.lower() == "highs":
        settled = settle(formulation, session)
        first, shares = settled.first, settled.shares
        second = _second(formulation, first, shares)
        plan = settled.plan if second is None else second.plan
        return SolveAnswer(formulation, first, plan, shares, first.solver, settled=settled, second=second)
    solution = _one(formulation, solver, seconds, session)
    if not solution.optimal:
        return SolveAnswer(formulation, solution, None, nothing)
    if "target" not in formulation.question.families:
        second = _second(formulation, solution, nothing)
        return SolveAnswer(formulation, solution, second.plan if second else solution, nothing, second=second)
    settled = settle(asking_shares(formulation), session if by_shares else None)
    plan = settled.plan if by_shares else solution
    second = _second(formulation, solution, settled.shares)
    plan = plan if second is None else second.plan
    return SolveAnswer(
        formulation, solution, plan, settled.shares, settled.first.solver, settled=settled, second=second
    )


def _between(formulation: Formulation, solver: str, gap: float, work: int, *, by_size: bool) -> SolveAnswer:
    """A plan that holds and a bound, instead of an optimum."""
    if why := _needs_an_optimum(formulation, solver):
        said = f"A first-order method ends with a bracket, a plan and a bound, and {why}. Take the exact method."
        raise DataError([Finding("E198", "", (), "", "first-order", said)], formulation.economy.folder)
    began = time.perf_counter()
    found = bracket(formulation.program, gap=gap, work=work, claim="attainment" if formulation.goal.is_share else "")
    program, prices = formulation.program, found.prices
    weight = np.abs(prices) * np.asarray(abs(program.matrix) @ np.abs(found.values))
    prices = np.where(weight < _IDLE * abs(found.reached), 0.0, prices)
    solution = Solution(
        program,
        Status.OPTIMAL if found.narrow else Status.STOPPED,
        found.reached,
        found.values,
        prices,
        np.asarray(program.cost - program.matrix.T @ found.prices),
        found.bound,
        f"{VERSION}, first-order",
        "" if found.narrow else "Work limit",
        found.iterations,
        time.perf_counter() - began,
    )
    targets = formulation.targets
    shares = (
        np.where(targets.scaled, found.reached, 1.0)
        if formulation.goal.is_share
        else np.full(len(targets.frame), np.nan)
    )
    plan = None if np.isnan(found.values).any() else solution
    return SolveAnswer(formulation, solution, plan, shares, solution.solver, bracket=found, by_size=by_size)


def _needs_an_optimum(formulation: Formulation, solver: str) -> str:
    """Why a question cannot live with a bracket, as the end of a sentence; empty where it can."""
    if solver.lower() != "highs":
        return "only HiGHS has such a method here"
    if formulation.program.integer.any():
        return "whole projects are searched for among optima"
    if formulation.question.then:
        return "the second objective is sought among the optima of the first"
    if formulation.goal.is_share and formulation.question.sought.reading == "balanced":
        return "balanced shares are settled one optimum after the other"
    return ""


def _second(formulation: Formulation, first: Solution, shares: Vector) -> Second | None:
    """The plan of the second objective, where the question has one and the first an optimum."""
    return best_among(formulation, first, shares) if formulation.question.then and first.optimal else None


def _one(formulation: Formulation, solver: str, seconds: float, session: Session) -> Solution:
    if solver.lower() == "highs":
        return session.solve(formulation.program)
    return _elsewhere(formulation.program, solver, seconds)


def _elsewhere(program: LinearProgram, solver: str, seconds: float, gap: float = 0.0) -> Solution:
    """Another solver's answer; PuLP is imported only here."""
    from planner.solver.gateway import solve_with

    return solve_with(program, solver, seconds, gap=gap)
