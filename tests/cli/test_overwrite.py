"""What may be replaced: a run of ours, as it was written, and nothing else."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from planner.answers.solve import solve
from planner.cli.exit_codes import Exit
from planner.reporting.run.files import changed_files, files_of
from planner.reporting.run.write import OutputExists
from tests.cli.conftest import left_behind

SOLVE = ("solve", "two_goods", "--plan", "ambitious", "--out", "mine")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in left_behind(folder) if (folder / name).is_file()}


@pytest.fixture
def mine(run, tmp_path) -> Path:
    assert run(*SOLVE).exit_code == 0
    return tmp_path / "mine"


def test_the_manifest_lists_every_file_of_the_run(run, tmp_path):
    for command in (
        ("solve", "two_goods"),
        ("feasibility", "two_goods"),
        ("feasibility", "two_goods", "--plan", "all"),
        ("backtest", "two_goods"),
        ("sensitivity", "two_goods"),
        ("near-optimal", "two_goods"),
        ("execute", "two_goods"),
        ("uncertainty", "two_goods", "--samples", "8", "--workers", "1"),
    ):
        folder = tmp_path / "_".join(command)
        assert run(*command, "--out", folder.name).exit_code == 0
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        there = {name: hashlib.sha256(data).hexdigest() for name, data in contents(folder).items()}
        del there["manifest.json"]
        assert manifest["files"] == there
        assert manifest["program"]["name"] == "planner"
        assert manifest["kind"] == (command[0].replace("-", "_") if "all" not in command else "ladder")
    (tmp_path / "bad.lp").write_text("Minimize\n obj: x\nSubject To\n a: x >= 3\n b: x <= 1\nEnd\n", encoding="utf-8")
    assert run("diagnose", "bad.lp", "--out", "found").exit_code in (0, 4)
    found = files_of(tmp_path / "found")
    assert found is not None
    assert set(found) == set(contents(tmp_path / "found")) - {"manifest.json"}


def test_a_run_of_ours_is_replaced_whole(run, mine):
    (mine / ".DS_Store").write_bytes(b"put there by a file manager")
    assert run(*SOLVE[:-2], "--model", "growth", "--out", "mine", "--overwrite").exit_code == 0
    assert json.loads((mine / "summary.json").read_text(encoding="utf-8"))["model"] == "growth"
    assert files_of(mine) is not None
    assert left_behind(mine.parent)[0] == "mine"


@pytest.mark.parametrize("name", ["thesis.txt", "charts/notes.txt", "a/b/c", ".hidden"])
def test_a_strangers_file_is_named_and_stays_with_all_the_rest(run, mine, name):
    (mine / name).parent.mkdir(parents=True, exist_ok=True)
    (mine / name).write_text("years of work", encoding="utf-8")
    before = contents(mine)
    result = run(*SOLVE, "--overwrite")
    assert result.exit_code == Exit.EXISTS
    assert name in result.stderr
    assert contents(mine) == before


def test_a_table_that_was_changed_is_the_users_own(run, mine):
    path = mine / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8") + "checked by me\n", encoding="utf-8")
    before = contents(mine)
    result = run(*SOLVE, "--overwrite")
    assert result.exit_code == Exit.EXISTS
    assert "targets.csv" in result.stderr
    assert contents(mine) == before


def test_a_link_in_the_folder_is_a_strangers(run, mine, tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "one.png").write_bytes(b"smile")
    os.symlink(photos, mine / "charts")
    assert run(*SOLVE, "--overwrite").exit_code == Exit.EXISTS
    assert (photos / "one.png").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        "{}",
        "[]",
        "not json",
        '{"name": "my extension", "manifest_version": 3}',
        100_000 * "[",
        '{"program": {"name": "planner"}}',
        '{"program": {"name": "planner", "version": "0.1.0", "schema": 1}, "options": {}}',
        '{"program": {"name": "planner", "schema": 2}, "kind": "solve", "files": {"../diary.txt": "' + 64 * "0" + '"}}',
        '{"program": {"name": "planner", "schema": 2}, "kind": "solve", "files": {"diary.txt": "yes"}}',
    ],
)
def test_somebodys_manifest_is_not_ours(run, tmp_path, manifest):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/manifest.json").write_text(manifest, encoding="utf-8")
    (tmp_path / "mine/diary.txt").write_text("dear diary", encoding="utf-8")
    before = contents(tmp_path / "mine")
    for command in (SOLVE, ("feasibility", "two_goods", "--out", "mine")):
        result = run(*command, "--overwrite")
        assert result.exit_code == Exit.EXISTS
        assert "Traceback" not in result.stderr
    assert contents(tmp_path / "mine") == before
    with pytest.raises(OutputExists):
        solve("two_goods", plan="ambitious").write(tmp_path / "mine", overwrite=True)


def test_the_page_becomes_a_file_of_the_run(run, mine):
    assert run("report", "mine").exit_code == 0
    files = files_of(mine)
    assert files is not None
    assert {"report.html", "charts/targets.svg", "charts/targets.png"} <= set(files)
    assert changed_files(mine, files) == []
    assert run(*SOLVE, "--overwrite").exit_code == 0
    assert not (mine / "report.html").exists()


def test_a_page_or_chart_touched_up_by_hand_is_not_replaced(run, mine):
    assert run("report", "mine").exit_code == 0
    for name in ("report.html", "charts/targets.svg"):
        was = (mine / name).read_bytes()
        (mine / name).write_bytes(was.replace(b"iron", b"Iron", 1))
        before = contents(mine)
        result = run("report", "mine")
        assert result.exit_code == Exit.EXISTS, name
        assert name in result.stderr
        assert contents(mine) == before
        (mine / name).write_bytes(was)
    assert run("report", "mine").exit_code == 0


def test_elsewhere_a_page_is_one_file_and_the_run_is_only_read(run, mine, tmp_path):
    before = contents(mine)
    assert run("report", "mine", "--out", "answer.html").exit_code == 0
    assert contents(mine) == before
    page = tmp_path / "answer.html"
    assert run("report", "mine", "--out", "answer.html").exit_code == 0  # its own page
    page.write_bytes(page.read_bytes().replace(b"The answer", b"My answer", 1))
    assert run("report", "mine", "--out", "answer.html").exit_code == Exit.EXISTS
    assert b"My answer" in page.read_bytes()


def test_what_is_no_folder_is_not_replaced(run, tmp_path):
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    for command in (SOLVE, ("new", "mine"), ("export", "two_goods", "--format", "text", "--out", "mine")):
        for more in (("--overwrite",) if command[0] != "new" else (), ()):
            assert run(*command, *more).exit_code == Exit.EXISTS
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "a file"
    for command in (
        ("solve", "two_goods", "--out", "mine/run"),
        ("new", "mine/economy"),
        ("export", "two_goods", "--out", "mine/plan.mps"),
    ):
        result = run(*command)
        assert result.exit_code == Exit.REFUSED, result.stderr
        assert "a file and no folder" in " ".join(result.stderr.split())
    assert left_behind(tmp_path) == ["mine"]


def test_a_device_or_a_pipe_is_never_replaced(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.mps")
    result = run("export", "two_goods", "--out", "pipe.mps", "--overwrite")
    assert result.exit_code == Exit.EXISTS
    assert (tmp_path / "pipe.mps").is_fifo()


def test_new_in_a_folder_that_is_empty_or_where_one_is(run, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    assert run("new", "empty").exit_code == 0
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run("new", ".").exit_code == 0
    assert run("check", str(tmp_path / "here")).exit_code == 0
    assert run("new", ".").exit_code == Exit.EXISTS
    os.symlink(tmp_path / "nowhere", tmp_path / "link")
    assert run("new", str(tmp_path / "link")).exit_code == Exit.EXISTS  # somebody wants something else to be there
    assert not list(tmp_path.rglob(".planner-draft-*"))


def test_new_follows_links_and_not_in_circles(run, tmp_path):
    assert run("new", "first").exit_code == 0
    (tmp_path / "first/scenarios").rename(tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", tmp_path / "first/scenarios")
    os.symlink(tmp_path / "elsewhere", tmp_path / "elsewhere/open_trade/round")
    assert run("new", "second", "--from", "first").exit_code == 0
    assert (tmp_path / "second/scenarios/open_trade/trade.csv").is_file()


def test_names_that_are_too_long_or_reserved(run, tmp_path):
    assert run("new", "inputs/mine").exit_code == 0
    long = "p" + 299 * "x"
    for name in ("economy.toml", "plans.csv", "targets.csv", "claims.csv"):
        path = tmp_path / "inputs/mine" / name
        path.write_text(path.read_text(encoding="utf-8").replace("ambitious", long), encoding="utf-8")
    for command in ("solve", "feasibility", "uncertainty"):
        more = ("--samples", "8", "--workers", "1") if command == "uncertainty" else ()
        result = run(command, "mine", "--plan", long, *more)
        assert result.exit_code == 0, result.stderr
    all_plans = run("uncertainty", "mine", "--plan", "all", "--samples", "8", "--workers", "1", "--out", "all")
    assert all_plans.exit_code == 0, all_plans.stderr
    assert run("report", "all").exit_code == 0
    result = run("solve", "two_goods", "--out", 300 * "x")
    assert result.exit_code == Exit.REFUSED
    assert "longer than the file system allows" in " ".join(result.stderr.split())
    assert run("solve", "two_goods", "--model", 300 * "x").exit_code == Exit.INPUT
    assert run("solve", 300 * "x").exit_code == Exit.INPUT
    assert run("new", "other", "--from", 300 * "x").exit_code == Exit.INPUT
