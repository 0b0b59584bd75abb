"""Processes that are told to end, or killed, while they write: nothing half-done stays, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.cli.exit_codes import Exit
from planner.files.draft import PREFIX
from tests.cli.conftest import left_behind

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "140"}
# stops at its Nth write and waits to be told to end
HALTING = """
import sys, time
from planner.files import write
real, count = write._write, 0
def halting(path, flags, data):
    global count
    count += 1
    if count == int(sys.argv[1]):
        real(path, flags, data[: len(data) // 2])
        print("halted", file=sys.stderr, flush=True)
        time.sleep(60)
    real(path, flags, data)
write._write = halting
from planner.cli import main
main(sys.argv[2:], prog_name="planner")
"""
SOLVE = ("solve", "two_goods", "--plan", "ambitious")
CASES = {
    "solve": (SOLVE, 3),
    "feasibility, its page": (("feasibility", "two_goods", "--years", "0"), 22),
    "uncertainty": (("uncertainty", "two_goods", "--samples", "8", "--workers", "1"), 4),
    "export": (("export", "two_goods", "--out", "outputs/plan.json"), 1),
    "export as text": (("export", "two_goods", "--format", "text", "--out", "outputs/plan"), 2),
    "new": (("new", "outputs/mine"), 4),
}


def started(folder: Path, *arguments: str, at: int = 0, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HALTING, str(at), *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **more
    )  # type: ignore[call-overload,no-any-return]


def halted(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    assert any(line == "halted\n" for line in process.stderr), "it has ended before"


@pytest.mark.parametrize(
    ("case", "number", "code"),
    [*((case, signal.SIGTERM, 143) for case in CASES), ("solve", signal.SIGHUP, 129), ("solve", signal.SIGINT, 130)],
)
def test_a_signal_while_files_are_written_leaves_nothing(tmp_path, case, number, code):
    arguments, at = CASES[case]
    process = started(tmp_path, *arguments, at=at)
    halted(process)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == code == Exit(code)
    assert "Traceback" not in stderr
    left = [name for name in left_behind(tmp_path) if not name.endswith(".draws")]
    assert left == (["outputs", "outputs/two_goods"] if case == "uncertainty" else [])


def test_what_was_there_before_is_there_again(run, tmp_path):
    assert run(*SOLVE, "--out", "mine").exit_code == 0
    before = {name: (tmp_path / name).read_bytes() for name in left_behind(tmp_path) if (tmp_path / name).is_file()}
    for number in (signal.SIGTERM, signal.SIGKILL):
        process = started(tmp_path, *SOLVE, "--model", "growth", "--out", "mine", "--overwrite", at=5)
        halted(process)
        process.send_signal(number)
        process.communicate(timeout=60)
    now = {name: (tmp_path / name).read_bytes() for name in left_behind(tmp_path) if (tmp_path / name).is_file()}
    assert {name: data for name, data in now.items() if not name.startswith(".")} == before


@pytest.mark.parametrize("case", CASES)
def test_what_a_killed_process_left_is_swept_by_the_next(run, tmp_path, case):
    arguments, at = CASES[case]
    process = started(tmp_path, *arguments, at=at)
    halted(process)
    draft = min(tmp_path.rglob(f"{PREFIX}*"), key=lambda path: len(path.parts))
    assert str(process.pid) in draft.name
    again = run(*arguments)  # beside a process that is alive
    assert draft.exists()
    assert again.exit_code == Exit.EXISTS
    assert f"process {process.pid}" in again.stderr
    process.kill()
    process.communicate(timeout=60)
    assert draft.exists()
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert not [name for name in left_behind(tmp_path) if Path(name).name.startswith(".")]


def test_a_page_that_was_being_written_is_still_the_old_one(run, tmp_path):
    assert run(*SOLVE, "--out", "mine").exit_code == 0
    assert run("report", "mine", "--out", "mine/page.html").exit_code == 0
    names = left_behind(tmp_path)
    for number in (signal.SIGTERM, signal.SIGKILL):
        process = started(tmp_path, "report", "mine", at=2)
        halted(process)
        process.send_signal(number)
        process.communicate(timeout=60)
        assert [name for name in left_behind(tmp_path) if PREFIX not in name] == names
    assert run("report", "mine").exit_code == 0
    assert [name for name in left_behind(tmp_path) if name not in names] == ["mine/report.html"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_told_to_end_while_it_draws_keeps_its_draws(run, tmp_path, workers):
    asked = ("uncertainty", "two_goods", "--samples", "20000", "--workers", workers, "--out", "mine")
    process = started(tmp_path, *asked)
    (journal,) = wait_for(tmp_path, ".mine.*.draws")
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == Exit.TERMINATED
    assert "Traceback" not in stderr
    kept = len(journal.read_text(encoding="utf-8").splitlines())
    assert kept >= 32
    assert left_behind(tmp_path) == [journal.name]
    result = run("uncertainty", "two_goods", "--samples", str(kept), "--workers", "1", "--out", "mine")
    assert result.exit_code == 0
    assert not journal.exists()


def wait_for(folder: Path, pattern: str) -> list[Path]:
    """Files as soon as there are any with something in them."""
    for _ in range(600):
        found = [path for path in folder.glob(pattern) if path.stat().st_size]
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no {pattern}")


def test_a_signal_that_is_ignored_stays_so(tmp_path):
    """As under nohup."""
    process = started(tmp_path, *SOLVE, at=3, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    halted(process)
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == Exit.TERMINATED


def test_a_search_among_whole_projects_ends_when_it_is_told_to(tmp_path):
    """The solver's own code runs then, which knows no exceptions of Python's; the wish is handed to it."""
    process = started(tmp_path, "solve", "--model", "projects", "--gap", "0")
    assert process.stderr is not None
    if any("BestBound" in line for line in process.stderr):  # a quick machine may be through before anything is shown
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
        assert process.returncode == Exit.TERMINATED
        assert not list(tmp_path.rglob("*.csv"))


def test_the_exit_codes_are_documented(run):
    said = " ".join(run("--help").stdout.split())
    for code in Exit:
        assert f"{code.value} {code.says}" in said
