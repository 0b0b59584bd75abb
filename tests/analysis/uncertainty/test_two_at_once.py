"""Two runs to one folder at the same time: neither takes the other's draws for its own."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.analysis.uncertainty import uncertainty
from planner.analysis.uncertainty.draws import Draw
from planner.analysis.uncertainty.journal import Journal, journal
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.answers.pose import pose
from planner.cli.exit_codes import Exit
from planner.formulation import Formulation

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
# waits at its Nth write, of draws or of results, until it is told to go on
WAITING = """
import sys
from planner.files import write
real, count = write._write, 0
def waiting(path, flags, data):
    global count
    real(path, flags, data)
    count += 1
    if count == int(sys.argv[1]):
        print("waiting", file=sys.stderr, flush=True)
        sys.stdin.readline()
write._write = waiting
from planner.cli import main
main(sys.argv[2:], prog_name="planner")
"""


def started(folder: Path, seed: int, *more: str, at: int = 0) -> subprocess.Popen[str]:
    asked = ["uncertainty", "two_goods", "--samples", "100", "--workers", "1", "--seed", str(seed), *more]
    return subprocess.Popen(
        [sys.executable, "-c", WAITING, str(at), *asked],
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def waits(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    assert any(line == "waiting\n" for line in process.stderr), "it has ended before"


def samples(folder: Path) -> list[dict[str, str]]:
    with (folder / "samples.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("at", [2, 6])  # while it draws, and while it writes its results
def test_of_two_processes_one_is_told_and_the_other_is_right(tmp_path, at):
    first = started(tmp_path, 1, "--out", "mine", at=at)
    waits(first)
    second = started(tmp_path, 2, "--out", "mine", "--overwrite")
    _, said = second.communicate(timeout=300)
    assert second.returncode == Exit.EXISTS
    assert f"process {first.pid}" in said
    first.communicate("go on\n", timeout=300)
    assert first.returncode == Exit.ANSWERED
    started(tmp_path, 1, "--out", "alone").communicate(timeout=300)
    assert samples(tmp_path / "mine") == samples(tmp_path / "alone")
    assert json.loads((tmp_path / "mine/manifest.json").read_text(encoding="utf-8"))["options"]["seed"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "mine"]


def test_draws_of_two_seeds_are_never_mixed_whatever_became_of_the_first(tmp_path):
    """The first is killed on its way; its draws are in nobody's way, and it can still be gone on with."""
    first = started(tmp_path, 1, "--out", "mine", at=2)
    waits(first)
    first.kill()
    first.communicate()
    (kept,) = tmp_path.glob(".mine.*.draws")
    text = kept.read_text(encoding="utf-8")
    second = started(tmp_path, 2, "--out", "mine")
    _, said = second.communicate(timeout=300)
    assert second.returncode == 0
    assert kept.name in said
    assert kept.read_text(encoding="utf-8") == text
    for seed in ("1", "2"):
        started(tmp_path, int(seed), "--out", f"alone{seed}").communicate(timeout=300)
    assert samples(tmp_path / "mine") == samples(tmp_path / "alone2")
    started(tmp_path, 1, "--out", "mine", "--overwrite").communicate(timeout=300)
    assert samples(tmp_path / "mine") == samples(tmp_path / "alone1")
    assert not list(tmp_path.glob(".*"))


DRAWS = [
    Draw(0, "solved", 0.5, (0.25, float("nan"))),
    Draw(1, "empty", float("nan")),
    Draw(2, "undecided", float("nan")),
]


def known(read: dict[tuple[int, int], Draw]) -> dict[tuple[int, int], str]:
    return {key: repr(draw) for key, draw in read.items()}


def test_every_line_bears_the_key(tmp_path):
    mine, other = Journal(tmp_path / "draws", "a" * 16), Journal(tmp_path / "draws", "b" * 16)
    mine.add(0, DRAWS[:1])
    other.add(0, [Draw(0, "solved", 99.0), Draw(5, "solved", 99.0)])
    mine.add(0, DRAWS[1:])
    expected = {(0, draw.number): repr(draw) for draw in DRAWS}
    assert known(mine.read()) == expected
    assert len(mine.path.read_text(encoding="utf-8").splitlines()) == 3  # what is somebody else's has gone
    assert known(mine.read()) == expected
    assert other.read() == {}


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        '["',
        "null",
        "7",
        '["aaaaaaaaaaaaaaaa", 0, 9]',
        50_000 * "[",
        "\0",
        "\ufffd",
        '{"a": 1}',
        '["aaaaaaaaaaaaaaaa", [1], 9, "solved", 1.0, []]',
        '["aaaaaaaaaaaaaaaa", 0, "x", "solved", 1.0, []]',
    ],
)
def test_a_line_cut_short_or_spoilt_is_left_out(tmp_path, spoilt):
    mine = Journal(tmp_path / "draws", "a" * 16)
    mine.add(0, DRAWS[:2])
    with mine.path.open("a", encoding="utf-8") as file:
        file.write(spoilt)
    assert set(mine.read()) == {(0, 0), (0, 1)}
    mine.add(0, DRAWS[2:])
    assert set(mine.read()) == {(0, 0), (0, 1), (0, 2)}


def test_the_key_covers_the_versions_of_the_programs(monkeypatch):
    keys = {key_of(pose("two_goods", plan="ambitious"))}
    monkeypatch.setattr(uncertainty, "version", lambda _: "9.9")
    keys.add(key_of(pose("two_goods", plan="ambitious")))
    monkeypatch.setattr(uncertainty, "SOLVER", "HiGHS 99")
    keys.add(key_of(pose("two_goods", plan="ambitious")))
    keys.add(key_of(pose("two_goods", plan="ambitious"), seed=2))
    keys.add(key_of(pose("two_goods", plan="cautious"), seed=2))
    assert len(keys) == 5
    monkeypatch.undo()
    assert key_of(pose("two_goods", plan="ambitious")) in keys


def key_of(question: Formulation, seed: int = 1) -> str:
    """The key under which draws of a question would be kept."""
    found: list[str] = []

    def caught(folder: Path, fingerprint: str) -> None:
        found.append(fingerprint)
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uncertainty, "journal", caught)
        with pytest.raises(InterruptedError):
            uncertainty.explore([question], Sampling(samples=2, seed=seed), Cluster(workers=1), beside=Path("mine"))
    return found[0]


def test_a_place_in_which_one_draws_is_closed_to_others(tmp_path):
    with journal(tmp_path / "mine", "a" * 64) as mine:
        assert mine.path == tmp_path / f".mine.{'a' * 16}.draws"
        other = started(tmp_path, 1, "--out", "mine")
        _, said = other.communicate(timeout=300)
        assert other.returncode == Exit.EXISTS
        assert f"process {os.getpid()}" in said
