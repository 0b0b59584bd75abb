"""Shares and path by Clarabel, an interior-point solver of another house: the independent check of both."""

from dataclasses import replace

import clarabel
import numpy as np
import pytest
import scipy.sparse as sp

from planner.analysis.shares.path import Path, _before, _with_deviations
from planner.analysis.shares.proportional import weights_of
from planner.analysis.shares.reference import ALLOWED, held_at, outputs_of
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram
from planner.solver.scaling import scaling_of


def shares_by_cone(posed: Formulation, weighed: Codes) -> tuple[np.ndarray, float]:
    """Proportional shares: t ≤ log s is (t, 1, s) in the exponential cone; right where all of them exceed ``LEAST``.

    Args:
        posed: the question.
        weighed: targets that count; the others are given up.

    Returns:
        The shares, and to what they are right: 1e-6, or 1e-5 where Clarabel says that it is only almost there.
    """
    handle, weights = TargetRows(posed), weights_of(posed)
    units = scaling_of(posed.program)
    units = replace(units, columns=np.where(np.arange(len(units.columns)) == handle.theta, 1.0, units.columns))
    program, scaled = units.scaled(posed.program), handle.scaled  # numbers near one, as an interior point wants them
    rows, of = handle.moving(scaled)
    count, (height, width) = len(scaled), program.shape
    values = program.matrix.data[program.positions(rows, handle.theta)]
    part = sp.csc_array((values, (rows, np.searchsorted(scaled, of))), (height, count))
    own = program.matrix.copy().tolil()
    own[:, [handle.theta]] = 0.0
    body = sp.hstack([own.tocsr(), part, sp.csr_array((height, count))], format="csr")
    shares, logs = (sp.eye_array(count, width + 2 * count, k=width + k * count, format="csr") for k in (0, 1))
    linear, limits = _one_sided(program, body)
    linear, limits = sp.vstack([linear, shares]), np.concatenate([limits, np.ones(count)])
    counted = np.searchsorted(scaled, weighed)
    nothing = sp.csr_array((1, width + 2 * count))
    cone = sp.vstack([sp.vstack([-logs[[i]], nothing, -shares[[i]]]) for i in counted])
    cost = np.zeros(width + 2 * count)
    cost[width + count + counted] = -weights[weighed]
    kinds = [clarabel.NonnegativeConeT(linear.shape[0]), *[clarabel.ExponentialConeT()] * len(counted)]
    limits = np.concatenate([limits, np.tile([0.0, 1.0, 0.0], len(counted))])
    found, exact = _solved(np.zeros(len(cost)), cost, sp.vstack([linear, cone]), limits, kinds, 1e-9)
    result = np.ones(len(weights))
    result[scaled] = found[width : width + count]
    return result, 1e-6 if exact else 1e-5


def outputs_by_squares(path: Path, shares: np.ndarray) -> np.ndarray:
    """Yearly outputs of a path, from the quadratic program that it is; shape (names × periods,)."""
    held, outputs = held_at(path.formulation, shares, ALLOWED), outputs_of(path.formulation)
    wide, weight, _ = _with_deviations(held, outputs, path.reference, _before(path.formulation))
    squares = np.concatenate([np.zeros(held.shape[1]), 2.0 * weight])
    return np.asarray(outputs @ least_squares(wide, squares)[: held.shape[1]])


def least_squares(program: LinearProgram, squares: np.ndarray) -> np.ndarray:
    """min ½ Σ squares x² over the rows and bounds of a program."""
    same = program.row_lower == program.row_upper
    open_rows = program.limited(same, lower=-np.inf, upper=np.inf)
    linear, limits = _one_sided(open_rows, program.matrix)
    body = sp.vstack([program.matrix[same], linear])
    kinds = [clarabel.ZeroConeT(int(same.sum())), clarabel.NonnegativeConeT(linear.shape[0])]
    limits = np.concatenate([program.row_upper[same], limits])
    return _solved(squares, np.zeros(len(squares)), body, limits, kinds, 1e-8)[0]


def _one_sided(program: LinearProgram, body: sp.csr_array) -> tuple[sp.csr_array, np.ndarray]:
    """All limits and bounds of a program as ``body x ≤ limits``, over the columns of a body that may be wider."""
    bounds = sp.eye_array(program.shape[1], body.shape[1], format="csr")
    least, most = np.isfinite(program.row_lower), np.isfinite(program.row_upper)
    low, high = np.isfinite(program.column_lower), program.column_upper < 1e20
    linear = sp.vstack([-body[least], body[most], -bounds[low], bounds[high]])
    limits = [
        -program.row_lower[least],
        program.row_upper[most],
        -program.column_lower[low],
        program.column_upper[high],
    ]
    return linear, np.concatenate(limits)


def _solved(
    squares: np.ndarray, cost: np.ndarray, body: sp.sparray, limits: np.ndarray, kinds: list, tolerance: float
) -> tuple[np.ndarray, bool]:
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    solved = clarabel.DefaultSolver(
        sp.csc_matrix(sp.diags(squares)), cost, sp.csc_matrix(body), limits, kinds, settings
    ).solve()
    if str(solved.status) not in ("Solved", "AlmostSolved"):
        pytest.skip(f"Clarabel gives up: {solved.status}")
    return np.array(solved.x), str(solved.status) == "Solved"
