"""A session with HiGHS: what it is given has no unit, what it answers is checked, and an answer that fails is sought again.

HiGHS' tolerances are absolute, so it gets every program in units of its own (`planner.solver.scaling`), and its optimum
counts only where point and prices meet on our arrays (`planner.solver.dual_check`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.basis import Basis, Ranging
from planner.solver.bounds import clashing
from planner.solver.dual_check import CLOSED, against_itself, open_gap, proves_empty, violated
from planner.solver.engine import OUT_OF_STEPS, VERSION, Engine, SolveOptions, SolverError, check, read_model
from planner.solver.scaling import Scaling, scaling_of, unscaled
from planner.solver.solution import Solution, Status

__all__ = ["VERSION", "Session", "SolveOptions", "SolverError", "read_model"]

_OWN_UNITS = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9, "simplex_scale_strategy": 0}
_AS_IT_IS = {"primal_feasibility_tolerance": 1e-7, "dual_feasibility_tolerance": 1e-7, "simplex_scale_strategy": 2}
_TIGHT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10, "presolve": "off"}
_AGAIN: tuple[Mapping[str, Any], ...] = ({}, {"presolve": "off"})  # each from a cold start
_HARDER: tuple[Mapping[str, Any], ...] = (
    {},  # which a cold solve was
    _TIGHT,
    _TIGHT | {"solver": "simplex", "simplex_strategy": 4},
    _TIGHT | {"solver": "simplex", "simplex_strategy": 1, "simplex_scale_strategy": 4},
    _TIGHT | {"solver": "ipm"},
)
_ASTRAY, _PART = 5_000, 2  # steps after which a basis that was begun from is given up, or that part of the rows
_WITHIN = 1e-8, 1e-6  # violation of a limit that is let pass: of linear programs, and of searches
_FAR = 2.0**10  # a number that has grown or shrunk so many times since the units were made wants others
_ANOTHER = (
    0.25  # share of the rows from which on that many gained or lost limits make another program, begun from nothing
)
_HUGE = 2.0**20  # a coefficient this great in the solver's units, where there was none, likewise
_NONE = np.zeros(0, np.intp)
_NOTHING = LinearProgram.plain(cost=[], matrix=Matrix((0, 0)))


class Session:
    """One HiGHS, kept warm: solve a program, then programs of the same pattern, of which only changes are sent.

    >>> program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    >>> session = Session()
    >>> session.solve(program).objective, session.solve(program).row_prices.round(6).tolist()
    (36.0, [0.0, 1.5, 1.0])
    >>> session.solve(program.with_(row_upper=np.array([4.0, 13.0, 18.0]))).objective
    37.5
    """

    def __init__(
        self,
        limits: SolveOptions | None = None,
        *,
        log: Callable[[str], None] | None = None,
        like: LinearProgram | None = None,
    ) -> None:
        """Start an empty solver.

        Args:
            limits: of each solve.
            log: receives HiGHS' own lines, each with its line end, as they come.
            like: a program in whose units all of its pattern are solved that are begun with (`begin`).
        """
        self.limits = limits or SolveOptions()
        self._engine = Engine(self.limits, log)
        self._like = None if like is None else (like, scaling_of(like))
        self._loaded: LinearProgram | None = None
        self._made_for = _NOTHING  # whose numbers the units were made for
        self._scaling, self._factor, self._costs = Scaling(np.ones(0), np.ones(0)), 1.0, np.zeros(0)

    def solve(
        self, program: LinearProgram, *, start: Vector | None = None, as_it_is: bool = False, again: bool = True
    ) -> Solution:
        """Solve a program; warm where its pattern is that of the last one.

        Ctrl-C during a mixed-integer search ends the search, not the program: the best point and the bound found so far
        are returned with the status ``STOPPED``. A second one interrupts as usual.

        Args:
            program: the program.
            start: values to start a mixed-integer search from, shape (columns,).
            as_it_is: whether the caller has seen to the units and judges the answer.
            again: whether an answer in doubt is sought in other ways, where the limits allow that.

        Returns:
            A frozen solution; its status says whether it is an answer. An optimum is one whose gap is closed by our own
            arithmetic; where every way of solving leaves it open, the status is ``STOPPED``.

        Raises:
            SolverError: HiGHS refused a call.
        """
        began = time.perf_counter()
        self._engine.option(**(_AS_IT_IS if as_it_is else _OWN_UNITS))
        warm = self._send(program, as_it_is=as_it_is)
        if start is not None:
            self._engine.start(start / self._scaling.columns)
        solution = self._warm(program, began, as_it_is=as_it_is) if warm else self._run(program, began)
        doubt = self._doubt(solution, as_it_is=as_it_is)
        ways = _AGAIN if as_it_is or program.integer.any() else _HARDER[not warm :]
        for options in ways if doubt and again and self.limits.again else ():
            if time.perf_counter() - began > self.limits.seconds:
                break
            self._load(program, as_it_is=as_it_is)
            with self._engine.options(**options):
                other = self._run(program, began)
            if other.status is not Status.FAILED or solution.status is Status.FAILED:
                solution, doubt = other, self._doubt(other, as_it_is=as_it_is)
            if not doubt:
                break
        if doubt and solution.status is not Status.FAILED:
            solution = replace(solution, status=Status.STOPPED, bound=np.nan, detail=doubt, ray=None)
        return solution

    def _warm(self, program: LinearProgram, began: float, *, as_it_is: bool) -> Solution:
        """Solve what is loaded from the basis that is there, and cold where that basis leads astray."""
        if self.limits.iterations or program.integer.any():
            return self._run(program, began)
        with self._engine.options(simplex_iteration_limit=max(_ASTRAY, program.shape[0] // _PART)):
            solution = self._run(program, began)
        if solution.detail != OUT_OF_STEPS:
            return solution
        self._load(program, as_it_is=as_it_is)
        return self._run(program, began)

    def _run(self, program: LinearProgram, began: float) -> Solution:
        """Solve what is loaded, and map what comes back to the program's own units."""
        mixed, units = bool(program.integer.any()), self._scaling
        outcome = self._engine.run(self.limits.seconds - (time.perf_counter() - began), mixed=mixed)
        (rows, columns), factor = program.shape, self._factor
        values = np.full(columns, np.nan) if outcome.values is None else outcome.values * units.columns
        objective = float(program.cost @ values + program.offset)
        optimal = outcome.status is Status.OPTIMAL
        return Solution(
            program,
            outcome.status,
            objective,
            values,
            np.full(rows, np.nan) if outcome.row_prices is None else outcome.row_prices * units.rows / factor,
            np.full(columns, np.nan)
            if outcome.column_prices is None
            else outcome.column_prices / units.columns / factor,
            outcome.bound / factor if mixed else (objective if optimal else np.nan),
            VERSION,
            outcome.detail,
            outcome.iterations,
            time.perf_counter() - began,
            self._ray(program) if outcome.status is Status.INFEASIBLE and not mixed and self.limits.rays else None,
        )

    def _ray(self, program: LinearProgram) -> Vector | None:
        """Farkas multipliers of the program loaded, if there are any: HiGHS' own, or those of its elastic program."""
        found, units = self._engine.ray(), self._scaling
        if found is not None:
            return found * units.rows
        if not units.weighs or clashing(program):
            return None
        alone = against_itself(program)
        if alone is not None:
            return alone
        from planner.solver.elastic import UniformRelaxation  # which solves in a session of its own

        session = Session(SolveOptions(seconds=self.limits.seconds, rays=False))
        strain = UniformRelaxation(program, session=session).strain(program)
        return strain.prices if strain.solved and strain.gap > 0 else None

    def _doubt(self, solution: Solution, *, as_it_is: bool) -> str:
        """Why a solution is not believed, in words; empty where it is."""
        program, status, units = solution.program, solution.status, self._scaling
        if status is Status.FAILED or as_it_is:
            return solution.detail if status is Status.FAILED else ""
        mixed = bool(program.integer.any())
        if status is Status.INFEASIBLE and self.limits.rays and not mixed:
            proved = solution.ray is not None and proves_empty(program, solution.ray, units)
            return "" if proved or clashing(program) else "it found no plan, and no proof that there is none"
        if status is not Status.OPTIMAL:
            return ""
        if (wrong := violated(program, solution.values, solution.row_values, units)) > _WITHIN[mixed]:
            return f"its point breaks a limit by {wrong:.1e} of it"
        if mixed or not program.shape[1]:
            return ""
        gap = open_gap(program, solution.values, solution.row_prices, units, body=solution.row_values)
        return "" if gap <= CLOSED else f"between its point and the bound of its prices a gap of {gap:.1e} stays open"

    # -- the basis ----------------------------------------------------------------------------------------------------

    @property
    def basis(self) -> Basis:
        """The basis at which the last solve ended."""
        return self._engine.basis

    def begin(self, program: LinearProgram, basis: Basis | None = None) -> None:
        """Load a program whole, to be solved next from a basis, or cold.

        What is solved then depends on the two (and on what the session is `like`) alone, not on what it solved before.
        With many numbers changed it is also faster than sending them one by one.

        Args:
            program: any.
            basis: of a program of its shape.
        """
        self._engine.option(**_OWN_UNITS)
        if self._like is not None and self._like[0].same_pattern(program):
            self._made_for, self._scaling = self._like
            self._pass(program)
        else:
            self._load(program, as_it_is=False)
        if basis is not None:
            self._engine.begin(basis)

    def ranging(self) -> Ranging:
        """Intervals of the basis at which the last solve, an optimal one of a linear program, ended.

        Raises:
            SolverError: there are none: no optimum, whole-number columns, or a method without a basis.
        """
        if self._loaded is None:
            raise SolverError("HiGHS has no ranges: nothing was solved")
        found, units = self._engine.ranging(), self._scaling
        cost = units.columns * self._factor
        weights = found.cost_from / cost, found.cost_to / cost
        return Ranging(
            found.basis,
            found.row_from / units.rows,
            found.row_to / units.rows,
            found.bound_from * units.columns,
            found.bound_to * units.columns,
            np.minimum(*weights),
            np.maximum(*weights),
        )

    # -- sending ------------------------------------------------------------------------------------------------------

    def _send(self, program: LinearProgram, *, as_it_is: bool) -> bool:
        """Hand the program over: whole, or only what differs from the one already there; whether a basis is there with it."""
        check(program)
        old, self._loaded = self._loaded, None  # after a refused call nobody knows what HiGHS holds
        warm = old is not None and self._scaling.weighs is not as_it_is and self._changed_to(old, program)
        if not warm:
            self._load(program, as_it_is=as_it_is)
        self._loaded = program
        return warm

    def _changed_to(self, old: LinearProgram, new: LinearProgram) -> bool:
        """Send what makes one program of the other, where that can be done without sending it whole."""
        if old.same_pattern(new):
            return self._update(old, new)
        if not new.extends(old):
            return False
        self._lengthen(old.shape[0], new)
        return True

    def _lengthen(self, count: int, new: LinearProgram) -> None:
        """Add the rows after the first so many, each in the unit that brings its greatest coefficient near one."""
        begin, units = new.matrix.indptr[count], self._scaling
        body = Matrix(
            (new.matrix.data[begin:], new.matrix.indices[begin:], new.matrix.indptr[count:] - begin),
            shape=(new.shape[0] - count, new.shape[1]),
            copy=True,
        )
        body.data *= units.columns[body.indices]
        greatest = np.maximum(abs(body).max(axis=1).toarray().ravel(), 1e-300)
        rows = 2.0 ** -np.rint(np.log2(greatest)) if units.weighs else np.ones(len(greatest))
        body.data *= np.repeat(rows, np.diff(body.indptr))
        self._engine.more_rows(body, new.row_lower[count:] * rows, new.row_upper[count:] * rows)
        self._made_for, self._scaling = new, replace(units, rows=np.concatenate([units.rows, rows]))

    def _load(self, program: LinearProgram, *, as_it_is: bool) -> None:
        """Hand the program over whole, in units made for it."""
        check(program)
        self._made_for, self._scaling = program, unscaled(program) if as_it_is else scaling_of(program)
        self._pass(program)

    def _pass(self, program: LinearProgram) -> None:
        self._loaded = None
        self._engine.load(self._scaling.scaled(program))
        self._loaded, self._factor = program, self._scaling.objective(program) * program.sign
        self._costs = program.cost * self._scaling.columns * self._factor

    def _update(self, old: LinearProgram, new: LinearProgram) -> bool:
        """Send what differs; or nothing, where that is another program or its numbers want other units."""
        engine, units, made = self._engine, self._scaling, self._made_for
        bounds = _changed((old.column_lower, new.column_lower), (old.column_upper, new.column_upper))
        limits = _changed((old.row_lower, new.row_lower), (old.row_upper, new.row_upper))
        entries = _changed((old.matrix.data, new.matrix.data))
        rows, columns = _places(new, entries)
        coefficients = new.matrix.data[entries] * units.rows[rows] * units.columns[columns]
        lower, upper = new.column_lower[bounds], new.column_upper[bounds]
        least, most = new.row_lower[limits], new.row_upper[limits]
        turned = (np.isinf(least) != np.isinf(old.row_lower[limits])) | (
            np.isinf(most) != np.isinf(old.row_upper[limits])
        )
        if turned.sum() > _ANOTHER * new.shape[0]:
            return False
        if units.weighs and (
            _apart(made.matrix.data[entries], new.matrix.data[entries])
            or np.abs(coefficients).max(initial=0.0) > _HUGE
            or _apart(made.column_lower[bounds], lower)
            or _apart(made.column_upper[bounds], upper)
            or _apart(made.row_lower[limits], least)
            or _apart(made.row_upper[limits], most)
        ):
            return False
        if old.cost is not new.cost or old.sign != new.sign:
            self._factor = units.objective(new) * new.sign
        costs = new.cost * units.columns * self._factor
        weights = np.flatnonzero(self._costs != costs)
        engine.costs(weights, costs[weights], new.offset * self._factor)
        engine.bounds(bounds, lower / units.columns[bounds], upper / units.columns[bounds])
        engine.limits(limits, least * units.rows[limits], most * units.rows[limits])
        engine.coefficients(rows, columns, coefficients)
        self._costs = costs
        return True

    # -- files --------------------------------------------------------------------------------------------------------

    def write(self, program: LinearProgram, path: Path) -> None:
        """Write a program as MPS or LP in its own units (`planner.solver.engine.Engine.write`).

        Raises:
            SolverError: HiGHS refused the program or could not write the file.
        """
        self._loaded = None
        self._engine.write(program, path)


def _changed(*pairs: tuple[Vector, Vector]) -> Codes:
    """Positions at which the vectors of some pair differ."""
    differ = [one != other for one, other in pairs if one is not other]
    return np.flatnonzero(np.logical_or.reduce(differ)) if differ else _NONE


def _places(program: LinearProgram, at: Codes) -> tuple[Codes, Codes]:
    """Row and column of some of the nonzeros, by their position."""
    return np.searchsorted(program.matrix.indptr, at, side="right") - 1, program.matrix.indices[at].astype(np.intp)


def _apart(then: Vector, now: Vector) -> bool:
    """Whether numbers have grown or shrunk far, those apart that are or were nothing or without limit."""
    if not len(now):
        return False
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(now / then)
    moved = ratio[(ratio > 0) & np.isfinite(ratio)]
    return bool(len(moved)) and not 1.0 / _FAR <= float(moved.min()) <= float(moved.max()) <= _FAR
