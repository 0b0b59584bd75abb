"""What a plan leaves behind at the end of a period, worked out by hand."""

import pytest

import planner
from planner.formulation import formulate
from planner.formulation.chains.state import state_table
from planner.formulation.question import Question
from planner.solver.highs import Session
from tests.properties.frames import economy

FAMILIES = (
    "material_balance",
    "capacity",
    "capacity_accumulation",
    "labour",
    "training",
    "foreign_exchange",
    "stock",
    "target",
)
SHOP = {
    "products": {"product": ["cloth"], "unit": ["m"]},
    "activities": {"activity": ["weave"], "product": ["cloth"]},
    "coefficients": {
        "activity": ["weave", "weave"],
        "item": ["looms", "master"],
        "role": ["capacity", "resource"],
        "value": [1.0, 0.1],
    },
    "capacities": {
        "capacity": ["looms"],
        "unit": ["m"],
        "initial": [10.0],
        "retirement": [0.1],
        "gestation": [2],
        "life": [3],
    },
    "pipeline": {"capacity": ["looms"], "period": ["3"], "value": [4.0]},
    "opening": {"kind": ["retiring", "debt"], "key": ["looms", "crowns"], "period": ["3", "1"], "value": [5.0, 7.0]},
    "resources": {"resource": ["hand", "master"], "unit": ["men", "men"], "kind": ["labour", "labour"]},
    "supply": {
        "resource": ["hand"] * 3 + ["master"] * 3,
        "period": ["1", "2", "3"] * 2,
        "value": [20.0] * 3 + [1.0] * 3,
    },
    "training": {"to_resource": ["master"], "from_resource": ["hand"], "periods": [2], "joining": [0.5]},
    "stocks": {"product": ["cloth"], "initial": [2.0]},
    "finance": {"period": ["1", "2", "3"], "credit": 3.0, "unit": ["crowns"] * 3},
    "plans": {"plan": ["plan"]},
    "targets": {
        "plan": ["plan"] * 3,
        "measure": ["start", "stock", "trained"],
        "item": ["looms", "cloth", "master"],
        "period": ["2", "2", "1"],
        "value": [6.0, 8.0, 2.0],
    },
}


def test_every_kind_by_hand():
    """At the end of 2: 10 looms less a tenth twice; 6 begun in 2 come in 4, the 4 of before in 3. Of the 10, 5 end in 3."""
    question = Question("shop", "", FAMILIES, "proportional")
    posed = formulate(economy(SHOP, ("1", "2", "3")), question, "plan")
    solution = Session().solve(posed.program)
    table = state_table(posed, solution, 3)
    end = table[table["end_of"] == "2"].set_index(["kind", "key", "period"])["value"]
    assert end["capacity", "looms", "3"] == pytest.approx(10 * 0.81)
    assert end["pipeline", "looms", "3"] == 4.0
    assert end["retiring", "looms", "3"] == pytest.approx(5 * 0.81)
    assert end["consumption", "*", "3"] == pytest.approx(solution.block("consumption")[1])
    assert end["debt", "crowns", "3"] == pytest.approx(7.0 + solution.block("borrowing")[:2].sum())
    started = solution.block("construction_start")
    assert end.get(("building", "looms", "4"), 0.0) == pytest.approx(started[1])
    trained = solution.block("training")
    assert end["labour", "hand", "3"] == pytest.approx(-trained[:2].sum())
    assert end.get(("training", "hand.master", "3"), 0.0) == pytest.approx(trained[0])
    last = table[table["end_of"] == "3"].set_index(["kind", "key", "period"])["value"]
    assert last["labour", "master", "4"] == pytest.approx(0.5 * trained[0])
    assert last["retiring", "looms", "6"] == 4.0


def test_a_run_of_solve_has_it_and_is_made_anew_with_it(tmp_path):
    run = planner.solve("two_goods", plan="ambitious").write(tmp_path / "run")
    table = planner.solve("two_goods", plan="ambitious").tables["state"]
    capacities = planner.solve("two_goods", plan="ambitious").tables["capacities"]
    stands = table[table["kind"] == "capacity"]
    assert stands["value"].tolist() == capacities.sort_values(["period", "capacity"])["in_existence"].tolist()
    assert planner.verify(run, rebuild=True).verified
    path = run / "state.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("80", "81"), encoding="utf-8")
    assert not planner.verify(run, rebuild=True).verified
