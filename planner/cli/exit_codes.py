"""How a command ends: one exit code for each kind of end, and what is said when it is not an answer."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import Any, NoReturn

import click

from planner.cli.output import talk, width


class Exit(IntEnum):
    """Exit codes; a shell script may rely on them."""

    ANSWERED = 0
    FAULT = 1
    USAGE = 2
    INPUT = 3
    EMPTY = 4
    STOPPED = 5
    EXISTS = 6
    REFUSED = 7
    BORDERLINE = 8  # a foreign program is infeasible, by less than any solver's tolerance
    RELAXED = 9  # the relaxation of a foreign program is feasible, the program with its whole numbers not decided
    HUNG_UP = 129
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143

    @property
    def says(self) -> str:
        """What it means, in a few words."""
        return _SAYS[self]


_SAYS = {
    Exit.ANSWERED: "answered",
    Exit.FAULT: "a fault of the planner",
    Exit.USAGE: "wrong usage",
    Exit.INPUT: "bad input",
    Exit.EMPTY: "the feasible set is empty or unbounded",
    Exit.STOPPED: "the solver stopped without proof",
    Exit.EXISTS: "the output exists, or another run is writing it",
    Exit.REFUSED: "the system refused to read or write: a full disk, no permission, no memory",
    Exit.BORDERLINE: "a model file is infeasible, by less than any solver's tolerance",
    Exit.RELAXED: "a model file's relaxation is feasible, and its whole numbers are not decided",
    Exit.HUNG_UP: "ended by SIGHUP",
    Exit.INTERRUPTED: "ended by Ctrl-C",
    Exit.PIPE_CLOSED: "nobody reads the output any more",
    Exit.TERMINATED: "ended by SIGTERM",
}


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


class Ended(BaseException):
    """A signal asks the process to end.

    Args:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        """Keep it."""
        super().__init__(number)
        self.code = Exit(128 + number)
        self.name = signal.Signals(number).name


@contextmanager
def heeding() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command in order, drafts removed, unless somebody else heeds or ignores them."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    main = threading.current_thread() is threading.main_thread()
    mine = [number for number in numbers if main and signal.getsignal(number) is signal.SIG_DFL]
    for number in mine:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: Any) -> NoReturn:
    raise Ended(number)


@contextmanager
def watched(ctx: click.Context | None) -> Iterator[None]:
    """Show the traceback of a fault if ``--debug`` asks for it, and keep a closed pipe from click, which has a code of its own.

    Args:
        ctx: of the outermost command, as soon as there is one.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, EndError):
        raise
    except BrokenPipeError:
        raise EndError(Exit.PIPE_CLOSED, "") from None
    except Exception:
        if ctx is not None and ctx.params.get("debug"):
            talk(traceback.format_exc())
        raise


@contextmanager
def ending() -> Iterator[None]:
    """Turn whatever is raised inside into a message on stderr and an exit code.

    Raises:
        SystemExit: with the code, if anything was raised.
    """
    try:
        yield
        _flush()
    except click.exceptions.Exit as end:
        code, message = end.exit_code, ""
    except click.ClickException as error:
        code, message = error.exit_code, _usage(error)
    except (KeyboardInterrupt, click.Abort):
        code, message = Exit.INTERRUPTED, "\nInterrupted."
    except Ended as error:
        code, message = error.code, f"\nEnded by {error.name}. What was being written has been taken away again."
    except BrokenPipeError:
        code, message = Exit.PIPE_CLOSED, ""
    except Exception as error:
        code, message = outcome(error)
    else:
        return
    if message:
        talk(message)
    with suppress(OSError, ValueError):
        _flush()
    _hush()
    raise SystemExit(int(code))


def _usage(error: click.ClickException) -> str:
    """What click would say."""
    said = io.StringIO()
    error.show(said)
    return said.getvalue().rstrip("\n")


def outcome(error: Exception) -> tuple[Exit, str]:
    """Exit code and message of an exception.

    Args:
        error: anything but the exceptions of click.
    """
    if isinstance(error, EndError):
        return error.code, str(error)
    if isinstance(error, OSError | MemoryError) and not isinstance(error, FileExistsError):
        return Exit.REFUSED, refusal(error)
    from planner.economy import DataError
    from planner.files import InUseError
    from planner.reporting.run.read import NotARunError
    from planner.solver.highs import SolverError

    if isinstance(error, DataError):
        return Exit.INPUT, error.told(width())
    if isinstance(error, NotARunError):
        return Exit.INPUT, str(error)
    if isinstance(error, FileExistsError):
        return Exit.EXISTS, str(error) if error.filename is None else refusal(error)
    if isinstance(error, InUseError):
        return Exit.EXISTS, str(error)
    if isinstance(error, SolverError):
        return Exit.STOPPED, f"{error}. Nothing is proved."
    return Exit.FAULT, (
        f"{type(error).__name__}: {error}\n"
        "This is a fault of the planner, not of your data. Please report it with the command as you typed it and what it "
        "prints with PLANNER_DEBUG=1 set."
    )


_ROOM = "Make room, or write to another disk."
_ELSEWHERE = "Change the permissions, or name another place."
_REASONS = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    getattr(errno, "EDQUOT", -1): ("the disk space allowed to you is used up", _ROOM),
    errno.EFBIG: ("the file would be larger than is allowed here", "Raise the limit, or write to another disk."),
    errno.EACCES: ("permission was refused", _ELSEWHERE),
    errno.EPERM: ("permission was refused", _ELSEWHERE),
    errno.EROFS: ("the disk can only be read", "Name a place on another disk."),
    errno.EIO: ("the device reports an error", "Look after the disk before you write to it again."),
    errno.ENAMETOOLONG: ("the name is longer than the file system allows", "Choose a shorter one."),
    errno.ENOENT: ("it, or the folder it lies in, is not there or has gone", "Was a folder removed or renamed?"),
    errno.ENOTDIR: ("a part of this path is a file and no folder", "Name another place."),
    errno.EISDIR: ("it is a folder", "Name a file."),
    errno.ENOTEMPTY: ("something has come to be there", "Name another place."),
    errno.ELOOP: ("links lead round in a circle", "Put the links in order."),
    errno.EXDEV: ("its parts lie on different disks", "Name a place on one disk."),
    errno.EMFILE: ("too many files are open", "Close some, or raise the limit."),
    errno.ENFILE: ("too many files are open", "Close some, or raise the limit."),
    errno.ENOMEM: ("there is not memory enough", "Ask less at once, or use a larger machine."),
}


def refusal(error: OSError | MemoryError) -> str:
    """What the operating system refused, and what to do, in two sentences.

    >>> refusal(OSError(errno.ENOSPC, "No space left on device", "outputs/mine"))
    'outputs/mine: the disk is full (ENOSPC). Make room, or write to another disk.'
    """
    if isinstance(error, MemoryError):
        reason, remedy = _REASONS[errno.ENOMEM]
        return f"{reason[:1].upper()}{reason[1:]}. {remedy}"
    number = error.errno or 0
    reason, remedy = _REASONS.get(number, (error.strerror or str(error) or type(error).__name__, ""))
    name = f" ({errno.errorcode[number]})" if number in errno.errorcode else ""
    where = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    return f"{where}{reason if where else reason[:1].upper() + reason[1:]}{name}. {remedy}".rstrip()


def _flush() -> None:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError as error:
            error.filename = "standard output"
            raise


def _hush() -> None:
    """Let nothing more be written to a stream that takes nothing, or the interpreter would complain on its way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            with suppress(OSError, ValueError, AttributeError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
