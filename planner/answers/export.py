"""The program behind a question, for other solvers and other eyes: what ``planner export`` does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Unpack, cast

from planner.answers.pose import Asked, Subject, posed, spelled
from planner.files import replace, sole_use
from planner.formulation.tex import tex
from planner.solver.write import ENDINGS, Format
from planner.solver.write import export as write_program

__all__ = ["FORMATS", "export"]

FORMATS = ("mps", "lp", "pulp", "text", "tex")


@spelled
def export(
    economy: Subject, out: str | Path, *, form: str | None = None, overwrite: bool = False, **asked: Unpack[Asked]
) -> Path:
    """Write the linear program of a question, or the question as LaTeX.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one.
        out: the file; for text a folder.
        form: mps, lp, pulp (JSON), text or tex; ``None`` for what the ending of the file says.
        overwrite: whether a file that exists may be replaced.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Returns:
        The file.

    Raises:
        DataError: the data, the model or the question do not fit.
        FileExistsError: the file exists and may not be replaced.
        ValueError: what to write cannot be told.
    """
    target = Path(out)
    chosen = form or ("tex" if target.suffix.lower() == ".tex" else ENDINGS.get(target.suffix.lower()))
    if chosen not in FORMATS:
        raise ValueError(f'What to write cannot be told from "{out}". Give a form: {", ".join(FORMATS)}.')
    if os.path.lexists(target) and (chosen == "text" or not overwrite or not target.is_file()):
        raise FileExistsError(f"{out} exists. {'Name another folder' if chosen == 'text' else 'Give --overwrite'}.")
    formulation = posed(economy, asked)
    if chosen == "tex":
        replace(target, tex(formulation.question).encode())
        return target
    with sole_use(target):
        write_program(formulation.program, target, cast("Format", chosen))
    return target
