"""HiGHS, through highspy: the only file that imports it.

What is guarded against here, each seen to happen: calls that fail without raising, statuses that are stale after a change,
a stopped run whose point is infeasible, wrong-signed prices of maximisations (so a minimisation is always passed), short
integrality arrays, and answers of a first-order method taken for exact.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Vector
from planner.solver.basis import Basis, Ranging
from planner.solver.calls import Calls
from planner.solver.names import portable
from planner.solver.solution import Solution, Status


class SolverError(RuntimeError):
    """HiGHS refused a call: a bug of ours or a program no solver can take."""


@dataclass(frozen=True)
class Limits:
    """Limits and tolerances of a solve.

    Args:
        seconds: wall-clock limit; ``inf`` for none.
        gap: relative gap at which a mixed-integer solve may stop; 0 for a proof.
        presolve: whether HiGHS may simplify first.
        method: ``choose``, ``simplex``, ``ipm``, or ``primal`` (the simplex method that keeps a plan feasible: the quickest
            where limits are only eased or the objective alone changes from solve to solve).
        iterations: of the simplex method at most; 0 for no limit.
        rays: whether an infeasible program is answered with its multipliers, which may take longer than the solve.
        small: coefficients below this are dropped, in silence.
        nodes: of a mixed-integer search at most; 0 for no limit.
        again: whether a run that ended without an answer is tried again, cold and without presolve.
    """

    seconds: float = float("inf")
    gap: float = 0.0
    presolve: bool = True
    method: str = "choose"
    iterations: int = 0
    rays: bool = True
    again: bool = True
    nodes: int = 0
    small: float = 1e-12


_Quiet = highspy._core._Highs  # the class built on it prints a banner as soon as it is made
_Event = highspy.cb.HighsCallbackType
_PRIMAL = 4  # HiGHS' number for the primal simplex method
VERSION = f"HiGHS {_Quiet().version()}"
_STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: Status.STOPPED,
    highspy.HighsModelStatus.kIterationLimit: Status.STOPPED,
    highspy.HighsModelStatus.kInterrupt: Status.STOPPED,
    highspy.HighsModelStatus.kSolutionLimit: Status.STOPPED,
}


class Session:
    """One HiGHS, kept warm: solve a program, then programs of the same pattern, of which only changes are sent.

    >>> program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    >>> session = Session()
    >>> session.solve(program).objective, session.solve(program).row_prices.round(6).tolist()
    (36.0, [0.0, 1.5, 1.0])
    >>> session.solve(program.with_(row_upper=np.array([4.0, 13.0, 18.0]))).objective
    37.5
    """

    def __init__(self, limits: Limits | None = None, *, log: Callable[[str], None] | None = None) -> None:
        """Start an empty solver; ``log`` receives HiGHS' own lines, each with its line end, as they come."""
        self.limits = limits or Limits()
        self._highs: Any = _Quiet()
        self._loaded: LinearProgram | None = None
        self._calls = Calls(log, _Event.kCallbackLogging)
        self._option("output_flag", log is not None)
        self._option("log_to_console", False)
        self._ok(self._highs.setCallback(Calls.receive, self._calls), "callbacks")
        self._ok(self._highs.startCallback(_Event.kCallbackMipInterrupt), "callbacks")
        if log is not None:
            self._ok(self._highs.startCallback(_Event.kCallbackLogging), "callbacks")
        self._option("threads", 1)
        if np.isfinite(self.limits.seconds):
            self._option("time_limit", self.limits.seconds)
        self._option("mip_rel_gap", self.limits.gap)
        self._option("mip_abs_gap", 0.0 if self.limits.gap == 0 else 1e-9)
        self._option("presolve", "on" if self.limits.presolve else "off")
        primal = self.limits.method == "primal"
        self._option("solver", "simplex" if primal else self.limits.method)
        if primal:
            self._option("simplex_strategy", _PRIMAL)
        if self.limits.iterations:
            self._option("simplex_iteration_limit", self.limits.iterations)
        if self.limits.nodes:
            self._option("mip_max_nodes", self.limits.nodes)
        self._option("random_seed", 0)
        self._option("small_matrix_value", self.limits.small)  # 1e-9 by default, which is a coefficient to some

    def _option(self, name: str, value: Any) -> None:
        self._ok(self._highs.setOptionValue(name, value), f"option {name}")

    @staticmethod
    def _ok(status: Any, what: str) -> None:
        if status == highspy.HighsStatus.kError:
            raise SolverError(f"HiGHS refused: {what}")

    def solve(self, program: LinearProgram, *, start: Vector | None = None) -> Solution:
        """Solve a program; warm where its pattern is that of the last one.

        Ctrl-C during a mixed-integer search ends the search, not the program: the best point and the bound found so far
        are returned with the status ``STOPPED``. A second one interrupts as usual.

        Args:
            program: the program.
            start: values to start a mixed-integer search from, shape (columns,).

        Returns:
            A frozen solution; its status says whether it is an answer.

        Raises:
            SolverError: HiGHS refused a call.
        """
        began = time.perf_counter()
        self._send(program)
        if start is not None:
            given = highspy.HighsSolution()
            given.col_value = list(start)
            self._ok(self._highs.setSolution(given), "starting point")
        if np.isfinite(self.limits.seconds):  # HiGHS counts its time limit over all runs of an object
            self._option("time_limit", self._highs.getRunTime() + self.limits.seconds)
        with self._calls.interruptible(bool(program.integer.any())):
            self._highs.run()  # an error here is a run that went wrong, which is tried again
            status = self._status()
        return self._solution(program, status, time.perf_counter() - began)

    def _status(self) -> Status:
        """The status of the run; "unbounded or infeasible" and failures are run again cold, then without presolve."""
        model = self._highs.getModelStatus()
        for presolve in ("on" if self.limits.presolve else "off", "off"):
            if model in _STATUS or not self.limits.again:
                break
            self._ok(self._highs.clearSolver(), "a cold start")  # a warm basis may lead nowhere
            self._option("presolve", presolve)
            self._highs.run()
            model = self._highs.getModelStatus()
        self._option("presolve", "on" if self.limits.presolve else "off")
        return _STATUS.get(model, Status.FAILED)

    def _solution(self, program: LinearProgram, status: Status, seconds: float) -> Solution:
        rows, columns = program.shape
        info, got = self._highs.getInfo(), self._highs.getSolution()
        has_point = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible or (
            status is Status.OPTIMAL and columns == 0
        )
        if status is Status.OPTIMAL and not has_point:
            status = Status.FAILED
        mixed = bool(program.integer.any())
        priced = status is Status.OPTIMAL and not mixed and bool(got.dual_valid)
        values = np.array(got.col_value) if has_point else np.full(columns, np.nan)
        bound = float(info.mip_dual_bound) * program.sign if mixed else np.nan
        objective = float(program.cost @ values + program.offset)
        return Solution(
            program, status, objective, values,
            np.array(got.row_dual) * program.sign if priced else np.full(rows, np.nan),
            np.array(got.col_dual) * program.sign if priced else np.full(columns, np.nan),
            bound if mixed else (objective if status is Status.OPTIMAL else np.nan),
            VERSION, str(self._highs.getModelStatus()).rpartition(".k")[2],
            int(info.simplex_iteration_count), seconds,
            self._ray(rows) if status is Status.INFEASIBLE and not mixed and self.limits.rays else None,
        )  # fmt: skip

    def _ray(self, rows: int) -> Vector | None:
        """Farkas multipliers of an infeasible program, or nothing where HiGHS has none."""
        _, found, values = self._highs.getDualRay()
        return np.array(values)[:rows] if found else None

    # -- the basis ----------------------------------------------------------------------------------------------------

    @property
    def basis(self) -> Basis:
        """The basis at which the last solve ended."""
        got = self._highs.getBasis()
        return Basis(*(np.array([int(s) for s in part], np.int8) for part in (got.col_status, got.row_status)))

    def begin(self, program: LinearProgram, basis: Basis | None = None) -> None:
        """Load a program whole, to be solved next from a basis, or cold.

        What is solved then depends on the two alone, not on what the session solved before. With many numbers changed it is
        also faster than sending them one by one.

        Args:
            program: any; basis: of a program of its shape.
        """
        self._pass_whole(program)
        self._loaded = program
        if basis is not None:
            self._ok(self._highs.setBasis(_highs_basis(basis)), "a basis")

    def ranging(self) -> Ranging:
        """Intervals of the basis at which the last solve, an optimal one of a linear program, ended.

        Raises:
            SolverError: there are none: no optimum, whole-number columns, or a method without a basis.
        """
        status, found = self._highs.getRanging()
        self._ok(status, "ranging")
        if not found.valid or self._loaded is None:
            raise SolverError("HiGHS has no ranges: the last solve left no optimal basis")
        columns = len(self._loaded.cost)
        row_from, row_to, bound_from, bound_to = (
            np.array(end.value_)
            for end in (found.row_bound_dn, found.row_bound_up, found.col_bound_dn, found.col_bound_up)
        )
        costs = [np.array(end.value_)[:columns] * self._loaded.sign for end in (found.col_cost_dn, found.col_cost_up)]
        return Ranging(self.basis, row_from, row_to, bound_from, bound_to, np.minimum(*costs), np.maximum(*costs))

    # -- sending ------------------------------------------------------------------------------------------------------

    def _send(self, program: LinearProgram) -> None:
        """Hand the program over: whole, or only what differs from the one already there."""
        old, self._loaded = self._loaded, None  # after a refused call nobody knows what HiGHS holds
        if old is not None and old.same_pattern(program):
            self._update(old, program)
        else:
            self._pass_whole(program)
        self._loaded = program

    def _pass_whole(self, program: LinearProgram) -> None:
        self._pass(program, program.sign, highspy.ObjSense.kMinimize)

    def _pass(self, program: LinearProgram, sign: float, sense: Any) -> None:
        self._check(program)
        rows, columns = program.shape
        matrix = program.matrix
        status = self._highs.passModel(
            columns, rows, len(matrix.data), int(highspy.MatrixFormat.kRowwise), int(sense),
            program.offset * sign, program.cost * sign, program.column_lower, program.column_upper,
            program.row_lower, program.row_upper, matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32),
            matrix.data, program.integer.astype(np.int32),
        )  # fmt: skip
        self._ok(status, "the program")

    @staticmethod
    def _check(program: LinearProgram) -> None:
        """What HiGHS does not check: it would read past the end of an array, and drop in silence what is no number."""
        rows, columns = program.shape
        lengths = {len(program.cost), len(program.column_lower), len(program.column_upper), len(program.integer)}
        if lengths != {columns} or len(program.row_upper) != rows or program.matrix.shape != (rows, columns):
            raise SolverError("array lengths disagree")
        if not (np.isfinite(program.matrix.data).all() and np.isfinite(program.cost).all()):
            raise SolverError("a coefficient is not a finite number")

    def _update(self, old: LinearProgram, new: LinearProgram) -> None:
        self._check(new)
        highs = self._highs
        changed = np.flatnonzero(old.cost * old.sign != new.cost * new.sign)
        if len(changed):
            costs = new.cost[changed] * new.sign
            self._ok(highs.changeColsCost(len(changed), changed.astype(np.int32), costs), "costs")
        self._ok(highs.changeObjectiveOffset(new.offset * new.sign), "offset")
        changed = np.flatnonzero((old.column_lower != new.column_lower) | (old.column_upper != new.column_upper))
        if len(changed):
            low, high = new.column_lower[changed], new.column_upper[changed]
            self._ok(highs.changeColsBounds(len(changed), changed.astype(np.int32), low, high), "column bounds")
        changed = np.flatnonzero((old.row_lower != new.row_lower) | (old.row_upper != new.row_upper))
        if len(changed):
            low, high = new.row_lower[changed], new.row_upper[changed]
            self._ok(highs.changeRowsBounds(len(changed), changed.astype(np.int32), low, high), "row limits")
        if old.matrix.data is not new.matrix.data:
            changed = np.flatnonzero(old.matrix.data != new.matrix.data)
            row = np.searchsorted(new.matrix.indptr, changed, side="right") - 1
            for r, position in zip(row, changed, strict=True):
                column, value = int(new.matrix.indices[position]), float(new.matrix.data[position])
                self._ok(highs.changeCoeff(int(r), column, value), "a coefficient")

    # -- files --------------------------------------------------------------------------------------------------------

    def write(self, program: LinearProgram, path: Path) -> None:
        """Write a program as MPS or LP, by the ending of the path: its own sense and names, numbers to 15 digits.

        Args:
            program: the program; names that would not survive are made to (``planner.solver.names``).
            path: ends in ``.mps`` or ``.lp``. An LP file holds a row with two limits as two rows, ``…lo`` and ``…up``.

        Raises:
            SolverError: HiGHS refused the program or could not write the file.
        """
        sense = highspy.ObjSense.kMaximize if program.sense == "max" else highspy.ObjSense.kMinimize
        self._loaded = None
        self._pass(program, 1.0, sense)
        for row, name in enumerate(portable(program.row_names)):
            self._ok(self._highs.passRowName(row, name), f"the name {name}")
        for column, name in enumerate(portable(program.column_names)):
            self._ok(self._highs.passColName(column, name), f"the name {name}")
        self._ok(self._highs.writeModel(str(path)), f"writing {path}")
        if path.suffix == ".lp":
            _name_idle_columns(program, path)


def _name_idle_columns(program: LinearProgram, path: Path) -> None:
    """Give columns that stand in no row and have no cost a place in the objective, or an LP file would only bound them."""
    used = np.zeros(program.shape[1], bool)
    limited = np.isfinite(program.row_lower) | np.isfinite(program.row_upper)  # others are not written
    written = np.repeat(limited, np.diff(program.matrix.indptr)) & (program.matrix.data != 0)
    used[program.matrix.indices[written]] = True
    names = portable(program.column_names)
    idle = [names[j] for j in np.flatnonzero(~used & (program.cost == 0))]
    if idle:
        head, mark, rest = path.read_text(encoding="utf-8").partition("\nst\n")
        path.write_text(head + "".join(f"\n + 0 {name}" for name in idle) + mark + rest, encoding="utf-8")


@lru_cache(maxsize=16)
def _highs_basis(basis: Basis) -> Any:
    result = highspy.HighsBasis()
    result.col_status = [highspy.HighsBasisStatus(s) for s in basis.columns.tolist()]
    result.row_status = [highspy.HighsBasisStatus(s) for s in basis.rows.tolist()]
    result.valid = True
    return result


def read_model(path: Path) -> LinearProgram:
    """Read an MPS or LP file as HiGHS understands it; ``planner.formats.read`` is strict and exact.

    Args:
        path: ends in ``.mps`` or ``.lp``, or in one of these and ``.gz``.

    Raises:
        SolverError: the file does not read, or holds more than a linear program with whole-number columns.
    """
    highs = _Quiet()
    for option, value in (
        ("output_flag", False),
        ("small_matrix_value", 1e-12),
    ):  # at 1e-9 coefficients would be dropped
        Session._ok(highs.setOptionValue(option, value), f"option {option}")
    Session._ok(highs.readModel(str(path)), "it does not read as a model")
    lp = highs.getLp()
    kinds = np.array([int(kind) for kind in lp.integrality_] or [0] * lp.num_col_)
    if highs.getModel().hessian_.dim_ or np.isin(kinds, (2, 3)).any():
        raise SolverError("it has a quadratic objective or semi-continuous columns")
    entries = (np.array(lp.a_matrix_.value_), np.array(lp.a_matrix_.index_), np.array(lp.a_matrix_.start_))
    shape = (lp.num_row_, lp.num_col_)
    by_row = lp.a_matrix_.format_ == highspy.MatrixFormat.kRowwise
    matrix = sp.csr_array(entries, shape=shape) if by_row else sp.csc_array(entries, shape=shape).tocsr()
    return LinearProgram.plain(
        sense="max" if lp.sense_ == highspy.ObjSense.kMaximize else "min", cost=np.array(lp.col_cost_), offset=lp.offset_,
        matrix=matrix, row_lower=np.array(lp.row_lower_), row_upper=np.array(lp.row_upper_),
        column_lower=np.array(lp.col_lower_), column_upper=np.array(lp.col_upper_), integer=kinds > 0,
        row_names=list(lp.row_names_) or None, column_names=list(lp.col_names_) or None,
    )  # fmt: skip
