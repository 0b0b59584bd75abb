"""Every recipe of ``planner/README.md``, carried out on a copy of the package: files, differences, commands and what they print."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.shipped import ECONOMIES
from tests.test_layers import ROOMS
from tests.test_layers import ROOT as PACKAGE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "planner" / "README.md").read_text(encoding="utf-8")
RECIPES = dict(
    re.findall(r"^### (An? .*?)\n(.*?)(?=^### |\Z)", PAGE.partition("## Recipes")[2], re.MULTILINE | re.DOTALL)
)
BLOCK = re.compile(r"^```(\w+) (new|append|recipe)?[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(recipe: str) -> list[tuple[str, str, str]]:
    """Blocks of a recipe: what is done, to which file, and the text."""
    return [(how or language, file, text) for language, how, file, text in BLOCK.findall(recipe)]


def changed(text: str, difference: str) -> str:
    """A text with the lines of a difference put in place of those they replace, which must stand there once.

    >>> changed("a\\nb\\nc\\n", " a\\n-b\\n+d\\n")
    'a\\nd\\nc\\n'
    """
    lines = difference.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
    assert f"\n{text}".count(f"\n{old}") == 1, old
    return text.replace(old, new)


@pytest.fixture
def copy(tmp_path):
    """The project without its tests; other economies than the worked example stay where they are."""
    for name in ("planner", "models", "inputs/two_goods"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in set(ECONOMIES) - {"two_goods"}:
        (tmp_path / "inputs" / name).symlink_to(ROOT / "inputs" / name)
    shutil.copy(ROOT / "README.md", tmp_path)
    (tmp_path / "outputs").mkdir()
    return tmp_path


def run(folder: Path, command: str) -> str:
    program, *arguments = command.split()
    whole = {"planner": [sys.executable, "-m", "planner"], "ls": ["ls"]}[program]
    done = subprocess.run(
        [*whole, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", RECIPES)
def test_the_recipe_does_what_it_says(copy, name):
    found = steps(RECIPES[name])
    assert found[-1][0] == "recipe"
    for how, file, text in found:
        if how == "recipe":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, *lines = part.strip().split("\n")
                printed = run(copy, command)
                assert not [line for line in lines if line not in printed], printed
        elif how == "new":
            assert not (copy / file).exists()
            (copy / file).write_text(text, encoding="utf-8")
        elif how == "append":
            with (copy / file).open("a", encoding="utf-8") as end:
                end.write(text)
        else:
            (copy / file).write_text(changed((copy / file).read_text(encoding="utf-8"), text), encoding="utf-8")


def test_the_table_counts_the_files_of_each():
    told = dict(re.findall(r"^\| \[(an? [^\]]*)\]\(#[^)]*\) \| (\d) file", PAGE, re.MULTILINE))
    code = {
        name.lower(): {file for how, file, _ in steps(recipe) if how != "recipe" and file.endswith(".py")}
        for name, recipe in RECIPES.items()
    }
    family = "planner/formulation/families/energy.py"
    assert told == {
        name: str(len(files - {family, "planner/formulation/formulate.py"} if family in files else files))
        for name, files in code.items()
    }


def test_the_floors_are_those_that_are_held():
    told = dict(
        re.findall(r"^\| `([a-z/]+)` \| (.*) \|$", PAGE.partition("## Floors")[2].partition("##")[0], re.MULTILINE)
    )
    assert tuple(told) == ROOMS
    for room, says in told.items():
        file = PACKAGE / room / "__init__.py" if (PACKAGE / room).is_dir() else PACKAGE / f"{room}.py"
        assert file.read_text(encoding="utf-8").startswith(f'"""{says}'), room
