"""An objective of one's own: one decorated function and a model file that names it, and every answer knows it."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import planner
from planner.answers.pose import pose
from planner.cli import main
from planner.formulation import load_question
from planner.formulation.keys import keys
from planner.formulation.objectives import OBJECTIVES, Goal, Key, attainment, objective
from planner.program import Matrix

MODEL = """
schema    = 1
title     = "How much iron can be smelted?"
families  = ["material_balance", "capacity", "capacity_accumulation", "labour", "foreign_exchange", "consumption_floor",
             "resource", "growth_limit"]
objective = "smelting"

[smelting]
least  = 3.0
"""
ROW = {"says": "the most iron", "use": "for the railways"}


@pytest.fixture(autouse=True)
def registry():
    """What is registered in a test is gone after it."""
    before = dict(OBJECTIVES)
    yield
    OBJECTIVES.clear()
    OBJECTIVES.update(before)


def smelting(facts, plan, question):
    """Iron smelted over the horizon, times a factor of the file's own."""
    iron = (facts.keys("activity", "period")[0] == "smelting").astype(float)
    return Goal(
        "max", Matrix(iron[None, :] * question.given.get("smelting.least", 1.0)) @ plan.activity, "t", "iron made"
    )


@pytest.fixture
def model(tmp_path, monkeypatch):
    objective("smelting", keys={"smelting.least": Key(float, "factor of the objective `smelting`")}, **ROW)(smelting)
    monkeypatch.chdir(tmp_path)
    Path("smelting.toml").write_text(MODEL, encoding="utf-8")
    return "smelting.toml"


def test_it_is_solved_with_its_own_key(model):
    result = planner.solve("two_goods", model=model)
    iron = result.formulation.program.column_block["activity"].positions
    made = sum(result.solution.values[place] for (name, _), place in iron.items() if name == "smelting")
    assert result.solution.objective == pytest.approx(3.0 * made)
    assert made > 0
    assert result.summary["unit"] == "t"
    assert result.formulation.question.given == {"smelting.least": 3.0}


def test_the_command_line_explains_and_answers_it(model):
    def run(*arguments):
        result = CliRunner().invoke(main, list(arguments), env={"COLUMNS": "140"})
        assert result.exit_code == 0, result.stderr
        return " ".join(result.stdout.split())

    assert "The most iron." in run("explain", "smelting")
    page = run("explain", "--all")
    assert "| `smelting` | the most iron | for the railways |" in page
    assert "| `smelting.least` | factor of the objective `smelting` |" in page
    assert "Iron made:" in run("solve", "two_goods", "--model", model)


def test_its_key_is_known_only_while_it_is(model):
    assert load_question(model).objective == "smelting"
    Path("wrong.toml").write_text(MODEL.replace("3.0", '"much"'), encoding="utf-8")
    with pytest.raises(planner.DataError, match="E174"):
        load_question("wrong.toml")
    del OBJECTIVES["smelting"]
    with pytest.raises(planner.DataError) as raised:
        load_question(model)
    assert {"E173", "E174"} <= {finding.code for finding in raised.value.findings}


def test_one_that_needs_targets_asks_for_them(model):
    objective("smelting", needs_targets=True, keys={"smelting.least": Key(float, "a factor")}, **ROW)(smelting)
    with pytest.raises(planner.DataError, match="E177"):
        load_question(model)


def test_a_share_of_targets_is_answered_like_attainment(model):
    """Another way to write the headline: the same share, the same figures, and the words of a share."""
    objective("reached", needs_targets=True, is_share=True, reading="common", **ROW)(attainment)
    Path("reached.toml").write_text('extends = "attainment"\nobjective = "reached"\n', encoding="utf-8")
    one, two = (planner.solve("two_goods", model=name, plan="ambitious") for name in ("reached.toml", "attainment"))
    assert one.solution.objective == two.solution.objective == pytest.approx(0.9)
    assert np.array_equal(one.shares, two.shares)
    assert one.formulation.goal.unit == "share of the official figures"
    shown = CliRunner().invoke(main, ["solve", "two_goods", "--model", "reached.toml", "--plan", "ambitious"]).stdout
    assert "can be reached to 90.0 %" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"says": ""}, "must say what is sought"),
        ({"is_share": True}, "contradicts itself"),
        ({"is_share": True, "needs_targets": True}, "contradicts itself"),
        ({"reading": "common", "needs_targets": True}, "contradicts itself"),
        ({"reading": "missed"}, "contradicts itself"),
        ({"keys": {"least": Key(float, "a factor")}}, "a key is written TABLE.KEY"),
        ({"keys": {"own.sense": Key(str, "a sense")}}, 'belongs to the objective "own" already'),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(row, words):
    with pytest.raises(ValueError, match=words):
        objective("smelting", **{**ROW, **row})(smelting)
    assert "smelting" not in OBJECTIVES


def test_no_objective_takes_a_name_or_a_key_of_another():
    with pytest.raises(ValueError, match='"own" already, in'):
        objective("own", **ROW)(smelting)
    with pytest.raises(ValueError, match="no name for an objective"):
        objective("most iron", **ROW)
    objective("smelting", keys={"consumption.floor": Key(float, "a floor")}, **ROW)(smelting)
    with pytest.raises(ValueError, match="one of every question"):
        keys()


def test_a_unit_that_contradicts_the_row_is_refused(model):
    objective("smelting", **ROW)(smelting)  # registered anew, as a cell of a notebook is run again
    objective("own_share", **ROW)(attainment)
    Path("own_share.toml").write_text('extends = "attainment"\nobjective = "own_share"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="is_share=False"):
        pose("two_goods", model="own_share.toml", plan="ambitious")
