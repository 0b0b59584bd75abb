"""The manifest: how a run was made, so that it can be made again."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np

from planner.economy import DataError, Economy
from planner.economy.economy import find
from planner.economy.extensions import extensions
from planner.economy.findings import documents
from planner.economy.names import Names
from planner.economy.uncertain import counts
from planner.formulation import Formulation, Question
from planner.formulation.model_file import model_path
from planner.formulation.unread import warnings_of
from planner.program import LinearProgram
from planner.reporting.run.files import program
from planner.solver.solution import Solution

DRAWING = ("matplotlib", "pillow")  # packages that have a part in charts alone


def manifest(
    formulation: Formulation,
    solution: Solution,
    plan: Solution | None,
    seconds: Mapping[str, float],
    *scenarios: str,
    **options: Any,
) -> dict[str, Any]:
    """How a run about one question was made; times stand under ``times`` alone.

    Args:
        formulation: what was asked.
        solution: its solve.
        plan: the plan reported.
        seconds: what each step took.
        scenarios: others that went into the answer.
        options: whatever else was chosen.
    """
    question = formulation.question
    end = {"condition": question.terminal, **(asdict(question.keep) if question.terminal == "keep" else {})}
    return {
        **provenance(formulation.economy, question, *scenarios, plan=formulation.plan or None, terminal=end, **options),
        "warnings": documents(formulation.warnings),
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
        "times": times(seconds),
    }


def provenance(economy: Economy, question: Question, *scenarios: str, **options: Any) -> dict[str, Any]:
    """Versions, options, warnings, the fingerprint of every file read, how much is known, and what was changed in memory.

    Args:
        economy: as it was used.
        question: a model file, read.
        scenarios: other scenarios of the economy that went into the answer.
        options: whatever else was chosen.
    """
    plan = options.get("plan")
    files = dict(economy.files)
    for scenario in scenarios:
        files |= economy.in_scenario(scenario).files
    return {
        "program": program(),
        "options": {
            "economy": economy_name(economy),
            "model": model_name(question, economy),
            "scenario": economy.scenario,
            "corner": economy.corner,
            "floor": question.floor_in_force,
            "sets": list(economy.sets),
            **({"opening": opened.state, "source": opened.run} if (opened := economy.opened) else {}),
            **options,
        },
        "warnings": documents(warnings_of(economy, question, plan if isinstance(plan, str) else "")),
        "inputs": {
            "economy": economy.name,
            "files": dict(sorted(files.items())),
            "changed_in_memory": list(economy.modified),
            **({"opening": {"run": opened.run, "state.csv": opened.digest}} if opened else {}),
            "models": {path.name: digest for path, digest in zip(question.files, question.digests, strict=True)},
            **({"families": extensions()} if extensions() else {}),
        },
        "data": {
            **asdict(counts(economy, plan if isinstance(plan, str) else "")),
            "warnings": dict(Counter(finding.code for finding in economy.warnings)),
        },
        "names": {axis: dict(labels) for axis, labels in Names.of(economy).known.items() if labels},
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in ("numpy", "pandas", "scipy", "highspy", *DRAWING)},
        },
    }


def economy_name(economy: Economy) -> str:
    """What finds the economy again: its name where that is enough, else the path as it was given."""
    try:
        found = find(economy.name)
    except DataError:
        return economy.folder.as_posix()
    return economy.name if found.resolve() == economy.folder.resolve() else economy.folder.as_posix()


def model_name(question: Question, economy: Economy) -> str:
    """What finds the model again beside the economy: its name where that is enough, else its path."""
    found = model_path(question.name, economy.folder / "models")
    return question.name if question.files[:1] in ((), (found,)) else question.files[0].as_posix()


def times(seconds: Mapping[str, float]) -> dict[str, Any]:
    """When a run was written and what each step took, in seconds."""
    return {"written": datetime.now(UTC).isoformat(timespec="seconds"), **{k: round(v, 4) for k, v in seconds.items()}}


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
