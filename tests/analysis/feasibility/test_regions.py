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


def test_no_corner_of_a_division_reaches_more_than_the_country_in_one_place(answer):
    where = ["plan", "scenario", "floor", "corner", "figures"]
    both = answer.tables["verdicts"].merge(answer.tables["in_one_place"], on=where, suffixes=("", "_in_one_place"))
    assert len(both) == 6
    assert (both["attainment"] <= both["attainment_in_one_place"] + 1e-9).all()


def test_conflicts_are_told_by_region_over_all_items_too(answer):
    """Without more of what the hills have, iron for them cannot come about: with more of it, the rest can."""
    told = answer.tables["regional_conflicts"]
    members = told[told["kind"] == "conflict"]["members"].tolist()
    assert "target:output iron@hills 2; region:plain; region:hills" in members
    assert set(told[told["kind"] == "conflict"]["proved"]) == {"yes"}
    assert "region:hills" in told[told["kind"] == "cure"]["members"].tolist()
    assert "conflict 1, by region" in answer.proofs


def test_what_a_region_has_would_have_had_to_grow_by_so_much(answer):
    """What cures the conflicts with no limit does so with some: 54 per cent more in the hills, 3.3 times as much in the plain."""
    table = answer.tables["regional_relaxation"].set_index("region")
    assert table["answer"].to_dict() == {"plain": "enough", "hills": "enough"}
    assert table.loc["hills", "needed"] == pytest.approx(0.544, abs=5e-4)
    assert table.loc["plain", "needed"] == pytest.approx(2.333, abs=5e-4)


def test_later_dates_are_asked_of_the_country_in_one_place():
    later = planner.assess("two_regions", plan="ambitious", against=None, years=2).tables["horizon"]
    assert later["reached"].tolist() == ["no", "nowhere", "nowhere"]
    alone = planner.assess("two_goods", plan="ambitious", against=None, years=2).tables["horizon"]
    assert alone["reached"].tolist() == ["no", "no", "no"]
    assert later["attainment"].tolist()[1:] == pytest.approx(alone["attainment"].tolist()[1:])


def test_the_path_is_the_country_s_and_is_spread_over_regions(answer):
    path, spread = answer.tables["path"], answer.tables["regional_path"]
    assert set(path["product"]) == {"corn", "iron", "*"}
    assert path["least"].isna().all()
    sums = spread.groupby(["product", "period"])["feasible"].sum()
    whole = path[path["product"] != "*"].set_index(["product", "period"])["feasible"]
    assert sums.to_dict() == pytest.approx(whole.to_dict())
    assert spread.set_index(["product", "region", "period"]).loc[("iron", "hills", 2), "official"] > 0


def test_where_one_place_has_no_plan_nothing_is_proved_by_region():
    found = planner.assess("two_regions", plan="ambitious", floor=4.0, against=None, years=0)
    verdicts, one = found.tables["verdicts"], found.tables["in_one_place"]
    assert found.verdict == "empty set"
    assert set(verdicts["verdict"]) == set(one["verdict"]) == {"empty"}
    assert verdicts["gap_proved"].isna().all()
    assert found.proofs
    assert all("in one place" in claim for claim in found.proofs if claim.startswith("no plan"))
