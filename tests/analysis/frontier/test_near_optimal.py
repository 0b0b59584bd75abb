"""Near-optimal room: bounds are reached by near-best plans, and widen with what is given up."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from planner.analysis.frontier.feasible_set import row_of
from planner.analysis.frontier.near_optimal import groups, near_best, near_optimal
from planner.answers.pose import pose
from planner.cli import main
from planner.formulation import load_question
from planner.reporting.dictionary.glossary import RESULTS
from planner.solver.highs import Session


@pytest.mark.parametrize(("economy", "sample"), [("two_goods", 9), ("ussr_1928", 12)])
def test_bounds_are_reached_by_plans_of_the_program_itself(economy, sample):
    formulation = pose(economy)
    session = Session()
    best = session.solve(formulation.program)
    table = near_optimal(formulation, best, 0.01)
    wanted = groups(formulation)
    weights, constants = row_of(formulation, [q.term for q in wanted])
    program = near_best(formulation.program, best.objective, 0.01)
    lower, upper = formulation.program.column_lower.copy(), formulation.program.column_upper.copy()
    theta = formulation.program.column_block["attainment"].start
    lower[theta] = 0.99 * best.objective
    by_bound = formulation.program.with_(column_lower=lower, column_upper=upper)  # the same by another road
    for i in np.random.default_rng(3).choice(len(wanted), sample, replace=False):
        row = table.iloc[i]
        assert (row["measure"], row["item"], row["period"]) == wanted[i].term
        for sense, end in (("min", "least"), ("max", "greatest")):
            cost = weights[i] * 1e3 / max(np.abs(weights[i]).max(), 1e-12)
            solution = Session().solve(by_bound.with_(sense=sense, cost=cost, offset=0.0))
            assert weights[i] @ solution.values + constants[i] == pytest.approx(row[end], rel=1e-5, abs=1e-5)
        assert row["least"] - 1e-5 <= row["in_best"] <= row["greatest"] + 1e-5
    assert program.shape[0] == formulation.program.shape[0] + 1


def most_begun(facts, capacity):
    """The most that growth at the limit from the first period on would begin, in the horizon and for what comes after it."""
    row = facts.tables["capacities"].set_index("capacity").loc[capacity]
    pipeline = facts.plant.pipeline.reshape(-1, facts.T)[facts.position("capacity", capacity)]
    plant, begun, gestation = row["initial"], 0.0, int(row["gestation"])
    for t in range(facts.T + gestation):
        new = row["growth_limit"] * plant + row["growth_floor"] if t >= gestation else 0.0
        known = pipeline[t] if t < facts.T else 0.0
        plant, begun = (1.0 - row["retirement"]) * plant + known + new, begun + new
    return begun


def test_what_comes_on_stream_after_the_horizon_keeps_the_pace_too():
    """What a plan begins of any kind of plant is no more than its pace allows from the first period on."""
    formulation = pose("ussr_1928", model="attainment")
    facts = formulation.facts
    table = near_optimal(formulation, Session().solve(formulation.program), 0.01)
    greatest = table[table["measure"] == "start"].set_index("item")["greatest"]
    limited = facts.tables["capacities"].loc[facts.tables["capacities"]["growth_limit"].notna(), "capacity"]
    assert len(limited) > 25
    for capacity in limited:
        assert greatest[capacity] <= most_begun(facts, capacity) * (1 + 1e-6), capacity


def test_room_widens_with_what_is_given_up():
    formulation = pose("two_goods")
    best = Session().solve(formulation.program)
    none, some, much = (near_optimal(formulation, best, e) for e in (0.0, 0.05, 0.2))
    for narrow, wide in ((none, some), (some, much)):
        assert (wide["least"] <= narrow["least"] + 1e-9).all()
        assert (wide["greatest"] >= narrow["greatest"] - 1e-9).all()


def test_a_minimum_is_held_from_above():
    question = replace(load_question("five_year"), objective="shortfall")
    formulation = pose("two_goods", model=question)
    best = Session().solve(formulation.program)
    assert formulation.program.sense == "min"
    program = near_best(formulation.program, best.objective, 0.1)
    assert Session().solve(program).objective == pytest.approx(best.objective)
    worst = Session().solve(program.with_(sense="max"))
    assert worst.objective == pytest.approx(1.1 * best.objective)


def test_readings():
    formulation = pose("two_goods")
    table = near_optimal(formulation, Session().solve(formulation.program), 0.01)
    reading = dict(zip(table["measure"] + ":" + table["item"], table["reading"], strict=True))
    assert reading["output:iron"] == "fixed"
    assert reading["start:farms"] == "free"
    assert reading["start:furnaces"] == "at least"


def test_command_writes_the_room(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["near-optimal", "two_goods", "--epsilon", "0.05", "--out", "run"])
    assert result.exit_code == 0
    assert "Every such plan does at least this" in result.stdout
    table = pd.read_csv(tmp_path / "run/near_optimal.csv")
    assert list(table.columns) == list(RESULTS["near_optimal"][1])
    assert set(table["epsilon"]) == {0.05}
    assert (table["least"] <= table["greatest"] + 1e-9).all()
    assert json.loads((tmp_path / "run/manifest.json").read_text(encoding="utf-8"))["options"]["epsilon"] == 0.05
