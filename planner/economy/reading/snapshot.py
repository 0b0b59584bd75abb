"""The folder of an economy as it stood when it was read.

An economy is asked for other scenarios and changes long after it was loaded, and files may have changed by then. So
everything its folder holds is read once, here; whatever is derived later is derived from this and never from the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from planner.files.toml import parsed

__all__ = ["FREE", "MODELS", "MOST_BYTES", "SCENARIOS", "Snapshot", "SnapshotEntry", "Unread", "scenario_names"]

MOST_BYTES = 512 * 2**20  # a larger table would not fit into memory together with the program built on it
FREE = {".md", ".txt"}  # endings of files that anybody may put beside the tables
SCENARIOS = "scenarios"
MODELS = "models"  # questions that a package brings along; they are read by whoever asks them
_READ = {".csv", ".toml"}


class SnapshotEntry(NamedTuple):
    """Something in a folder."""

    name: str
    is_folder: bool
    is_file: bool

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return Path(self.name).suffix


class Unread(NamedTuple):
    """Why the bytes of a file could not be had: a code, a sentence and what was found."""

    code: str
    sentence: str
    value: str = ""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a folder held, with the bytes of every file an economy is made of.

    Args:
        folder: where it is.
        folders: what stood in the folder itself (``""``), in ``scenarios`` and in the folder of each scenario.
        files: bytes by path relative to the folder, or why they could not be had.
        layers: what stands before the paths of each economy that is read, the lowest first and its own, nothing, last.
    """

    folder: Path
    folders: Mapping[str, tuple[SnapshotEntry, ...]]
    files: Mapping[str, bytes | Unread]
    layers: tuple[str, ...] = ("",)

    @staticmethod
    def of(folder: Path) -> Snapshot:
        """Read a folder, and below it that of the economy over which it is laid.

        Args:
            folder: of the economy.
        """
        own = Snapshot._alone(folder)
        below, seen = own.extends, {folder.resolve()}
        folders, files, layers = dict(own.folders), dict(own.files), [""]
        path = ""
        while below:
            path = f"{path}/{below}" if path else below
            if (folder / path).resolve() in seen or not (folder / path).is_dir():
                break  # whoever reads the heading says so
            seen.add((folder / path).resolve())
            other = Snapshot._alone(folder / path)
            folders |= {f"{path}/{sub}".rstrip("/"): found for sub, found in other.folders.items()}
            files |= {f"{path}/{place}": content for place, content in other.files.items()}
            layers.insert(0, f"{path}/")
            below = other.extends
        return Snapshot(folder, folders, files, tuple(layers))

    @property
    def extends(self) -> str:
        """The economy over which its own heading says it is laid; ``""`` for none, and where nobody can tell."""
        content = self.files.get("economy.toml")
        if not isinstance(content, bytes):
            return ""
        try:
            said = parsed(content.decode("utf-8")).get("extends", "")
        except ValueError:
            return ""
        return said.strip().rstrip("/") if isinstance(said, str) else ""

    @staticmethod
    def _alone(folder: Path) -> Snapshot:
        """What stands in a folder itself."""
        folders = {"": _listing(folder)}
        if (folder / SCENARIOS).is_dir():
            folders[SCENARIOS] = _listing(folder / SCENARIOS)
            for name in _names(folders[SCENARIOS]):
                folders[f"{SCENARIOS}/{name}"] = _listing(folder / SCENARIOS / name)
        entries = [(sub, entry) for sub, found in folders.items() for entry in found]
        places = [f"{sub}/{entry.name}".lstrip("/") for sub, entry in entries if entry.suffix in _READ]
        return Snapshot(folder, folders, {place: _bytes(folder / place) for place in places})

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that was found: names, and bytes or why there are none."""
        found = hashlib.sha256(repr(sorted(self.folders.items())).encode())
        for place, content in sorted(self.files.items()):
            whole = content if isinstance(content, bytes) else repr(content).encode()
            found.update(f"{place}\0{len(whole)}\0".encode())
            found.update(whole)
        return found.hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(len(content) for content in self.files.values() if isinstance(content, bytes))

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, in the order of the alphabet."""
        return sorted({name for layer in self.layers for name in _names(self.folders.get(f"{layer}{SCENARIOS}", ()))})

    def has(self, file: str) -> bool:
        """Whether there is a file at a path relative to the folder."""
        sub, _, name = file.rpartition("/")
        return any(entry.name == name and entry.is_file for entry in self.folders.get(sub, ()))


def scenario_names(folder: Path) -> list[str]:
    """Names of the scenarios in a folder on the disk, in the order of the alphabet.

    Args:
        folder: folder of the economy.
    """
    return Snapshot.of(folder).scenarios


def _names(found: tuple[SnapshotEntry, ...]) -> list[str]:
    return sorted(entry.name for entry in found if entry.is_folder)


def _listing(folder: Path) -> tuple[SnapshotEntry, ...]:
    """What is in a folder, in order, hidden files aside; nothing if it may not be looked into."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "__")))
        return tuple(SnapshotEntry(path.name, path.is_dir(), path.is_file()) for path in paths)
    except OSError:
        return ()


def _bytes(path: Path) -> bytes | Unread:
    try:
        if not path.is_file():  # a pipe would be waited for without end
            raise FileNotFoundError(None, "it is not a file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            said = f"The file has {size:,} bytes; at most {MOST_BYTES:,} are read. Leave out what is not needed."
            return Unread("E109", said, str(size))
        return path.read_bytes()
    except OSError as error:
        said = f"The file cannot be opened: {error.strerror or error}. Is it a readable file?"
        return Unread("E102", said)
