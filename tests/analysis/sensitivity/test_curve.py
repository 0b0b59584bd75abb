"""Value curves: exact where they promise to be, concave, and selectors that say what they cannot find."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.analysis.sensitivity.curve import curve_table, exact_points, straight_between
from planner.analysis.sensitivity.selector import select
from planner.answers.pose import pose
from planner.economy import DataError, load
from planner.solver.highs import Session

CASES = [
    ("two_goods", "supply:workers", 0.1, 2.0),
    ("two_goods", "capacities:furnaces:initial", 0.1, 2.0),
    ("two_goods", "trade:product=iron,direction=import:limit", 0.0, 3.0),
    ("ussr_1928", "supply:unskilled", 0.5, 2.0),
    ("ussr_1928", "supply:greenfield_ironworks", 0.0, 3.0),
    ("ussr_1928", "supply:foreign_exchange", 0.5, 2.0),
    ("ussr_1928", "final_use:", 0.0, 2.0),
]


def value(formulation, selection, factor):
    solution = Session().solve(selection.formulated(formulation, factor).program)
    return solution.objective if solution.optimal else np.nan


@pytest.mark.parametrize(("economy", "selector", "low", "high"), CASES)
def test_curve_equals_a_fine_grid(economy, selector, low, high):
    formulation = pose(economy)
    selection = select(selector, formulation.economy)
    family = straight_between(formulation, selection, low, high)
    points, solves = exact_points(family, Session())
    assert solves <= 3 * len(points) + 2
    factors, values = np.array(points).T
    for factor in np.linspace(low, high, 21):
        expected = value(formulation, selection, factor)
        inside = factors[0] <= factor <= factors[-1]
        assert inside != np.isnan(expected) or np.isclose(factor, factors[[0, -1]], atol=1e-6).any()
        if inside and not np.isnan(expected):
            assert np.interp(factor, factors, values) == pytest.approx(expected, abs=1e-7)


def test_breakpoints_bend():
    """Twice the furnaces of two goods: 98.7 % from 1.0877 times on."""
    formulation = pose("two_goods")
    family = straight_between(formulation, select("capacities:furnaces", formulation.economy), 0.5, 2.0)
    points, _ = exact_points(family, Session())
    assert [round(factor, 4) for factor, _ in points] == [0.5, 1.0877, 2.0]
    assert points[1][1] == pytest.approx(0.986842, abs=1e-6)


TRIPLE = st.tuples(st.floats(0.5, 3.0), st.floats(0.5, 3.0), st.floats(0.01, 0.99))
USSR = pose("ussr_1928")
SITES = select("supply:old_works_sites", USSR.economy)
FAMILY = straight_between(USSR, SITES, 0.5, 3.0)
SESSION = Session()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(TRIPLE)
def test_curve_is_concave(triple):
    one, two, share = triple
    middle = share * one + (1 - share) * two
    low, high, between = (SESSION.solve(FAMILY.at(factor)).objective for factor in (one, two, middle))
    assert between >= share * low + (1 - share) * high - 1e-8


def test_numbers_in_coefficients_are_sampled_and_say_so():
    formulation = pose("ussr_1928")
    selector = "coefficients:activity=pig_iron_new_works,item=new_blast_furnaces"
    selection = select(selector, formulation.economy)
    table = curve_table(formulation, selection, 0.5, 2.0, Session())
    assert set(table["how"]) == {"sampled"}
    for factor in (0.63, 0.9, 1.7):
        told = np.interp(factor, table["factor"], table["value"])
        assert told == pytest.approx(value(formulation, selection, factor), abs=2e-3)


@pytest.mark.parametrize(
    ("selector", "places"),
    [
        ("supply:unskilled", 5),
        ("supply:labour", 10),
        ("finance:credit", 5),
        ("finance:1931:credit", 1),
        ("supply:foreign_exchange", 15),
        ("trade:product=grain,direction=export,period=1931:price", 1),
        ("capacities:coal_mines", 1),
        ("capacities:coal_mines:growth_limit", 1),
    ],
)
def test_selectors(selector, places):
    assert sum(len(part.places) for part in select(selector, load("ussr_1928")).parts) == places


@pytest.mark.parametrize(
    ("selector", "code", "said"),
    [
        ("suply:unskilled", "E164", '"supply"'),
        ("supply:unskiled", "E165", '"unskilled"'),
        ("finance:1931", "E164", "name one"),
        ("supply:resorce=unskilled", "E164", '"resource"'),
        ("plans:raised_1930", "E164", "holds no numbers"),
    ],
)
def test_selectors_that_select_nothing_say_why(selector, code, said):
    with pytest.raises(DataError) as caught:
        select(selector, load("ussr_1928"))
    finding = caught.value.findings[0]
    assert finding.code == code
    assert said in finding.sentence
    assert finding.value == selector
