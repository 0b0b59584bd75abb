"""Work, counted in steps and not in seconds: the same file gets the same answer on a slow or a busy machine.

A step is about one multiplication in exact arithmetic; a simplex iteration counts with the size of its program. The wall
clock is watched only if somebody asks for it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

USUAL = 40_000_000  # steps of a diagnosis by default: at worst some minutes
_WATCH = 4096  # steps between two looks at the clock


class WorkSpentError(Exception):
    """The steps allowed are spent; whoever catches it says what was not found out."""


@dataclass
class Work:
    """Steps left.

    Args:
        left: steps.
        until: on ``time.monotonic()``, the moment at which work ends whatever is left; ``None`` for never.

    >>> work = Work(10)
    >>> work.spend(4)
    >>> work.left, work.part(0.5).left
    (6, 3)
    """

    left: int = USUAL
    until: float | None = None
    _unwatched: int = 0
    _whole: Work | None = None

    def spend(self, steps: int) -> None:
        """Count steps.

        Raises:
            WorkSpentError: there are none left, or the time is over.
        """
        self.left -= steps
        if self._whole is not None:
            self._whole.spend(steps)
        if self.left < 0:
            raise WorkSpentError
        self._unwatched += steps
        if self.until is not None and self._unwatched >= _WATCH:
            self._unwatched = 0
            if time.monotonic() > self.until:
                raise WorkSpentError

    def part(self, share: float, most: int | None = None) -> Work:
        """Work of which no more than a share of what is left can be spent; what it spends is spent here too."""
        steps = int(self.left * share)
        return Work(steps if most is None else min(steps, most), self.until, 0, self)

    @property
    def seconds(self) -> float:
        """Seconds left; ``inf`` where nobody watches the clock."""
        return float("inf") if self.until is None else max(0.1, self.until - time.monotonic())
