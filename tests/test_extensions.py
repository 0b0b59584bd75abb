"""Families, objectives and measures of others: a file, or a package that is installed, and everything knows what they register."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planner

HOME = Path(planner.__file__).parents[1]
ENERGY = """
import numpy as np

from planner.economy.measures import Measure
from planner.formulation import Group, family
from planner.formulation.measures import measure
from planner.formulation.objectives import Goal, objective
from planner.program import Matrix


@family(
    "energy_cap", algebra="Σx ≤ 100", index=("period",), unit_of=lambda facts: "GWh",
    says="All techniques together take no more energy than there is.",
    group=Group("energy", "the energy there was"), one_more="one more {unit} of energy in {period}",
)
def energy_cap(facts, plan):
    return Matrix(np.tile(np.eye(facts.T), len(facts.activities))) @ plan.activity <= 100.0


@measure(Measure(name="bustle", says="levels of all techniques that make a product", axis="product", star="mixed"))
def bustle(facts, plan):
    return abs(facts.technology.makes).sign() @ plan.activity


@objective("least_bustle", says="the least activity", use="for the lazy")
def least_bustle(facts, plan, question):
    return Goal("min", Matrix(np.ones((1, plan.activity.size))) @ plan.activity, "units", "all activity")
"""
MODEL = """
extends  = "attainment"
title    = "How much can be had with the energy there is?"
families = ["material_balance", "capacity", "capacity_accumulation", "labour", "training", "foreign_exchange",
            "consumption_floor", "resource", "growth_limit", "stock", "target", "energy_cap"]
"""


@pytest.fixture
def energy(tmp_path: Path) -> Path:
    (tmp_path / "energy.py").write_text(ENERGY, encoding="utf-8")
    (tmp_path / "energy.toml").write_text(MODEL, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, code: int = 0, path: str = "", **environment: str) -> str:
    """What a command prints, in a process of its own: what is registered stays registered as long as a process lives."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (path, str(HOME)))), **environment}
    command = [sys.executable, "-m", "planner", *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def test_an_answer_knows_the_families_of_a_file(energy):
    asked = ("feasibility", "two_goods", "--families", "energy.py", "--model", "energy.toml", "--plan", "ambitious")
    run(energy, *asked, "--out", "run")
    summary = json.loads((energy / "run" / "summary.json").read_text(encoding="utf-8"))
    assert any("the energy there was" in sentence for sentence in summary["conflicts"])
    assert "the energy there was" in (energy / "run" / "relaxation.csv").read_text(encoding="utf-8")
    manifest = json.loads((energy / "run" / "manifest.json").read_text(encoding="utf-8"))
    ((file, digest),) = manifest["inputs"]["families"].items()
    assert (file, len(digest)) == ("energy.py", 64)
    assert "VERIFIED" in run(energy, "verify", "run", "--rebuild", "--families", "energy.py")
    assert "energy_cap" in run(energy, "verify", "run", "--rebuild", code=3)


def test_prices_and_draws_know_them_in_every_process(energy):
    asked = ("two_goods", "--families", "energy.py", "--model", "energy.toml", "--plan", "ambitious")
    said = " ".join(run(energy, "sensitivity", *asked, "--out", "s").split())
    assert "One more GWh of energy in 2 raises the attainable share" in said
    for workers in ("1", "2"):
        run(energy, "uncertainty", *asked, "--samples", "4", "--workers", workers, "--out", workers)
    for table in ("samples.csv", "met.csv", "summary.json"):
        one, two = ((energy / workers / table).read_text(encoding="utf-8") for workers in ("1", "2"))
        assert one == two


def test_words_of_a_file_are_explained_and_listed(energy):
    for word in ("energy_cap", "bustle", "least_bustle"):
        assert word in run(energy, "explain", "--families", "energy.py", word)
    assert "energy_cap" in run(energy, "list", "families", "--families", "energy.py")
    assert "energy_cap" in run(energy, "list", "families", PLANNER_FAMILIES="energy.py")
    assert "energy_cap" not in run(energy, "list", "families")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder that stands for one of installed packages, with one that names an entry point."""
    installed = tmp_path / "site"
    about = installed / "acme_energy-1.2.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-energy\nVersion: 1.2\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[planner.families]\nenergy = acme_energy\n", encoding="utf-8")
    (installed / "acme_energy.py").write_text(ENERGY, encoding="utf-8")
    (tmp_path / "energy.toml").write_text(MODEL, encoding="utf-8")
    return installed


def test_an_installed_package_registers_its_own(package, tmp_path):
    site = str(package)
    assert "energy_cap" in run(tmp_path, "list", "families", path=site)
    run(tmp_path, "solve", "two_goods", "--model", "energy.toml", "--plan", "ambitious", "--out", "run", path=site)
    assert "energy_cap" in (tmp_path / "run" / "prices.csv").read_text(encoding="utf-8")
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["families"] == {"acme-energy": "1.2"}


def test_a_package_that_fails_is_named(package, tmp_path):
    (package / "acme_energy.py").write_text("import no_such_module\n", encoding="utf-8")
    said = run(tmp_path, "solve", "two_goods", code=3, path=str(package))
    for words in ("E188", "acme-energy", "No module named 'no_such_module'"):
        assert words in said
    assert "planner" in run(tmp_path, "--version", path=str(package))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.py", None, ("E187", "none.py", "No such file")),
        ("words.txt", "x = 1", ("E187", "its name must end in .py")),
        ("broken.py", "x = 1\ny = (\n", ("E188", "row 2", "SyntaxError")),
        ("missing.py", "\nimport no_such_module\n", ("E188", "row 2", "No module named")),
        (
            "taken.py",
            ENERGY.replace('"energy_cap"', '"labour"'),
            ("E188", 'There is a constraint family "labour" already'),
        ),
        ("unit.py", ENERGY.replace('unit_of=lambda facts: "GWh"', 'unit="GWh"'), ("E188", "has no unit that is known")),
        ("quits.py", "raise SystemExit(3)", ("E188", "SystemExit")),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_line(tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    told = run(tmp_path, "list", "families", "--families", name, code=3)
    for words in said:
        assert words in told
