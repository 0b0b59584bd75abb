"""Families, objectives and measures of others: a package that is installed, or a file of Python, registers its own.

A package names a module under the entry point group ``planner.families``; a file is named on the command line
(``--families FILE``), in ``PLANNER_FAMILIES``, or to `extend`. Either does no more than what the files of this program do: its
import runs ``@family``, ``@objective`` and ``@measure``. What was registered so is recorded with every run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import traceback
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from planner.economy.findings import DataError, Finding

__all__ = ["GROUP", "VARIABLE", "extend", "extensions"]

GROUP = "planner.families"
VARIABLE = "PLANNER_FAMILIES"  # paths of files, parted like those of PATH: what a process hands on to its workers

_loaded: dict[str, str] = {}  # name of a package or path of a file -> its version or its SHA-256
_refused: dict[str, Finding] = {}
_looked: set[str] = set()


def extensions() -> dict[str, str]:
    """What was registered by others: name of a package and its version, name of a file and its SHA-256."""
    return {Path(name).name: known for name, known in _loaded.items()}


def extend(*files: str | Path) -> None:
    """Register what installed packages and files bring; what was registered before stays as it is.

    Args:
        files: of Python, beside those that ``PLANNER_FAMILIES`` names.

    Raises:
        DataError: a file is not there, or what it or a package registers cannot be used.
    """
    paths = [*(name for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name), *map(str, files)]
    for path in paths:
        _file(Path(path).resolve())
    if GROUP not in _looked:
        _looked.add(GROUP)
        for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
            _package(point)
    if _refused:
        raise DataError(list(_refused.values()))
    if files:
        os.environ[VARIABLE] = os.pathsep.join(dict.fromkeys(str(Path(path).resolve()) for path in paths))


def _package(point: EntryPoint) -> None:
    """Import what an entry point names."""
    try:
        point.load()
    except (Exception, SystemExit) as error:
        name = point.dist.name if point.dist else point.value
        said = f"{_said(error)} Correct the package, or take it out of the environment."
        _refused[name] = Finding("E188", name, (), point.name, point.value, said)
    else:
        _loaded[point.dist.name if point.dist else point.name] = point.dist.version if point.dist else ""


def _file(path: Path) -> None:
    """Run a file, once."""
    if str(path) in _loaded:
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            [Finding("E187", str(path), (), "", "", f"The file cannot be read: {error.strerror}.")]
        ) from None
    digest = hashlib.sha256(content).hexdigest()
    name = f"planner_families_{digest[:16]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise DataError([Finding("E187", str(path), (), "", "", "It is no file of Python: its name must end in .py.")])
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise DataError([Finding("E188", str(path), _lines(error, path), "", "", _said(error))]) from error
    _loaded[str(path)] = digest


def _said(error: BaseException) -> str:
    """What went wrong, in a sentence."""
    text = str(error) or type(error).__name__
    named = text if isinstance(error, ValueError) else f"{type(error).__name__}: {text}"
    return named if named.endswith((".", "!", "?")) else f"{named}."


def _lines(error: BaseException, path: Path) -> tuple[int, ...]:
    """The line of a file at which an error arose; of one that is no Python, where reading stopped."""
    if isinstance(error, SyntaxError):
        return (error.lineno,) if error.lineno else ()
    own = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return (own[-1],) if own and own[-1] else ()
