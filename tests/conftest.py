"""Options of the test suite, and which tests are left out of its quick half.

``slow.txt`` lists tests by what they were measured to cost; `make test` leaves them out and `make test-all` runs them, with those
that carry the mark themselves. `make test-times` measures every test and writes the list anew. ``--slow 0.1 --seed TEXT`` runs
a tenth of them beside all others: which, the text decides, the same on every machine.
"""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

os.environ["PLANNER_CACHE"] = ""  # files are read and checked anew in every process, but where a test says otherwise

SLOW = Path(__file__).parent / "slow.txt"
GONE = pytest.StashKey[list[str]]()  # what the list names and no file holds, where all files are read
HEAD = (
    "# Tests that `make test` leaves out: those that cost most, until what stays takes {budget:g} s of CPU. Of the cases of one",
    "# test the cheapest stays. Written by `make test-times`.",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden`` writes the golden texts anew; read the difference before it is kept."""
    parser.addoption("--slow", type=float, default=1.0, metavar="SHARE", help="how many of the slow tests to run")
    parser.addoption("--seed", default="", metavar="TEXT", help="decides which of them")
    parser.addoption("--golden", action="store_true", help="write the golden texts of the constraint families anew")
    parser.addoption(
        "--write-slow", type=float, metavar="SECONDS", help="write the list of slow tests for a budget of CPU"
    )
    parser.addoption("--write-costs", type=Path, metavar="FILE", help="write what each test that passed cost, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Measure where that was asked for; of two processes the first adds it up."""
    budget, costs = config.getoption("--write-slow"), config.getoption("--write-costs")
    if budget or costs:
        config.pluginmanager.register(_Times(budget, costs), "times")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of the list, unless it is to be written anew."""
    if config.getoption("--write-slow"):
        return
    listed = {line for line in SLOW.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    for item in items:
        if item.nodeid in listed:
            item.add_marker(pytest.mark.slow)
    share, seed = config.getoption("--slow"), config.getoption("--seed")
    left = [item for item in items if item.get_closest_marker("slow") and not _chosen(item.nodeid, share, seed)]
    if config.args == config.getini("testpaths"):
        config.stash[GONE] = sorted(listed - {item.nodeid for item in items})
    if left:
        config.hook.pytest_deselected(items=left)
        out = set(left)
        items[:] = [item for item in items if item not in out]


def _chosen(name: str, share: float, seed: str) -> bool:
    """Whether chance, which the seed fixes for every test by itself, takes a test into a share of all."""
    drawn = int.from_bytes(sha256(f"{seed} {name}".encode()).digest()[:8], "big")
    return drawn < share * 2**64


class _Times:
    """CPU seconds of every test, those of the processes it waits for included."""

    def __init__(self, budget: float | None, costs: Path | None) -> None:
        self.budget, self.costs = budget, costs
        self.found: dict[str, float] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        before = _cpu()
        yield
        item.user_properties.append(("cpu", _cpu() - before))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.found[report.nodeid] = dict(report.user_properties).get("cpu", 0.0)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workerinput"):
            return
        if self.costs:
            self.costs.write_text(json.dumps(self.found), encoding="utf-8")
        if self.budget:
            slow = sorted(_dearest(self.found, self.budget))
            head = [line.format(budget=self.budget) for line in HEAD]
            SLOW.write_text("\n".join([*head, *slow, ""]), encoding="utf-8")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _dearest(cost: dict[str, float], budget: float) -> Iterator[str]:
    """The tests that cost most, until the others fit the budget; the cheapest case of each test with several is kept."""
    cases: dict[str, list[str]] = {}
    for name in cost:
        cases.setdefault(name.partition("[")[0], []).append(name)
    kept = {min(names, key=lambda name: cost[name]) for names in cases.values() if len(names) > 1}
    left = sum(cost.values())
    for name in sorted(cost, key=lambda name: -cost[name]):
        if left <= budget:
            return
        if name not in kept:
            left -= cost[name]
            yield name
