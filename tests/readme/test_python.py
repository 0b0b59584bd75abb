"""The Python that pages show runs as it stands, block after block, and prints what stands below it."""

import re
from pathlib import Path

import pytest

from planner.formulation import FAMILIES
from tests.readme.blocks import pages

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
SHOWN = [page for page in pages(ROOT) if BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.fixture
def registry():
    """What a page registers is gone after it."""
    before = dict(FAMILIES)
    yield
    FAMILIES.clear()
    FAMILIES.update(before)


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_python_of_a_page_runs_and_prints_what_it_says(page, registry, tmp_path, monkeypatch, capsys, request):
    monkeypatch.chdir(tmp_path)
    names, text = {"__name__": "__main__"}, page.read_text(encoding="utf-8")
    for code, said in BLOCK.findall(text):
        exec(compile(code, page.name, "exec"), names)
        printed = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
        if said and request.config.getoption("--golden"):
            page.write_text(
                page.read_text(encoding="utf-8").replace(
                    f"{code}```\n\n```text\n{said}", f"{code}```\n\n```text\n{printed}"
                )
            )
        elif said:
            assert printed == said
        else:
            assert printed.count("\n") >= code.count("print(")


def test_the_first_page_and_the_tutorial_show_python():
    assert {"README.md", "planner/docs/programmer.md"} <= {page.relative_to(ROOT).as_posix() for page in SHOWN}
