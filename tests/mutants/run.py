"""Running tests upon a mutant: in a copy of the tree, in a process of its own, until one of them fails."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.mutants.mutants import Mutant

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
ENDLESS = (
    20  # times the processor time that tests take: then they are taken to run for ever, and the mutant to be noticed
)
TEXT = "mutant.txt"
BROKEN = 99  # the process itself went wrong


COLUMNS = ("tree", "file", "symbol", "line", "was", "became", "outcome", "tests", "by")


class Verdict(NamedTuple):
    """What tests say of a mutant.

    Args:
        mutant: it.
        outcome: ``killed``, ``survived``, or ``not run`` where no test runs the line.
        tests: how many were to be run.
        by: the test that failed, or what else was noticed.
    """

    mutant: Mutant
    outcome: str
    tests: int
    by: str = ""


class Verdicts:
    """The verdicts on the mutants of one tree, in a table that a run that was ended goes on with.

    Args:
        file: the table; what it says of other trees is dropped.
        tree: digest of the tree.
    """

    def __init__(self, file: Path, tree: str) -> None:
        self.file, self.tree = file, tree
        self.rows: dict[tuple[str, ...], tuple[str, str, str]] = {}
        if file.exists():
            with file.open(encoding="utf-8", newline="") as lines:
                there = [tuple(row.values()) for row in csv.DictReader(lines) if row["tree"] == tree]
            self.rows = {row[1:6]: row[6:] for row in there}
        self._write("w", [COLUMNS, *((tree, *mutant, *said) for mutant, said in self.rows.items())])

    def of(self, mutant: Mutant) -> Verdict | None:
        """What was said of a mutant."""
        found = self.rows.get(_named(mutant))
        return found and Verdict(mutant, found[0], int(found[1]), found[2])

    def add(self, verdict: Verdict) -> None:
        """Keep what was said now."""
        self._write("a", [(self.tree, *_named(verdict.mutant), *verdict[1:])])

    def _write(self, mode: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self.file.open(mode, encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)


def _named(mutant: Mutant) -> tuple[str, ...]:
    return tuple(map(str, mutant[:-1]))


def copied(root: Path, tree: Path) -> None:
    """A copy of the tree without what can be made again; what is the same already stays, with what was compiled of it."""
    shutil.copytree(root, tree, ignore=LEFT_OUT, dirs_exist_ok=True)


def judged(tree: Path, mutant: Mutant, tests: Sequence[str], cost: float) -> Verdict:
    """Run tests upon a mutant.

    Args:
        tree: the copy; it is as it was afterwards.
        mutant: what to change.
        tests: which, in their order.
        cost: processor seconds that they take.
    """
    if not tests:
        return Verdict(mutant, "not run", 0)
    path = tree / mutant.file
    text, times = path.read_text(encoding="utf-8"), path.stat()
    try:
        path.write_text(mutant.code, encoding="utf-8")
        code = _pytest(tree, tests, cost)
        if code == pytest.ExitCode.USAGE_ERROR:  # cases are there no more: whole files then
            code = _pytest(tree, list(dict.fromkeys(test.partition("::")[0] for test in tests)), cost)
    finally:
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # what was compiled of it is right again
    if code == pytest.ExitCode.OK:
        return Verdict(mutant, "survived", len(tests))
    said = (tree.parent / TEXT).read_text(encoding="utf-8", errors="replace").splitlines()
    failed = [line.split()[1] for line in said if line.startswith(("FAILED ", "ERROR ")) and len(line.split()) > 1]
    if not failed and code >= 0:
        raise RuntimeError(f"pytest ended with {code}: see {tree.parent / TEXT}")
    return Verdict(mutant, "killed", len(tests), failed[0] if failed else f"signal {-code}")


def _pytest(tree: Path, tests: Sequence[str], cost: float) -> int:
    """Exit code of tests in a process that has what others have written in memory already, and nothing of the tree."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = BROKEN
        try:
            code = int(_alone(tree, tests, int(60 + ENDLESS * cost)))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _alone(tree: Path, tests: Sequence[str], seconds: int) -> int:
    """Exit code of tests; what they print goes to a file."""
    with (tree.parent / TEXT).open("wb") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    os.chdir(tree)
    os.environ["PYTHONPATH"] = sys.path[0] = str(tree)
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    plugins = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    return pytest.main(["-x", "-rfE", "--tb=no", "--slow", "0", *plugins, *tests])
