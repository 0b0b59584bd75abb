"""Whatever a page says that a command prints is what it prints; ``pytest tests/readme --golden`` writes the blocks anew."""

from pathlib import Path

import pytest

from planner.formulation import load_question
from planner.shipped import shipped
from tests.readme.blocks import as_shown, blocks, pages, printed, rewritten

ROOT = Path(__file__).parents[2]
ELSEWHERE = {"planner/docs/diagnosis.md"}  # of files of the tests; tests/diagnosis/test_files.py holds what it says
PAGES = [page for page in pages(ROOT) if page.relative_to(ROOT).as_posix() not in ELSEWHERE]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_blocks_are_what_the_commands_print(page, tmp_path, monkeypatch, request):
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    output = {said: as_shown(said, printed(said.command)) for said in blocks(text)}
    if request.config.getoption("--golden", default=False):
        page.write_text(rewritten(text, output), encoding="utf-8")
        return
    for said, shown in output.items():
        assert "\n".join(said.lines) == "\n".join(shown), (
            f"{said.command}: run pytest tests/readme --golden, and read the difference"
        )


def test_the_worked_examples_show_what_they_say():
    shown = {page.parent.name: list(blocks(page.read_text(encoding="utf-8"))) for page in pages(ROOT)}
    assert all(shown[name] for name in ("two_goods", "leontief", "williams"))


def test_the_model_file_of_the_handbook_can_be_read(tmp_path):
    text = (shipped("models") / "README.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "mine.toml").write_text(example, encoding="utf-8")
    question = load_question(tmp_path / "mine.toml")
    assert (question.floor, question.objective) == ("promised", load_question("five_year").objective)
