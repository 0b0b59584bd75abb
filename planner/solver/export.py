"""A program as a file: MPS and LP for other solvers, PuLP's JSON for Python, plain text for people and proofs."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal

from planner.program import LinearProgram

Format = Literal["mps", "lp", "pulp", "text"]
ENDINGS: dict[str, Format] = {".mps": "mps", ".lp": "lp", ".json": "pulp"}


def export(program: LinearProgram, path: str | Path, form: Format) -> Path:
    """Write a program so that re-reading it gives the same names, the same numbers and the same optimum.

    Args:
        program: the program.
        path: file to write; for ``text`` the folder of its four tables. Nothing stays behind where writing fails.
        form: ``mps`` or ``lp`` (15 digits), ``pulp`` (JSON, every digit) or ``text`` (every digit).

    Returns:
        The path.

    Raises:
        SolverError: HiGHS, which writes MPS and LP, refused the program.
    """
    path = Path(path)
    if form == "text":
        from planner.program.text import write_program

        return write_program(program, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ending = ".json" if form == "pulp" else f".{form}"
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=ending, dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        _write(program, draft, form)
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _write(program: LinearProgram, path: Path, form: Format) -> None:
    if form == "pulp":
        from planner.solver.gateway import write_pulp

        write_pulp(program, path)
    else:
        from planner.solver.highs import Session

        Session().write(program, path)
