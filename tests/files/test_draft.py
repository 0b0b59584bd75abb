"""Drafts: gone at the end, swept when their process is gone, and nothing lost that was moved aside."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from planner.files import InUseError, put_folder, replace, replace_all, sole_use
from planner.files.draft import PREFIX, draft, sweep


def child(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python in a folder."""
    head = "import os, signal, sys\nfrom pathlib import Path\nfrom planner.files import *\nfrom planner.files.draft import *\n"
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(code)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_draft_is_gone_whatever_happens(tmp_path):
    for error in (ValueError, KeyboardInterrupt, SystemExit):
        with pytest.raises(error), draft(tmp_path / "a/b/run") as made:  # noqa: PT012  it is what happens inside that is tested
            (made / "new").mkdir()
            (made / "new/file").write_text("x", encoding="utf-8")
            raise error
    assert names(tmp_path) == []


def test_drafts_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path):
    code = """
    with draft(Path("run")) as made:
        (made / "new").mkdir()
        (made / "new/half").write_text("half")
        print(made, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = child(tmp_path, code)
    assert done.returncode == -signal.SIGKILL
    (dead,) = tmp_path.iterdir()
    assert dead.name == done.stdout.strip()
    assert dead.name.startswith(PREFIX)
    with draft(tmp_path / "other") as mine:
        assert not dead.exists()
        done = child(tmp_path, "sweep(Path())\nprint(len(list(Path().iterdir())))")
        assert done.stdout.strip() == "1", done.stderr
        assert mine.exists()
    assert names(tmp_path) == []


def test_what_bears_such_a_name_by_chance_stays(tmp_path):
    (tmp_path / f"{PREFIX}1-mine").mkdir()
    (tmp_path / f"{PREFIX}1-mine/thesis").write_text("years", encoding="utf-8")
    (tmp_path / f"{PREFIX}2").write_text("a file", encoding="utf-8")
    os.symlink(tmp_path / f"{PREFIX}1-mine", tmp_path / f"{PREFIX}3")
    before = names(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == before


@pytest.mark.parametrize("at", [1, 2])
def test_a_process_killed_while_it_exchanges_folders_loses_neither(tmp_path, at):
    """Between two renames the place is empty for an instant."""
    (tmp_path / "run").mkdir()
    (tmp_path / "run/old").write_text("old", encoding="utf-8")
    code = f"""
    real, count = Path.rename, 0
    def rename(path, target):
        global count
        done = real(path, target)
        count += 1
        if count == {at}:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    Path.rename = rename
    put_folder(Path("run"), lambda new: (new / "new").write_text("new"), mark="x", discard=lambda old: True)
    """
    assert child(tmp_path, code).returncode == -signal.SIGKILL
    assert (tmp_path / "run").exists() == (at == 2)
    sweep(tmp_path)
    assert names(tmp_path) == (["run", "run/old"] if at == 1 else ["run", "run/new"])


def test_what_may_not_be_discarded_is_kept_beside(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run/thesis").write_text("years", encoding="utf-8")
    put_folder(tmp_path / "run", lambda new: (new / "new").write_text("new"), mark="x", discard=lambda old: False)
    assert names(tmp_path) == ["run", "run-kept", "run-kept/thesis", "run/new"]


def test_a_folder_that_is_not_empty_is_not_taken(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run/thesis").write_text("years", encoding="utf-8")
    with pytest.raises(FileExistsError):
        put_folder(tmp_path / "run", lambda new: None, mark="x")
    assert names(tmp_path) == ["run", "run/thesis"]


def test_the_folder_one_works_in_is_filled_and_not_exchanged(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    node = (tmp_path / "here").stat().st_ino
    put_folder(Path(), lambda new: (new / "file").write_text("x"), mark="file")
    assert names(tmp_path) == ["here", "here/file"]
    assert (tmp_path / "here").stat().st_ino == node


def test_a_link_is_followed(tmp_path):
    (tmp_path / "disk").mkdir()
    os.symlink(tmp_path / "disk/run", tmp_path / "run")
    put_folder(tmp_path / "run", lambda new: (new / "file").write_text("x"), mark="file")
    os.symlink(tmp_path / "disk/page", tmp_path / "page")
    replace(tmp_path / "page", b"1")
    replace(tmp_path / "page", b"2")
    assert names(tmp_path) == ["disk", "disk/page", "disk/run", "disk/run/file", "page", "run"]
    assert (tmp_path / "page").is_symlink()
    assert (tmp_path / "disk/page").read_bytes() == b"2"


def test_only_a_regular_file_is_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(FileExistsError):
            replace(path, b"x")
    assert (tmp_path / "pipe").is_fifo()
    assert Path("/dev/null").is_char_device()


def test_rights_are_those_of_the_user_and_of_the_file_before(tmp_path):
    before = os.umask(0o027)
    try:
        put_folder(tmp_path / "run", lambda new: (new / "file").write_text("x"), mark="file")
        replace(tmp_path / "page", b"1")
    finally:
        os.umask(before)
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "page").stat().st_mode & 0o777 == 0o640
    (tmp_path / "page").chmod(0o600)
    replace(tmp_path / "page", b"2")
    assert (tmp_path / "page").stat().st_mode & 0o777 == 0o600


def test_several_files_change_over_together_or_not_at_all(tmp_path, monkeypatch):
    from planner.files import write

    replace_all(tmp_path, {"a": b"1", "sub/b": b"1"})
    real = write.os.write
    monkeypatch.setattr(write.os, "write", lambda fd, data: real(fd, data) if bytes(data) != b"3" else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        replace_all(tmp_path, {"a": b"2", "sub/b": b"3"})
    assert [(tmp_path / name).read_bytes() for name in ("a", "sub/b")] == [b"1", b"1"]
    assert names(tmp_path) == ["a", "sub", "sub/b"]


def test_sole_use_ends_with_the_process_that_has_it(tmp_path):
    with sole_use(tmp_path / "run"), sole_use(tmp_path / "run"):  # one's own place may be asked for again
        done = child(tmp_path, "with sole_use(Path('run')): pass")
        assert done.returncode
        assert f"process {os.getpid()}" in done.stderr
    killed = child(tmp_path, "with sole_use(Path('run')): os.kill(os.getpid(), signal.SIGKILL)")
    assert killed.returncode == -signal.SIGKILL
    assert names(tmp_path) == [".run.lock"]
    with sole_use(tmp_path / "run"):
        pass
    assert names(tmp_path) == []


def test_a_lock_that_says_nothing_sensible_is_still_a_lock(tmp_path):
    code = "with sole_use(Path('run')):\n  Path('.run.lock').write_text('?')\n  print('ready', flush=True)\n  sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", f"import sys\nfrom pathlib import Path\nfrom planner.files import *\n{code}"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with pytest.raises(InUseError, match="Another run is writing"), sole_use(tmp_path / "run"):
        pass
    process.communicate("")
    with sole_use(tmp_path / "run"):
        pass


def test_where_the_file_system_knows_no_locks_work_goes_on_and_nothing_is_swept(tmp_path, monkeypatch):
    import errno

    from planner.files import lock

    def refused(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", refused)
    with sole_use(tmp_path / "run"), draft(tmp_path / "run") as first, draft(tmp_path / "run"):
        assert first.exists()
    assert names(tmp_path) == []
