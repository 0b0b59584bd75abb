"""HiGHS, through highspy: the only file that imports it.

What is guarded against here, each seen to happen: calls that fail without raising, a number of threads that someone else in
the process has settled, statuses that are stale after a change, a stopped run whose point is infeasible, short integrality
arrays, and coefficients dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp

from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.program.portable_names import portable
from planner.solver.basis import Basis, Ranging
from planner.solver.callbacks import Calls
from planner.solver.solution import SolverError, Status

__all__ = ["VERSION", "Engine", "EngineOutcome", "SolveOptions", "SolverError", "read_model"]


SMALLEST = 1e-12  # at 1e-9, the default, coefficients would be dropped in silence


@dataclass(frozen=True)
class SolveOptions:
    """Limits of a solve.

    Args:
        seconds: wall-clock limit; ``inf`` for none.
        gap: relative gap at which a mixed-integer solve may stop; 0 for a proof.
        presolve: whether HiGHS may simplify first.
        method: ``choose``, ``simplex``, ``ipm``, ``primal`` (the simplex method that keeps a plan feasible: the quickest
            where limits are only eased or the objective alone changes from solve to solve), or ``devex`` (weights of rows
            that need not be computed anew: the quickest where rows are added from solve to solve).
        iterations: of the simplex method at most; 0 for no limit.
        rays: whether an infeasible program is answered with its multipliers, which may take longer than the solve.
        nodes: of a mixed-integer search at most; 0 for no limit.
        small: coefficients below this are dropped, in silence.
        again: whether a run that ended without an answer, or with one in doubt, is tried again in other ways.
    """

    seconds: float = float("inf")
    gap: float = 0.0
    presolve: bool = True
    method: str = "choose"
    iterations: int = 0
    rays: bool = True
    again: bool = True
    nodes: int = 0
    small: float = SMALLEST

    @property
    def primal(self) -> SolveOptions:
        """The same for one program asked with many objectives, where each plan found is where the next search begins."""
        return replace(self, method="primal", rays=False)


@dataclass(frozen=True, eq=False)
class EngineOutcome:
    """What a run left, as HiGHS has it: always of a minimisation.

    Args:
        status: how it ended.
        detail: HiGHS' own word for it.
        values: the point, shape (columns,); ``None`` where there is none that satisfies the limits.
        row_prices: shape (rows,) and (columns,); ``None`` where there are none.
        column_prices: likewise.
        bound: of a mixed-integer search.
        iterations: of the simplex method.
    """

    status: Status
    detail: str
    values: Vector | None
    row_prices: Vector | None
    column_prices: Vector | None
    bound: float
    iterations: int


_Quiet = highspy._core._Highs  # noqa: SLF001  the class built on it prints a banner as soon as it is made
_Event = highspy.cb.HighsCallbackType
VERSION = f"HiGHS {_Quiet().version()}"
OUT_OF_STEPS = "IterationLimit"  # how a run ends that has taken as many steps as it may
_RAY = 1000  # steps of the simplex method that a search for multipliers may take
_INFINITE = 1e20  # what HiGHS takes for infinite
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
_METHODS = {  # HiGHS' numbers for the primal simplex method, and for the weights
    "primal": {"solver": "simplex", "simplex_strategy": 4},
    "devex": {"solver": "simplex", "simplex_dual_edge_weight_strategy": 1},
}


class Engine:
    """One HiGHS. It gets arrays as they are, and hands back what it found; what to make of either is the session's part."""

    def __init__(self, limits: SolveOptions, log: Callable[[str], None] | None = None) -> None:
        """Start an empty solver; ``log`` receives HiGHS' own lines, each with its line end, as they come."""
        self._highs: Any = _Quiet()
        self._calls = Calls(log, _Event.kCallbackLogging)
        self._options: dict[str, Any] = {}
        self.option(output_flag=log is not None, log_to_console=False)
        _ok(self._highs.setCallback(Calls.receive, self._calls), "callbacks")
        _ok(self._highs.startCallback(_Event.kCallbackMipInterrupt), "callbacks")
        if log is not None:
            _ok(self._highs.startCallback(_Event.kCallbackLogging), "callbacks")
        self.option(
            threads=1,
            random_seed=0,
            small_matrix_value=limits.small,
            presolve="on" if limits.presolve else "off",
            mip_rel_gap=limits.gap,
            mip_abs_gap=0.0 if limits.gap == 0 else 1e-9,
            **_METHODS.get(limits.method, {"solver": limits.method}),
        )
        if limits.iterations:
            self.option(simplex_iteration_limit=limits.iterations)
        if limits.nodes:
            self.option(mip_max_nodes=limits.nodes)

    def option(self, **options: Any) -> None:
        """Set options, by HiGHS' names, until they are set again."""
        for name, value in options.items():
            if name not in self._options or self._options[name] != value:
                _ok(self._highs.setOptionValue(name, value), f"option {name}")
        self._options |= options

    @contextmanager
    def options(self, **options: Any) -> Iterator[None]:
        """Set options for a while."""
        before = {name: self._options.get(name, self._highs.getOptionValue(name)[1]) for name in options}
        self.option(**options)
        try:
            yield
        finally:
            self.option(**before)

    # -- sending ------------------------------------------------------------------------------------------------------

    def load(self, program: LinearProgram, *, minimised: bool = True) -> None:
        """Take a program, as a minimisation (wrong-signed prices of maximisations were seen) or, for a file, in its own sense."""
        check(program)
        rows, columns = program.shape
        matrix, sign = program.matrix, program.sign if minimised else 1.0
        maximised = program.sense == "max" and not minimised
        sense = highspy.ObjSense.kMaximize if maximised else highspy.ObjSense.kMinimize
        status = self._highs.passModel(
            columns,
            rows,
            len(matrix.data),
            int(highspy.MatrixFormat.kRowwise),
            int(sense),
            program.offset * sign,
            program.cost * sign,
            program.column_lower,
            program.column_upper,
            program.row_lower,
            program.row_upper,
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
            program.integer.astype(np.int32),
        )
        _ok(status, "the program")

    def costs(self, at: Codes, values: Vector, offset: float) -> None:
        """Change weights of the objective, of the minimisation, and its constant."""
        if len(at):
            _ok(self._highs.changeColsCost(len(at), at.astype(np.int32), values), "costs")
        _ok(self._highs.changeObjectiveOffset(offset), "offset")

    def bounds(self, at: Codes, lower: Vector, upper: Vector) -> None:
        """Change bounds of columns."""
        if len(at):
            _ok(self._highs.changeColsBounds(len(at), at.astype(np.int32), lower, upper), "column bounds")

    def limits(self, at: Codes, lower: Vector, upper: Vector) -> None:
        """Change limits of rows."""
        if len(at):
            _ok(self._highs.changeRowsBounds(len(at), at.astype(np.int32), lower, upper), "row limits")

    def coefficients(self, rows: Codes, columns: Codes, values: Vector) -> None:
        """Change coefficients."""
        for row, column, value in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True):
            _ok(self._highs.changeCoeff(row, column, value), "a coefficient")

    def more_rows(self, body: Matrix, lower: Vector, upper: Vector) -> None:
        """Add rows at the end; the basis stays, with the new rows in it."""
        starts, columns = body.indptr[:-1].astype(np.int32), body.indices.astype(np.int32)
        added = self._highs.addRows(len(lower), lower, upper, len(body.data), starts, columns, body.data)
        _ok(added, "more rows")

    def start(self, values: Vector) -> None:
        """Take a point to start a mixed-integer search from, shape (columns,)."""
        given = highspy.HighsSolution()
        given.col_value = list(values)
        _ok(self._highs.setSolution(given), "starting point")

    # -- solving ------------------------------------------------------------------------------------------------------

    def run(self, seconds: float, *, mixed: bool) -> EngineOutcome:
        """Solve what is loaded.

        Args:
            seconds: wall-clock limit.
            mixed: whether it is a search, which the first Ctrl-C ends.
        """
        if np.isfinite(seconds):  # HiGHS counts its time limit over all runs of an object
            self.option(time_limit=self._highs.getRunTime() + max(seconds, 0.0))
        with self._calls.interruptible(mixed=mixed):
            done = self._highs.run()
            if done == highspy.HighsStatus.kError and self._options["threads"]:
                # HiGHS has one pool of threads a process; where other code has made one of another size, that one is used
                self.option(threads=0)
                self._highs.run()  # an error now is a run that went wrong
        return self._outcome(mixed=mixed)

    def near(self) -> tuple[Vector, Vector, int] | None:
        """Point, row prices and iterations at which a first-order method ended, whether or not at its tolerance."""
        self._highs.run()
        got, model = self._highs.getSolution(), self._highs.getModelStatus()
        ended = (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kUnknown,
            highspy.HighsModelStatus.kIterationLimit,
        )
        if model not in ended or not got.value_valid or not got.dual_valid:
            return None
        iterations = int(self._highs.getInfo().pdlp_iteration_count)
        return np.array(got.col_value), np.array(got.row_dual), iterations

    def cold(self) -> None:
        """Forget basis and point; a warm basis may lead nowhere."""
        _ok(self._highs.clearSolver(), "a cold start")

    def _outcome(self, *, mixed: bool) -> EngineOutcome:
        model, info = self._highs.getModelStatus(), self._highs.getInfo()
        status, got = _STATUS.get(model, Status.FAILED), self._highs.getSolution()
        has_point = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(got.col_value) if has_point or not self._highs.getNumCol() else None
        if status is Status.OPTIMAL and values is None:
            status = Status.FAILED
        priced = status is Status.OPTIMAL and not mixed and bool(got.dual_valid)
        return EngineOutcome(
            status,
            str(model).rpartition(".k")[2],
            values,
            np.array(got.row_dual) if priced else None,
            np.array(got.col_dual) if priced else None,
            float(info.mip_dual_bound),
            int(info.simplex_iteration_count),
        )

    def ray(self) -> Vector | None:
        """Farkas multipliers on the rows of an infeasible linear program, or nothing where HiGHS has none.

        Where presolve found that there is no point, HiGHS solves again without it, which may take a thousand times as long as
        the elastic program by which multipliers are found as well: it gets a few steps.
        """
        with self.options(simplex_iteration_limit=_RAY):
            _, found, values = self._highs.getDualRay()
        return np.array(values)[: self._highs.getNumRow()] if found else None

    # -- the basis ----------------------------------------------------------------------------------------------------

    @property
    def basis(self) -> Basis:
        """The basis at which the last solve ended."""
        got = self._highs.getBasis()
        return Basis(*(np.array([int(s) for s in part], np.int8) for part in (got.col_status, got.row_status)))

    def begin(self, basis: Basis) -> None:
        """Take a basis to solve from."""
        _ok(self._highs.setBasis(_highs_basis(basis)), "a basis")

    def ranging(self) -> Ranging:
        """Intervals of the basis at which the last solve, an optimal one of a linear program, ended.

        Raises:
            SolverError: there are none: no optimum, whole-number columns, or a method without a basis.
        """
        status, found = self._highs.getRanging()
        _ok(status, "ranging")
        if not found.valid:
            raise SolverError("HiGHS has no ranges: the last solve left no optimal basis")
        ends = (
            found.row_bound_dn,
            found.row_bound_up,
            found.col_bound_dn,
            found.col_bound_up,
            found.col_cost_dn,
            found.col_cost_up,
        )
        values = (np.array(end.value_) for end in ends)
        row_from, row_to, bound_from, bound_to, cost_from, cost_to = (
            np.where(np.abs(value) >= _INFINITE, np.copysign(np.inf, value), value) for value in values
        )
        columns = self._highs.getNumCol()
        return Ranging(self.basis, row_from, row_to, bound_from, bound_to, cost_from[:columns], cost_to[:columns])

    # -- files --------------------------------------------------------------------------------------------------------

    def write(self, program: LinearProgram, path: Path) -> None:
        """Write a program as MPS or LP, by the ending of the path: its own sense and names, numbers to 15 digits.

        Args:
            program: the program; names that would not survive are made to (``planner.program.portable_names``).
            path: ends in ``.mps`` or ``.lp``. An LP file holds a row with two limits as two rows, ``…lo`` and ``…up``.

        Raises:
            SolverError: HiGHS refused the program or could not write the file.
        """
        self.load(program, minimised=False)
        for row, name in enumerate(portable(program.row_names)):
            _ok(self._highs.passRowName(row, name), f"the name {name}")
        for column, name in enumerate(portable(program.column_names)):
            _ok(self._highs.passColName(column, name), f"the name {name}")
        _ok(self._highs.writeModel(str(path)), f"writing {path}")
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


def check(program: LinearProgram) -> None:
    """What HiGHS does not check: it would read past the end of an array, and drop in silence what is no number.

    Raises:
        SolverError: arrays of the wrong length, or a coefficient that is not a finite number.
    """
    rows, columns = program.shape
    lengths = {len(program.cost), len(program.column_lower), len(program.column_upper), len(program.integer)}
    if lengths != {columns} or len(program.row_upper) != rows or program.matrix.shape != (rows, columns):
        raise SolverError("array lengths disagree")
    if not (np.isfinite(program.matrix.data).all() and np.isfinite(program.cost).all()):
        raise SolverError("a coefficient is not a finite number")


@lru_cache(maxsize=16)
def _highs_basis(basis: Basis) -> Any:
    result = highspy.HighsBasis()
    result.col_status = [highspy.HighsBasisStatus(s) for s in basis.columns.tolist()]
    result.row_status = [highspy.HighsBasisStatus(s) for s in basis.rows.tolist()]
    result.valid = True
    return result


def _ok(status: Any, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS refused: {what}")


def read_model(path: Path) -> LinearProgram:
    """Read an MPS or LP file as HiGHS understands it; ``planner.solver.reading.read`` guards what it lets pass.

    Args:
        path: ends in ``.mps`` or ``.lp``, or in one of these and ``.gz``.

    Raises:
        SolverError: the file does not read, or holds more than a linear program with whole-number columns.
    """
    highs = _Quiet()
    for option, value in (("output_flag", False), ("small_matrix_value", SMALLEST)):
        _ok(highs.setOptionValue(option, value), f"option {option}")
    _ok(highs.readModel(str(path)), "it does not read as a model")
    lp = highs.getLp()
    kinds = np.array([int(kind) for kind in lp.integrality_] or [0] * lp.num_col_)
    if highs.getModel().hessian_.dim_ or np.isin(kinds, (2, 3)).any():
        raise SolverError("it has a quadratic objective or semi-continuous columns")
    entries = (np.array(lp.a_matrix_.value_), np.array(lp.a_matrix_.index_), np.array(lp.a_matrix_.start_))
    shape = (lp.num_row_, lp.num_col_)
    by_row = lp.a_matrix_.format_ == highspy.MatrixFormat.kRowwise
    matrix = sp.csr_array(entries, shape=shape) if by_row else sp.csc_array(entries, shape=shape).tocsr()
    return LinearProgram.plain(
        sense="max" if lp.sense_ == highspy.ObjSense.kMaximize else "min",
        cost=np.array(lp.col_cost_),
        offset=lp.offset_,
        matrix=matrix,
        row_lower=np.array(lp.row_lower_),
        row_upper=np.array(lp.row_upper_),
        column_lower=np.array(lp.col_lower_),
        column_upper=np.array(lp.col_upper_),
        integer=kinds > 0,
        row_names=list(lp.row_names_) or None,
        column_names=list(lp.col_names_) or None,
    )
