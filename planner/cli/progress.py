"""Progress of a long search: the solver's own lines, once it has taken so long that a reader wonders."""

from __future__ import annotations

import sys
import time

import click

PATIENCE = 5.0  # seconds before anything is shown; most searches are over by then


class Progress:
    """Passes the lines of a solver on to stderr, all of them, after a while.

    Args:
        patience: seconds before the first line is shown.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        """Begin to wait."""
        self._began = time.monotonic()
        self._patience = patience
        self._held: list[str] = []

    def __call__(self, line: str) -> None:
        """Take a line; show it and those held back when it is time."""
        self._held.append(line)
        if time.monotonic() - self._began < self._patience:
            return
        if sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False, color=True)
        click.echo("".join(self._held), err=True, nl=False)
        self._held.clear()
