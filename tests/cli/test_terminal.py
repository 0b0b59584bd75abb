"""What a terminal sees that a pipe does not, and the other way round; interruptions; completion."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import left_behind

PLANNER = [sys.executable, "-m", "planner"]


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> tuple[str, int]:
    """Everything a command writes on a terminal, and its exit code."""
    ours, theirs = pty.openpty()
    settings = {
        **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")},
        **environment,
    }
    process = subprocess.Popen(
        [*PLANNER, *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**settings, "TERM": "xterm"},
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    return said.decode(), process.wait()


def test_colour_and_progress_on_a_terminal_only(tmp_path):
    said, code = on_a_terminal(tmp_path, "solve", "two_goods")
    assert code == 0
    assert "\033[1m" in said
    assert "Reading the economy" in said
    piped = subprocess.run([*PLANNER, "list", "models"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "\033" not in piped.stdout + piped.stderr


@pytest.mark.parametrize("arguments", [("list", "models"), ("explain", "E104"), ("solve", "two_goods")])
def test_no_color(tmp_path, arguments):
    said, _ = on_a_terminal(tmp_path, *arguments, NO_COLOR="1")
    colours = [f"\033[{code}m" for code in range(30, 38)]
    assert not any(colour in said for colour in colours)


def test_an_interruption_ends_quietly_and_leaves_nothing(tmp_path):
    process = subprocess.Popen(
        [*PLANNER, "feasibility"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("the answer was there before the interruption")
    assert process.returncode == 130
    assert "Interrupted" in stderr
    assert "Traceback" not in stderr
    assert not [path for path in left_behind(tmp_path) if "." in path]


@pytest.mark.parametrize("arguments", [("export", "--format", "lp", "--out", "-"), ("list",), ("solve", "two_goods")])
def test_a_reader_who_has_left_ends_an_answer_quietly(tmp_path, arguments):
    reading, writing = os.pipe()
    process = subprocess.Popen([*PLANNER, *arguments], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(reading)
    os.close(writing)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 141
    assert "Traceback" not in stderr
    assert "Broken" not in stderr


@pytest.mark.parametrize(
    ("line", "offered", "withheld"),
    [
        ("planner so", {"solve"}, {"check"}),
        ("planner solve tw", {"two_goods"}, {"ussr_1928"}),
        ("planner solve two_goods --plan ", {"ambitious", "cautious"}, {"raised_1930"}),
        ("planner solve --plan ra", {"raised_1930"}, {"ffyp_optimum"}),
        ("planner solve two_goods --scenario ", {"base", "open_trade"}, {"realised"}),
        ("planner solve --model att", {"attainment"}, {"five_year"}),
        ("planner solve --corner o", {"optimistic"}, {"central"}),
        ("planner solve two_goods --set sup", {"supply:"}, {"trade:"}),
    ],
)
def test_completion_offers_what_can_stand_there(tmp_path, line, offered, withheld):
    words = line.split(" ")
    environment = {
        **os.environ,
        "_PLANNER_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(PLANNER, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    found = {entry.partition(",")[2] for entry in done.stdout.splitlines()}
    assert offered <= found
    assert not withheld & found


def test_completion_is_quick_since_it_imports_nothing_heavy(tmp_path):
    environment = {
        **os.environ,
        "_PLANNER_COMPLETE": "bash_complete",
        "COMP_WORDS": "planner solve --plan ",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "planner"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "raised_1930" in done.stdout
    assert not [line for line in done.stderr.splitlines() if line.split("|")[-1].strip() in ("numpy", "pandas", "rich")]


def test_the_version(run):
    assert run("--version").stdout.startswith("planner 0.")


def test_a_fault_shows_its_traceback_when_asked(run, monkeypatch):
    monkeypatch.setattr("planner.answers.solve.solve", lambda *_, **__: 1 / 0)
    assert "ZeroDivisionError" in run("solve", "two_goods").stderr
    monkeypatch.setenv("PLANNER_DEBUG", "1")
    assert "Traceback" in run("solve", "two_goods").stderr


def test_another_solver_gives_the_same_answer(run):
    def answer(solver: str) -> tuple[float, list[float]]:
        asked = ("solve", "two_goods", "--model", "attainment", "--plan", "ambitious", "--solver", solver)
        result = run(*asked, "--format", "json", "--overwrite")
        assert result.exit_code == 0, result.stderr
        document = json.loads(result.stdout)
        return document["summary"]["value"], [row["feasible"] for row in document["targets"]]

    ours, theirs = answer("highs"), answer("cbc")
    assert ours[0] == pytest.approx(theirs[0])
    assert ours[1] == pytest.approx(theirs[1])
