"""The files of a run: what its manifest lists, what is in its folder besides, and how it is taken away again.

A folder is a run of ours when its ``manifest.json`` has our own form: the program's name, the form's number, a kind, and
the SHA-256 of every other file of the run. That somebody's folder holds a file of that name says nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from planner.files.draft import PREFIX
from planner.language.printable import in_json

__all__ = [
    "FORM",
    "MANIFEST",
    "changed_files",
    "digest",
    "digests",
    "listed",
    "plain",
    "program",
    "remove_run",
    "sealed",
    "strangers",
    "to_json",
]

MANIFEST = "manifest.json"
FORM = 2  # of manifests; those of form 1 did not list the files of the run
_NO_SEAL = "0" * 64
_DIGEST = re.compile("[0-9a-f]{64}")
_NOBODYS = {".DS_Store", "Thumbs.db", "desktop.ini"}  # file managers put these anywhere


@cache
def program() -> dict[str, Any]:
    """The program that writes a run, as its manifest names it."""
    return {"name": "planner", "version": version("planner"), "schema": FORM}


def digest(data: bytes) -> str:
    """SHA-256 of the bytes of a file."""
    return hashlib.sha256(data).hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in the folder of a run, the manifest aside, by path."""
    return {name: digest(path.read_bytes()) for name, path in _there(folder).items() if name != MANIFEST}


def sealed(manifest: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """The text of a manifest that lists the files of a run and carries a seal: the SHA-256 of itself with zeros for the seal.

    Args:
        manifest: how the run was made.
        files: SHA-256 of each file, by path.

    >>> '"seal": "' in sealed({"kind": "solve"}, {})
    True
    """
    text = to_json({**manifest, "files": dict(sorted(files.items())), "seal": _NO_SEAL})
    return text.replace(_NO_SEAL, digest(text.encode()))


def _there(folder: Path) -> dict[str, Path]:
    """Whatever is in a folder and those below, by path; links are named, not followed, drafts left out."""
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(PREFIX))
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in [*files, *links]:
            path = Path(place) / name
            found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def to_json(document: Mapping[str, Any]) -> str:
    """JSON text: keys in the order given, numbers in full precision, what is not a number as ``null``.

    Signs that cannot be seen (control signs, signs that turn the direction of writing) stand as their escapes, so that the
    text can be printed anywhere.
    """
    return in_json(json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def plain(value: Any) -> Any:
    """A document of plain Python values, as JSON takes them; what is not a finite number becomes ``None``."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(v) for v in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Path):
        return value.as_posix()
    return value


def listed(manifest: Mapping[str, Any]) -> dict[str, str] | None:
    """SHA-256 of every file that a manifest lists, by path; nothing where it has not the form of one of ours."""
    named, kind, files = (manifest.get(key) for key in ("program", "kind", "files"))
    if not isinstance(named, dict) or named.get("name") != "planner" or named.get("schema") != FORM:
        return None
    if not isinstance(kind, str) or not isinstance(files, dict):
        return None
    for name, found in files.items():
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or "\\" in name or name == MANIFEST:
            return None
        if not isinstance(found, str) or not _DIGEST.fullmatch(found):
            return None
    return dict(files)


def files_of(folder: Path) -> dict[str, str] | None:
    """What the manifest in a folder lists; nothing where the folder is no run of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return listed(manifest) if isinstance(manifest, dict) else None


def changed_files(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Files that a manifest lists and that are no longer as they were written, or gone."""
    return [name for name, found in files.items() if _digest_of(folder / name) != found]


def strangers(folder: Path, files: Mapping[str, str]) -> list[str]:
    """What is in the folder of a run and was not written by it, or was changed since."""
    there = _there(folder)
    return [
        name
        for name, path in there.items()
        if name != MANIFEST and path.name not in _NOBODYS and (path.is_symlink() or _digest_of(path) != files.get(name))
    ]


def _digest_of(path: Path) -> str:
    try:
        return digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return "unreadable"


def remove_run(folder: Path) -> bool:
    """Remove the files of a run that its manifest lists, and the manifest; nothing else.

    Args:
        folder: of the run.

    Returns:
        Whether nothing is left.
    """
    files = files_of(folder) or {}
    with suppress(OSError):
        keep = set(strangers(folder, files))
        there = _there(folder)
        for name, path in there.items():
            if name not in keep and (files or name != MANIFEST):
                path.unlink()
        for place, _, _ in os.walk(folder, topdown=False):
            with suppress(OSError):
                Path(place).rmdir()
    return not folder.exists()
