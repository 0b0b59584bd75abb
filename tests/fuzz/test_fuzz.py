"""Two hundred and twenty cases of the fuzzer; `make fuzz` runs thousands."""

import pytest

from tests.fuzz.battery import KINDS, faults

CASES = {"packages": 40, "plays": 10, "accounts": 10, "changes": 20, "models": 20, "runs": 10, "programs": 110}


def test_every_kind_is_here():
    assert set(CASES) == set(KINDS)
    assert sum(CASES.values()) == 220


@pytest.mark.parametrize(
    ("kind", "first"), [(kind, first) for kind, count in CASES.items() for first in range(0, count, 10)]
)
def test_a_command_answers_or_refuses_in_words(kind, first, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert [str(fault) for number in range(first, first + 10) for fault in faults(kind, number)] == []


def test_the_fuzzer_sees_a_fault(monkeypatch):
    """What it is there for: a command that fails on its own account is reported."""
    monkeypatch.setattr("planner.cli.commands.check.command.callback", lambda **_: 1 / 0)
    found = [fault for number in range(12) for fault in faults("packages", number)]
    assert any("exit code 1" in str(fault) for fault in found)
