"""An assessment where there are regions: both matchings, the country in one place, and how sure that makes a verdict."""

import pytest

import planner
from planner.economy import load


@pytest.fixture(scope="module")
def answer():
    return planner.assess("two_regions", plan="ambitious", against=None, years=0)


def test_what_is_outside_in_one_place_is_certainly_outside(answer):
    one = answer.tables["in_one_place"].set_index(["corner", "figures"])
    assert answer.verdict == "certainly outside"
    assert one.loc[("optimistic", "modest"), "verdict"] == "outside"
    assert one.loc[("central", "official"), "attainment"] == pytest.approx(0.9)  # of two_goods
    assert "attainment at the optimistic corner, in one place" in answer.proofs
    assert "no division into regions allows more" in answer.headline


def test_both_matchings_stand_in_the_answer(answer):
    matched = planner.regions("two_regions", plan="ambitious")
    assert {"matching", "regions", "flows", "lines", "regional_prices", "regional_weights"} <= set(answer.tables)
    assert answer.tables["matching"].equals(matched.tables["matching"])
    assert "Of the 4 figures of regions none was seen in a source; without them 89.8 % could be had." in answer.headline


def test_nothing_is_certain_of_figures_of_regions_alone():
    """With iron in the hills alone asked for, other shares might bring the plan inside."""
    targets = load("two_regions").tables["targets"]
    hills = targets[targets["item"] == "iron@hills"].reset_index(drop=True)
    found = planner.assess(load("two_regions").with_tables({"targets": hills}), plan="ambitious", against=None, years=0)
    assert found.verdict == "outside"
    assert "in_one_place" not in found.tables
    assert "at the central shares of regions" in found.headline


def test_conflicts_and_weights_are_told_by_item_over_all_regions(answer):
    assert "the furnaces that could be built in time" in " ".join(answer.summary["conflicts"])
    weights = answer.tables["regional_weights"].groupby("by")["weight"].sum()
    assert weights.to_dict() == pytest.approx({"item": 1.0, "region": 1.0})
