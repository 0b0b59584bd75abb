"""A second objective, steadiness and floors of single periods, from a model file to the answer."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from planner.formulation import load_question

STEADY = [*load_question("five_year").families, "steady"]


@pytest.fixture
def model(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(f'extends = "five_year"\n{text}', encoding="utf-8")
        return path

    return write


def test_the_plan_is_the_best_by_the_second_objective(model, tmp_path: Path) -> None:
    """Iron to 90 % and corn in full as before; of all such plans, one that feeds people best, and no path."""
    asked = model('then = "consumption"\n')
    usual, best = (planner.solve("two_goods", plan="ambitious", model=m) for m in ("five_year", asked))
    assert best.targets["share"].tolist() == pytest.approx(usual.targets["share"].tolist())
    assert best.value == usual.value
    usual_level, best_level = (
        answer.plan.values[answer.formulation.program.column_block["consumption"].slice].mean()
        for answer in (usual, best)
    )
    assert best_level == pytest.approx(best.summary["then"]["value"])
    assert best_level > usual_level + 0.01
    assert "path" not in best.tables
    assert best.summary["path"] is None
    said = CliRunner().invoke(
        main, ["solve", "two_goods", "--model", str(asked), "--plan", "ambitious", "--out", str(tmp_path / "run")]
    )
    assert "one with the most of this: the level of household consumption per head" in " ".join(said.stdout.split())


def test_a_value_reached_is_held(model) -> None:
    """The most iron of both periods is 72; among such plans the least corn."""
    terms = 'terms = [{ measure = "output", item = "iron", period = "1..2" }]'
    asked = model(f'objective = "own"\nthen = "consumption"\n[own]\n{terms}\n')
    found = planner.solve("two_goods", plan="ambitious", model=asked)
    first = planner.solve("two_goods", plan="ambitious", model=model(f'objective = "own"\n[own]\n{terms}\n'))
    reached = first.formulation.program.cost @ found.plan.values
    assert reached == pytest.approx(first.value, rel=1e-6)
    assert found.written.startswith("The tables hold, of all plans at the optimum")


def test_what_nothing_limits_is_no_plan(model) -> None:
    """Without limits of plant and hands as many farms may be begun as one likes: there is no most of them."""
    terms = 'terms = [{ measure = "start", item = "farms", period = "2", weight = 1.0 }]'
    asked = model(f'then = "own"\nfamilies = ["material_balance", "target", "consumption_floor"]\n[own]\n{terms}\n')
    found = planner.solve("two_goods", plan="ambitious", model=asked)
    assert found.plan is None
    assert "hold no plan" in found.written


def test_no_output_falls_where_steadiness_holds(model) -> None:
    families = str(STEADY).replace("'", '"')
    found = planner.solve("two_goods", plan="ambitious", model=model(f"families = {families}\n"))
    made = found.tables["path"].pivot(index="product", columns="period", values="feasible")
    assert (made[2] >= made[1] * (1 - 1e-9)).all()
    assert "steady" in found.formulation.program.row_block


def test_a_floor_of_one_period_is_said(model) -> None:
    found = planner.solve("two_goods", plan="ambitious", model=model("[consumption]\nfloor_by_period = { 2 = 0.5 }\n"))
    assert found.formulation.variables.floor.tolist() == [1.0, 0.5]
    assert found.summary["floor"] == "base, but 0.5 in 2"
    over = planner.solve("two_goods", plan="ambitious", model=found.formulation.question, floor=0.9)
    assert over.formulation.variables.floor.tolist() == [0.9, 0.9]
