"""Measures of distance on cases that can be worked by hand, and on the shipped economy."""

from dataclasses import replace

import numpy as np
import pytest

from planner.analysis.feasibility.attainment import attain
from planner.analysis.feasibility.cases import is_annual, ordered_plans, rungs
from planner.analysis.feasibility.decomposition import decompose
from planner.analysis.feasibility.horizon import earlier, extended, year_reached
from planner.analysis.feasibility.households import shared_floor
from planner.analysis.feasibility.relaxation import apart, limits_of, relax
from planner.analysis.feasibility.shortfall import least_shortfall, most_met
from planner.analysis.feasibility.switching_values import switching_values
from planner.analysis.feasibility.target_readings import each_alone, leave_out
from planner.analysis.feasibility.verdicts import Case
from planner.analysis.shares.balanced import balanced
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.answers.solve import solve
from planner.economy import load
from planner.formulation import formulate, load_question
from planner.solver.highs import Session
from planner.solver.solution import Status
from tests.analysis.feasibility.judging import judged_table

QUESTION = load_question("attainment")


def two_goods(plan="ambitious", **options):
    return pose("two_goods", model="attainment", plan=plan, **options)


@pytest.fixture(scope="module")
def raised():
    return pose("ussr_1928", model="attainment", plan="raised_1929_12")


@pytest.fixture(scope="module")
def optimum():
    return pose("ussr_1928", model="attainment", plan="ffyp_optimum")


def by_target(formulation, values):
    return dict(zip([" ".join(term) for term in formulation.targets.terms], values, strict=True))


# -- a, e: attainment and its verdict ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "corner", "scenario", "share", "verdict"),
    [
        ("ambitious", "central", None, 0.9, "outside"),
        ("ambitious", "optimistic", None, 0.9325, "outside"),
        ("ambitious", "pessimistic", None, 0.8675, "outside"),
        ("ambitious", "central", "open_trade", 0.95, "outside"),
        ("cautious", "central", None, 1.2, "inside"),
    ],
)
def test_two_goods_by_hand(plan, corner, scenario, share, verdict):
    found = attain(two_goods(plan, corner=corner, scenario=scenario))
    assert found.share == pytest.approx(share, rel=1e-9)
    assert found.verdict == verdict
    assert (found.certificate is None) == (verdict == "inside")
    if found.certificate is not None:
        assert float(found.certificate.gap) == pytest.approx(1 - share, rel=1e-9)


def test_an_empty_set_is_proved_and_is_no_crash():
    found = attain(pose("ussr_1928", model="attainment", scenario="realised"))
    assert found.empty
    assert found.verdict == "empty"
    assert np.isnan(found.share)
    assert found.certificate is not None
    assert found.certificate.gap > 0


# -- b: alone, with the others held, left out -------------------------------------------------------------------------


def test_alone_by_hand():
    """All iron for furnaces: 36 t. All corn: farms for 80 t and what can be built, workers for (300 − 4·iron)/2."""
    formulation = two_goods()
    readings = each_alone(formulation, 0.9)
    alone = by_target(formulation, readings.alone)
    assert alone["output iron 2"] == pytest.approx(0.9, rel=1e-9)
    assert alone["output corn 2"] > 1.0
    without = by_target(formulation, readings.without)
    assert without["output corn 2"] == pytest.approx(0.9, rel=1e-9)
    assert without["output iron 2"] == pytest.approx(alone["output corn 2"], rel=1e-9)


def test_attainment_is_at_most_the_least_alone(raised):
    share = attain(raised, proof=False).share
    readings = each_alone(raised, share)
    assert share <= np.nanmin(readings.alone) + 1e-9
    assert (readings.held <= readings.alone + 1e-9).all()
    assert (readings.without >= share - 1e-9).all()


def test_leaving_pig_iron_out_of_the_optimum(optimum):
    """The package's curator found .967 without pig iron; a pair can only do better than each of its members."""
    share = attain(optimum, proof=False).share
    readings = each_alone(optimum, share)
    table = leave_out(optimum, readings.without, share)
    best = table.iloc[0]
    assert best["left_out"] == "output pig_iron 1933"
    assert best["attainment"] == pytest.approx(0.967, abs=5e-4)
    single = table[table["and"] == ""].set_index("left_out")["attainment"]
    for row in table[table["and"] != ""].itertuples():
        assert row.attainment >= max(single[row.left_out], single[row[2]]) - 1e-9


# -- c: balanced, shortfall, most met ---------------------------------------------------------------------------------


def test_balanced_shares_of_the_optimum(optimum):
    """Pig iron .850; steel, machines, tractors, vehicles, wagons .967; cement .996; all else at least 1 (curator's list)."""
    shares = by_target(optimum, balanced(optimum).shares)
    assert shares["output pig_iron 1933"] == pytest.approx(0.850, abs=5e-4)
    for item in ("steel", "machinery", "tractors", "vehicles", "wagons"):
        assert shares[f"output {item} 1933"] == pytest.approx(0.967, abs=5e-4)
    assert shares["output cement 1933"] == pytest.approx(0.996, abs=5e-4)
    rest = [v for k, v in shares.items() if v > 0.999]
    assert len(rest) == len(shares) - 9


def test_least_shortfall_by_hand():
    """Corn in full and iron at 36 of 40: a tenth of one target is missing, and no plan misses less."""
    formulation = two_goods()
    missed = by_target(formulation, least_shortfall(formulation))
    assert missed == pytest.approx({"output corn 2": 0.0, "output iron 2": 0.1}, abs=1e-9)


def test_most_met_by_hand():
    met = most_met(two_goods())
    assert (int(met.met.sum()), met.bound, met.exact) == (1, 1, True)
    assert most_met(two_goods("cautious")).met.all()


def test_shortfall_is_a_question_too(raised):
    result = solve("two_goods", model=replace(QUESTION, objective="shortfall"), plan="ambitious")
    assert result.solution.objective == pytest.approx(0.1, abs=1e-9)
    assert result.targets.set_index("item").loc["iron", "feasible"] == pytest.approx(36.0)


# -- d: relaxation ----------------------------------------------------------------------------------------------------


def test_relaxation_by_hand():
    """Four more furnaces need 4 t of iron in year 1. Standing furnaces grown by u give 20u t in year 1, of which growing
    the corn that smelting takes wears out 0.02 · 20u, and 20u furnaces more in year 2: 20u + 20u·0.98 = 4. The full figures
    take 2 · 72 + 4 · 40 = 304 workers of 300. So neither alone would do, and both are needed."""
    table = relax(two_goods(), 0.9).table
    alone = table[table["way"] == "alone"].set_index("group")
    assert (alone["answer"] == "no amount").all()
    assert (alone["proved"] == "yes").all()
    jointly = table[table["way"] == "jointly"].set_index("group")["needed"]
    assert jointly["plant standing and under way"] == pytest.approx(4 / (20 + 19.6), rel=1e-6)
    assert jointly["labour"] == pytest.approx(4 / 300, rel=1e-6)
    assert jointly["trade limits"] == pytest.approx(0.0, abs=1e-9)
    equally = float(table.loc[table["way"] == "equally", "needed"].iloc[0])
    assert jointly.max() >= equally >= jointly["labour"]


def test_nothing_is_needed_inside():
    table = relax(two_goods("cautious"), 1.2).table
    assert (table["answer"] == "nothing needed").all()


def test_the_least_relaxation_is_enough_and_less_is_not(optimum):
    """What relax says of all limits growing equally, tried on the data themselves."""
    table = relax(optimum, attain(optimum, proof=False).share).table
    needed = float(table.loc[table["way"] == "equally", "needed"].iloc[0])

    def share(growth):
        economy = optimum.economy
        for limit in limits_of(economy):
            if limit.name != "pace of building":
                economy = limit.scaled(economy, 1.0 + growth)
        return attain(formulate(economy, QUESTION, "ffyp_optimum"), proof=False).share

    assert share(needed * 1.0001) >= 1.0 - 1e-9
    assert share(needed * 0.99) < 1.0


def test_no_amount_of_pace_is_proved_without_every_row_that_pace_moves():
    """With projects the pace of building stands in two families; a proof that left one of them in force would prove nothing."""
    posed = pose("ussr_1928", model=load_question("projects").in_parts, plan="raised_1929_12")
    (pace,) = [limit for limit in limits_of(posed.economy) if limit.name == "pace of building"]
    grown = formulate(pace.scaled(posed.economy, 2.0), posed.question, posed.plan).program
    moved = apart(posed.program, grown).rows
    families = {block.name for block in posed.program.rows if np.any((moved >= block.start) & (moved < block.stop))}
    assert families == {"growth_limit", "project_growth"}
    table = relax(posed, attain(posed, proof=False).share).table
    row = table[(table["group"] == "pace of building") & (table["way"] == "alone")].iloc[0]
    assert row["answer"] == "no amount"
    handle = TargetRows(posed)
    free = handle.held(posed.program, handle.scaled, 1.0).relaxed(moved)
    assert (Session().solve(free).status is Status.INFEASIBLE) == (row["proved"] == "yes")


def test_places_for_training_are_a_limit_that_can_grow(optimum):
    table = relax(optimum, attain(optimum, proof=False).share).table
    assert "places for training" in set(table["group"])


# -- g, l: dates ------------------------------------------------------------------------------------------------------


def test_year_reached_is_the_first_of_a_scan(optimum):
    table = year_reached(optimum.economy, QUESTION, "ffyp_optimum", 6)
    assert table["due"].tolist() == ["1933", "1934", "1935"]
    for due, row in zip(range(3), table.itertuples(), strict=True):
        longer = extended(optimum.economy, "ffyp_optimum", due)
        assert attain(formulate(longer, QUESTION, "ffyp_optimum"), proof=False).share == pytest.approx(
            row.attainment, rel=1e-9
        )
    assert table["reached"].tolist() == ["no", "no", "yes"]


def test_year_reached_says_when_it_is_not(raised):
    table = year_reached(raised.economy, QUESTION, "raised_1929_12", 2)
    assert table["reached"].tolist() == ["no", "no", "no"]


@pytest.mark.parametrize(
    ("plan", "central", "optimistic"),
    [("ffyp_minimum", 0.874, 0.986), ("ffyp_optimum", 0.672, 0.754), ("raised_1929_12", 0.379, 0.459)],
)
def test_figures_due_a_year_earlier(plan, central, optimistic):
    """The curator's shares with the same targets at calendar 1932."""
    for corner, share in (("central", central), ("optimistic", optimistic)):
        economy = earlier(load("ussr_1928", corner=corner), plan)
        assert attain(formulate(economy, QUESTION, plan), proof=False).share == pytest.approx(share, abs=5e-4)


# -- k: decomposition -------------------------------------------------------------------------------------------------


def test_shapley_shares_add_up_and_ends_are_what_they_say(optimum):
    happened = load("ussr_1928", scenario="realised")
    floor = shared_floor(happened, QUESTION)
    assert 0.4 < floor < 0.5
    question = replace(QUESTION, floor=floor)
    table = decompose(optimum.economy, happened, question, "ffyp_optimum")
    first, last = table.iloc[0], table.iloc[-1]
    assert first["alone"] == pytest.approx(
        attain(formulate(optimum.economy, question, "ffyp_optimum"), proof=False).share
    )
    assert last["alone"] == pytest.approx(attain(formulate(happened, question, "ffyp_optimum"), proof=False).share)
    assert table["shapley"].iloc[1:-1].sum() == pytest.approx(last["alone"] - first["alone"], abs=1e-9)


def test_the_floor_stays_where_the_set_bears_it():
    assert shared_floor(load("two_goods"), QUESTION) == "base"


# -- verdicts over the ranges -----------------------------------------------------------------------------------------


def test_no_single_number_turns_a_certain_verdict(raised):
    found = switching_values(raised.economy, load("ussr_1928", corner="optimistic"), QUESTION, "raised_1929_12")
    assert found.complete
    assert not len(found.table)
    assert found.numbers > 400


def test_numbers_that_turn_the_verdict_of_the_minimum():
    """Each number found turns the verdict when set by hand; the disputed rise of consumption is among them."""
    central, corner = load("ussr_1928"), load("ussr_1928", corner="pessimistic")
    found = switching_values(central, corner, QUESTION, "ffyp_minimum")
    named = set(found.table["number"])
    assert {
        "outside_investment agricultural_machinery input",
        "cement_works cement_plants capacity",
        "old_works_sites",
        "ffyp_minimum consumption *",
    } <= named
    cement = load("ussr_1928", changes=["coefficients:activity=building,item=cement,role=input:value=0.45"])
    assert attain(formulate(cement, QUESTION, "ffyp_minimum"), proof=False).share == pytest.approx(0.961, abs=5e-4)


def test_ladder_rows_and_strength():
    cases = [Case("ffyp_optimum", "plan_assumptions", "base"), Case("raised_1929_12", "plan_assumptions", "base")]
    table = judged_table(load("ussr_1928"), load_question("five_year"), cases)
    assert table.groupby("plan", sort=False)["verdict_over_ranges"].first().to_dict() == {
        "ffyp_optimum": "within reach",
        "raised_1929_12": "certainly outside",
    }
    modest = table[(table["plan"] == "raised_1929_12") & (table["figures"] == "modest")].set_index("corner")
    official = table[(table["plan"] == "raised_1929_12") & (table["figures"] == "official")].set_index("corner")
    assert modest.loc["optimistic", "attainment"] > official.loc["optimistic", "attainment"]
    outside = table[table["verdict"] == "outside"]
    assert (outside["gap_proved"] > 0).all()
    assert np.allclose(outside["gap_proved"], 1 - outside["attainment"], atol=1e-9)


def test_rungs_of_the_ladder():
    economy = load("ussr_1928")
    plans = ordered_plans(economy)
    assert plans[-3:] == ["control_figures_1929_30", "plan_1931", "plan_1932"]
    assert plans.index("ffyp_minimum") < plans.index("raised_1929_12")
    assert not is_annual(economy, "vsnkh_1927_materials")
    cases = rungs(economy, load_question("five_year"), "all", "all", "all")
    assert len(cases) == (12 + 3) * 3 * 3
    assert [c.scenario for c in rungs(economy, load_question("five_year"), None, "all", None)] == [
        "plan_assumptions",
        "realised",
        "no_collectivisation",
    ]


@pytest.mark.parametrize(("plan", "share"), [("control_figures_1929_30", 0.345), ("plan_1931", 0.720)])
def test_annual_plans_from_the_year_before(plan, share):
    """With nothing begun under the plan able to work in 1930 or 1931, one year alone and the whole horizon agree."""
    whole = attain(pose("ussr_1928", model="attainment", plan=plan), proof=False).share
    annual = attain(pose("ussr_1928", model=replace(QUESTION, annual=True), plan=plan), proof=False).share
    assert whole == pytest.approx(share, abs=5e-4)
    assert annual == pytest.approx(whole, abs=1e-3)
