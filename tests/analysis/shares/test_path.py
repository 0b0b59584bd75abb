"""The path to the settled figures: by hand, and by its own arrays."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

import planner
from planner.analysis.shares import path as module
from planner.analysis.shares.path import Path, path_to
from planner.analysis.shares.reference import ALLOWED
from planner.analysis.shares.settled import Settled, settle
from planner.answers.pose import pose
from planner.formulation import formulate, load_question
from planner.reporting.tables.produced import produced_table
from planner.reporting.tables.settled import import_shares_table, labour_table, path_table
from tests.properties.economies import PLAN
from tests.properties.frames import economy


@pytest.fixture(scope="module")
def settled() -> Settled:
    return settle(pose("ussr_1928", plan="raised_1930"), reasons=False)


@pytest.fixture(scope="module")
def path(settled: Settled) -> Path:
    assert settled.path is not None
    return settled.path


def test_it_keeps_every_limit_and_reaches_the_figures(settled: Settled, path: Path) -> None:
    program, values = path.program, path.plan.values
    body = program.matrix @ values
    size = 1.0 + abs(program.matrix) @ np.abs(values)
    assert ((program.row_lower - body) / size).max() <= 2e-9
    assert ((body - program.row_upper) / size).max() <= 2e-9
    assert (program.column_lower - values).max() <= 1e-9
    assert path.gap <= 1e-5
    for (measure, item, period), share, official in zip(
        settled.formulation.targets.terms, settled.shares, settled.formulation.targets.official, strict=True
    ):
        if measure == "output":
            reached = path.output[
                path.reference.names.index(item), list(settled.formulation.facts.periods).index(period)
            ]
            assert reached >= official * share * (1 - ALLOWED) - 1e-6 * official


@pytest.mark.slow
def test_nothing_is_told_after_the_last_figure() -> None:
    found = settle(pose("ussr_1928", plan="plan_1931"), reasons=False).path
    assert found is not None
    assert found.reference.last == 2
    for table in (path_table(found), labour_table(found), import_shares_table(found)):
        assert set(table["period"]) == {"1929", "1930", "1931"}
    assert (found.falls[:, 3:] == 0).all()


def bakery(more: Mapping[str, Mapping[str, object]] | None = None, **figures: object):
    """Bread alone, of which ovens there are enough for anything asked here; 100 in the base period, three periods."""
    tables = {
        **(more or {}),
        "products": {"product": ["bread"], "unit": "t"},
        "activities": {"activity": ["baking"], "product": ["bread"]},
        "capacities": {"capacity": ["baking"], "unit": "t", "initial": [1000.0]},
        "targets": {"plan": PLAN, "measure": "output", "item": ["bread"], "unit": "t", **figures},
        "actuals": {
            "measure": "output",
            "item": ["bread"],
            "period": "0",
            "value": [100.0],
            "unit": "t",
            "preferred": "yes",
        },
    }
    facts = economy(tables, ["1", "2", "3"])
    return formulate(replace(facts, base_period="0"), load_question("attainment"), PLAN)


def test_steady_growth_where_nothing_stands_in_the_way() -> None:
    """From 100 to 133.1 in three periods is ten per cent in each. Half a per cent less is allowed, and is not wanted."""
    found = settle(bakery(period="3", value=[133.1])).path
    assert found is not None
    assert found.reference.level[0].tolist() == pytest.approx([110.0, 121.0, 133.1])
    assert found.output[0].tolist() == pytest.approx([110.0, 121.0, 133.1], rel=1e-3)
    assert found.falls.max() == 0.0


def test_all_that_are_employed_keep_up_ovens_too() -> None:
    """A tenth of a hand a tonne, and of 1,000 ovens each takes a fiftieth to keep it up: 20 hands beside the bakers."""
    staff = {
        "resources": {"resource": ["hand"], "unit": "men", "kind": "labour"},
        "supply": {"resource": ["hand"] * 3, "period": ["1", "2", "3"], "value": [100.0] * 3},
        "coefficients": {"activity": ["baking"], "item": ["hand"], "role": "resource", "value": [0.1]},
        "upkeep": {"capacity": ["baking"], "item": ["hand"], "value": [0.02]},
    }
    found = settle(bakery(staff, period="3", value=[133.1])).path
    assert found is not None
    table = labour_table(found)
    everybody, bakers = (table[table["branch"] == branch]["path"].to_numpy() for branch in ("*", ""))
    assert bakers == pytest.approx(0.1 * found.output[0])
    assert everybody == pytest.approx(bakers + 20.0)


def test_a_path_by_hand_where_plant_stands_in_the_way() -> None:
    """Ovens for 105 in period 1, as a figure that may not be passed: (y - 110)/110 least at 105, the others as they are."""
    posed = bakery(period=["3", "1"], item=["bread", "bread"], value=[133.1, 105.0], sense=["at_least", "at_most"])
    found = settle(posed).path
    assert found is not None
    assert found.output[0].tolist() == pytest.approx([105.0, 121.0, 133.1], rel=1e-3)


def test_outputs_do_not_move_when_least_is_left_unused(
    settled: Settled, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of the quadratic program; what is unused is made least afterwards."""
    before = []
    least_unused = module._least_unused
    monkeypatch.setattr(module, "_least_unused", lambda *given: before.append(given) or least_unused(*given))
    again = path_to(settled.formulation, settled.shares)
    [(_, program, outputs, reference, found, _)] = before
    rows, level, values = reference.rows, reference.level.ravel(), found.values[: program.shape[1]]
    assert (np.abs(outputs @ values - again.output.ravel())[rows] / level[rows]).max() <= 1e-8
    assert again.output.tolist() == path.output.tolist()
    assert (path.unused >= 0).all()


def test_the_least_unused_is_the_same_from_the_steadiest_point(
    settled: Settled, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a cold start takes too long: the same plan but for ties, in the columns and rows of the program itself."""
    monkeypatch.setattr(module, "_STEPS", 1)
    again = path_to(settled.formulation, settled.shares)
    assert again.plan.objective == pytest.approx(path.plan.objective, rel=1e-7)
    rows = path.reference.rows
    assert again.output.ravel()[rows] == pytest.approx(path.output.ravel()[rows], rel=1e-6)
    assert again.plan.residuals.relative < 1e-7
    assert len(again.plan.values) == settled.formulation.program.shape[1]


def kitchen(hands: object = 300.0) -> Path:
    """Bread and cake by so many hands, 100 of each before; 400 of cake in 3 were asked by the plan that this one is laid over."""
    tables = {
        "products": {"product": ["bread", "cake"], "unit": "t"},
        "activities": {"activity": ["baking", "icing"], "product": ["bread", "cake"]},
        "resources": {"resource": ["hands"], "kind": "labour", "unit": "persons"},
        "supply": {"resource": "hands", "period": ["1", "2", "3"], "value": hands, "unit": "persons"},
        "coefficients": {"activity": ["baking", "icing"], "item": "hands", "role": "resource", "value": 1.0},
        "plans": {"plan": ["old", "new"], "title": ["Old", "New"], "extends": ["", "old"]},
        "targets": {
            "plan": ["old", "new"],
            "measure": "output",
            "item": ["cake", "bread"],
            "period": "3",
            "unit": "t",
            "value": [400.0, 133.1],
        },
        "actuals": {
            "measure": "output",
            "item": ["bread", "cake"],
            "period": "0",
            "value": 100.0,
            "unit": "t",
            "preferred": "yes",
        },
    }
    facts = replace(economy(tables, ["1", "2", "3"]), base_period="0")
    found = settle(formulate(facts, load_question("attainment"), "new")).path
    assert found is not None
    return found


def test_a_figure_of_the_plan_extended_counts_as_far_as_it_can_be_had() -> None:
    """Beside 99.5 % of 133.1 of bread there are hands for 167.6 of cake, 41.9 % of its figure: no fall, as 400 would force."""
    found = kitchen()
    had = 300.0 - 0.995 * 133.1
    assert found.reference.kind[:2] == ("figure", "plan below")
    assert found.reference.below[1] == pytest.approx(had / 400.0, rel=1e-5)
    assert found.reference.level[1].tolist() == pytest.approx(
        [100 * (had / 100) ** (t / 3) for t in (1, 2, 3)], rel=1e-5
    )
    assert found.output[1].tolist() == pytest.approx(found.reference.level[1].tolist(), rel=5e-3)
    assert produced_table(found).empty  # nothing is known of 1 to 3
    note = path_table(found).set_index(["product", "period"]).loc[("cake", "3"), "note"]
    assert note == "to 41.9 % of the figure of the plan extended"


def test_a_fall_names_the_limit_to_blame() -> None:
    """Where hands are fewer in 2 something falls, and hands are to blame."""
    found = kitchen([300.0, 180.0, 300.0])
    assert found.falls[:2, 1].max() > 0.01
    assert set(found.causes.values()) == {("labour", "hands", "2")}


def test_the_order_of_rows_is_nothing() -> None:
    """Every table turned upside down, so that products, techniques and figures change places: the same path."""
    facts = planner.load("two_goods")
    turned = replace(facts, tables={name: rows[::-1].reset_index(drop=True) for name, rows in facts.tables.items()})
    paths = []
    for order in (facts, turned):
        found = settle(pose(order, plan="ambitious"), reasons=False).path
        assert found is not None
        paths.append(path_table(found).set_index(["product", "period"]).sort_index())
    assert list(paths[0].index) == list(paths[1].index)
    assert paths[0]["note"].equals(paths[1]["note"])
    for column in ("reference", "feasible", "least", "greatest"):
        assert paths[1][column].tolist() == pytest.approx(paths[0][column].tolist(), rel=2e-3, abs=1e-9, nan_ok=True)
