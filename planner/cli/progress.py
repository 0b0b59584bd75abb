"""Progress of a long search: the solver's latest line, once it has taken so long that a reader wonders."""

from __future__ import annotations

import time

from planner.cli.output import status

PATIENCE = 5.0  # seconds before anything is shown; most searches are over by then


class Progress:
    """Shows the latest line of a solver in the status line of a terminal, after a while; elsewhere nothing.

    Args:
        patience: seconds before the first line is shown.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        """Begin to wait."""
        self._began = time.monotonic()
        self._patience = patience

    def __call__(self, line: str) -> None:
        """Take a line."""
        seconds = time.monotonic() - self._began
        if line.strip() and seconds >= self._patience:
            status(f"Searching for {seconds:.0f} s: {_told(line)}")


def _told(line: str) -> str:
    """A line of the search log of HiGHS in words; any other as it is, without its blanks.

    >>> _told(" T 120 6 45 12.50% 0.4816 0.4780 0.75% 12 3 8 1250 4.1s"), _told("0 0 0 0.00% 0.4816 -inf inf 0 0 0 0 0.0s")
    ('best 0.4780, bound 0.4816, gap 0.75%', 'best none, bound 0.4816')
    >>> _told("Presolving  model")
    'Presolving model'
    """
    cells = line.split()
    explored = next((i for i, cell in enumerate(cells) if cell.endswith("%")), len(cells))
    if 0 < explored < len(cells) - 3 and cells[-1].endswith("s"):
        bound, best, gap = cells[explored + 1 : explored + 4]
        return f"best {best}, bound {bound}, gap {gap}" if gap.endswith("%") else f"best none, bound {bound}"
    return " ".join(cells)
