"""Where the example economies and the model files are, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

__all__ = ["ECONOMIES", "is_shipped", "opening", "shipped"]

ECONOMIES = ("leontief", "two_goods", "ussr_1928", "williams")


def shipped(kind: Literal["inputs", "models"]) -> Path:
    """Folder of what is shipped with the planner.

    Args:
        kind: ``"inputs"`` for economies, ``"models"`` for model files.

    Returns:
        In a wheel ``planner/shipped_data/<kind>``; in a checkout the folder of that name beside ``planner/``.

    >>> shipped("inputs").name
    'inputs'
    """
    package = Path(__file__).resolve().parent
    packed = package / "shipped_data" / kind
    return packed if packed.is_dir() else package.parent / kind


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of an economy shipped with the planner, and so not the user's to change.

    >>> is_shipped(shipped("inputs") / "two_goods"), is_shipped(Path("mine"))
    (True, False)
    """
    return any(folder.resolve() == (shipped("inputs") / name).resolve() for name in ECONOMIES)


def opening(file: Path) -> str:
    """The comment with which a file opens: of a model file, when to use it.

    Args:
        file: a text file.

    Returns:
        Its first lines of comment as one, empty where there are none.

    >>> opening(shipped("models") / "five_year.toml").startswith("Use this")
    True
    """
    words = []
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                break
            words.append(line.removeprefix("#").strip())
    except (OSError, UnicodeDecodeError):
        return ""
    return " ".join(words)
