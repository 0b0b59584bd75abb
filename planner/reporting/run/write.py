"""Run folders: written whole or not at all, byte for byte the same on a rerun but for the manifest's times."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.files import about, put_folder, real, sole_use, stands_fast, table_text, write_text
from planner.files.draft import without_drafts
from planner.reporting.run.files import (
    MANIFEST,
    digests,
    files_of,
    plain,
    program,
    remove_run,
    sealed,
    strangers,
    to_json,
)

__all__ = ["OutputExists", "ensure_free", "plain", "to_json", "write_run"]

_FIRST = 6  # files named in a message


class OutputExists(FileExistsError):  # noqa: N818  it says what is so
    """The output is there already and may not be replaced.

    Args:
        folder: which.
        why: why not, and what to do, as a sentence.
    """

    def __init__(self, folder: Path, why: str = "") -> None:
        """Say which, and what to do."""
        super().__init__(f"{folder} exists. {why or 'Give --overwrite to replace it, or --out with another folder.'}")
        self.folder = folder


def write_run(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Mapping[str, Any]],
    *,
    kind: str,
    overwrite: bool = False,
    more: Callable[[Path], object] | None = None,
) -> Path:
    """Write a run folder beside its place and move it there when it is complete.

    Args:
        folder: where the run goes; an earlier run is replaced only with ``overwrite``, and only once the new one is whole.
        tables: CSV files by stem.
        documents: JSON files by stem, ``manifest`` among them.
        more: writes whatever else belongs to the run.
        kind: of run, such as ``solve``; stands in the manifest beside the SHA-256 of every file.
        overwrite: whether an earlier run may be replaced.

    Raises:
        OutputExists: the folder exists and may not be replaced.
        InUseError: another process is writing it.
        OSError: it cannot be written; the error names the folder.
    """

    def make(draft: Path) -> None:
        for name, table in tables.items():
            write_text(draft / f"{name}.csv", table_text(table))
        manifest = {"program": program(), "kind": kind, **documents.get("manifest", {})}
        for name, document in {**documents, "manifest": manifest}.items():
            write_text(draft / f"{name}.json", to_json(document))
        if more is not None:
            more(draft)  # it may read the manifest
        (draft / MANIFEST).unlink()
        write_text(draft / MANIFEST, sealed(manifest, digests(draft)))

    with about(folder), sole_use(folder):
        ensure_free(folder, overwrite=overwrite)
        put_folder(folder, make, mark=MANIFEST, discard=remove_run)
    return folder


def ensure_free(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that holds something, or that cannot be written, before any work is done for it.

    With ``overwrite`` an earlier run may be replaced, if all that is in its folder was written by that run: files of
    somebody else, and files changed since, are never removed, nor mixed with those of a new run, but named.

    Raises:
        OutputExists: it may not be replaced.
        OSError: nothing can be written there.
    """
    if not os.path.lexists(folder) or (folder.is_symlink() and not folder.exists()):
        _ensure_writable(real(folder).parent)
        return
    if not folder.is_dir():
        raise OutputExists(folder, "It is no folder. Give --out with another name.")
    _ensure_writable(folder if stands_fast(folder) else real(folder).parent)
    if not without_drafts(folder.iterdir()):
        return
    if not overwrite:
        raise OutputExists(folder)
    files = files_of(folder)
    if files is None:
        raise OutputExists(
            folder,
            "Its manifest.json is not that of a run that lists its files, so nothing in it is removed. "
            "Give --out with another folder.",
        )
    others = strangers(folder, files)
    if others:
        raise OutputExists(
            folder,
            f"It holds what its run has not written, or what was changed since: {_some(others)}. "
            "Move that elsewhere, or give --out with another folder.",
        )
    if stands_fast(folder):
        raise OutputExists(folder, "It is the folder you are in, or a disk; that can be filled, not replaced.")


def _some(names: list[str]) -> str:
    rest = len(names) - _FIRST
    return ", ".join(names[:_FIRST]) + (f" and {rest} more" if rest > 0 else "")


def _ensure_writable(folder: Path) -> None:
    """Refuse a folder in which nothing can be made, so far as it can be known before."""
    there = next((place for place in (folder, *folder.parents) if os.path.lexists(place)), folder)
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        read_only = hasattr(os, "statvfs") and os.statvfs(there).f_flag & os.ST_RDONLY
        number = errno.EROFS if read_only else errno.EACCES
        raise OSError(number, os.strerror(number), str(there))
