"""``python -m tests.packaging.lowest``: the lowest versions of what the program needs, as `pyproject.toml` allows them, for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def lowest(requirements: list[str]) -> dict[str, str]:
    """Name and lowest version of each.

    >>> lowest(["pulp>=3.3,<4", "mkdocstrings[python]>=0.27"])
    {'pulp': '3.3', 'mkdocstrings': '0.27'}
    """
    found = (re.fullmatch(r"([\w.-]+)(?:\[.*\])?>=([\w.]+).*", text) for text in requirements)
    return {match[1]: match[2] for match in found if match}


def declared() -> list[str]:
    """Requirements of the program and of its extras; tools that only developers use may be as new as they like."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [
        *project["dependencies"],
        *(text for name in sorted(set(extras) - {"dev", "docs", "mutants"}) for text in extras[name]),
    ]


if __name__ == "__main__":
    for name, version in lowest(declared()).items():
        print(f"{name}=={version}")  # noqa: T201
