"""Where the example economies and the model files are, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

__all__ = ["shipped"]


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
