"""Pages of the project that are written from registries, so that they say what the code does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from planner.files import replace
from planner.formulation.symbols import SYMBOLS
from planner.reporting.dictionary.data_dictionary import data_dictionary, sources
from planner.reporting.dictionary.handbook import handbook
from planner.reporting.dictionary.markdown import markdown_table
from planner.reporting.dictionary.results_dictionary import results_dictionary

__all__ = ["PAGES", "with_symbols", "write_pages"]

_HAND_WRITTEN = "planner/README.md"  # but for its table of symbols
_FROM, _TO = "<!-- symbols: written by planner explain --write . -->\n", "<!-- end of symbols -->\n"

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
    pages = {folder / name: page() for name, page in PAGES.items()}
    other = folder / _HAND_WRITTEN
    if other.is_file():
        pages[other] = with_symbols(other.read_text(encoding="utf-8"))
    return [replace(path, text.encode()) for path, text in pages.items()]


def with_symbols(page: str) -> str:
    """A page with the table of symbols between its marks written anew.

    Args:
        page: Markdown that has both marks, or none.
    """
    before, found, rest = page.partition(_FROM)
    if not found:
        return page
    rows = ((s.symbol, s.term, s.unit, ", ".join(s.index), f"`{s.unknown}`" if s.unknown else "") for s in SYMBOLS)
    table = markdown_table(("symbol", "term", "unit", "one for each", "block of unknowns"), rows)
    return before + _FROM + "\n" + table + "\n" + _TO + rest.partition(_TO)[2]
