"""What needs an extra says so where the extra is not there, and nothing else needs it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
MODULES = {"arrays": ("xarray",), "cluster": ("dask", "distributed"), "docs": ("mkdocs", "mkdocstrings", "griffe")}
MISSING = "import sys; sys.modules.update(dict.fromkeys({names!r}))\n"
COMMAND = "from planner.cli import main; main({arguments!r})"


def without(extra: str, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code where the packages of an extra cannot be imported."""
    return subprocess.run(
        [sys.executable, "-c", MISSING.format(names=MODULES[extra]) + code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
    )


def test_every_extra_is_known():
    assert set(EXTRAS) - {"dev", "mutants"} == set(MODULES)


@pytest.mark.parametrize("extra", MODULES)
def test_help_and_an_answer_need_none(extra, tmp_path):
    for arguments in (["--help"], ["solve", "two_goods"]):
        done = without(extra, COMMAND.format(arguments=arguments), tmp_path)
        assert done.returncode == 0, done.stderr


def test_help_imports_none(tmp_path):
    code = COMMAND.format(arguments=["--help"])
    names = [name for names in MODULES.values() for name in names]
    ask = f"import atexit, sys; atexit.register(lambda: print([n for n in {names!r} if n in sys.modules], file=sys.stderr))\n"
    done = subprocess.run(
        [sys.executable, "-c", ask + code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")


def test_draws_on_a_cluster_say_what_is_missing(tmp_path):
    arguments = ["uncertainty", "two_goods", "--samples", "2", "--backend", "dask", "--address", "tcp://localhost:1"]
    done = without("cluster", COMMAND.format(arguments=arguments), tmp_path)
    assert done.returncode == 2
    assert "Dask is not installed: pip install 'planner[cluster]'" in done.stderr
    assert not list(tmp_path.iterdir())


def test_arrays_say_what_is_missing(tmp_path):
    done = without("arrays", "import planner; planner.solve('two_goods').to_xarray()", tmp_path)
    assert done.returncode == 1
    assert "xarray is not installed: pip install 'planner[arrays]'" in done.stderr
