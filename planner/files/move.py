"""Putting what is complete into its place: folders and files change over as a whole, or nothing changes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from planner.files.draft import NEW, OLD, draft, ensure_there, note_place, without_drafts
from planner.files.signals import undisturbed
from planner.files.write import about, real, write_bytes

__all__ = ["put_folder", "replace", "replace_all", "stands_fast"]

Move = tuple[Path, Path]


def stands_fast(place: Path) -> bool:
    """Whether a folder cannot be exchanged for another: one works in it, or a disk is mounted there."""
    return place.is_dir() and (os.path.ismount(place) or place.samefile(Path.cwd()))


def put_folder(
    place: Path, make: Callable[[Path], object], *, mark: str, discard: Callable[[Path], bool] | None = None
) -> None:
    """Make a folder aside and put it into its place when it is whole; what stood there goes only then.

    Args:
        place: where it goes; a link is followed. What is there must be empty, or ``discard`` know how to remove it.
        make: fills a new folder.
        mark: the file by which such a folder is recognised; where files are moved one by one it is the last.
        discard: removes what stood there and says whether nothing is left of it. What is left is kept beside the place,
            as ``PLACE-kept``.

    Raises:
        OSError: it cannot be made or moved; then everything is as it was.
    """
    place = real(place)
    if os.path.lexists(place) and (not place.is_dir() or not (discard or _is_empty(place))):
        raise FileExistsError(errno.EEXIST, "it is there and not empty", str(place))
    fast = stands_fast(place)
    with draft(place, inside=fast) as made:
        new, old = made / NEW, made / OLD
        new.mkdir()
        make(new)
        if fast:
            there = sorted(new.iterdir(), key=lambda path: (path.name == mark, path.name))
            moves = [(path, place / path.name) for path in there]
        else:
            moves = [(new, place)]
            if os.path.lexists(place):
                note_place(made, place)
                moves.insert(0, (place, old))
        ensure_there(made)
        with undisturbed():
            _move(moves)
            if old.exists() and not (discard or _without_anything)(old):
                old.rename(_free(place))


def _without_anything(folder: Path) -> bool:
    """Remove a folder if it is empty; whether it is gone."""
    with suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _is_empty(folder: Path) -> bool:
    return not without_drafts(folder.iterdir())


def _free(place: Path) -> Path:
    """A name beside a place for what is not ours to remove, so that its owner sees it."""
    number, kept = 1, place.with_name(f"{place.name}-kept")
    while os.path.lexists(kept):
        number += 1
        kept = place.with_name(f"{place.name}-kept-{number}")
    return kept


def _move(moves: Sequence[Move]) -> None:
    """All of them, or none."""
    done: list[Move] = []
    try:
        for source, target in moves:
            if os.path.lexists(target):  # somebody was quicker; what he put there is his
                raise FileExistsError(errno.EEXIST, "it has come to be there in the meantime", str(target))
            source.rename(target)
            done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise


def replace(path: Path, data: bytes) -> Path:
    """Write a file as a whole: until it is complete, what was there stays.

    Args:
        path: file to write; a link is followed.
        data: all of it.

    Returns:
        The path.

    Raises:
        OSError: it cannot be written, or what is there is no regular file (a device, a pipe, a folder).
    """
    target = real(path)
    with about(path, target.parent):
        replace_all(target.parent, {target.name: data})
    return path


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files of one folder as a whole; whatever cannot be written is found out before the first is replaced.

    Args:
        folder: made if missing.
        files: by path inside the folder, in the order in which they are put into place.

    Raises:
        OSError: as `replace`.
    """
    for name in files:
        _ensure_file(folder / name)
    with draft(folder, inside=True) as made:
        staged: list[Move] = []
        for number, (name, data) in enumerate(files.items()):
            path, target = write_bytes(made / NEW / str(number), data), folder / name
            if target.exists():
                shutil.copymode(target, path)
            staged.append((path, target))
        ensure_there(made)
        with undisturbed():
            for path, target in staged:
                target.parent.mkdir(exist_ok=True)
                path.replace(target)


def _ensure_file(path: Path) -> None:
    if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
        raise FileExistsError(errno.EEXIST, "it is there and is no regular file", str(path))
