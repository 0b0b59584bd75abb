"""A run as one page that anybody can open: what ``planner report`` does."""

from __future__ import annotations

from pathlib import Path

from planner.reporting.page.page import write_page

__all__ = ["report"]


def report(run: str | Path, out: str | Path | None = None, *, short: bool = False) -> Path:
    """Write the folder of a run as one HTML page.

    Args:
        run: the folder, as ``answer.write`` returns it.
        out: the page; ``None`` for ``report.html`` in that folder, with charts beside it.
        short: a page to print, ``short.html``, for people who do not know linear programming.

    Returns:
        The page.

    Raises:
        NotARunError: the folder holds no run.
        OutputExists: a file that would be replaced was not written by the planner, or was changed since.
    """
    return write_page(Path(run), None if out is None else Path(out), short=short)
