"""A constraint family of one's own: one decorated function and a model file that names it, and every answer knows it."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import planner
from planner.analysis.feasibility.conflict_groups import members_of
from planner.analysis.feasibility.conflicts import conflicts_of
from planner.analysis.feasibility.relaxation import relax
from planner.analysis.sensitivity.bottlenecks import bottlenecks, candidates
from planner.analysis.sensitivity.prices import two_sided
from planner.answers.pose import pose
from planner.cli import main
from planner.formulation import FAMILIES, Group, family, load_question
from planner.program import Matrix
from planner.solver.highs import Session

MODEL = """
extends  = "attainment"
title    = "How much can be had with the energy there is?"
families = ["material_balance", "capacity", "capacity_accumulation", "labour", "training", "foreign_exchange",
            "consumption_floor", "resource", "growth_limit", "stock", "target", "energy_cap"]
"""
CAP = 100.0


@pytest.fixture
def capped(tmp_path, monkeypatch):
    """Path of a model with a family that is registered for the time of a test: all techniques together, 100 a period."""

    @family(
        "energy_cap",
        algebra="Σx ≤ 100",
        index=("period",),
        unit_of=lambda facts: "GWh",
        says="All techniques together take no more energy than there is.",
        group=Group("energy", "the energy there was"),
        one_more="one more {unit} of energy in {period}",
    )
    def energy_cap(facts, plan):
        return Matrix(np.tile(np.eye(facts.T), len(facts.activities))) @ plan.activity <= CAP

    monkeypatch.chdir(tmp_path)
    path = Path("energy.toml")
    path.write_text(MODEL, encoding="utf-8")
    yield str(path)
    del FAMILIES["energy_cap"]


@pytest.fixture
def formulation(capped):
    return pose("two_goods", model=capped, plan="ambitious")


def run(*arguments):
    result = CliRunner().invoke(main, list(arguments), env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_its_rows_are_in_the_program_with_their_unit(formulation):
    block = formulation.program.row_block["energy_cap"]
    assert block.names() == ["energy_cap(1)", "energy_cap(2)"]
    assert block.unit.tolist() == ["GWh", "GWh"]
    assert formulation.program.row_upper[block.slice].tolist() == [CAP, CAP]


def test_conflicts_and_cures_name_it(formulation):
    """Corn 72 and iron 40 in year 2 take 112 units of activity and more; nothing but the cap need give way for one of them."""
    found = conflicts_of(formulation)
    assert found.complete
    assert any(
        sentence == "Corn 72 t in 2 and iron 40 t in 2 cannot both be had with the energy there was."
        for sentence in found.sentences("conflict")
    )
    assert any("no limit to" in sentence and "the energy there was" in sentence for sentence in found.sentences("cure"))
    assert "energy" in {member.kind for member in members_of(formulation)}


def test_relaxation_tells_how_much_more_of_it(formulation):
    """Of all limits together it has to grow; the growth found is enough, and less is not."""
    share = Session().solve(formulation.program).objective
    table = relax(formulation, share).table
    assert {"alone", "jointly"} == set(table.loc[table["group"] == "the energy there was", "way"])
    # with plant and hands in plenty the cap alone is in the way, and the least growth can be tried
    facts = planner.load("two_goods")
    plenty = {"supply": "value", "capacities": "initial"}
    tables = {
        name: facts.tables[name].assign(**{column: facts.tables[name][column] * 9}) for name, column in plenty.items()
    }
    rich = pose(replace(facts, tables={**facts.tables, **tables}), model="energy.toml", plan="ambitious")
    share = Session().solve(rich.program).objective
    assert share < 1.0
    table = relax(rich, share).table
    alone = table[table["way"] == "alone"].set_index("group")
    needed = float(alone.loc["the energy there was", "needed"])
    assert alone.loc["the energy there was", "answer"] == "enough"
    rows = rich.program.row_block["energy_cap"].slice
    for factor, enough in ((1.0001, True), (0.99, False)):
        upper = CAP * (1.0 + needed * factor)
        assert (Session().solve(rich.program.limited(rows, upper=upper)).objective >= 1.0 - 1e-9) is enough


def test_prices_and_bottlenecks_name_it(formulation):
    session = Session()
    solution = session.solve(formulation.program)
    prices = two_sided(formulation, solution, session)
    own = prices[prices["family"] == "energy_cap"]
    assert own["unit"].tolist() == ["GWh", "GWh"]
    assert own["one_more"].max() > 0
    (limit,) = [limit for limit in candidates(formulation) if limit.name == "energy_cap"]
    assert (limit.added, limit.unit) == (pytest.approx(20.0), "GWh")
    table = bottlenecks(formulation, solution, session).set_index("first")
    row = table[table["way"] == "one"].loc["energy_cap"]
    wider = formulation.program.limited(formulation.program.row_block["energy_cap"].slice, upper=1.1 * CAP)
    assert row["gain"] == pytest.approx(Session().solve(wider).objective - solution.objective)


def test_the_command_line_explains_it_and_prints_it(capped, tmp_path):
    said = " ".join(run("explain", "energy_cap").split())
    for words in ("All techniques together", "Σx ≤ 100", "the energy there was", "one more [unit] of energy"):
        assert words in said
    assert "energy_cap" in run("list", "families")
    assert "`energy_cap`" in run("explain", "--all")
    prices = " ".join(run("sensitivity", "two_goods", "--model", capped, "--plan", "ambitious", "--out", "s").split())
    assert "One more GWh of energy in 2 raises the attainable share" in prices
    with (tmp_path / "s" / "bottlenecks.csv").open(encoding="utf-8", newline="") as file:
        assert "energy_cap" in {row["first"] for row in csv.DictReader(file)}


def test_the_answer_for_a_plan_and_its_page_name_it(capped, tmp_path):
    found = planner.assess("two_goods", model=capped, plan="ambitious")
    folder = found.write(tmp_path / "run")
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert any("the energy there was" in sentence for sentence in summary["conflicts"])
    assert "the balances of products and the final use in them" in summary["conflicts_held"]
    for table, words in (("conflicts", "energy"), ("relaxation", "the energy there was"), ("binding", "energy_cap")):
        assert words in (folder / f"{table}.csv").read_text(encoding="utf-8"), table
    run("report", str(folder))
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "the energy there was" in page
    assert "Energy cap" in page


@pytest.mark.parametrize(
    ("index", "each", "words", "names"),
    [
        ((), (), "the energy there was", ["energy"]),
        (("activity", "period"), ("activity",), "the hours of {item}", ["energy:farming", "energy:smelting"]),
    ],
)
def test_one_group_for_all_or_one_for_each(capped, index, each, words, names):
    del FAMILIES["energy_cap"]

    def build(facts, plan):
        return (
            plan.activity.expression() if index else Matrix(np.ones((1, plan.activity.size))) @ plan.activity
        ) <= CAP

    family(
        "energy_cap",
        algebra="x ≤ 100",
        index=index,
        unit_of=lambda facts: "h",
        says="So much and no more.",
        group=Group("energy", words, each=each),
    )(build)
    formulation = pose("two_goods", model=capped, plan="ambitious")
    assert [member.name for member in members_of(formulation) if member.kind == "energy"] == names
    assert sum(limit.table == "energy_cap" for limit in candidates(formulation)) == len(names)


def test_a_model_that_names_no_such_family_is_refused(tmp_path):
    (tmp_path / "energy.toml").write_text(MODEL, encoding="utf-8")
    with pytest.raises(planner.DataError, match="E176"):
        load_question(tmp_path / "energy.toml")
