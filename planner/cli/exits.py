"""How a command ends: one exit code for each kind of end, and what is said when it is not an answer."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum

import click


class Exit(IntEnum):
    """Exit codes; a shell script may rely on them."""

    ANSWERED = 0
    FAULT = 1  # ours
    USAGE = 2
    INPUT = 3
    EMPTY = 4  # the region itself is empty or unbounded
    STOPPED = 5  # the solver stopped without proof
    EXISTS = 6
    BORDERLINE = 7  # a foreign program is infeasible, by less than any solver's tolerance
    RELAXED = 8  # the relaxation of a foreign program is feasible, the program with its whole numbers not decided
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class EndError(Exception):
    """A command that ends without an answer.

    Args:
        code: exit code.
        message: what is said on stderr.
    """

    def __init__(self, code: Exit, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.code = code


@contextmanager
def ending(ctx: click.Context) -> Iterator[None]:
    """Turn whatever is raised inside into a message on stderr and an exit code.

    Args:
        ctx: of the outermost command; its ``debug`` shows tracebacks.
    """
    try:
        yield
        sys.stdout.flush()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _hush()
        ctx.exit(Exit.PIPE_CLOSED)
    except KeyboardInterrupt:
        click.echo("\nInterrupted.", err=True)
        ctx.exit(Exit.INTERRUPTED)
    except Exception as error:
        if ctx.params.get("debug"):
            traceback.print_exc()
        code, message = outcome(error)
        click.echo(message, err=True)
        ctx.exit(code)


def outcome(error: Exception) -> tuple[Exit, str]:
    """Exit code and message of an exception.

    Args:
        error: anything but the exceptions of click.
    """
    from planner.economy import DataError
    from planner.report.write import OutputExists
    from planner.solver.highs import SolverError

    if isinstance(error, EndError):
        return error.code, str(error)
    if isinstance(error, DataError):
        return Exit.INPUT, str(error)
    if isinstance(error, OutputExists):
        return Exit.EXISTS, str(error)
    if isinstance(error, SolverError):
        return Exit.STOPPED, f"{error}. Nothing is proved."
    if isinstance(error, OSError) and error.filename is not None:
        return Exit.INPUT, f"{error.filename}: {error.strerror}."
    return Exit.FAULT, (
        f"{type(error).__name__}: {error}\n"
        "This is a fault of the planner, not of your data. Please report it with the command as you typed it and what\n"
        "it prints with PLANNER_DEBUG=1 set."
    )


def _hush() -> None:
    """Let nothing more be written to a pipe that nobody reads, or the interpreter would complain on its way out."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
