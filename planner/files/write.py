"""Bytes onto the disk: all of them, or an error that names the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["about", "append", "real", "write_bytes", "write_text"]

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a new file, down to the disk, so that a disk that is full says so here.

    Args:
        path: of a file that is not there; its folder is made if missing.
        data: all of it.

    Returns:
        The path.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    with about(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, os.O_CREAT | os.O_EXCL, data)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a new file of text in UTF-8 with plain line ends, as `write_bytes` does.

    What is no character (half of a pair, from a file name that is not text) is written as its escape.
    """
    return write_bytes(path, text.encode("utf-8", errors="backslashreplace"))


def append(path: Path, text: str) -> None:
    """Write text behind what a file holds, in one piece; the file is made where there is none."""
    with about(path):
        _write(path, os.O_CREAT | os.O_APPEND, text.encode("utf-8", errors="backslashreplace"))


def _write(path: Path, flags: int, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | flags | _BINARY, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def about(place: Path, drafts: Path | None = None) -> Iterator[None]:
    """Let errors of the operating system name the place that the user knows.

    Args:
        place: what is being written.
        drafts: where it is prepared: an error about a file in there is one about the place.
    """
    try:
        yield
    except OSError as error:
        named = error.filename
        prepared = drafts is not None and isinstance(named, str) and Path(named).is_relative_to(drafts)
        if named is None or prepared or named == str(real(place)):
            error.filename, error.filename2 = str(place), None
        raise


def real(path: Path) -> Path:
    """Where a path leads, links followed; a link that leads round in a circle leads nowhere and is its own end."""
    return Path(os.path.realpath(path))
