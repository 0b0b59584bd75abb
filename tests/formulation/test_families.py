"""Rows worked out by hand on one economy that has every feature at once: yarn and cloth over three years."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.formulation import formulate, load_question
from planner.formulation.formulate import Formulation
from planner.program.algebra import algebra
from planner.solver.highs import Session
from tests.formulation.build import build, question
from tests.properties.frames import economy

QUESTION = load_question("attainment")
PERIODS = ["1", "2", "3"]


def mill(**changes):
    """Yarn and cloth: leads, changing norms, lags of none, one and two years, stocks, trade, training, every kind of target."""
    tables = {
        "products": {"product": ["yarn", "cloth"], "unit": ["t", "bolt"], "price": [2.0, np.nan]},
        "activities": {
            "activity": ["spin", "weave", "knit"],
            "product": ["yarn", "cloth", "cloth"],
            "group": ["a", "b", "b"],
        },
        "coefficients": {
            "activity": ["weave", "weave", "weave", "knit", "spin", "weave", "spin", "weave", "knit", "knit"],
            "item": ["yarn", "yarn", "cloth", "yarn", "hands", "masters", "mill", "looms", "hands", "cloth"],
            "role": [
                "input",
                "input",
                "input",
                "input",
                "resource",
                "resource",
                "capacity",
                "capacity",
                "resource",
                "output",
            ],
            "from_period": ["", "2", "", "", "", "", "", "", "", ""],
            "value": [0.5, 0.4, 0.1, 0.7, 3.0, 2.0, 1.0, 1.5, 4.0, 0.9],
            "lead": [0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
        },
        "capacities": {
            "capacity": ["mill", "looms", "knit"],
            "unit": ["t", "bolt", "bolt"],
            "initial": [10.0, 8.0, 5.0],
            "utilisation": [0.9, 1.0, 1.0],
            "retirement": [0.1, 0.0, 0.0],
            "gestation": [1, 2, 0],
            "growth_limit": [0.2, 0.5, np.nan],
            "growth_floor": [1.0, 0.0, 0.0],
        },
        "pipeline": {"capacity": ["mill", "looms"], "period": ["2", "1"], "value": [3.0, 1.0]},
        "investment": {
            "capacity": ["mill", "looms", "looms", "looms", "knit"],
            "item": ["cloth", "yarn", "yarn", "hands", "ground"],
            "year": [1, 1, 2, 2, 1],
            "value": [0.25, 0.5, 0.75, 1.0, 2.0],
        },
        "resources": {
            "resource": ["hands", "masters", "ground"],
            "unit": ["men", "men", "ha"],
            "kind": ["labour", "labour", "land"],
        },
        "supply": {
            "resource": ["hands"] * 3 + ["masters"] * 3 + ["ground"] * 3,
            "period": PERIODS * 3,
            "value": [100.0, 110.0, 120.0, 20.0, 20.0, 20.0, 7.0, 7.0, 7.0],
        },
        "training": {
            "to_resource": ["masters"],
            "from_resource": ["hands"],
            "periods": [1],
            "trainers": [0.1],
            "growth_limit": [0.25],
        },
        "final_use": {"product": ["cloth"] * 3, "use": "army", "period": PERIODS, "value": 1.0},
        "consumption": {"product": ["cloth"], "per_head": [0.02], "flexible": [0.25]},
        "worker_consumption": {"product": ["cloth"], "per_worker": [0.01]},
        "population": {"period": PERIODS, "value": [100.0, 110.0, 120.0]},
        "stocks": {"product": ["yarn"], "initial": [4.0], "limit": [6.0], "spoilage": [0.25]},
        "trade": {
            "product": ["cloth", "cloth", "yarn"],
            "direction": ["export", "export", "import"],
            "period": ["1", "2", "2"],
            "price": [3.0, 4.0, 1.5],
            "limit": [2.0, np.nan, 5.0],
        },
        "finance": {
            "period": PERIODS,
            "other_receipts": [1.0, 0.0, 0.0],
            "other_payments": [0.0, 2.0, 0.0],
            "credit": [0.5, 0.5, 0.0],
            "debt_limit": [np.nan, 0.75, np.nan],
        },
        "targets": {
            "plan": "plan",
            "measure": [
                "output",
                "output",
                "export",
                "consumption",
                "investment",
                "delivery",
                "employment",
                "capacity",
                "output",
            ],
            "item": ["cloth", "yarn", "cloth", "*", "*", "cloth", "*", "mill", "yarn"],
            "period": ["3", "1..2", "2", "3", "1..3", "2", "3", "3", "3"],
            "value": [50.0, 30.0, 8.0, 1.5, 6.0, 4.0, 90.0, 12.0, 0.0],
            "sense": [
                "at_least",
                "at_least",
                "exactly",
                "at_least",
                "at_least",
                "at_least",
                "at_most",
                "at_least",
                "at_least",
            ],
            "hard": ["no", "no", "no", "no", "no", "yes", "no", "no", "no"],
            "unit": ["bolt", "t", "bolt", "", "crowns", "bolt", "men", "t", "t"],
        },
    } | changes
    return economy(tables, PERIODS)


def posed(**options) -> Formulation:
    families = (*QUESTION.families, "terminal")
    return formulate(mill(), replace(QUESTION, families=families, **options), "plan")


def rows_of(formulation: Formulation, family: str) -> list[str]:
    block = formulation.program.row_block[family]
    return algebra(formulation.program, range(block.start, block.stop))


def test_material_balance_by_hand():
    """Cloth in year 1: woven and knitted, less own use of weaving, the mill's building, the fixed part of 100 heads
    (0.02 × 100 × 0.75 = 1.5), 0.005 × 100 per unit of the level, 0.01 a worker, exports and the army's 1."""
    row = rows_of(posed(), "material_balance")[3]
    assert row.startswith("material_balance(cloth,1): ")
    assert "- 0.25 construction_start(mill,1)" in row
    assert "- 0.5 consumption(1)" in row
    assert "- export(cloth,1)" in row
    assert row.endswith(">= 2.5")  # 1.5 fixed + 1 for the army
    assert "+ 0.88 activity(weave,1)" in row  # 1 − 0.1 own use − 0.01 × 2 masters
    assert "+ 0.9 activity(knit,1)" in row  # its hands were taken a period before: none here
    assert "- 0.04 activity(knit,2)" in row  # the hands taken now for the next period: 0.01 × 4
    assert "-0.03 activity(spin,1)" in row  # 0.01 × 3 hands


def test_lead_and_changing_norm_by_hand():
    """Yarn of year 1 goes into weaving at 0.5 and into the knitting of year 2 at 0.7; from year 2 weaving takes 0.4."""
    first, second, _ = rows_of(posed(), "material_balance")[:3]
    assert "- 0.5 activity(weave,1)" in first
    assert "- 0.7 activity(knit,2)" in first
    assert "activity(knit,1)" not in first
    assert "- 0.4 activity(weave,2)" in second
    assert "+ 0.75 stock(yarn,1)" in second  # a quarter spoils
    assert first.endswith(">= -3")  # what is left of the opening stock


def test_growth_basis_counts_from_the_base_period():
    actuals = {
        "measure": "output",
        "item": ["cloth"],
        "period": "0",
        "series": "yearbook",
        "value": [20.0],
        "preferred": "yes",
        "unit": "bolt",
    }
    made = mill(actuals=actuals)
    formulation = formulate(made, replace(QUESTION, basis="growth"), "plan")
    row = rows_of(formulation, "target")[0]
    assert row.endswith("- 30 attainment >= 20")  # 20 + θ (50 − 20)


def test_groups_and_left_out_items():
    formulation = formulate(mill(), replace(QUESTION, without=("cloth", "*", "mill")), "plan")
    assert formulation.targets.names == ["output yarn 1..2", "output yarn 3"]


def test_a_floor_of_nothing_is_kept_and_said_to_ask_nothing():
    targets = posed().targets
    assert targets.manner[targets.terms.index(("output", "yarn", "3"))] == "in full: a floor of 0 asks nothing"


def test_floor_closures():
    from planner.formulation.formulate import floor_of

    formulation = posed()
    facts, targets = formulation.facts, formulation.targets
    said = {
        floor: floor_of(facts, replace(QUESTION, floor=floor), targets).tolist()
        for floor in ("base", "subsistence", "promised", 0.6)
    }
    assert said == {"base": [1, 1, 1], "subsistence": [0, 0, 0], "promised": [1, 1, 1.5], 0.6: [0.6, 0.6, 0.6]}


def test_without_the_family_training_nobody_is_trained():
    families = tuple(f for f in QUESTION.families if f != "training")
    program = formulate(mill(), replace(QUESTION, families=families), "plan").program
    assert (program.column_upper[program.column_block["training"].slice] == 0).all()


@pytest.mark.parametrize("objective", ["consumption", "terminal_capital"])
def test_other_objectives_solve(objective):
    from planner.answers.solve import solve

    families = tuple(f for f in QUESTION.families if f != "target")
    result = solve("two_goods", model=replace(QUESTION, objective=objective, families=families))
    assert result.solution.optimal
    assert result.solution.objective > 0


def test_terminal_capital_by_hand():
    """two_goods has no prices, so weights are given: farms and furnaces at the end, as many as iron of year 1 allows."""
    from planner.answers.solve import solve

    families = tuple(f for f in QUESTION.families if f != "target")
    question = replace(QUESTION, objective="terminal_capital", families=families, capital_weights={"furnaces": 1.0})
    result = solve("two_goods", model=question)
    assert result.solution.objective == pytest.approx(36.0)


@pytest.mark.parametrize("families", ["labour", "resource", "material_balance"])
def test_what_was_begun_before_holds_whatever_is_asked(families: str, tmp_path: Path) -> None:
    """Hands, land and seed are taken a period ahead, and nothing was begun: whichever is counted, nothing is reaped in 1."""
    tables = {
        "products": "product,unit\ncorn,t",
        "activities": "activity,product\nfarming,corn",
        "coefficients": "activity,item,role,value,lead\nfarming,hands,resource,1,1\nfarming,land,resource,1,1\n"
        "farming,corn,input,0.5,1",
        "resources": "resource,unit,kind\nhands,persons,labour\nland,ha,land",
        "supply": "resource,period,value\nhands,*,10\nland,*,10",
    }
    aim = 'terms = [{ measure = "output", item = "corn", period = "1" }]'
    asked = question(tmp_path, f'families = ["{families}"]\nobjective = "own"\n[own]\n{aim}')
    for begun, reaped in (("", 0.0), ("activity,farming,1,4", 4.0)):
        economy = build(tmp_path / f"begun{reaped:g}", tables | {"opening": f"kind,key,period,value\n{begun}"})
        assert Session().solve(formulate(economy, asked).program).objective == pytest.approx(reaped)
