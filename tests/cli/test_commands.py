"""The commands as a new user types them."""

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import COMMANDS
from planner.shipped import shipped
from tests.cli.conftest import left_behind, unexplained


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout


@pytest.mark.parametrize(
    "kind", ["economies", "models", "families", "measures", "solvers", "plans", "scenarios", "codes"]
)
def test_list(run, kind):
    table = run("list", kind)
    document = run("list", kind, "--format", "json")
    assert table.exit_code == document.exit_code == 0
    assert len(json.loads(document.stdout)) >= 1
    assert len(table.stdout.splitlines()) >= 2


def test_new_makes_an_economy_that_solves(run, tmp_path):
    assert run("new", "mine", "--from", "two_goods").exit_code == 0
    assert (tmp_path / "mine/economy.toml").is_file()
    assert run("check", "mine").exit_code == 0
    assert run("solve", "mine", "--plan", "ambitious").exit_code == 0
    again = run("new", "mine")
    assert again.exit_code == 6


def test_check_writes_a_data_package(run, tmp_path):
    shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "mine")
    assert run("check", "mine", "--write-datapackage").exit_code == 0
    package = json.loads((tmp_path / "mine/datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} >= {"products", "activities", "coefficients"}
    assert run("check", "mine").exit_code == 0


@pytest.mark.parametrize("economy", ["ussr_1928", "two_goods", "leontief", "williams"])
def test_check_of_every_shipped_economy(run, economy):
    assert run("check", economy, "--scenario", "all").exit_code == 0


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("capacity", "constraint family"),
        ("coefficients", "table"),
        ("E131", "Hawkins"),
        ("output", "measure"),
        ("balanced", "objective"),
        ("debt_limit", "borrowed"),
    ],
)
def test_explain(run, word, said):
    result = run("explain", word)
    assert result.exit_code == 0
    assert said.lower() in result.stdout.lower()


def test_explain_offers_the_nearest_word(run):
    result = run("explain", "capacty")
    assert result.exit_code != 0
    assert "capacity" in result.stderr + result.stdout


def test_williams_three_objectives(run):
    """Published: 2141.875, 2618.579, 2450.027."""
    for model, scenario, value in (
        ("williams_capacity", "base", 2141.8751967043),
        ("williams_output", "no_demand", 2618.5791146764),
        ("williams_employment", "base", 2450.0266228213),
    ):
        result = run("solve", "williams", "--model", model, "--scenario", scenario, "--format", "json", "--overwrite")
        assert result.exit_code == 0, result.stderr
        assert json.loads(result.stdout)["summary"]["value"] == pytest.approx(value, rel=1e-6)


def digests(folder: Path) -> dict[str, str]:
    """Fingerprints of a run; the manifest without its times."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "manifest.json":
                document = json.loads(data)
                for of_the_moment in ("times", "seal"):
                    document.pop(of_the_moment)
                data = json.dumps(document).encode()
            found[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return found


@pytest.mark.parametrize(
    "command",
    ["solve", "feasibility", "sensitivity", "near-optimal --plans 2"],
)
def test_same_inputs_same_bytes(tmp_path, command):
    """Processes with other hash seeds, on processors that add up in another order, write the same run."""
    for name, seed, core in (("one", "1", "Nehalem"), ("two", "2", "Haswell")):
        subprocess.run(
            [sys.executable, "-m", "planner", *command.split(), "two_goods", "--plan", "ambitious", "--out", name],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "OPENBLAS_CORETYPE": core, "PATH": "/usr/bin:/bin"},
        )
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_feasibility_of_two_goods_and_its_proof(run, tmp_path):
    result = run("feasibility", "two_goods", "--plan", "ambitious", "--out", "far")
    assert result.exit_code == 0, result.stderr
    assert "certainly outside" in result.stdout
    assert "90.0 %" in result.stdout
    for name in ("feasibility", "verdicts", "relaxation", "leave_one_out", "conflicts", "horizon", "certificate"):
        assert (tmp_path / f"far/{name}.csv").is_file(), name
    assert not unexplained(tmp_path / "far")
    done = run("verify", "far", "--rebuild")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.rstrip().endswith("VERIFIED")
    with (tmp_path / "far/feasibility.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["item"]: row for row in csv.DictReader(file)}
    assert float(rows["iron"]["feasible"]) == pytest.approx(36.0)
    assert rows["iron"]["verdict"] == "out of reach even alone"


def test_verify_finds_a_changed_input_and_a_changed_program(run, tmp_path):
    shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "mine")
    assert run("feasibility", "mine", "--plan", "ambitious", "--out", "far").exit_code == 0
    assert run("verify", "far", "--rebuild").exit_code == 0
    supply = tmp_path / "mine/supply.csv"
    text = supply.read_text(encoding="utf-8")
    supply.write_text(text.replace("300", "301"), encoding="utf-8")
    assert run("verify", "far").exit_code == 0  # the proof of the program written still adds up
    changed = run("verify", "far", "--rebuild")
    assert changed.exit_code == 3
    assert "manifest.json: inputs is" in changed.stdout
    assert "made anew" in changed.stdout
    supply.write_text(text, encoding="utf-8")
    rows = tmp_path / "far/program/rows.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("300.0", "299.0", 1), encoding="utf-8")
    assert run("verify", "far").exit_code == 3


def test_verify_needs_a_run(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run("verify", "empty", "--rebuild")
    assert result.exit_code == 3
    assert "NOT VERIFIED" in result.stdout


def test_ladder_of_all_plans_of_two_goods(run, tmp_path):
    result = run("feasibility", "two_goods", "--plan", "all", "--scenario", "all", "--out", "ladder")
    assert result.exit_code == 0, result.stderr
    assert not unexplained(tmp_path / "ladder")
    with (tmp_path / "ladder/verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {(row["plan"], row["scenario"]): row["verdict_over_ranges"] for row in rows}
    assert said["ambitious", "base"] == "certainly outside"
    assert said["cautious", "base"] == "inside"


def test_backtest_of_two_goods(run, tmp_path):
    result = run("backtest", "two_goods", "--floor", "base", "--format", "json", "--out", "past")
    assert result.exit_code == 0, result.stderr
    assert not unexplained(tmp_path / "past")
    corners = json.loads(result.stdout)["summary"]["corners"]
    assert set(corners) == {"central", "optimistic", "pessimistic"}
    assert corners["central"]["fits_worst"]["product"] in ("corn", "iron")


@pytest.mark.parametrize("form", ["mps", "lp", "pulp", "text"])
def test_export(run, tmp_path, form):
    result = run("export", "two_goods", "--format", form, "--out", f"model.{form}")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / f"model.{form}").exists()
    again = run("export", "two_goods", "--format", form, "--out", f"model.{form}")
    assert again.exit_code == 6


def test_what_was_exported_is_diagnosed_as_feasible(run, tmp_path):
    assert run("export", "two_goods", "--format", "mps", "--out", "model.mps").exit_code == 0
    result = run("diagnose", "model.mps", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["verdict"] == "feasible"


def test_diagnose_writes_a_proof_that_verifies(run, tmp_path):
    (tmp_path / "bad.lp").write_text(
        "Minimize\n obj: x\nSubject To\n floor: x >= 3\n roof: x <= 1\nEnd\n", encoding="utf-8"
    )
    result = run("diagnose", "bad.lp", "--out", "found")
    assert result.exit_code == 4
    assert "infeasible" in result.stdout
    assert run("verify", "found").exit_code == 0


def test_diagnose_of_garbage(run, tmp_path):
    (tmp_path / "bad.mps").write_text("not a model", encoding="utf-8")
    for file in ("bad.mps", "missing.mps"):
        result = run("diagnose", file)
        assert result.exit_code == 3
        assert "Traceback" not in result.stderr
    assert left_behind(tmp_path) == ["bad.mps"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run, shell):
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "planner" in result.stdout
