"""A page of every kind of run: what it is, its figures in words, and the command that makes it again."""

import html
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import main
from planner.reporting.page.kinds import KINDS

RUNS = {
    "solve": "solve two_goods --set supply:resource=workers,period=1:value*=1.1",
    "feasibility": "feasibility two_goods --plan ambitious --years 3",
    "ladder": "feasibility two_goods --plan all --floor 0.9",
    "backtest": "backtest two_goods",
    "sensitivity": "sensitivity two_goods --curve capacities:furnaces:initial=0.5:2 --top 3",
    "frontier": "frontier output:corn:2 output:iron:2 two_goods --hold 0.5",
    "near_optimal": "near-optimal two_goods --epsilon 0.05 --corner optimistic --plans 2",
}


def made(command: str, folder: Path) -> Path:
    for words in (f"{command} --out {folder}", f"report {folder}"):
        result = CliRunner().invoke(main, shlex.split(words))
        assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("kind", RUNS)
def test_its_page_says_what_it_is_and_how_it_is_made_again(kind: str, tmp_path: Path) -> None:
    folder = made(RUNS[kind], tmp_path / "first")
    page = html.unescape((folder / "report.html").read_text(encoding="utf-8"))
    title = re.search(r"<title>(.*)</title>", page)
    assert title
    assert title[1].endswith(f": {KINDS[kind].title}")
    labels = re.findall(r"<dt>(.*?)</dt>", page[page.index('id="answer"') : page.index("</section>")])
    known = {fact.label for fact in KINDS[kind].facts}
    assert not known or (labels and set(labels) <= known)
    command = next(
        words for words in re.findall(r"planner [^<]*", page) if words.startswith(f"planner {RUNS[kind].split()[0]} ")
    )
    again = made(command.strip().removeprefix("planner "), tmp_path / "second")
    tables = sorted(path.name for path in folder.glob("*.csv"))
    assert tables == sorted(path.name for path in again.glob("*.csv"))
    for name in tables:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


def test_a_diagnosis_has_a_page_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "bad.lp").write_text("Minimize\n obj: x\nSubject To\n a: x >= 3\n b: x <= 1\nEnd\n", encoding="utf-8")
    folder, commands = (
        tmp_path / "run",
        (f"diagnose {tmp_path / 'bad.lp'} --out {tmp_path / 'run'}", f"report {tmp_path / 'run'}"),
    )
    codes = [CliRunner().invoke(main, shlex.split(words)).exit_code for words in commands]
    assert codes[1] == 0
    page = html.unescape((folder / "report.html").read_text(encoding="utf-8"))
    summary = json.loads((folder / "diagnosis.json").read_text(encoding="utf-8"))
    assert f"<title>bad.lp: {KINDS['diagnosis'].title}</title>" in page
    for sentence in summary["sentences"]:
        assert sentence in page
    assert "plan" not in re.sub(
        r"<[^>]+>|planner|plain|explan", "", page[page.index("<main") : page.index('id="words"')]
    )


def test_every_command_that_keeps_a_run_has_a_kind() -> None:
    from planner.answers.base.answer import Answer

    def kinds(of: type) -> set[str]:
        return {getattr(of, "kind", "")} | {kind for below in of.__subclasses__() for kind in kinds(below)}

    import planner

    for verb in planner.__all__:
        getattr(planner, verb)
    unkept = {"", "answer", "check", "compare", "explain", "verify", "violations"}
    assert kinds(Answer) - unkept <= set(KINDS)
