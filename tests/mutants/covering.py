"""Which tests run which line, and what each of them costs: measured by running the tests once under Coverage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest
from coverage import CoverageData

from tests.mutants.places import run_on_import

COVERAGE, COSTS, DIGEST = "coverage", "costs.json", "digest"


class Covering:
    """Tests of every line: those of the folder that mirrors it first, and of these the cheapest."""

    def __init__(self, tree: Path, kept: Iterable[Path]) -> None:
        self.tree = tree
        self.costs: dict[str, float] = {}
        self.data = CoverageData(no_disk=True)
        for folder in kept:
            self.costs |= json.loads((folder / COSTS).read_text(encoding="utf-8"))
            part = CoverageData(str(folder / COVERAGE))
            part.read()
            self.data.update(part)
        self.beside: dict[str, set[str]] = defaultdict(set)  # tests of a file, since they share what is set up
        for test in self.costs:
            self.beside[test.partition("::")[0]].add(test)

    def tests(self, file: str, line: int) -> list[str]:
        """Tests that run a line.

        What runs when a module is imported runs once, for whichever test comes first: to it belong all tests that run any
        function of the file, or, where it has none, of its folder.
        """
        found = self._of(file, [line])
        text = (self.tree / file).read_text(encoding="utf-8")
        if line in run_on_import(text) or "" in self._lines(file).get(line, ()):
            found = set()
            for place in (self.tree / file, (self.tree / file).parent, (self.tree / file).parent.parent):
                for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
                    inside = run_on_import(path.read_text(encoding="utf-8"))
                    name = path.relative_to(self.tree).as_posix()
                    found |= self._of(name, [at for at in self._lines(name) if at not in inside])
                if found:
                    break
        mirror = next((f"tests/{room}/" for room in _rooms(file) if (self.tree / "tests" / room).is_dir()), "")
        return sorted(found, key=lambda test: (not test.startswith(mirror), self.costs[test], test))

    def _lines(self, file: str) -> dict[int, list[str]]:
        return self.data.contexts_by_lineno(str(self.tree / file))

    def _of(self, file: str, lines: Iterable[int]) -> set[str]:
        """Tests whose contexts some lines have; what is set up for one test of a file may serve the others too."""
        known, found = self._lines(file), set[str]()
        for context in {context for line in lines for context in known.get(line, ())}:
            test, _, phase = context.rpartition("|")
            found |= {test} if phase == "run" else self.beside[test.partition("::")[0]]
        return found & set(self.costs)


def _rooms(file: str) -> list[str]:
    """Folders of a file below ``planner``, the deepest first.

    >>> _rooms("planner/analysis/shares/path.py")
    ['analysis/shares', 'analysis']
    """
    return [folder.as_posix() for folder in PurePosixPath(file).relative_to("planner").parents][:-1]


def measured(tree: Path, kept: Path) -> Covering:
    """Run all tests that are not slow, but for those of folders that were run before, with the same files beside ``tests``."""
    files = files_of(tree)
    for name, tests in _parts(tree / "tests").items():
        folder = kept / name
        digest = digest_of(
            path for path in files if tree / "tests" not in path.parents or {path, *path.parents} & tests
        )
        if (folder / DIGEST).exists() and (folder / DIGEST).read_text(encoding="utf-8") == digest:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        asked = ("-n", "2", "-p", "no:cacheprovider", "--slow=0", f"--write-costs={folder / COSTS}")
        covered = ("--cov=planner", "--cov-context=test", "--cov-report=")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *asked, *covered, *sorted(map(str, tests))],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "COVERAGE_FILE": str(folder / COVERAGE)},
            check=False,
        )
        if done.returncode not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):  # one that fails is asked nothing
            raise RuntimeError(f"the tests of {name} could not be run: pytest ended with {done.returncode}")
        (folder / DIGEST).write_text(digest, encoding="utf-8")
    return Covering(tree, [kept / name for name in _parts(tree / "tests")])


def _parts(tests: Path) -> dict[str, set[Path]]:
    """Tests that are run together, by the folder in which is kept what they cover: so a run that was ended goes on."""
    folders = sorted(path for path in tests.iterdir() if any(path.rglob("test_*.py")))
    return {
        "whole": {tests.parent / "planner", *tests.glob("test_*.py")},
        **{path.name: {path} for path in folders},
    }


def files_of(tree: Path) -> list[Path]:
    """All files but what can be made again."""
    return sorted(path for path in tree.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def digest_of(files: Iterable[Path]) -> str:
    """A mark of what stands in files."""
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()
