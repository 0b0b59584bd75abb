"""A program as a file: MPS and LP for other solvers, PuLP's JSON for Python, plain text for people and proofs."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Literal

from planner.files import about, draft, put_folder, replace
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
        OSError: the file cannot be written, or what is there is no regular file.
    """
    path = Path(path)
    if form == "text":
        from planner.program.text import write_program

        put_folder(path, lambda folder: write_program(program, folder), mark="coefficients.csv")
        return path
    with draft(path) as folder:
        made = folder / f"program.{'json' if form == 'pulp' else form}"
        with about(path, folder):
            _write(program, made, form)
        return replace(path, made.read_bytes())


def _write(program: LinearProgram, path: Path, form: Format) -> None:
    if form == "pulp":
        from planner.solver.gateway import write_pulp

        write_pulp(program, path)
    else:
        from planner.solver.highs import Session

        Session().write(program, path)
        last = path.read_bytes().rstrip().rpartition(b"\n")[2].strip().lower()
        if last != {"mps": b"endata", "lp": b"end"}[form]:  # HiGHS says nothing of a disk that is full
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
