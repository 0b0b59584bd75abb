"""What a solver calls while it works: its log, and whether it shall stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from planner.files.signals import deferred


@dataclass
class Calls:
    """Takes a solver's calls. It knows no session, or a session held by its own solver would never be freed.

    Args:
        log: receives the lines.
        logging: the kind of call that brings a line.
        interrupted: whether the search shall end.
    """

    log: Callable[[str], None] | None
    logging: Any
    interrupted: bool = False

    @staticmethod
    def receive(kind: Any, message: str, _: Any, answer: Any, calls: Calls) -> None:
        """Pass a line on, or say whether to stop; Python runs its signal handlers here too."""
        if kind == calls.logging and calls.log is not None:
            calls.log(message)
        elif answer is not None and calls.interrupted:
            answer.user_interrupt = True

    @contextmanager
    def interruptible(self, *, mixed: bool) -> Iterator[None]:
        """Take a signal that ends programs as a wish to end the search; only the main thread is told of signals.

        After the first Ctrl-C the search ends, and what it found is kept; a second one does what Ctrl-C does. Any other
        such signal ends the search too, and then does what it does.

        Args:
            mixed: whether there is a search to end; otherwise nothing changes.
        """
        self.interrupted = False
        if not mixed:
            yield
            return
        came: list[int] = []

        def stop(number: int) -> None:
            self.interrupted = True
            came.append(number)

        with deferred(stop) as before:
            yield
        wanted = [number for at, number in enumerate(came) if at or number != signal.SIGINT]
        for number in wanted[:1]:
            before[number](number, None)
