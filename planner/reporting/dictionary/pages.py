"""Pages of the project that are written from registries, so that they say what the code does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from planner.files import replace
from planner.reporting.dictionary.data_dictionary import data_dictionary, sources
from planner.reporting.dictionary.handbook import handbook
from planner.reporting.dictionary.results_dictionary import results_dictionary

__all__ = ["PAGES", "write_pages"]

PAGES: Mapping[str, Callable[[], str]] = {
    "models/README.md": handbook,
    "inputs/README.md": data_dictionary,
    "inputs/SOURCES.md": sources,
    "outputs/README.md": results_dictionary,
}


def write_pages(folder: Path) -> list[Path]:
    """Write every page anew.

    Args:
        folder: of the project.

    Returns:
        The files written.

    Raises:
        OSError: one cannot be written.
    """
    return [replace(folder / name, page().encode()) for name, page in PAGES.items()]
