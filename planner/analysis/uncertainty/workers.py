"""Many tasks on many processes: the cores of this machine or a cluster, by joblib. A worker lost on the way costs time only."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

__all__ = ["BACKENDS", "WorkersLostError", "cores", "spread"]

BACKENDS = ("local", "dask")
_PATIENCE = 5  # times in a row that workers may be lost before anything more was done


class WorkersLostError(RuntimeError):
    """Workers were lost again and again, and nothing was done in between."""


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    function: Callable[..., Any],
    tasks: Sequence[tuple[Any, ...]],
    done: Callable[[int, Any], None],
    *,
    workers: int = 0,
    backend: str = "local",
    address: str = "",
) -> None:
    """Call a function for every task, on several processes, and hand on each result as it comes.

    Args:
        function: importable by name; must not change anything.
        tasks: its arguments, task by task.
        done: takes the position of a task and its result, in whatever order they come.
        workers: processes on this machine; 0 for one a core, 1 to stay in this process.
        backend: ``local`` or ``dask``.
        address: of a Dask scheduler.

    Raises:
        WorkersLostError: workers die faster than they work.
    """
    workers = workers or cores()
    if backend == "local" and (workers == 1 or len(tasks) < 2):
        for position, task in enumerate(tasks):
            done(position, function(*task))
        return
    with _engine(workers, backend, address) as lost:
        waiting, failures = set(range(len(tasks))), 0
        while waiting:
            try:
                for position, result in _results(function, tasks, sorted(waiting)):
                    waiting.discard(position)
                    failures = 0
                    done(position, result)
            except lost as error:
                failures += 1
                if failures > _PATIENCE:
                    raise WorkersLostError(
                        "Workers were lost again and again. Is there memory enough for each?"
                    ) from error


def _results(
    function: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], waiting: Sequence[int]
) -> Iterator[tuple[int, Any]]:
    from joblib import Parallel, delayed

    run = Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="3*n_jobs")
    yield from run(delayed(_numbered)(position, function, tasks[position]) for position in waiting)


def _numbered(position: int, function: Callable[..., Any], task: tuple[Any, ...]) -> tuple[int, Any]:
    return position, function(*task)


@contextmanager
def _engine(workers: int, backend: str, address: str) -> Iterator[tuple[type[Exception], ...]]:
    """Set joblib up; yields the exceptions by which it says that a worker is gone."""
    from concurrent.futures.process import BrokenProcessPool

    from joblib import parallel_config

    with ExitStack() as stack:
        lost: tuple[type[Exception], ...] = (BrokenProcessPool,)
        if backend == "dask":
            from distributed import Client, KilledWorker
            from distributed.comm.core import CommClosedError

            client = stack.enter_context(Client(address or None, set_as_default=True))  # type: ignore[no-untyped-call]
            client.wait_for_workers(1, timeout=60)
            lost = (KilledWorker, CommClosedError)
            stack.enter_context(parallel_config(backend="dask", n_jobs=-1))
        else:
            stack.enter_context(parallel_config(backend="loky", n_jobs=workers))
        try:
            yield lost
        except BaseException as error:
            if not isinstance(error, Exception):
                _end_quietly()
            raise


def _end_quietly() -> None:
    """Where work is broken off, the thread that manages the workers may find its pipes closed; that is nothing to be told."""
    told = threading.excepthook

    def hook(found: threading.ExceptHookArgs, /) -> None:
        if found.thread is None or not type(found.thread).__name__.endswith("ExecutorManagerThread"):
            told(found)

    threading.excepthook = hook
