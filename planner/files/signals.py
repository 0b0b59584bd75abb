"""Signals that end a process: put off while something must not be left half-done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["ENDING", "deferred", "undisturbed"]

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C, SIGTERM and SIGHUP until the block is done; then they do what they would have done."""
    late: list[int] = []
    with deferred(late.append) as before:
        yield
    for number in late[:1]:
        before[number](number, None)


@contextmanager
def deferred(notice: Callable[[int], object]) -> Iterator[dict[int, Callable[..., Any]]]:
    """Let signals that end a process be noticed only.

    Only what Python would handle is taken over: a signal that is ignored stays so, and one that kills at once still does.
    Outside the main thread, which alone is told of signals, nothing changes.

    Args:
        notice: told the number of each signal that comes.

    Yields:
        The handlers that are put off, by number.
    """
    if threading.current_thread() is not threading.main_thread():
        yield {}
        return
    before = {number: handler for number in ENDING if callable(handler := signal.getsignal(number))}
    for number in before:
        signal.signal(number, lambda n, _: notice(n))
    try:
        yield before
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
