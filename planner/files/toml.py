"""TOML of anybody's: read, or refused in a sentence, whatever it holds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

__all__ = ["MOST", "parsed", "read", "text_of"]

MOST = 2**20  # bytes; headings and models are a page or two


def parsed(text: str) -> dict[str, Any]:
    """What a text in TOML says.

    Args:
        text: of a file.

    Returns:
        Its keys; everything in it can be printed.

    Raises:
        ValueError: it is no TOML, is longer than ``MOST``, is nested too deeply, or holds a number of too many digits.

    >>> parsed("schema = 1")
    {'schema': 1}
    >>> parsed("x = " + 5000 * "[" + 5000 * "]")
    Traceback (most recent call last):
        ...
    ValueError: values are nested too deeply
    """
    if len(text) > MOST:
        raise ValueError(f"it has {len(text):,} characters, of which at most {MOST:,} are read")
    try:
        said = tomllib.loads(text)
        str(said)  # a number of thousands of digits cannot be printed, and so not be shown in a finding
    except RecursionError:
        raise ValueError("values are nested too deeply") from None
    return said


def text_of(path: Path) -> str:
    """The text of a file in TOML, no more of it than would be read.

    Raises:
        ValueError: it is not text in UTF-8.
        OSError: it cannot be read, or is no file.
    """
    if not path.is_file():  # a pipe would be waited for without end
        raise FileNotFoundError(2, "it is no file", str(path))
    with path.open("rb") as file:
        data = file.read(4 * MOST + 1)
    return data.decode("utf-8")


def read(path: Path) -> dict[str, Any]:
    """What a file in TOML says.

    Raises:
        ValueError: as `parsed`, or it is not text in UTF-8.
        OSError: it cannot be read, or is no file.
    """
    return parsed(text_of(path))
