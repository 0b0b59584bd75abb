"""Proportional shares: cases worked by hand, the inequality that they satisfy, and Clarabel's exponential cone."""

from dataclasses import replace

import numpy as np
import pytest

from planner.analysis.feasibility.households import highest_floor
from planner.analysis.shares.balanced import balanced
from planner.analysis.shares.conditioning import share_changes
from planner.analysis.shares.proportional import CLEAR, LEAST, MET, Proportional, proportional, weights_of
from planner.analysis.shares.settled import settle
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.economy import Economy
from planner.formulation import Formulation, formulate, load_question
from planner.reporting.tables.plan import actual_figures
from planner.reporting.tables.settled import reasons
from planner.reporting.wording.settled import settled_in_words
from planner.solver.highs import Session, SolveOptions
from tests.properties.economies import PLAN
from tests.properties.frames import economy

QUESTION = load_question("attainment")


def mill(
    hands: float = 10.0,
    takes: tuple[float, ...] = (1.0, 1.0),
    unit: float = 1.0,
    army: object = None,
    spread: float = 0.0,
    **figures: object,
) -> Economy:
    """Cloth, yarn and more, each made by hands alone, of which there are so many."""
    goods = ["cloth", "yarn", "rope"][: len(takes)]
    tables = {
        "products": {"product": goods, "unit": "m"},
        "activities": {"activity": [f"making_{good}" for good in goods], "product": goods},
        "resources": {"resource": ["hands"], "kind": "labour", "unit": "persons"},
        "supply": {
            "resource": ["hands"],
            "period": "1",
            "value": [hands],
            "low": [hands - spread],
            "high": [hands + spread],
            "unit": "persons",
        },
        "coefficients": {
            "activity": [f"making_{good}" for good in goods],
            "item": "hands",
            "role": "resource",
            "value": [take / unit for take in takes],
            "unit": "persons per m",
        },
        "targets": {
            "plan": PLAN,
            "measure": "output",
            "item": goods,
            "period": "1",
            "unit": "m",
            **figures,
            "value": [float(v) * unit for v in figures["value"]],
        },
    } | ({"final_use": army} if army else {})
    return economy(tables, ["1"])


def shares(facts: Economy, **more: object) -> Proportional:
    return proportional(formulate(facts, replace(QUESTION, **more), PLAN))


def test_one_bottleneck_and_two_products_by_hand() -> None:
    """Ten hands, one for each: the sum of logarithms is greatest where both get five."""
    found = shares(mill(value=[8.0, 10.0]))
    assert found.shares.tolist() == pytest.approx([5 / 8, 5 / 10], rel=1e-7)
    assert [found.why(i) for i in (0, 1)] == ["given up for others"] * 2
    assert found.rivals == {0: (1,), 1: (0,)}
    assert found.gap <= 1e-9


def test_a_target_met_is_met() -> None:
    """Four of cloth are asked and had; the other six hands make yarn."""
    found = shares(mill(value=[4.0, 10.0]))
    assert found.shares.tolist() == pytest.approx([1.0, 0.6], rel=1e-7)
    assert (found.why(0), found.rivals[1]) == ("", (0,))
    assert shares(mill(value=[4.0, 5.0])).shares.tolist() == [1.0, 1.0]


def test_weights_are_votes() -> None:
    """Two votes to one share ten hands as two to one."""
    found = shares(mill(value=[20.0, 20.0], weight=[2.0, 1.0]))
    assert found.shares.tolist() == pytest.approx([20 / 3 / 20, 10 / 3 / 20], rel=1e-6)


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_units_and_order_are_nothing(unit: float) -> None:
    one = shares(mill(takes=(1.0, 3.0, 0.5), unit=unit, value=[8.0, 4.0, 9.0])).shares
    assert one == pytest.approx(shares(mill(takes=(1.0, 3.0, 0.5), value=[8.0, 4.0, 9.0])).shares, rel=1e-7)
    turned = shares(mill(takes=(0.5, 1.0, 3.0), value=[9.0, 8.0, 4.0])).shares
    assert turned[[1, 2, 0]] == pytest.approx(one, rel=1e-7)


def test_a_product_split_in_two_keeps_its_answer_if_its_vote_is_split() -> None:
    whole = shares(mill(takes=(1.0, 2.0), value=[8.0, 6.0])).shares
    split = shares(mill(takes=(1.0, 2.0, 2.0), value=[8.0, 3.0, 3.0], weight=[1.0, 0.5, 0.5])).shares
    assert split.tolist() == pytest.approx([whole[0], whole[1], whole[1]], rel=1e-6)
    apart = shares(mill(takes=(1.0, 2.0, 2.0), value=[8.0, 3.0, 3.0])).shares
    assert abs(apart[0] - whole[0]) > 0.05


def test_a_series_counts_once() -> None:
    posed = pose("ussr_1928", plan="ffyp_optimum")
    weights, frame = weights_of(posed), posed.targets.frame
    building = ((frame["measure"] == "output") & (frame["item"] == "construction")).to_numpy()
    assert weights[building].tolist() == pytest.approx([1 / 5] * 5)
    rows = replace(posed, question=replace(posed.question, share_weights="rows"))
    assert weights_of(rows).tolist() == [1.0] * len(frame)


def test_the_other_weighting_is_told_where_it_matters() -> None:
    """Twelve hands in 1 for cloth and yarn: cloth, a series of two figures, has half a vote there by series, a whole one by rows."""
    tables = {
        "products": {"product": ["cloth", "yarn"], "unit": "m"},
        "activities": {"activity": ["weaving", "spinning"], "product": ["cloth", "yarn"]},
        "resources": {"resource": ["hands"], "kind": "labour", "unit": "persons"},
        "supply": {"resource": "hands", "period": ["1", "2"], "value": [12.0, 9.0], "unit": "persons"},
        "coefficients": {"activity": ["weaving", "spinning"], "item": "hands", "role": "resource", "value": 1.0},
        "targets": {
            "plan": PLAN,
            "measure": "output",
            "item": ["cloth", "cloth", "yarn"],
            "period": ["1", "2", "1"],
            "unit": "m",
            "value": [20.0, 20.0, 20.0],
        },
    }
    facts = economy(tables, ["1", "2"])
    found = shares(facts)
    assert found.shares.tolist() == pytest.approx([4 / 20, 9 / 20, 8 / 20], rel=1e-6)  # in 1 half a vote against one
    assert found.otherwise.tolist() == pytest.approx([6 / 20, 9 / 20, 6 / 20], rel=1e-6)  # one against one
    assert shares(facts, share_weights="rows").shares.tolist() == pytest.approx(found.otherwise.tolist(), rel=1e-6)
    posed = formulate(facts, QUESTION, PLAN)
    told = settled_in_words(settle(posed))[-1]
    assert told.startswith("With one vote for each figure, shares differ by more than a point: ")
    assert told.count("(not ") == 2


def trap() -> Economy:
    """Cloth is stuck at 2.99 of 10 but for a technique that eats the whole of what yarn needs for a hundredth more."""
    tables = {
        "products": {"product": ["cloth", "yarn"], "unit": "m"},
        "activities": {"activity": ["weaving", "by_hand", "spinning"], "product": ["cloth", "cloth", "yarn"]},
        "resources": {"resource": ["hands", "looms"], "kind": ["labour", "other"], "unit": "persons"},
        "supply": {"resource": ["hands", "looms"], "period": "1", "value": [10.0, 2.99], "unit": "persons"},
        "coefficients": {
            "activity": ["weaving", "by_hand", "spinning"],
            "item": ["looms", "hands", "hands"],
            "role": "resource",
            "value": [1.0, 1000.0, 1.0],
            "unit": "persons per m",
        },
        "targets": {
            "plan": PLAN,
            "measure": "output",
            "item": ["cloth", "yarn"],
            "period": "1",
            "unit": "m",
            "value": [10.0, 10.0],
        },
    }
    return economy(tables, ["1"])


def test_no_share_follows_the_worst_one_down() -> None:
    """The worst share could be raised by a thousandth, at the cost of seven tenths of the other: balanced shares do it."""
    posed = formulate(trap(), QUESTION, PLAN)
    found = proportional(posed)
    assert found.shares.tolist() == pytest.approx([0.299, 1.0], rel=1e-6)
    assert found.first.objective == pytest.approx(3000 / 10010)
    assert balanced(posed).shares[1] == pytest.approx(3000 / 10010)


def test_what_cannot_be_made_is_taken_out_and_listed() -> None:
    """Rope would take all ten hands for a thousandth of what is asked; nothing else is given up for it."""
    found = shares(mill(takes=(1.0, 1.0, 1000.0), value=[8.0, 10.0, 10.0]))
    assert found.unmade.tolist() == [False, False, True]
    assert found.shares.tolist() == pytest.approx([5 / 8, 5 / 10, 0.001], rel=1e-6)
    assert found.why(2) == "cannot be made"


def test_a_cap_passed_threefold_has_a_share_below_nothing() -> None:
    """At most 3 of cloth are asked; the army takes 9: 2 - 9/3 = -1. Yarn is no worse off for it."""
    army = {"product": ["cloth"], "use": "army", "period": "1", "value": [9.0], "unit": "m"}
    facts = mill(value=[3.0, 1.0], sense=["at_most", "at_least"], scales=["yes", "no"], army=army)
    found = shares(facts)
    assert found.shares.tolist() == pytest.approx([-1.0, 1.0], abs=1e-6)
    assert found.why(0) == "cannot be made"
    assert np.isfinite(found.shares).all()


@pytest.mark.slow
def test_growth_may_be_less_than_nothing() -> None:
    """Under conditions as they turned out consumption falls: its share of the growth is below 0, and all shares are numbers."""
    posed = pose("ussr_1928", model="growth", plan="ffyp_optimum", scenario="realised", floor=0.42)
    found = proportional(posed, reasons=False)
    eaten = (posed.targets.frame["measure"] == "consumption").to_numpy()
    assert (found.shares[eaten] < 0).all()
    assert np.isfinite(found.shares).all()
    assert found.shares[posed.targets.scaled].max() == pytest.approx(1.0)


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["ffyp_optimum", "raised_1930"])
def test_no_change_of_plan_gains_more_than_it_loses(plan: str) -> None:
    """Σ w (s' − s)/s ≤ 0 for every other plan's shares: fifteen corners of the feasible set, drawn at random."""
    posed = pose("ussr_1928", plan=plan, scenario="realised", floor=0.44)
    found, weights = proportional(posed, reasons=False), weights_of(posed)
    scaled, random = posed.targets.scaled, np.random.default_rng(7)
    terms = posed.targets.terms
    session = Session(SolveOptions(rays=False))
    handle = TargetRows(posed)
    for _ in range(15):
        some = np.flatnonzero(scaled & (random.random(len(terms)) < 0.3))
        others = np.setdiff1d(handle.scaled, some)
        program = handle.free(posed.program, others).bounded(handle.theta, upper=1.0)
        solution = session.solve(program)
        reached = _shares_of(posed, solution.values).clip(max=1.0)
        gain = weights * (reached - found.shares) / np.maximum(found.shares, LEAST)
        assert gain[scaled].sum() <= 1e-6


def _shares_of(posed: Formulation, values: np.ndarray) -> np.ndarray:
    from planner.formulation.measures import functional

    body = functional(posed.facts, posed.variables, posed.targets.terms)
    offsets = {block.name: block.start for block in posed.program.columns}
    row, column, value = body.triplets(offsets)
    figures = np.bincount(row, weights=value * values[column], minlength=body.size) + body.constant
    return posed.targets.shares_at(figures)


@pytest.mark.slow
def test_near_the_edge_no_figure_is_told() -> None:
    posed = pose("ussr_1928", plan="raised_1930", scenario="realised", floor=0.4)
    highest = highest_floor(posed.facts, posed.question)
    for share, refused in ((CLEAR - 0.01, False), (CLEAR + 0.005, True)):
        near = pose("ussr_1928", plan="raised_1930", scenario="realised", floor=highest * share)
        found = proportional(near, reasons=False)
        assert found.refused is refused
        assert found.left == pytest.approx(1 / share, rel=1e-6)
        assert np.isnan(found.shares).all() == refused
        assert found.first.optimal


@pytest.mark.slow
def test_what_was_produced_never_scores_more_than_the_optimum() -> None:
    """Under conditions as they turned out, at the back-test's floor, what was made is one of the plans there are."""
    posed = pose("ussr_1928", plan="ffyp_optimum", model="backtest", scenario="realised")
    actual = actual_figures(posed.facts, posed.targets.frame)
    unknown = tuple(posed.targets.frame["item"][np.isnan(actual)].unique())
    posed = formulate(posed.facts, replace(posed.question, without=(*unknown, "*")), posed.plan)
    made = posed.targets.shares_at(actual_figures(posed.facts, posed.targets.frame)).clip(max=1.0)
    found, weights = proportional(posed, reasons=False), weights_of(posed)
    assert weights @ np.log(made) <= weights @ np.log(found.shares)


def test_alone_is_the_most_of_it() -> None:
    found = proportional(pose("ussr_1928", plan="raised_1930"))
    short = found.shares < MET
    assert (found.shares[short] <= found.alone[short] + 1e-7).all()
    assert np.isnan(found.alone[~short]).all()


def test_a_share_that_hangs_on_a_difference_moves_with_the_data() -> None:
    """Nine of ten hands (nine to eleven) work for the army: a twentieth of that range is a tenth of what is left."""
    army = {"product": ["cloth"], "use": "army", "period": "1", "value": [9.0], "unit": "m"}
    facts = mill(value=[0.0, 1.25], army=army, spread=1.0)
    posed = formulate(facts, QUESTION, PLAN)
    settled = settle(posed)
    assert settled.proportional is not None
    moves = share_changes(posed, settled.proportional)
    assert moves is not None
    assert 0.05 < moves.max() <= 0.1 / 1.25 + 1e-9
    marked = reasons(posed, settled, np.full(2, np.nan), moves)["mark"]
    assert marked == ["", "moves with the data"]


def test_where_nothing_is_uncertain_nothing_moves() -> None:
    posed = formulate(mill(value=[8.0, 10.0]), QUESTION, PLAN)
    assert share_changes(posed, proportional(posed)) is None
