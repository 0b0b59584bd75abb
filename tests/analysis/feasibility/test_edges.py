"""Where a verdict turns, on one mill that can be worked in the head: a ton of steel takes a hectare, or comes from abroad."""

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.analysis.feasibility.attainment import attain
from planner.analysis.feasibility.relaxation import relax
from planner.analysis.feasibility.verdicts import Case
from planner.economy import Economy
from planner.formulation import formulate, load_question
from planner.proof.certificate_table import stated
from tests.analysis.feasibility.judging import judged_table
from tests.properties.frames import economy

QUESTION = replace(load_question("attainment"), families=("material_balance", "resource", "target"))


def mill(land: object, figure: object, abroad: float = 0.0) -> Economy:
    """Land, and the figure for steel in hand; each a number, or its value, low and high. At most so much comes from abroad."""
    tables = {
        "products": {"product": ["steel"], "unit": "t"},
        "activities": {"activity": ["mill"], "product": ["steel"]},
        "coefficients": {
            "activity": "mill",
            "item": ["steel", "land"],
            "role": ["output", "resource"],
            "value": 1.0,
        },
        "resources": {"resource": ["land"], "unit": "ha"},
        "supply": {"resource": ["land"], "period": "1", "unit": "ha", **_range(land)},
        "trade": {"product": ["steel"], "direction": "import", "period": "1", "price": 0.0, "limit": abroad},
        "plans": {"plan": ["plan"]},
        "targets": {
            "plan": "plan",
            "measure": "delivery",
            "item": ["steel"],
            "period": "1",
            "unit": "t",
            **_range(figure),
        },
    }
    return economy(tables, ["1"])


def _range(number: object) -> dict[str, object]:
    value, low, high = number if isinstance(number, tuple) else (number, number, number)
    return {"value": value, "low": low, "high": high}


def attained(land: object, figure: object, abroad: float = 0.0):
    return attain(formulate(mill(land, figure, abroad), QUESTION, "plan"))


def test_certainly_outside_is_said_of_the_modest_end_of_the_figures():
    for figure, verdict in (((100.0, 92.0, 105.0), "within reach"), ((100.0, 96.0, 105.0), "certainly outside")):
        table = judged_table(mill((90.0, 80.0, 95.0), figure), QUESTION, [Case("plan", "base", "base")])
        assert set(table["verdict_over_ranges"]) == {verdict}  # 95 are more than 92


@pytest.mark.parametrize(
    ("land", "verdict"), [(99.9, "outside"), (99.999, "outside"), (100.0, "inside"), (101.0, "inside")]
)
def test_a_thousandth_short_is_outside(land, verdict):
    assert attained(land, 100.0).verdict == verdict


def test_a_limit_that_bounds_a_single_quantity_grows_too():
    """Twenty more are wanted, of sixty from the land and forty from abroad, which bounds one quantity and is no row."""
    found = attained(60.0, 120.0, abroad=40.0)
    assert found.share == pytest.approx(100 / 120)
    table = relax(found.formulation, found.share).table.set_index(["group", "way"])["needed"]
    needed = {("land", "alone"): 20 / 60, ("trade limits", "alone"): 20 / 40, ("all of them", "equally"): 20 / 100}
    assert table.loc[list(needed)].tolist() == pytest.approx(list(needed.values()))


def test_a_proof_claims_no_more_than_it_proves():
    """Of what no short decimal holds, the weaker side is written: a third is missing, and less than a third is said to be."""
    certificate = attained(100.0, 150.0).certificate
    assert (certificate.bound, certificate.gap) == (Fraction(2, 3), Fraction(1, 3))
    bound, gap = map(Fraction, stated(certificate))
    assert bound > certificate.bound
    assert gap < certificate.gap
