"""The wheel, built and installed into an empty environment: what a user gets who has no checkout."""

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "--wheel-dir",
        str(out),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(out.glob("planner-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """An environment with the wheel in it; its dependencies are those of the environment the tests run in."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    library = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(library)
    (library / "dependencies.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return home / "bin/python"


def planner(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed planner in an empty folder; the checkout must not be on its path."""
    code = "import sys; sys.path = [p for p in sys.path if p]; from planner.cli import main; main()"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "120"}
    return subprocess.run(
        [str(python), "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def test_the_wheel_holds_economies_models_and_templates(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "planner/shipped_data/inputs/ussr_1928/economy.toml",
        "planner/shipped_data/inputs/ussr_1928/scenarios/realised/supply.csv",
        "planner/shipped_data/inputs/two_goods/economy.toml",
        "planner/shipped_data/inputs/leontief/economy.toml",
        "planner/shipped_data/inputs/williams/economy.toml",
        "planner/shipped_data/models/five_year.toml",
        "planner/reporting/page/templates/page.html",
        "planner/proof/verify.py",
    ):
        assert needed in names, needed
    assert not [name for name in names if name.startswith(("tests/", "outputs/"))]


def test_it_runs_the_wheel_and_not_the_checkout(installed, tmp_path):
    done = subprocess.run(
        [str(installed), "-c", "import planner; print(planner.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.parents[1]) in done.stdout


def test_help_and_lists(installed, tmp_path):
    assert "Exit codes" in planner(installed, tmp_path, "--help").stdout
    found = json.loads(planner(installed, tmp_path, "list", "economies", "--format", "json").stdout)
    assert {row["economy"] for row in found} >= {"ussr_1928", "two_goods", "leontief", "williams"}


def test_solve_in_an_empty_folder(installed, tmp_path):
    done = planner(installed, tmp_path, "solve", "two_goods", "--plan", "ambitious")
    assert done.returncode == 0, done.stderr
    assert "90.0 %" in done.stdout
    assert (tmp_path / "outputs/two_goods/ambitious-base-five_year/manifest.json").is_file()


def test_own_inputs_and_models_hide_the_shipped_ones(installed, tmp_path):
    assert planner(installed, tmp_path, "new", "inputs/two_goods", "--from", "two_goods").returncode == 0
    supply = tmp_path / "inputs/two_goods/supply.csv"
    supply.write_text(supply.read_text(encoding="utf-8").replace("300", "200"), encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/attainment.toml").write_text(
        'extends = "five_year"\ntitle = "Mine"\nobjective = "attainment"\n', encoding="utf-8"
    )
    done = planner(
        installed, tmp_path, "solve", "two_goods", "--plan", "ambitious", "--model", "attainment", "--out", "run"
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads((tmp_path / "run/summary.json").read_text(encoding="utf-8"))
    assert summary["question"] == "Mine"
    assert summary["value"] < 0.9


def test_the_license_and_the_version(wheel):
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(metadata).decode()
    assert "Version: 0.1.0" in text
    assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
