"""Floors under consumption: what may be written for one, by every road, and where the floor of what happened comes from."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import planner
from planner.answers.pose import pose, question_about
from planner.cli import main
from planner.economy import DataError, load
from planner.formulation import formulate, load_question

WRONG = {  # as written: what is said of it
    "45": "45 would be 45 times the base level. For 45 per cent write 0.45.",
    "5.01": "For 5.01 per cent write 0.0501.",
    "45%": "For 45 per cent write 0.45.",
    "-1": "nor a share of the base level",
    "nan": "nor a share of the base level",
    "inf": "nor a share of the base level",
    "bse": 'Did you mean "base"?',
    "": "nor a share of the base level",
}
COMMANDS = [
    ["solve"],
    ["feasibility"],
    ["feasibility", "--plan", "all"],
    ["backtest"],
    ["near-optimal"],
    ["execute"],
    ["uncertainty"],
]


@pytest.mark.parametrize("floor", WRONG)
def test_the_command_line_refuses(floor: str) -> None:
    for command in COMMANDS:
        result = CliRunner().invoke(main, [command[0], "two_goods", *command[1:], "--floor", floor])
        assert result.exit_code == 2, command
        assert WRONG[floor] in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("floor", [*WRONG, 45, 45.0, -1.0, math.nan, math.inf, True])
def test_python_refuses(floor: object) -> None:
    for road in (
        lambda: planner.solve("two_goods", floor=floor),
        lambda: planner.assess("two_goods", floor=floor),
        lambda: replace(load_question("five_year"), floor=floor),
    ):
        with pytest.raises(DataError) as refused:
            road()
        [finding] = refused.value.findings
        assert (finding.code, finding.column, finding.value) == ("E174", "floor", str(floor))


@pytest.mark.parametrize("floor", ["45", "5.5", '"45%"', '"bse"', "-0.1", "inf", "nan", "true"])
def test_a_model_file_is_refused(floor: str, tmp_path: Path) -> None:
    model = tmp_path / "mine.toml"
    model.write_text(f'extends = "five_year"\n[consumption]\nfloor = {floor}\n', encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load_question(model)
    assert {(f.code, f.file, f.column) for f in refused.value.findings} == {("E174", "mine.toml", "consumption.floor")}
    result = CliRunner().invoke(main, ["solve", "two_goods", "--model", str(model)])
    assert result.exit_code == 3


@pytest.mark.parametrize(
    ("floor", "level"), [(0, 0.0), (1, 1.0), ("0.45", 0.45), (5, 5.0), ("base", 1.0), ("subsistence", 0.0)]
)
def test_what_is_a_floor(floor: str | float, level: float) -> None:
    assert pose("two_goods", floor=floor).variables.floor.tolist() == [level, level]


def test_the_floor_of_what_happened_is_the_economys_own() -> None:
    question = load_question("backtest")
    assert question.floor == "actual"
    for economy, floor in (("ussr_1928", 0.45), ("two_goods", "base")):
        facts = load(economy)
        assert question_about(facts, "backtest").floor == floor
        assert question_about(facts, "backtest", 0.6).floor == 0.6
        asked = question_about(facts, "backtest")
        assert formulate(facts, asked).variables.floor.tolist() == formulate(facts, question).variables.floor.tolist()
    assert pose("ussr_1928", floor="actual").question.floor == 0.45


WITHOUT = (
    'extends = "five_year"\nfamilies = ["material_balance", "capacity", "capacity_accumulation", "labour", "target"]\n'
)


@pytest.fixture
def without_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("without.toml").write_text(WITHOUT, encoding="utf-8")
    return "without.toml"


@pytest.mark.parametrize("command", [*COMMANDS, ["feasibility", "--floor", "all"], ["sensitivity"], ["frontier"]])
@pytest.mark.parametrize("floor", ["base", "0.9"])
def test_a_floor_where_there_is_none_is_refused(command: list[str], floor: str, without_floor: str) -> None:
    asked = [command[0], *(["output:corn:2", "output:iron:2"] if command[0] == "frontier" else []), "two_goods"]
    more = command[1:] if "--floor" in command else [*command[1:], "--floor", floor]
    result = CliRunner().invoke(main, [*asked, "--model", without_floor, *more])
    assert result.exit_code == 3, result.output
    assert 'does not have the family "consumption_floor"' in " ".join(result.stderr.split())
    assert [path.name for path in Path().iterdir()] == [without_floor]


def test_python_refuses_a_floor_where_there_is_none(without_floor: str) -> None:
    for road in (planner.solve, planner.assess, pose):
        with pytest.raises(DataError, match="would change nothing"):
            road("two_goods", model=without_floor, floor=0.9)
    Path(without_floor).write_text(f"{WITHOUT}[consumption]\nfloor = 0.9\n", encoding="utf-8")
    with pytest.raises(DataError, match="would change nothing"):
        load_question(without_floor)


def test_an_answer_without_a_floor_names_none(without_floor: str) -> None:
    for command in COMMANDS:
        result = CliRunner().invoke(main, [*command, "two_goods", "--model", without_floor, "--out", command[-1]])
        assert result.exit_code == 0, result.output
        said = (
            " ".join(result.stdout.split())
            .replace("keeps the floors and balances", "")
            .replace("no consumption floor", "")
        )
        assert "floor" not in said
        summary = json.loads(Path(command[-1], "summary.json").read_text(encoding="utf-8"))
        assert summary.get("floor") is None
    assert CliRunner().invoke(main, ["verify", "feasibility", "--rebuild"]).exit_code == 0
