"""Run folders: written whole or not at all, byte for byte the same on a rerun but for the manifest's times."""

from __future__ import annotations

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


class OutputExists(FileExistsError):  # noqa: N818  it says what is so
    """The output folder is there already and may not be replaced."""

    def __init__(self, folder: Path) -> None:
        """Say which, and what to do."""
        super().__init__(f"{folder} exists. Give --overwrite to replace it, or --out with another folder.")
        self.folder = folder


def write_run(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Mapping[str, Any]],
    *,
    overwrite: bool = False,
    more: Callable[[Path], object] | None = None,
) -> Path:
    """Write a run folder beside its place and move it there when it is complete.

    Args:
        folder: where the run goes; an earlier run is replaced only with ``overwrite``, and only once the new one is whole.
        tables: CSV files by stem; documents: JSON files by stem; more: writes whatever else belongs to the run.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    ensure_free(folder, overwrite=overwrite)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        draft.chmod(0o755)
        for name, table in tables.items():
            table.to_csv(draft / f"{name}.csv", index=False, lineterminator="\n")
        for name, document in documents.items():
            (draft / f"{name}.json").write_text(to_json(document), encoding="utf-8")
        if more is not None:
            more(draft)
        _move_into_place(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder


def ensure_free(folder: Path, *, overwrite: bool) -> None:
    """Refuse a folder that holds something, before any work is done for it.

    Raises:
        OutputExists: it may not be replaced: no ``overwrite``, or it does not look like a run (it has no manifest).
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not overwrite or not (folder / "manifest.json").is_file():
        raise OutputExists(folder)


def _move_into_place(draft: Path, folder: Path) -> None:
    old = None
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent)) / "run"
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old is not None:
            old.rename(folder)
        raise
    if old is not None:
        shutil.rmtree(old.parent, ignore_errors=True)


def to_json(document: Mapping[str, Any]) -> str:
    """JSON text: keys in the order given, numbers in full precision, what is not a number as ``null``."""
    return json.dumps(plain(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


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
