"""Effective tables kept from one process to the next, so that files which have not changed are not checked again.

What is kept stands under a digest of everything it follows from: the bytes of the files, the scenario, the measures, the
code that reads and checks, and pandas. It is data alone (a line of JSON, then arrays as bytes) with a digest of its own: what
was cut off or changed is passed over, and nothing that is read is ever run. It goes to the user's cache folder, or to
where ``PLANNER_CACHE`` says; that set to nothing keeps nothing. Where the folder cannot be written, nothing is kept either.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from planner.economy.findings import Finding
from planner.economy.measures import MEASURES
from planner.files import replace

__all__ = ["VARIABLE", "Kept", "keep", "kept", "mark_of"]

VARIABLE = "PLANNER_CACHE"
MOST_BYTES = 256 * 2**20  # of all files together; beyond that the oldest go
_BEGIN = b"planner tables 1\n"
_ENDING = ".tables"
_CODE = Path(__file__).parents[2]


class Kept(NamedTuple):
    """What reading and checking gave.

    Args:
        tables: effective, by name.
        findings: warnings.
        digests: SHA-256 by file read.
    """

    tables: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...]
    digests: dict[str, str]


def mark_of(digest: str, scenarios: Iterable[str]) -> str:
    """The digest under which tables are kept.

    Args:
        digest: of the files.
        scenarios: laid over the base, lowest first.
    """
    said = repr((digest, list(scenarios), sorted(MEASURES.items()), _code(), pd.__version__, np.__version__))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _code() -> str:
    """What tells this code from any other that may have kept something: sizes and times of its files."""
    files = sorted(path for part in ("economy", "language") for path in (_CODE / part).rglob("*.py"))
    return repr([(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files])


def _folder() -> Path | None:
    """Where tables are kept, if anywhere."""
    said = os.environ.get(VARIABLE)
    if said is not None:
        return Path(said) if said else None
    own = {"win32": "LOCALAPPDATA", "darwin": ""}.get(sys.platform, "XDG_CACHE_HOME")
    base = Path(os.environ.get(own, ""))
    if not base.is_absolute():
        try:
            base = Path.home() / {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
        except RuntimeError:
            return None
    return base / "planner"


def kept(mark: str) -> Kept | None:
    """What was kept under a mark; nothing where there is none, it is not whole, or it is somebody else's."""
    folder = _folder()
    if folder is None:
        return None
    path = folder / f"{mark}{_ENDING}"
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        found = _unpacked(path.read_bytes())
        os.utime(path)  # what is used last goes last
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    return found


def keep(mark: str, what: Kept) -> None:
    """Keep something under a mark, if it comes back as it was; that it cannot be kept is no error."""
    folder = _folder()
    data = None if folder is None else _packed(what)
    if folder is None or data is None or len(data) > MOST_BYTES or not _same(what, _unpacked(data)):
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace(folder / f"{mark}{_ENDING}", data)
        _make_room(folder)


def _make_room(folder: Path) -> None:
    left = MOST_BYTES
    files = [(path, path.stat()) for path in folder.glob(f"*{_ENDING}")]
    for path, about in sorted(files, key=lambda one: one[1].st_mtime_ns, reverse=True):
        left -= about.st_size
        if left < 0:
            path.unlink(missing_ok=True)


def _packed(what: Kept) -> bytes | None:
    """Everything as bytes; nothing where a column is neither words nor numbers."""
    tables: dict[str, Any] = {}
    parts: list[bytes] = []
    for name, frame in what.tables.items():
        columns = []
        for column in frame.columns:
            values = frame[column]
            if values.dtype == "str":
                codes, words = pd.factorize(values)
                if codes.min(initial=0) < 0:
                    return None
                parts.append(codes.astype(np.int32).tobytes())
                columns.append([column, "words", words.tolist()])
            elif values.dtype in (np.dtype("f8"), np.dtype("i8")):
                numbers = values.to_numpy()
                parts.append(numbers.tobytes())
                columns.append([column, numbers.dtype.str, []])
            else:
                return None
        tables[name] = [len(frame), columns]
    findings = [list(finding.__dict__.values()) for finding in what.findings]
    head = json.dumps({"tables": tables, "findings": findings, "digests": what.digests}).encode()
    body = b"\n".join([head, b"".join(parts)])
    return _BEGIN + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unpacked(data: bytes) -> Kept:
    """The same back.

    Raises:
        ValueError: it is not whole.
    """
    digest, _, body = data.removeprefix(_BEGIN).partition(b"\n")
    if not data.startswith(_BEGIN) or hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("not what was kept")
    head, _, rest = body.partition(b"\n")
    said, at = json.loads(head), 0
    tables: dict[str, pd.DataFrame] = {}
    for name, (count, columns) in said["tables"].items():
        found: dict[str, Any] = {}
        for column, kind, words in columns:
            values = np.frombuffer(rest, "<i4" if kind == "words" else kind, count, at)
            at += values.nbytes
            found[column] = pd.array(words, dtype="str").take(values) if kind == "words" else values.copy()
        tables[name] = pd.DataFrame(found, index=pd.RangeIndex(count))
    findings = tuple(Finding(one[0], one[1], tuple(one[2]), *one[3:]) for one in said["findings"])
    return Kept(tables, findings, said["digests"])


def _same(one: Kept, other: Kept) -> bool:
    return (
        one[1:] == other[1:]
        and list(one.tables) == list(other.tables)
        and all(_alike(one.tables[name], other.tables[name]) for name in one.tables)
    )


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return (
        isinstance(one.index, pd.RangeIndex)
        and one.index.equals(other.index)
        and one.columns.equals(other.columns)
        and one.dtypes.equals(other.dtypes)
        and one.equals(other)
    )
