"""Foreign models: MPS and LP files, read by HiGHS and guarded against what its reader lets pass in silence.

Seen to pass: a file cut short, a coefficient that is no number, names given twice (all names of the kind are dropped then).
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from planner.program import LinearProgram
from planner.solver.highs import SolverError, read_model

ENDINGS = (".mps", ".lp", ".mps.gz", ".lp.gz")
_NUMBERS = ("COLUMNS", "RHS", "RANGES")
_WITHOUT_VALUE = ("FR", "MI", "PL", "BV")


class ModelError(ValueError):
    """A file that is no linear program anybody could diagnose; the message says why and what to do."""


def read(path: str | Path) -> LinearProgram:
    """Read an MPS or LP file; names are kept, whole-number columns are marked.

    Args:
        path: ends in ``.mps``, ``.lp``, ``.mps.gz`` or ``.lp.gz``.

    Raises:
        ModelError: missing, garbled or cut short, or no linear program.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelError(f"{path}: there is no such file.")
    if not path.name.lower().endswith(ENDINGS):
        raise ModelError(f"{path}: a model is read from {', '.join(ENDINGS[:2])} files, plain or with .gz behind.")
    text = _text(path)
    if ".mps" in path.name.lower():
        _check_mps(path, text)
    elif not any(line.strip().lower() == "end" for line in text.splitlines()):
        raise ModelError(f"{path}: no line says End, so the file may be cut short.")
    try:
        program = read_model(path)
    except SolverError as error:
        hint = " A row with two limits has to be written as two rows." if ".lp" in path.name.lower() else ""
        raise ModelError(f"{path}: {str(error).removeprefix('HiGHS refused: ')}.{hint}") from error
    numbers = (program.cost, program.matrix.data, program.row_lower, program.row_upper, program.column_lower,
               program.column_upper)  # fmt: skip
    if any(np.isnan(values).any() for values in numbers) or not np.isfinite(program.matrix.data).all():
        raise ModelError(f"{path}: a number is not finite.")
    if (program.row_lower == np.inf).any() or (program.column_lower == np.inf).any():
        raise ModelError(f"{path}: a lower limit is infinite.")
    if not program.shape[1]:
        raise ModelError(f"{path}: the model has no columns.")
    return program


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix.lower() == ".gz" else data).decode("utf-8", errors="replace")
    except (OSError, EOFError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).") from error


def _check_mps(path: Path, text: str) -> None:
    """Whether sections end as they should and the last field of every line that should end in a number does."""
    section, ended, rows = "", False, set[str]()
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split()
        if not fields or line.startswith("*"):
            continue
        if not line[0].isspace():
            section, ended = fields[0].upper(), fields[0].upper() == "ENDATA"
            continue
        if section == "ROWS":
            name = " ".join(fields[1:])
            if name in rows:
                raise ModelError(f"{path}, line {number}: a second row is called {name!r}.")
            rows.add(name)
        if "'MARKER'" in fields or (section == "BOUNDS" and fields[0].upper() in _WITHOUT_VALUE):
            continue
        if (section in _NUMBERS or section == "BOUNDS") and not _is_number(fields[-1]):
            raise ModelError(f"{path}, line {number}: {fields[-1]!r} is not a number.")
    if not ended:
        raise ModelError(f"{path}: no line says ENDATA, so the file may be cut short, or it is no MPS file.")


def _is_number(field: str) -> bool:
    try:
        return not np.isnan(float(field.lower().replace("d", "e")))
    except ValueError:
        return False
