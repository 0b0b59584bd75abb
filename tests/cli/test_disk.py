"""What the system refuses: a full disk, a disk that can only be read, a limit on files, a stream that takes nothing.

Whatever writes is put through a full disk, an interrupt and a place where nothing can be made, and runs are ended at any moment;
`test_signals` sends real signals while files are written, kills, and lets two processes write at once; `tests/files` tries the
exchange itself; what workers of `planner uncertainty` do when one of them is lost stands with the draws.
"""

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from click import Context

from planner.cli import main
from planner.cli.exit_codes import Exit, refusal
from planner.files import write
from planner.reporting.run.files import changed_files, files_of
from planner.shipped import shipped
from tests.answers.chain import after
from tests.cli.conftest import left_behind
from tests.economy.conftest import Package

PLANNER = [sys.executable, "-m", "planner"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "140"}

# whatever writes: the command, and what was there before it
WRITERS = {
    "solve": ("solve", "two_goods", "--out", "mine", "--overwrite"),
    "feasibility": ("feasibility", "two_goods", "--years", "0", "--out", "mine", "--overwrite"),
    "ladder": ("feasibility", "two_goods", "--plan", "all", "--out", "mine", "--overwrite"),
    "backtest": ("backtest", "two_goods", "--out", "mine", "--overwrite"),
    "sensitivity": ("sensitivity", "two_goods", "--out", "mine", "--overwrite"),
    "frontier": ("frontier", "output:corn:2", "output:iron:2", "two_goods", "--out", "mine", "--overwrite"),
    "room": ("near-optimal", "two_goods", "--out", "mine", "--overwrite"),
    "execute": ("execute", "two_goods", "--out", "mine", "--overwrite"),
    "claims": ("claims", "two_goods", "--out", "mine", "--overwrite"),
    "money": ("money", "two_goods_money", "--out", "mine", "--overwrite"),
    "regions": ("regions", "two_regions", "--out", "mine", "--overwrite"),
    "uncertainty": ("uncertainty", "two_goods", "--samples", "8", "--workers", "1", "--out", "mine", "--overwrite"),
    "compare": ("compare", "plan=ambitious", "plan=cautious", "--economy", "two_goods", "--out", "mine", "--overwrite"),
    "projects": ("projects", "toy", "--nodes", "50", "--out", "mine", "--overwrite"),
    "join": ("join", "two_goods", "after", "--plan", "ambitious", "--out", "mine", "--overwrite"),
    "diagnose": ("diagnose", "bad.lp", "--out", "mine", "--overwrite"),
    "report": ("report", "mine"),
    "report elsewhere": ("report", "mine", "--out", "page.html"),
    "report tables": ("report", "mine", "--tables", "latex", "--out", "tables.tex"),
    "export mps": ("export", "two_goods", "--out", "plan.mps", "--overwrite"),
    "export lp": ("export", "two_goods", "--out", "plan.lp", "--overwrite"),
    "export pulp": ("export", "two_goods", "--out", "plan.json", "--overwrite"),
    "export text": ("export", "two_goods", "--format", "text", "--out", "plan"),
    "new": ("new", "economy"),
    "check": ("check", "inputs/own", "--write-datapackage"),
    "explain": ("explain", "--write", "project"),
}
RUNS = {name for name, words in WRITERS.items() if "--overwrite" in words and words[0] != "export"}
DEAR = RUNS - {"diagnose"} | {"report", "report elsewhere"}  # answers that take a second or more
ONE_FILE = {"report elsewhere", "report tables", "export mps", "export lp", "export pulp", "check"}
WHOLE = {
    "report",
    "report elsewhere",
    "report tables",
    "check",
    "explain",
}  # exchange their files one by one, each at once
REFUSALS = {
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "can only be read",
    errno.EIO: "reports an error",
    errno.EDQUOT: "used up",
    errno.EACCES: "permission",
}


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Path:
    """A folder with one of everything that may be replaced."""
    folder = tmp_path_factory.mktemp("before")
    (folder / "project").mkdir()
    shutil.copytree(shipped("inputs") / "two_goods", folder / "inputs/own")
    Package().write(folder / "inputs/toy")
    after.written(folder / "inputs")
    (folder / "bad.lp").write_text("Minimize\n obj: x\nSubject To\n a: x >= 3\n b: x <= 1\nEnd\n", encoding="utf-8")
    for command in (WRITERS["solve"], WRITERS["export mps"], WRITERS["export lp"], WRITERS["export pulp"]):
        subprocess.run([*PLANNER, *command], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in left_behind(folder) if (folder / name).is_file()}


def test_every_command_that_writes_is_among_the_writers():
    context = Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    writing = {
        name
        for name, command in commands.items()
        if {"out", "project", "write_datapackage"} & {p.name for p in command.params}
    }
    assert writing <= {words[0] for words in WRITERS.values()}
    assert len(writing) > 10


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_is_told_in_words_and_all_stays_as_it_was(run, tmp_path, monkeypatch, before, writer):
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was = contents(tmp_path)
    real = os.write

    def full(descriptor: int, data: bytes) -> int:
        if os.fstat(descriptor).st_size + len(data) > 200:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(descriptor, data)

    monkeypatch.setattr(write.os, "write", full)
    result = run(*WRITERS[writer])
    monkeypatch.undo()
    assert result.exit_code == Exit.REFUSED, result.stderr
    assert "the disk is full (ENOSPC). Make room" in " ".join(result.stderr.split())
    assert "draft" not in result.stderr
    assert "fault of the planner" not in result.stderr
    assert "Wrote" not in result.stderr
    now = contents(tmp_path)
    draws = [name for name in now if name.endswith(".draws")]
    assert {name: data for name, data in now.items() if name not in draws} == was
    assert not draws or writer == "uncertainty"


@pytest.mark.parametrize(
    "writer", [pytest.param(name, marks=pytest.mark.slow) if name in DEAR else name for name in WRITERS]
)
def test_an_interrupt_at_any_write_leaves_all_as_it_was(run, tmp_path, monkeypatch, before, writer):
    """Which write, chance decides, for every writer by itself."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was, real = contents(tmp_path), write._write
    left = Random(writer).randint(1, 1 if writer in ONE_FILE else 4)

    def interrupted(path: Path, flags: int, data: bytes) -> None:
        nonlocal left
        left -= 1
        real(path, flags, data if left else data[: len(data) // 2])
        if not left:
            raise KeyboardInterrupt

    monkeypatch.setattr(write, "_write", interrupted)
    result = run(*WRITERS[writer])
    monkeypatch.undo()
    assert left == 0, "it has ended before"
    assert result.exit_code == Exit.INTERRUPTED, result.stderr
    now = contents(tmp_path)
    draws = [name for name in now if name.endswith(".draws")]
    assert {name: data for name, data in now.items() if name not in draws} == was
    assert not draws or writer == "uncertainty"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("writer", sorted(RUNS))
def test_an_end_at_any_moment_leaves_a_run_as_it_was_or_whole(tmp_path, before, writer, number):
    """While it starts, computes, writes or is through; the longest of all takes some seconds."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was, moment = contents(tmp_path), Random(f"{writer} {number}").uniform(0.2, 4.0)
    done = subprocess.Popen(
        [*PLANNER, *WRITERS[writer]], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        done.wait(moment)
    done.send_signal(number)
    _, said = done.communicate(timeout=60)
    assert done.returncode in {Exit.TERMINATED, -signal.SIGTERM, -signal.SIGKILL, Exit.ANSWERED, Exit.EMPTY}
    assert b"Traceback" not in said
    now = {name: data for name, data in contents(tmp_path).items() if not Path(name).name.endswith(".draws")}
    if number == signal.SIGKILL:  # what is left lies in drafts, which the next one sweeps
        now = {name: data for name, data in now.items() if not name.startswith(".")}
    files = files_of(tmp_path / "mine")
    assert now == was or (files is not None and changed_files(tmp_path / "mine", files) == [])


@pytest.mark.parametrize("writer", [name for name in WRITERS if name not in RUNS])
def test_where_no_folder_can_be_made_nothing_is_written(run, tmp_path, monkeypatch, before, writer):
    """Runs ask before they set to work; whoever writes anything else finds out as soon as there is something to write."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was = contents(tmp_path)

    def refused(place: str | Path, *_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place))

    monkeypatch.setattr(os, "mkdir", refused)
    result = run(*WRITERS[writer])
    monkeypatch.undo()
    assert result.exit_code == Exit.REFUSED, result.stderr
    assert REFUSALS[errno.EROFS] in " ".join(result.stderr.split())
    assert contents(tmp_path) == was


HOLD = """
import sys
from pathlib import Path
from planner.files import sole_use
with sole_use(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    "writer", [pytest.param(name, marks=pytest.mark.slow) if name in DEAR - {"solve"} else name for name in WRITERS]
)
def test_where_another_process_writes_the_same_nothing_is_mixed(run, tmp_path, before, writer):
    """Runs, programs and new economies are refused; a single file is exchanged whole, whoever else writes it."""
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was, words = contents(tmp_path), WRITERS[writer]
    place = words[words.index("--out") + 1] if "--out" in words else words[-1]
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, place],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holding.stdout is not None
    assert holding.stdout.readline() == "ready\n"
    result = run(*words)
    held = [name for name in contents(tmp_path) if not name.endswith(".lock")]
    holding.communicate("")
    if writer in WHOLE:
        assert result.exit_code == 0, result.stderr
        return
    assert result.exit_code == Exit.EXISTS, result.stderr
    assert f"process {holding.pid}" in " ".join(result.stderr.split())
    assert {name for name in held if not name.endswith(".draws")} == set(was)
    assert run(*words).exit_code in {0, Exit.EMPTY}  # nobody holds it any more


@pytest.mark.parametrize(
    "writer", ["solve", "export mps", "export lp", "export pulp", "export text", "report elsewhere", "new"]
)
def test_a_real_limit_on_the_size_of_files(tmp_path, before, writer):
    """HiGHS says nothing when it cannot write all of a program."""
    import resource

    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    was = contents(tmp_path)
    done = subprocess.run(
        [*PLANNER, *WRITERS[writer]],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)),
    )
    assert done.returncode == Exit.REFUSED, done.stderr
    assert "EFBIG" in done.stderr or "ENOSPC" in done.stderr
    assert contents(tmp_path) == was


@pytest.mark.parametrize("number", REFUSALS)
def test_every_refusal_has_its_words(run, tmp_path, monkeypatch, number):
    def refused(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(write.os, "write", refused)
    result = run("solve", "two_goods", "--out", "mine")
    monkeypatch.undo()
    assert result.exit_code == Exit.REFUSED
    assert result.stderr.startswith("mine: ")
    assert REFUSALS[number] in result.stderr
    assert not left_behind(tmp_path)


@pytest.mark.parametrize(
    "error",
    [
        OSError("nobody answers"),
        OSError(errno.ENXIO, "No such device"),
        MemoryError(),
        TimeoutError(errno.ETIMEDOUT, "x"),
    ],
)
def test_other_refusals_are_told_too(error):
    assert refusal(error)[:1].isupper() or error.args == ("nobody answers",)


def test_a_folder_that_may_not_be_written_is_refused_before_the_work(run, tmp_path, monkeypatch):
    monkeypatch.setattr("planner.reporting.run.write.os.access", lambda *_: False)
    monkeypatch.setattr("planner.answers.solve.solve", lambda *_, **__: 1 / 0)  # never reached
    result = run("solve", "two_goods", "--out", "mine")
    assert result.exit_code == Exit.REFUSED
    assert "permission was refused (EACCES)" in result.stderr


def test_a_folder_that_goes_while_it_is_written(run, tmp_path, monkeypatch):
    """What is left is told; nothing is made again in a place that somebody has taken away."""
    from planner.reporting.run import write as runs

    def gone(table):
        shutil.rmtree(tmp_path / "deep")
        return "a\n"

    monkeypatch.setattr(runs, "table_text", gone)
    (tmp_path / "deep").mkdir()
    result = run("solve", "two_goods", "--out", "deep/mine")
    assert result.exit_code == Exit.REFUSED, result.stderr
    assert "deep/mine" in result.stderr
    assert "draft" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize(
    "arguments", [("--help",), ("list", "codes"), ("solve", "two_goods"), ("solve", "two_goods", "--format", "json")]
)
def test_a_stream_that_takes_nothing(tmp_path, arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PLANNER, *arguments],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == Exit.REFUSED
    assert "the disk is full (enospc)" in " ".join(done.stderr.lower().split())
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_message_that_nobody_can_hear_changes_no_code(tmp_path):
    with Path("/dev/full").open("w") as full:
        for arguments, code in ((("solve", "nowhere"), Exit.INPUT), (("solve", "two_goods"), Exit.ANSWERED)):
            done = subprocess.run(
                [*PLANNER, *arguments], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=full, check=False
            )
            assert done.returncode == code


@pytest.mark.parametrize("closed", ["1", "2"])
def test_closed_streams(tmp_path, closed):
    line = f'"{sys.executable}" -m planner solve two_goods {closed}>&-'
    assert (
        subprocess.run(["sh", "-c", line], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False).returncode
        == 0
    )


def test_a_reader_who_has_left_ends_help_and_lists_alike(tmp_path):
    for arguments in (("--help",), ("--version",), ("solve", "--help"), ("list", "codes"), ("explain", "capacity")):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [*PLANNER, *arguments], cwd=tmp_path, env=ENVIRONMENT, stdout=writing, stderr=subprocess.PIPE, check=False
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (Exit.PIPE_CLOSED, b""), arguments
