"""What a solver calls while it works: its log, and whether it shall stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Calls:
    """Takes a solver's calls. It knows no session, or a session held by its own solver would never be freed.

    Args:
        log: receives the lines. logging: the kind of call that brings a line.
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
    def interruptible(self, mixed: bool) -> Iterator[None]:
        """Take the first Ctrl-C as a wish to end the search; only the main thread is told of signals.

        Args:
            mixed: whether there is a search to end; otherwise nothing changes.
        """
        self.interrupted = False
        before = signal.getsignal(signal.SIGINT)
        if not mixed or before is None or threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(*_: Any) -> None:
            self.interrupted = True
            signal.signal(signal.SIGINT, before)

        signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
