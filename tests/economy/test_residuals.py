"""Residuals: what a balance leaves follows what is drawn, worked by hand; and marks that no balance can carry are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import planner
from planner.analysis.sensitivity.tornado import Tornado
from planner.analysis.uncertainty.design import factors_of
from planner.economy import DataError, Economy, load
from planner.economy.residuals.closing import Closing
from planner.economy.uncertain import UncertainNumbers
from planner.formulation import formulate, load_question
from planner.formulation.parametric.program import parametrise
from planner.formulation.parametric.rows import uncertain_rows
from planner.solver.highs import Session

# In 2000 10 iron were made and 8 tools with them, each of .5 (.4 to .6) iron; 6 iron went elsewhere. 10 (9 to 11) ore a year.
IRON: dict[str, str] = {
    "economy.toml": 'schema = 1\ntitle = "Iron and tools"\nbase_period = 2000\nperiods = [2001, 2002]\n',
    "products.csv": "product,unit\niron,t\ntools,pieces\n",
    "activities.csv": "activity,product\nironworks,iron\ntool_works,tools\n",
    "resources.csv": "resource,unit,kind\nore,t,mineral\n",
    "supply.csv": "resource,period,value,low,high\nore,*,10,9,11\n",
    "coefficients.csv": (
        "activity,item,role,value,low,high,residual\nironworks,ore,resource,1,,,\ntool_works,iron,input,0.5,0.4,0.6,\n"
    ),
    "final_use.csv": "product,use,period,value,low,high,residual\niron,other,*,6,5,7,yes\n",
    "actuals.csv": "measure,item,period,series,value,preferred\noutput,iron,2000,s,10,yes\noutput,tools,2000,s,8,yes\n",
    "plans.csv": "plan\nmore\n",
    "targets.csv": "plan,measure,item,period,value\nmore,output,tools,2002,12\n",
}
OTHER = ("final_use", "value")


def laid_down(folder: Path, **files: str) -> Path:
    """The economy with some files in other words."""
    folder.mkdir(exist_ok=True)
    for name, text in {**IRON, **{f"{key}.csv": text for key, text in files.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def iron(tmp_path: Path) -> Economy:
    """The economy as it stands above."""
    return load(laid_down(tmp_path / "iron"))


def share(economy: Economy) -> float:
    """The share of the 12 tools that can be made."""
    return Session().solve(formulate(economy, load_question("five_year"), "more").program).objective


def test_a_residual_is_what_the_base_period_leaves(iron):
    """By hand: 10 − 8a; with a = .4 it is 6.8, out of its own range nowhere, with a = .6 it is 5.2."""
    closing = Closing.of(iron)
    found = closing({("coefficients", "value"): np.array([[1.0, 0.4], [1.0, 0.6], [1.0, 0.5]])})
    assert found.numbers[OTHER].tolist() == [
        pytest.approx([6.8, 6.8]),
        pytest.approx([5.2, 5.2]),
        pytest.approx([6.0, 6.0]),
    ]
    assert not found.scaled
    assert max(np.abs(gap).max() for gap in found.gaps.values()) < 1e-9


def test_the_centre_reproduces_itself(iron):
    closing = Closing.of(iron)
    assert all(np.array_equal(values, closing.reference[at]) for at, values in closing({}).numbers.items())


def test_a_residual_is_no_uncertain_number_and_has_no_draw(iron):
    numbers = uncertain_rows(iron)
    assert [number.table for number in UncertainNumbers.of(iron).all] == ["coefficients", "supply"]
    assert numbers.table["residual"].tolist() == ["no", "no", "yes"]
    assert (numbers.count, len(factors_of(numbers))) == (2, 2)


def test_a_draw_solved_in_place_is_the_hand_solution(iron):
    """θ = (S − (10 − 8a)) / 12a: whatever a is, at S = 10 it is 8/12, for what inputs save the residual takes back."""
    formulation = formulate(iron, load_question("five_year"), "more")
    numbers = uncertain_rows(iron)
    stated = parametrise(formulation, numbers)
    assert stated.slopes is not None
    values, _ = numbers.closed(np.array([[0.4, 10.0, 0.0], [0.6, 10.0, 0.0], [0.6, 11.0, 0.0]]))
    reached = [Session().solve(stated.at(row)).objective for row in values]
    assert reached == pytest.approx([8 / 12, 8 / 12, (11 - 5.2) / (12 * 0.6)])


def test_the_optimistic_corner_holds_every_draw(iron):
    """There a use stands at 0, which no draw goes below: θ = 11 / (12 · .4)."""
    corner = iron.at_corner("optimistic")
    assert corner.tables["final_use"]["value"].tolist() == [0.0, 0.0]
    assert share(corner) == pytest.approx(11 / (12 * 0.4))
    assert iron.at_corner("optimistic").at_corner("central") == iron
    factors = factors_of(uncertain_rows(iron))
    formulation = formulate(iron, load_question("five_year"), "more")
    stated = parametrise(formulation, factors.numbers)
    rng = np.random.default_rng(1)
    draws = [Session().solve(stated.at(factors.values(rng.random(2)))).objective for _ in range(40)]
    assert max(draws) <= share(corner)


def test_with_balances_kept_the_good_ends_are_no_bound(iron):
    numbers = uncertain_rows(iron)
    formulation = formulate(iron, load_question("five_year"), "more")
    ends = numbers.closed(numbers.ends(favour=True)[None, :])[0][0]
    kept = Session().solve(parametrise(formulation, numbers).at(ends)).objective
    assert kept == pytest.approx((11 - 6.8) / (12 * 0.4))
    assert kept < share(iron.at_corner("optimistic"))


def test_a_bar_of_the_tornado_is_a_number_with_what_follows(iron):
    """Iron per tool moves nothing; the ore does: (9 − 6)/6, (11 − 6)/6 of 12 tools."""
    formulation = formulate(iron, load_question("five_year"), "more")
    session = Session()
    bars = Tornado(formulation, session.solve(formulation.program), session).singles().set_index("number")
    assert bars.loc["tool_works iron input", "swing"] == pytest.approx(0.0, abs=1e-9)
    assert bars.loc["ore", ["at_low", "at_high"]].tolist() == pytest.approx([3 / 6, 5 / 6])


def test_what_would_fall_below_nothing_brings_the_drawn_numbers_down(tmp_path):
    """a = 1.4 would take 11.2 of 10 iron: it comes down to 1.25, where nothing is left, and the draw is counted."""
    wide = IRON["coefficients.csv"].replace("0.5,0.4,0.6", "0.5,0.4,1.5")
    closing = Closing.of(load(laid_down(tmp_path / "wide", coefficients=wide)))
    found = closing({("coefficients", "value"): np.array([[1.0, 1.4], [1.0, 0.6]])})
    assert found.numbers["coefficients", "value"][:, 1].tolist() == pytest.approx([1.25, 0.6])
    assert found.numbers[OTHER][:, 0].tolist() == pytest.approx([0.0, 5.2])
    assert found.scaled["iron"].tolist() == [True, False]
    assert max(np.abs(gap).max() for gap in found.gaps.values()) < 1e-9


def refused(folder: Path) -> list[tuple[str, str, tuple[int, ...]]]:
    """Code, file and rows of the errors."""
    with pytest.raises(DataError) as error:
        load(folder)
    return [(finding.code, finding.file, finding.rows) for finding in error.value.findings]


def test_two_residuals_in_one_balance_are_refused(tmp_path):
    both = IRON["coefficients.csv"].replace("0.5,0.4,0.6,", "0.5,0.4,0.6,yes")
    assert refused(laid_down(tmp_path / "both", coefficients=both)) == [("E191", "coefficients.csv", (3,))]


def test_a_residual_without_base_levels_is_refused(tmp_path):
    """Two techniques make the tools, and nobody says how many each did."""
    folder = laid_down(
        tmp_path / "mixed",
        activities=IRON["activities.csv"] + "smiths,tools\n",
        coefficients=IRON["coefficients.csv"] + "smiths,iron,input,0.7,,,\n",
    )
    assert refused(folder) == [("E190", "final_use.csv", (2,))]
    levels = "activity,tool_works,2000,s,6,yes\nactivity,smiths,2000,s,2,yes\n"
    (folder / "actuals.csv").write_text(IRON["actuals.csv"] + levels, encoding="utf-8")
    found = Closing.of(load(folder))({("coefficients", "value"): np.array([[1.0, 0.4, 0.7]])})
    assert found.numbers[OTHER][0].tolist() == pytest.approx([6.6, 6.6])  # 6 tools take .1 less each


def test_a_later_row_keeps_its_ratio_and_needs_one_to_keep_it_to(tmp_path):
    rows = "product,use,period,value,low,high,residual\niron,other,2001,6,5,7,yes\niron,other,2002,9,5,10,yes\n"
    found = Closing.of(load(laid_down(tmp_path / "grown", final_use=rows)))(
        {("coefficients", "value"): np.array([[1.0, 0.4]])}
    )
    assert found.numbers[OTHER][0].tolist() == pytest.approx([6.8, 10.2])
    bare = rows.replace("5,7,yes", "5,7,")
    assert refused(laid_down(tmp_path / "bare", final_use=bare)) == [("E190", "final_use.csv", (3,))]


def test_a_circle_is_refused(tmp_path):
    """How much bread there is depends on how many work, how many work on the bread baked."""
    folder = laid_down(
        tmp_path / "circle",
        products=IRON["products.csv"] + "bread,t\n",
        activities=IRON["activities.csv"] + "bakery,bread\n",
        resources="resource,unit,kind\nore,t,mineral\nhands,persons,labour\n",
        supply=IRON["supply.csv"] + "hands,*,50,,\n",
        coefficients=IRON["coefficients.csv"]
        + "tool_works,hands,resource,1,0.9,1.1,yes\nbakery,hands,resource,0.5,0.4,0.6,\n",
        worker_consumption="product,per_worker\nbread,0.1\n",
        final_use=IRON["final_use.csv"] + "bread,army,*,3,,,\n",
    )
    assert refused(folder) == [("E192", "coefficients.csv", (4,))]


def test_a_scenario_leaves_the_balance_of_the_base_period_alone(tmp_path):
    """From 2001 on tools take half the iron, but in 2000 they took .5: with .4 (the same quantile of both) 6.8 is left."""
    folder = laid_down(tmp_path / "thrift")
    (folder / "scenarios" / "thrift").mkdir(parents=True)
    (folder / "scenarios" / "thrift" / "scenario.toml").write_text('title = "Thrift"\n', encoding="utf-8")
    row = "activity,item,role,from_period,value,low,high\ntool_works,iron,input,2001,0.25,0.2,0.3\n"
    (folder / "scenarios" / "thrift" / "coefficients.csv").write_text(row, encoding="utf-8")
    thrift = load(folder, scenario="thrift")
    numbers = uncertain_rows(thrift)
    assert numbers.count == 2  # the tools' iron, in whatever period, and the ore
    factors = factors_of(numbers)
    low = factors.values(np.zeros(len(factors)))
    assert low[numbers.table["residual"] == "yes"].tolist() == pytest.approx([6.8])
    assert share(thrift) == pytest.approx((10 - 6) / (12 * 0.25))


def test_a_level_that_is_missing_is_told_and_what_follows_is_not(tmp_path):
    """Nobody says how much was melted and how much cast: slag cannot be drawn up, and that the rest waits for it is no circle."""
    folder = laid_down(
        tmp_path / "untold",
        products=IRON["products.csv"] + "slag,t\nbread,t\n",
        activities=IRON["activities.csv"] + "melting,slag\ncasting,slag\nbakery,bread\n",
        resources="resource,unit,kind\nore,t,mineral\nhands,persons,labour\n",
        supply=IRON["supply.csv"] + "hands,*,50,,\n",
        coefficients=IRON["coefficients.csv"]
        + "melting,hands,resource,1,,,\ncasting,hands,resource,2,,,\ntool_works,hands,resource,1,0.9,1.1,yes\n",
        worker_consumption="product,per_worker\nbread,0.1\n",
        final_use="product,use,period,value,low,high,residual\nbread,army,*,3,,,yes\n",
    )
    assert {code for code, _, _ in refused(folder)} == {"E190"}


def test_levels_that_nobody_states_are_what_a_balance_leaves(tmp_path):
    """Of 10 iron 4 go into tools, the rest is melted; slag is 2 a ton, so what is left of slag moves with the tools."""
    folder = laid_down(
        tmp_path / "melted",
        products=IRON["products.csv"] + "slag,t\n",
        activities=IRON["activities.csv"] + "melting,slag\n",
        coefficients=IRON["coefficients.csv"] + "melting,iron,input,0.5,,,\n",
        final_use="product,use,period,value,low,high,residual\nslag,dump,*,12,,,yes\n",
    )
    found = Closing.of(load(folder))({("coefficients", "value"): np.array([[1.0, 0.4, 0.5]])})
    assert found.numbers[OTHER][0].tolist() == pytest.approx([13.6, 13.6])


def test_a_base_period_that_does_not_close_is_said(tmp_path):
    """Of 11 iron made 4 went into tools and 6 elsewhere: one is left over, whatever is drawn."""
    made = IRON["actuals.csv"].replace("iron,2000,s,10", "iron,2000,s,11")
    found = [finding for finding in load(laid_down(tmp_path / "iron", actuals=made)).warnings if finding.code == "W208"]
    assert len(found) == 1
    assert "Of iron 1 is left over in 2000" in found[0].sentence


def test_upkeep_of_what_stands_is_a_use_of_the_base_period(tmp_path):
    """Plant for 10 tools takes .1 (.05 to .15) of iron each: 10 − 8 × .5 − 10 × .1 = 5 are left, 5.5 where it takes least."""
    more = {
        "capacities": "capacity,unit,initial\ntool_works,pieces,10\n",
        "upkeep": "capacity,item,value,low,high\ntool_works,iron,0.1,0.05,0.15\n",
        "final_use": "product,use,period,value,low,high,residual\niron,other,*,5,4,7,yes\n",
    }
    kept = load(laid_down(tmp_path / "kept", **more))
    assert not [f for f in kept.warnings if f.code in ("W202", "W208")]
    found = Closing.of(kept)({("upkeep", "value"): np.array([[0.1], [0.05]])})
    assert found.numbers[OTHER][:, 0] == pytest.approx([5.0, 5.5])
    unkept = load(
        laid_down(tmp_path / "unkept", **{**more, "final_use": more["final_use"].replace(",5,4,7", ",6,5,7")})
    )
    assert [f.code for f in unkept.warnings if f.code in ("W202", "W208")]


def test_units_that_run_count_in_what_is_feasible_and_its_proof(tmp_path):
    """Two works of at least 3 tools and at most 5 each: 12 tools cannot be had, and the units there are stand in the way."""
    runs = {"runs": "activity,units,least,most\ntool_works,2,3,5\n"}
    answer = planner.assess(load(laid_down(tmp_path / "runs", **runs)), plan="more", model="attainment")
    assert answer.found.attainment("optimistic") == pytest.approx(10 / 12)
    assert "the units of tool works there are" in " ".join(answer.tables["conflicts"]["sentence"])
    answer.write(tmp_path / "run")
    assert planner.verify(tmp_path / "run").holds
