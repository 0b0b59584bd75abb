"""The path to the settled figures: by hand, by its own arrays, and by Clarabel as the quadratic program that it is."""

from dataclasses import replace

import clarabel
import numpy as np
import pytest
import scipy.sparse as sp

from planner.analysis.shares.path import ALLOWED, Path, _with_deviations, held_at, outputs_of
from planner.analysis.shares.settled import Settled, settle
from planner.answers.pose import pose
from planner.formulation import formulate, load_question
from planner.program import LinearProgram
from planner.reporting.tables.settled import import_shares_table, labour_table, path_table
from tests.properties.economies import PLAN
from tests.properties.frames import economy

SHIPPED = {
    "raised": {"plan": "raised_1930"},
    "optimum": {"plan": "ffyp_optimum"},
    "minimum": {"plan": "ffyp_minimum"},
    "one year": {"plan": "plan_1931"},
    "as things turned out": {"plan": "ffyp_optimum", "scenario": "realised", "floor": 0.44},
}


@pytest.fixture(scope="module", params=SHIPPED)
def settled(request: pytest.FixtureRequest) -> Settled:
    return settle(pose("ussr_1928", **SHIPPED[request.param]), reasons=False)


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
    assert path.gap <= 2e-4
    for (measure, item, period), share, official in zip(
        settled.formulation.targets.terms, settled.shares, settled.formulation.targets.official, strict=True
    ):
        if measure == "output":
            reached = path.output[
                path.reference.names.index(item), list(settled.formulation.facts.periods).index(period)
            ]
            assert reached >= official * share * (1 - ALLOWED) - 1e-6 * official


def test_clarabel_finds_the_same_outputs(settled: Settled, path: Path) -> None:
    held, outputs = held_at(settled.formulation, settled.shares, ALLOWED), outputs_of(settled.formulation)
    wide, weight, _ = _with_deviations(held, outputs, path.reference)
    squares = np.concatenate([np.zeros(held.shape[1]), 2.0 * weight])
    found = outputs @ by_clarabel(wide, squares)[: held.shape[1]]
    rows, level = path.reference.rows, path.reference.level.ravel()
    assert (np.abs(found - path.output.ravel())[rows] / level[rows]).max() <= 4e-3


def by_clarabel(program: LinearProgram, squares: np.ndarray) -> np.ndarray:
    """min ½ Σ squares x² over the rows and bounds of a program."""
    width = program.shape[1]
    same = program.row_lower == program.row_upper
    sides = [(program.matrix, program.row_lower, program.row_upper, ~same)]
    sides.append((sp.eye_array(width, format="csr"), program.column_lower, program.column_upper, np.ones(width, bool)))
    blocks, limits = [program.matrix[same]], [program.row_upper[same]]
    for body, lower, upper, kept in sides:
        least, most = kept & np.isfinite(lower), kept & np.isfinite(upper) & (upper < 1e20)
        blocks += [-body[least], body[most]]
        limits += [-lower[least], upper[most]]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    count = sum(block.shape[0] for block in blocks[1:])
    cones = [clarabel.ZeroConeT(blocks[0].shape[0]), clarabel.NonnegativeConeT(count)]
    solved = clarabel.DefaultSolver(
        sp.csc_matrix(sp.diags(squares)),
        np.zeros(width),
        sp.csc_matrix(sp.vstack(blocks)),
        np.concatenate(limits),
        cones,
        settings,
    ).solve()
    assert "Solved" in str(solved.status)
    return np.array(solved.x)


def test_nothing_is_told_after_the_last_figure() -> None:
    found = settle(pose("ussr_1928", plan="plan_1931"), reasons=False).path
    assert found is not None
    assert found.reference.last == 2
    for table in (path_table(found), labour_table(found), import_shares_table(found)):
        assert set(table["period"]) == {"1929", "1930", "1931"}
    assert (found.falls[:, 3:] == 0).all()


def bakery(**figures: object):
    """Bread alone, of which ovens there are enough for anything asked here; 100 in the base period, three periods."""
    tables = {
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


def test_a_path_by_hand_where_plant_stands_in_the_way() -> None:
    """Ovens for 105 in period 1, as a figure that may not be passed: (y - 110)/110 least at 105, the others as they are."""
    posed = bakery(period=["3", "1"], item=["bread", "bread"], value=[133.1, 105.0], sense=["at_least", "at_most"])
    found = settle(posed).path
    assert found is not None
    assert found.output[0].tolist() == pytest.approx([105.0, 121.0, 133.1], rel=1e-3)


def test_outputs_do_not_move_when_least_is_left_unused(settled: Settled, path: Path) -> None:
    """Reference and outputs are those of the quadratic program; what is unused is made least afterwards."""
    again = settle(settled.formulation, reasons=False).path
    assert again is not None
    assert again.output.tolist() == path.output.tolist()
    assert (path.unused >= 0).all()
