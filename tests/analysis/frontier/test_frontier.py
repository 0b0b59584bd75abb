"""The feasible set of two quantities: every direction, every corner, every distance."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.frontier.feasible_set import (
    NothingLimitsError,
    distance,
    feasible_set,
    on_ray,
    pareto,
    polygon,
    quantity,
    row_of,
)
from planner.analysis.frontier.frontier import frontier
from planner.answers.pose import pose
from planner.cli import main
from planner.economy import DataError
from planner.reporting.dictionary.glossary import RESULTS
from planner.reporting.tables.frontier import frontier_table
from planner.solver.highs import Session

PAIRS = [
    ("two_goods", "output:corn:2", "output:iron:2", None),
    ("two_goods", "consumption:*:2", "output:iron:2", None),
    ("ussr_1928", "output:steel:1933", "consumption:*:1933", None),
    ("ussr_1928", "output:pig_iron:1933", "consumption:*:1933", 0.4),
    ("ussr_1928", "export:grain:1929..1933", "consumption:*:1931", None),
]


def traced(economy, x, y, hold):
    formulation = pose(economy)
    first, second = quantity(x, formulation), quantity(y, formulation)
    program = feasible_set(formulation, (first, second), hold)
    weights, constants = row_of(formulation, (first.term, second.term))
    return program, weights, constants, polygon(program, weights, constants, Session())


TRACED = {pair: traced(*pair) for pair in PAIRS}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.sampled_from(PAIRS), st.floats(0, 2 * np.pi))
def test_no_direction_reaches_farther(pair, angle):
    program, weights, constants, found = TRACED[pair]
    corners = np.array(found.corners)
    size = np.abs(corners).max(axis=0)
    direction = np.array([np.cos(angle), np.sin(angle)]) / size
    cost = direction @ weights
    cost *= 1e3 / np.abs(cost).max()
    solution = Session().solve(program.with_(sense="max", cost=cost, offset=0.0))
    reached = direction @ (weights @ solution.values + constants)
    assert (corners @ direction).max() == pytest.approx(reached, abs=1e-6)


@pytest.mark.parametrize("pair", PAIRS)
def test_few_solves_and_every_corner_counts(pair):
    found = TRACED[pair][3]
    assert found.solves <= 2 * len(found.corners) + 4 + 2  # two more for the sizes
    ring = np.array(found.corners)
    one, two = np.roll(ring, -1, axis=0) - ring, np.roll(ring, -2, axis=0) - np.roll(ring, -1, axis=0)
    assert (one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0] > 0).all()


@pytest.mark.parametrize("pair", PAIRS[:3])
def test_random_plans_lie_inside(pair):
    program, weights, constants, found = TRACED[pair]
    rng = np.random.default_rng(2)
    session = Session()
    for _ in range(8):
        cost = rng.normal(size=program.shape[1]) * (rng.random(program.shape[1]) < 0.1)
        solution = session.solve(program.with_(sense="min", cost=np.abs(cost), offset=0.0))
        point = weights @ solution.values + constants
        assert distance(found.corners, (point[0] or 1e-12, point[1] or 1e-12))[0] < 1e-5


def test_two_goods_by_hand():
    """At most 36 t of iron and 112 t of corn in the second year; 72 and 40 were asked for: 90 % of both."""
    corners = TRACED[PAIRS[0]][3].corners
    assert max(y for _, y in corners) == pytest.approx(36)
    assert max(x for x, _ in corners) == pytest.approx(112)
    far, near = distance(corners, (72.0, 40.0))
    assert far == pytest.approx(0.1)
    assert near == pytest.approx((72, 36))
    assert on_ray(corners, (72.0, 40.0)) == pytest.approx(0.9)
    edge = sorted(point for point, best in zip(corners, pareto(corners), strict=True) if best)
    assert np.array(edge) == pytest.approx(np.array([(78.0, 36.0), (112.0, 19.0)]))


def test_share_of_both_is_the_attainment_of_a_plan_of_two_figures():
    """Two goods' plan has just these two figures, so θ* and the ray agree."""
    formulation = pose("two_goods")
    value = Session().solve(formulation.program).objective
    assert on_ray(TRACED[PAIRS[0]][3].corners, (72.0, 40.0)) == pytest.approx(value)


def test_a_third_quantity_shrinks_the_set():
    formulation = pose("two_goods")
    x, y, third = (quantity(text, formulation) for text in ("output:corn:2", "output:iron:2", "consumption:*:1"))
    found = frontier(formulation, x, y, third=third, levels=(1.0, 1.2, 50.0))
    wide, narrow, empty = found.family.values()
    assert all(distance(wide.corners, corner)[0] < 1e-9 for corner in narrow.corners)
    assert max(b for _, b in narrow.corners) < max(b for _, b in wide.corners)
    assert empty.corners == ()
    table = frontier_table(found)
    feasible = table[(table["kind"] == "point") & (table["name"] == "feasible")]
    assert feasible["distance"].iloc[0] < 1e-7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("output:stel:1933", '"steel"'),
        ("outptu:steel:1933", '"output"'),
        ("output:steel", "MEASURE:ITEM:PERIOD"),
        ("output:steel:1940", "1929"),
        ("output:*:1933", 'no "*"'),
    ],
)
def test_quantities_that_are_none_say_why(text, said):
    with pytest.raises(DataError) as caught:
        quantity(text, pose("ussr_1928"))
    assert said in caught.value.findings[0].sentence


def test_what_nothing_limits_has_no_polygon():
    formulation = pose("two_goods")
    program, weights, constants, _ = TRACED[PAIRS[0]]
    free = program.with_(
        row_lower=np.full_like(program.row_lower, -np.inf), row_upper=np.full_like(program.row_upper, np.inf)
    )
    assert formulation.program.same_pattern(free)
    with pytest.raises(NothingLimitsError):
        polygon(free, weights, constants, Session())


def test_command_writes_the_set_and_its_chart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["frontier", "output:corn:2", "output:iron:2", "two_goods", "--out", "run"])
    assert result.exit_code == 0
    table = pd.read_csv(tmp_path / "run/frontier.csv")
    assert list(table.columns) == list(RESULTS["frontier"][1])
    assert (table["kind"] == "corner").sum() == 6
    official = table[table["name"] == "official"].iloc[0]
    assert (official["distance"], official["share_of_both"]) == pytest.approx((0.1, 0.9))
    assert (tmp_path / "run/charts/frontier.png").stat().st_size > 10_000
    assert "out of reach" in (tmp_path / "run/charts/frontier.svg").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["frontier", "output:corn:2", "output:iron:2", "two_goods", "--out", "run"])
    assert again.exit_code == 6
    nothing = CliRunner().invoke(main, ["frontier", "output:corn:2", "output:iron:2", "two_goods", "--floor", "4"])
    assert nothing.exit_code == 4
