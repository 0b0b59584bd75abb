"""Drafts: a folder of one's own beside what is being written, recognised and swept when its process is gone.

A draft is called ``.planner-draft-PROCESS-…`` and holds a file ``lock``, locked as long as its process lives. Whoever makes
a draft first sweeps those beside it that nobody holds: so even a process that was killed outright leaves nothing for good.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.files.lock import Lock, parents, taken
from planner.files.signals import undisturbed
from planner.files.write import about, write_bytes

__all__ = ["NEW", "OLD", "PREFIX", "draft", "ensure_there", "note_place", "sweep", "without_drafts"]

PREFIX = ".planner-draft-"
NEW, OLD = "new", "old"  # inside a draft: what is being made, and what it has replaced
_LOCK, _PLACE = "lock", "place"  # and the lock, and the name of the place that what is old came from


@contextmanager
def draft(place: Path, *, inside: bool = False) -> Iterator[Path]:
    """A folder in which to prepare what will be put at a place; it is gone at the end, whatever happens.

    Args:
        place: file or folder to be written; its parent is made if missing.
        inside: whether the draft lies in the place, a folder, instead of beside it.

    Yields:
        The folder.
    """
    with parents(place / _LOCK if inside else place):
        folder = place if inside else place.parent
        sweep(folder)
        with about(place, folder):
            made, lock = _made(folder)
        try:
            with about(place, made):
                yield made
        finally:
            with undisturbed():
                _remove(made, lock)


def _made(folder: Path) -> tuple[Path, Lock]:
    while True:
        made = folder / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        made.mkdir(0o700)
        try:
            lock = taken(made / _LOCK)
        except FileNotFoundError:  # swept before it was locked
            if not folder.is_dir():
                raise
            continue
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        if lock is not None:
            return made, lock


def _remove(made: Path, lock: Lock) -> None:
    """Everything, the lock last: a draft without one is an empty draft. What is still wanted stays."""
    with suppress(OSError):
        if _settled(made):
            for path in list(made.iterdir()):
                if path.name != _LOCK and not path.is_symlink() and path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != _LOCK:
                    path.unlink(missing_ok=True)
            lock.release()
            made.rmdir()
            return
    with suppress(OSError):
        os.close(lock.descriptor)


def sweep(folder: Path) -> None:
    """Remove drafts whose process is gone, and put back what such a process had moved aside.

    Args:
        folder: in which drafts may lie.
    """
    for made in sorted(folder.glob(f"{PREFIX}*")):
        if made.is_symlink() or not made.is_dir():
            continue
        with suppress(OSError):
            _sweep(made)


def _sweep(made: Path) -> None:
    try:
        lock = taken(made / _LOCK, make=False)
    except FileNotFoundError:
        made.rmdir()  # if it is empty, it was never more
        return
    if lock is None:
        return
    if lock.sure:
        _remove(made, lock)
    else:
        os.close(lock.descriptor)


def _settled(made: Path) -> bool:
    """Whether nothing that had been moved aside is still wanted; it is put back where its place has stayed empty."""
    old = made / OLD
    if not old.exists():
        return True
    name = (made / _PLACE).read_text(encoding="utf-8", errors="surrogateescape")
    place = made.parent / Path(name).name
    if not os.path.lexists(place):
        old.rename(place)
        return True
    return not (made / NEW).exists()  # what is new has been put there; otherwise the place is somebody else's by now


def ensure_there(made: Path) -> None:
    """Refuse to go on with a draft that somebody has removed; what was written since is not all of it.

    Raises:
        FileNotFoundError: its lock is gone.
    """
    if not (made / _LOCK).exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(made))


def note_place(made: Path, place: Path) -> None:
    """Write down where what is moved aside came from, before it is moved."""
    write_bytes(made / _PLACE, place.name.encode("utf-8", errors="surrogateescape"))


def without_drafts(paths: Iterable[Path]) -> list[Path]:
    """Paths in order, drafts left out."""
    return sorted(path for path in paths if not path.name.startswith(PREFIX))
