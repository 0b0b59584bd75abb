"""Exclusive use of a place among processes: a lock that ends with the process that holds it, however it ends.

The lock is the operating system's own, on a file beside the place. A file that is merely there or not, or a process number
written in one, would outlive a process that was killed, and numbers are given out again; so whether a holder lives is
asked of the system and never guessed. The number in the file is for people.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from planner.files.write import about, real

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte locked there leaves the file's own text readable

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


__all__ = ["InUseError", "Lock", "beside", "sole_use", "taken"]

_TAKEN = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
_LONGEST = 40  # characters of a name kept in the names of files beside it


class InUseError(Exception):
    """Another process is at work on the same place.

    Args:
        place: which.
        holder: number of the process, 0 where it is not known.
    """

    def __init__(self, place: Path, holder: int = 0) -> None:
        """Say which, and what to do."""
        who = f"Another run (process {holder})" if holder else "Another run"
        super().__init__(f"{who} is writing {place}. Wait until it has ended, or give --out another place.")
        self.place = place


@dataclass(frozen=True)
class Lock:
    """A file locked by this process.

    Args:
        path: of the file.
        descriptor: by which it is open.
        sure: whether the file system knows locks at all.
    """

    path: Path
    descriptor: int
    sure: bool

    def release(self) -> None:
        """Remove the file and let go of it."""
        if sys.platform != "win32":  # where an open file may be removed, nobody can take it in between
            self.path.unlink(missing_ok=True)
        os.close(self.descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def taken(path: Path, *, make: bool = True) -> Lock | None:
    """Lock a file, or nothing where another process holds it.

    Args:
        path: of the lock file.
        make: whether it is made where there is none.

    Raises:
        OSError: the file cannot be opened or made.
    """
    flags = os.O_RDWR | (os.O_CREAT if make else 0)
    while True:
        descriptor = os.open(path, flags, 0o666)
        try:
            sure = _is_taken(descriptor)
            if sure is None:
                os.close(descriptor)
                return None
            if not _is_the_file(descriptor, path):  # its last holder removed it in between
                os.close(descriptor)
                continue
            with suppress(OSError):  # it is for people; the lock holds without it
                os.ftruncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()}\n".encode())
            return Lock(path, descriptor, sure)
        except BaseException:
            with suppress(OSError):
                os.close(descriptor)
            raise


def _is_taken(descriptor: int) -> bool | None:
    """True once locked, False where locks are not known to the file system, nothing where another process holds it."""
    try:
        _take(descriptor)
    except OSError as error:
        return None if error.errno in _TAKEN else False
    return True


def _is_the_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def beside(place: Path, ending: str) -> Path:
    """A hidden file beside a place that bears its name, shortened where the name is long.

    >>> beside(Path("outputs/two_goods/modest"), "lock").as_posix()
    'outputs/two_goods/.modest.lock'
    """
    name = place.name
    if len(name.encode(errors="backslashreplace")) > _LONGEST:
        digest = hashlib.sha256(name.encode(errors="backslashreplace")).hexdigest()[:12]
        name = f"{name[: _LONGEST // 4]}-{digest}"
    return place.parent / f".{name}.{ending}"


_MINE: dict[Path, int] = {}  # places this process holds, and how often it has asked for each


@contextmanager
def sole_use(place: Path) -> Iterator[None]:
    """Keep a place to this process; asking for one's own place again is allowed.

    Args:
        place: file or folder that is going to be written; its parent is made if missing, and removed again if it stays
            empty.

    Raises:
        InUseError: another process has it.
    """
    place = real(place)
    if _MINE.get(place):
        _MINE[place] += 1
        try:
            yield
        finally:
            _MINE[place] -= 1
        return
    with parents(place):
        path = beside(place, "lock")
        with about(place, place.parent):
            lock = taken(path)
        if lock is None:
            raise InUseError(place, _holder(path))
        _MINE[place] = 1
        try:
            yield
        finally:
            del _MINE[place]
            lock.release()


def _holder(path: Path) -> int:
    """Number of the process that wrote itself into a lock file."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


@contextmanager
def parents(place: Path) -> Iterator[None]:
    """Make the folders above a place; those made here go again if nothing has been put into them."""
    made = [folder for folder in place.parents if not folder.exists()]
    try:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:  # one of them is a file
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), error.filename) from error
        yield
    finally:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
