"""PuLP: the gateway to every other solver, and the program as readable algebra. The only file that imports PuLP.

What comes back through PuLP is not taken on trust, for reasons each seen to happen: a linear program that was stopped
at a limit is called optimal, prices change sign with the sense and the solver, prices of a mixed-integer program are a
silent zero. So the objective and the residuals are recomputed from our arrays, and prices are kept only where they
prove the optimum (``planner.solver.dual_check``). What is sent to be solved has units of its own, as with HiGHS
(``planner.solver.scaling``); what is written to be read has those of the data.
"""

from __future__ import annotations

import inspect
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pulp

from planner.program import LinearProgram, Vector
from planner.program.portable_names import portable
from planner.solver.dual_check import proving_prices
from planner.solver.scaling import Scaling, scaling_of
from planner.solver.solution import Solution, Status

__all__ = ["UnknownSolverError", "available_solvers", "solve_with", "solver_named", "to_pulp", "write_pulp"]

UPPER = ".upper"  # PuLP's rows have one limit: the second of a row with two bears the row's name and this ending
_WRONG = 1e-6  # relative violation at which an answer is refused; solution files carry eight digits
_SHORT = {"PULP_CBC_CMD": "CBC", "COIN_CMD": "CBC"}


class UnknownSolverError(ValueError):
    """No solver of that name can be used here.

    Args:
        name: as the user wrote it.
        installed: names that can be used.
        known: whether PuLP knows it, so that it need only be installed.
    """

    def __init__(self, name: str, installed: list[str], *, known: bool) -> None:
        """Say which, and what there is."""
        lack = "is not installed here" if known else "is no solver that PuLP knows"
        super().__init__(f'"{name}" {lack}. Installed: highs (built in), {", ".join(installed)}.')
        self.name, self.installed, self.known = name, installed, known


def available_solvers() -> list[str]:
    """Names of the solvers that PuLP can use on this machine, apart from HiGHS, which is built in.

    >>> "CBC" in available_solvers()
    True
    """
    with _quiet():
        names = pulp.listSolvers(onlyAvailable=True)
    return sorted({_SHORT.get(name, name) for name in names if not name.startswith("HiGHS")})


def solver_named(name: str) -> str:
    """PuLP's own name for a solver as a user would write it, in any case: ``cbc``, ``GLPK``, ``scip_py``.

    Raises:
        UnknownSolverError: PuLP does not know it, or it is not installed.

    >>> solver_named("cbc")
    'PULP_CBC_CMD'
    """
    with _quiet():
        everything, installed = pulp.listSolvers(), pulp.listSolvers(onlyAvailable=True)
    wanted = name.upper()
    exact = [solver for solver in everything if solver.upper() == wanted]
    known = exact or [solver for solver in everything if wanted in solver.upper().split("_")]
    usable: list[str] = [solver for solver in known if solver in installed]
    if not usable:
        raise UnknownSolverError(name, available_solvers(), known=bool(known))
    return usable[0]


def to_pulp(program: LinearProgram) -> pulp.LpProblem:
    """The program as PuLP's algebra: print it, change it, solve it with anything.

    Args:
        program: the program; its names are kept where PuLP and the file formats can keep them.

    Returns:
        A problem of the same sense. A row with two different limits becomes two, the second with the ending
        ``.upper``; a row without limits is left out.

    >>> program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 2]], row_upper=[4.0], sense="max")
    >>> print(to_pulp(program))
    planner:
    MAXIMIZE
    3.0*x(1) + 5.0*x(2) + 0.0
    SUBJECT TO
    r(1): x(1) + 2 x(2) <= 4
    <BLANKLINE>
    VARIABLES
    x(1) Continuous
    x(2) Continuous
    <BLANKLINE>
    """
    with _quiet():
        return _stated(program)[0]


def write_pulp(program: LinearProgram, path: Path) -> None:
    """Write the program as PuLP's JSON, which ``pulp.LpProblem.from_json`` reads back with every digit.

    PuLP forgets the constant of an objective, so it becomes the cost of a column that is fixed at one.

    Args:
        program: the program.
        path: where to.
    """
    with _quiet():
        problem, _ = _stated(program)
        if program.offset:
            one = pulp.LpVariable("objective_constant", 1.0, 1.0)
            problem.objective += program.offset * one
            problem.objective.constant = 0.0
        problem.to_json(str(path))


def solve_with(program: LinearProgram, solver: str, seconds: float = float("inf"), *, gap: float = 0.0) -> Solution:
    """Solve a program with a solver that PuLP knows.

    Args:
        program: the program.
        solver: its name, as ``solver_named`` takes it.
        seconds: wall-clock limit.
        gap: relative gap at which a mixed-integer search may stop; 0 for a proof.

    Returns:
        A solution like that of HiGHS; prices only where they prove the optimum, ``nan`` otherwise, and no ray.

    Raises:
        UnknownSolverError: no such solver here.
    """
    name = solver_named(solver)
    began = time.perf_counter()
    units = scaling_of(program)
    scaled = units.scaled(program)
    with _quiet():
        problem, columns = _stated(scaled)
        claimed, proved, detail = _run(problem, _solver(name, scaled, seconds, gap))
        if claimed in (Status.INFEASIBLE, Status.UNBOUNDED) and program.cost.any():
            claimed = _empty_or_unbounded(scaled, name, seconds)
    took = time.perf_counter() - began
    title = f"{_SHORT.get(name, name)} through PuLP {pulp.__version__}"
    if claimed is not Status.OPTIMAL and not proved:
        return _without_point(program, claimed, title, detail, took)
    found = _judged(scaled, problem, _values(scaled, columns), title, detail, took, claimed=proved and took < seconds)
    return _in_own_units(program, found, units)


def _in_own_units(program: LinearProgram, found: Solution, units: Scaling) -> Solution:
    """A solution of the scaled program as one of the program itself."""
    factor = units.objective(program)
    values = found.values * units.columns
    objective = float(program.cost @ values + program.offset)
    return replace(
        found,
        program=program,
        objective=objective,
        values=values,
        row_prices=found.row_prices * units.rows / factor,
        column_prices=found.column_prices / units.columns / factor,
        bound=objective if found.optimal else np.nan,
    )


def _judged(
    program: LinearProgram, problem: Any, values: Vector, title: str, detail: str, took: float, *, claimed: bool
) -> Solution:
    """A solution from a point: optimal only where prices prove it or an unhurried solver claims it."""
    mixed = bool(program.integer.any())
    proof = None if mixed else proving_prices(program, values, _prices(program, problem))
    status = Status.OPTIMAL if proof is not None or claimed else Status.STOPPED
    objective = float(program.cost @ values + program.offset)
    rows, columns = proof or (np.full(program.shape[0], np.nan), np.full(program.shape[1], np.nan))
    bound = objective if status is Status.OPTIMAL else np.nan
    solution = Solution(program, status, objective, values, rows, columns, bound, title, detail, 0, took)
    if solution.residuals.relative <= _WRONG and solution.residuals.integrality <= _WRONG:
        return solution
    said = f"{detail}; its point violates the rows by {solution.residuals.rows:.1e}"
    return _without_point(program, Status.FAILED, title, said, took)


def _without_point(program: LinearProgram, status: Status, title: str, detail: str, took: float) -> Solution:
    rows, columns = program.shape
    none = np.full(columns, np.nan)
    return Solution(program, status, np.nan, none, np.full(rows, np.nan), none, np.nan, title, detail, 0, took)


@contextmanager
def _quiet() -> Iterator[None]:
    """PuLP 3 warns at every turn of what version 4 will change; the pin in pyproject.toml says which one is used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _stated(program: LinearProgram) -> tuple[Any, list[Any]]:
    """The problem and its variables in the program's order."""
    problem = pulp.LpProblem("planner", pulp.LpMaximize if program.sense == "max" else pulp.LpMinimize)
    names = portable(program.column_names)
    bounds = zip(program.column_lower.tolist(), program.column_upper.tolist(), program.integer.tolist(), strict=True)
    columns = [
        pulp.LpVariable(name, _finite(low), _finite(high), pulp.LpInteger if whole else pulp.LpContinuous)
        for name, (low, high, whole) in zip(names, bounds, strict=True)
    ]
    problem.addVariables(columns)
    stated = (program.cost != 0) | _idle(program)
    cost = [(columns[i], float(program.cost[i])) for i in np.flatnonzero(stated)]
    problem.setObjective(pulp.LpAffineExpression(cost, constant=program.offset))
    start, indices, data = (a.tolist() for a in (program.matrix.indptr, program.matrix.indices, program.matrix.data))
    for row, (name, low, high) in enumerate(_limits(program)):
        run = range(start[row], start[row + 1])
        body = pulp.LpAffineExpression([(columns[indices[i]], data[i]) for i in run if data[i]])
        for ending, sense, limit in _sides(low, high):
            problem.addConstraint(pulp.LpConstraint(body, sense, name + ending, limit))
    return problem, columns


def _idle(program: LinearProgram) -> npt.NDArray[np.bool_]:
    """Columns that no row with a limit mentions: CBC refuses their bounds unless the objective mentions them, with 0."""
    limited = np.isfinite(program.row_lower) | np.isfinite(program.row_upper)
    counted = np.repeat(limited, np.diff(program.matrix.indptr)) & (program.matrix.data != 0)
    idle = np.ones(program.shape[1], bool)
    idle[program.matrix.indices[counted]] = False
    return idle


def _limits(program: LinearProgram) -> Iterator[tuple[str, float, float]]:
    names = portable(program.row_names)
    return zip(names, program.row_lower.tolist(), program.row_upper.tolist(), strict=True)


def _sides(low: float, high: float) -> list[tuple[str, int, float]]:
    """Ending of the name, sense and limit of each row of PuLP that states a row of ours."""
    if low == high:
        return [("", pulp.LpConstraintEQ, low)]
    below = [("", pulp.LpConstraintGE, low)] if low > -np.inf else []
    return below + ([(UPPER if below else "", pulp.LpConstraintLE, high)] if high < np.inf else [])


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _solver(name: str, program: LinearProgram, seconds: float, gap: float) -> Any:
    """The solver with what options it takes."""
    wanted: dict[str, Any] = {"msg": False, "mip": bool(program.integer.any())}
    if np.isfinite(seconds):
        wanted["timeLimit"] = seconds
    if program.integer.any():
        wanted["gapRel"] = gap
    maker = type(pulp.getSolver(name, msg=False))
    if issubclass(maker, pulp.COIN_CMD):  # its own tolerance of 1e-7 was seen to move an optimum by 3e-5
        wanted["options"] = ["primalT 1e-9", "dualT 1e-9"]
    takes = inspect.signature(maker.__init__).parameters
    return maker(**{option: value for option, value in wanted.items() if option in takes})


def _run(problem: Any, solver: Any) -> tuple[Status, bool, str]:
    """Status as claimed, whether the claim is one of optimality, and the solver's words."""
    try:
        problem.solve(solver)
    except (pulp.PulpError, OSError) as error:
        return Status.FAILED, False, str(error)
    detail = f"{pulp.LpStatus[problem.status]}: {pulp.LpSolution[problem.sol_status]}"
    by_claim = {
        pulp.LpSolutionOptimal: Status.OPTIMAL,
        pulp.LpSolutionIntegerFeasible: Status.OPTIMAL,  # a point is there; whether it is best is judged later
        pulp.LpSolutionInfeasible: Status.INFEASIBLE,
        pulp.LpSolutionUnbounded: Status.UNBOUNDED,
    }
    status = by_claim.get(problem.sol_status, Status.STOPPED)
    return status, problem.sol_status == pulp.LpSolutionOptimal, detail


def _empty_or_unbounded(program: LinearProgram, name: str, seconds: float) -> Status:
    """Some solvers mix the two up: without an objective a program is either solved or empty."""
    problem, _ = _stated(program.with_(cost=np.zeros_like(program.cost)))
    status, _, _ = _run(problem, _solver(name, program, seconds, 0.0))
    return Status.UNBOUNDED if status is Status.OPTIMAL else status


def _values(program: LinearProgram, columns: list[Any]) -> Vector:
    """Values read back; a column the solver never saw stands at its bound nearest to zero."""
    rest = np.clip(0.0, program.column_lower, program.column_upper)
    read = [column.varValue for column in columns]
    return np.array([near if value is None else value for value, near in zip(read, rest, strict=True)], dtype=float)


def _prices(program: LinearProgram, problem: Any) -> Vector:
    """Prices of the rows as the solver gives them, in whatever sign; 0 where it gives none."""
    prices = np.zeros(program.shape[0])
    for row, (name, low, high) in enumerate(_limits(program)):
        for ending, _, _ in _sides(low, high):
            prices[row] += problem.get_constraint_by_name(name + ending).pi or 0.0
    return prices
