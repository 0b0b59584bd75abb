"""Where many solves or plays are worked on: options, checks before work begins, and what can go wrong, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.cli.options import number

if TYPE_CHECKING:
    from planner.analysis.uncertainty.sampling import Cluster

__all__ = ["ensure_engine", "option", "problems"]

Command = TypeVar("Command", bound=Callable[..., Any])


def option(command: Command) -> Command:
    """The options ``--workers``, ``--backend`` and ``--address``."""
    workers = click.option(
        "--workers", type=number("workers"), default=0, metavar="N", help="Processes (default: one a core)."
    )
    backend = click.option(
        "--backend",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="Where draws are solved.",
    )
    address = click.option("--address", default="", metavar="HOST:PORT", help="Of the Dask scheduler.")
    return workers(backend(address(command)))


def ensure_engine(backend: str, address: str) -> None:
    """Refuse a cluster that cannot be asked, before any work is done for it."""
    from importlib.util import find_spec

    if backend == "local" and address:
        raise click.UsageError("--address belongs to --backend dask.")
    if backend == "dask" and not address:
        raise click.UsageError("--backend dask needs the --address of a scheduler, such as tcp://localhost:8786.")
    if backend == "dask" and find_spec("distributed") is None:
        raise click.UsageError("Dask is not installed: pip install 'planner[cluster]', here and on the workers.")


@contextmanager
def problems(cluster: Cluster, kept: str = "") -> Iterator[None]:
    """What can go wrong while others work, in words.

    Args:
        cluster: who works.
        kept: what is said of the work that was done.

    Raises:
        EndError: workers are lost again and again, or the scheduler does not answer.
    """
    from planner.analysis.uncertainty.workers import WorkersLostError
    from planner.cli.exit_codes import EndError, Exit

    try:
        yield
    except WorkersLostError as error:
        raise EndError(Exit.STOPPED, f"{error}\n{kept}".rstrip()) from error
    except OSError as error:
        if cluster.backend == "local" or error.filename is not None:  # a file cannot be written
            raise
        raise EndError(Exit.STOPPED, f"The Dask scheduler at {cluster.address} does not answer ({error}).") from error
