"""``planner uncertainty`` as a user types it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.analysis.uncertainty import uncertainty
from planner.cli import main
from tests.cli.conftest import unexplained


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    return lambda *arguments: CliRunner().invoke(main, ["uncertainty", *arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path) -> dict[str, bytes]:
    """Files of a run by name; the manifest without its times."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = json.loads(files.pop("manifest.json"))
    manifest.pop("times"), manifest.pop("seal")  # the seal is of the times too
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def test_all_plans_on_the_same_draws(run, tmp_path):
    """By hand: 0.1 t of iron per t of corn gives 0.9; 0.08 to 0.12 gives 0.9325 to 0.8675, and 30/40 as many for cautious."""
    result = run("two_goods", "--plan", "all", "--samples", "60", "--workers", "1", "--out", "sure")
    assert result.exit_code == 0, result.stderr
    said = {row["plan"]: row for row in rows(tmp_path / "sure/met.csv")}
    assert (said["ambitious"]["feasible"], said["cautious"]["feasible"]) == ("0", "60")
    assert "upper_limit" not in said["ambitious"]
    assert 0.8675 <= float(said["ambitious"]["p05"]) <= float(said["ambitious"]["p95"]) <= 0.9325
    shares = {
        (r["plan"], r["draw"]): float(r["value"])
        for r in rows(tmp_path / "sure/samples.csv")
        if r["measure"] == "value"
    }
    assert len(shares) == 120
    for share, other in ((shares[plan, str(i)] for plan in ("ambitious", "cautious")) for i in range(60)):
        if share < 0.9:  # beyond that the workers are fewer than cautious could use
            assert other == pytest.approx(share * 40 / 30)
    balanced = [r for r in rows(tmp_path / "sure/quantiles.csv") if (r["plan"], r["item"]) == ("ambitious", "corn")]
    left = (300 - 4 * 40 * float(said["ambitious"]["p50"])) / 2  # hands that iron leaves to corn, two a t
    assert float(balanced[0]["p50"]) == pytest.approx(min(1.0, left / 72), rel=1e-2)
    for said_of in (
        "none (less than 6.0 %)",
        "0.0 – 6.0 %",
        "all (more than 94.0 %)",
        "94.0 – 100.0 %",
    ):  # a bound is the interval's own end
        assert said_of in result.stdout
    assert not unexplained(tmp_path / "sure")


def test_same_seed_same_bytes_whatever_the_workers(run, tmp_path):
    for name, workers in (("one", "1"), ("two", "2")):
        result = run("two_goods", "--samples", "70", "--workers", workers, "--out", name, "--format", "json")
        assert result.exit_code == 0, result.stderr
    assert written(tmp_path / "one") == written(tmp_path / "two")
    assert run("two_goods", "--samples", "70", "--seed", "2", "--out", "other").exit_code == 0
    assert written(tmp_path / "other")["samples.csv"] != written(tmp_path / "one")["samples.csv"]


def test_a_run_broken_off_goes_on_where_it_stopped(run, tmp_path, monkeypatch):
    asked = ("two_goods", "--samples", "100", "--workers", "1")
    assert run(*asked, "--out", "whole").exit_code == 0
    spread = uncertainty.spread

    def broken_off(function, tasks, done, **how):
        spread(function, tasks[:2], done, **how)
        raise KeyboardInterrupt

    monkeypatch.setattr(uncertainty, "spread", broken_off)
    stopped = run(*asked, "--out", "mine")
    assert stopped.exit_code == 130
    assert "64 draws, which are kept" in stopped.stderr
    summary = json.loads((tmp_path / "mine/summary.json").read_text(encoding="utf-8"))
    assert (summary["interrupted"], summary["draws_done"]) == (True, 64)
    solved = []

    def counted(function, tasks, done, **how):
        solved.extend(tasks)
        spread(function, tasks, done, **how)

    monkeypatch.setattr(uncertainty, "spread", counted)
    assert run(*asked, "--out", "mine").exit_code == 6
    assert run(*asked, "--out", "mine", "--overwrite").exit_code == 0
    assert sum(len(task[1]) for task in solved) == 36
    assert written(tmp_path / "mine") == written(tmp_path / "whole")
    assert not list(tmp_path.glob(".mine*"))


@pytest.mark.parametrize(("design", "samples", "index"), [("sobol", "16", "total"), ("morris", "4", "mean_absolute")])
def test_one_uncertain_number_carries_all_of_it(run, tmp_path, design, samples, index):
    result = run(
        "two_goods", "--design", design, "--samples", samples, "--by", "number", "--workers", "1", "--out", "which"
    )
    assert result.exit_code == 0, result.stderr
    found = {row["index"]: float(row["value"]) for row in rows(tmp_path / "which/indices.csv")}
    assert not unexplained(tmp_path / "which")
    expected = {"total": 1.0, "mean_absolute": 0.9325 - 0.8675}[index]
    assert found[index] == pytest.approx(expected, rel=0.25)


def test_groups_that_change_nothing_need_not_be_drawn(run, tmp_path):
    asked = ("two_goods", "--samples", "20", "--workers", "1")
    result = run(*asked, "--factors", "1", "--out", "few")
    assert result.exit_code == 0, result.stderr
    assert "1 of 1 groups drawn" in result.stderr
    assert not unexplained(tmp_path / "few")
    assert run(*asked, "--out", "all").exit_code == 0
    assert (tmp_path / "few/samples.csv").read_bytes() == (tmp_path / "all/samples.csv").read_bytes()


def test_an_economy_without_ranges_is_told_so(run, tmp_path):
    result = run("leontief")
    assert result.exit_code == 3
    assert "nothing is uncertain" in result.stderr
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--design", "sobol", "--samples", "100"),
        ("--distribution", "triangle"),
        ("--distribution", "supplies=uniform"),
        ("--address", "tcp://localhost:1"),
        ("--backend", "dask"),
        ("--samples", "0"),
    ],
)
def test_wrong_usage_is_told_and_leaves_nothing(run, tmp_path, arguments):
    result = run("two_goods", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.rglob("*.csv"))


def test_a_question_without_targets_has_values_and_no_share_of_draws(run, tmp_path):
    result = run("two_goods", "--model", "consumption", "--samples", "20", "--workers", "1", "--out", "eat")
    assert result.exit_code == 0, result.stderr
    row = rows(tmp_path / "eat/met.csv")[0]
    assert row["share"] == row["feasible"] == ""
    assert float(row["p05"]) <= float(row["p95"])


def test_draws_given_what_happened(run, tmp_path):
    """The condition is told with its count, its interval and by how much it moves the share, and has tables of its own."""
    result = run(
        "two_goods",
        "--plan",
        "cautious",
        "--samples",
        "60",
        "--workers",
        "1",
        "--given",
        "backtest:all:0.9",
        "--out",
        "g",
    )
    assert result.exit_code == 0, result.stderr
    kept = {(row["span"], row["tolerance"]): int(row["kept"]) for row in rows(tmp_path / "g/history.csv")}
    said = " ".join(result.stdout.split())
    assert f"{kept['all', '0.9']} of 60 draws admit" in said
    assert "does not tell these draws apart" in said or "too few to say" in said
    assert {row["among"] for row in rows(tmp_path / "g/figures.csv")} >= {"all draws"}
    assert "robabil" not in result.stdout


def test_a_condition_needs_independent_draws(run):
    result = run("two_goods", "--design", "morris", "--given", "backtest")
    assert result.exit_code == 2
    assert "--given counts draws" in result.stderr
