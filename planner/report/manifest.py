"""The manifest: how a run was made, so that it can be made again."""

from __future__ import annotations

import hashlib
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np

from planner.formulation import Formulation
from planner.program import LinearProgram
from planner.solver.solution import Solution


def manifest(formulation: Formulation, solution: Solution, plan: Solution | None, seconds: dict[str, float]) -> dict[str, Any]:
    """Versions, options, fingerprints of inputs, sizes, coefficient ranges, residuals; times stand under ``times`` alone."""
    economy, question = formulation.economy, formulation.question
    return {
        "program": {"name": "planner", "version": version("planner"), "schema": 1},
        "options": {
            "economy": economy.name,
            "model": question.name,
            "plan": formulation.plan or None,
            "scenario": economy.scenario,
            "corner": economy.corner,
            "floor": question.floor,
            "sets": list(economy.sets),
        },
        "inputs": {
            "folder": economy.name,
            "files": dict(sorted(economy.files.items())),
            "models": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in question.files},
        },
        "size": sizes(formulation.program),
        "solve": {
            "solver": solution.solver,
            "status": solution.status.value,
            "detail": solution.detail,
            "objective": solution.objective,
            "bound": solution.bound,
            "residuals": residuals(solution),
            "plan_residuals": residuals(plan),
        },
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in ("numpy", "pandas", "scipy", "highspy")},
        },
        "times": {
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            **{step: round(value, 4) for step, value in seconds.items()},
        },
    }


def sizes(program: LinearProgram) -> dict[str, Any]:
    """Rows, columns, nonzeros, and the range of coefficients; a wide range warns of trouble with units."""
    data = np.abs(program.matrix.data[program.matrix.data != 0])
    return {
        "rows": program.shape[0],
        "columns": program.shape[1],
        "nonzeros": len(data),
        "whole_number_columns": int(program.integer.sum()),
        "coefficients": [float(data.min()), float(data.max())] if len(data) else [0.0, 0.0],
    }


def residuals(solution: Solution | None) -> dict[str, float] | None:
    """Greatest violations, recomputed from the program's own arrays."""
    if solution is None or not np.isfinite(solution.values).all():
        return None
    found = solution.residuals
    return {"rows": found.rows, "bounds": found.bounds, "integrality": found.integrality, "relative": found.relative}
