"""The objective `output`: output of all periods against that of the base period."""

from dataclasses import replace

import pytest

import planner
from planner.economy import DataError
from planner.formulation import formulate, load_question
from planner.formulation.question import ObjectiveTerm
from planner.solver.highs import Session

QUESTION = replace(load_question("consumption"), objective="output")
ECONOMY = planner.load("two_goods")


def value(economy, question):
    """The optimum of a question without a plan."""
    return Session().solve(formulate(economy, question).program).value


def weighed(corn, iron):
    """The same asked in a user's own weights on both goods, in either period."""
    terms = tuple(
        ObjectiveTerm("output", item, period, w)
        for item, w in (("corn", corn), ("iron", iron))
        for period in ("1", "2")
    )
    return replace(QUESTION, objective="own", terms=terms)


def test_it_is_an_index_at_base_prices():
    """60 t of corn and 20 t of iron at first, at the prices of the base period; the mean of two periods."""
    price = ECONOMY.tables["products"].set_index("product")["price"]
    whole = 60 * price["corn"] + 20 * price["iron"]
    own = weighed(price["corn"] / whole / 2, price["iron"] / whole / 2)
    assert value(ECONOMY, QUESTION) == pytest.approx(value(ECONOMY, own))


def test_without_prices_every_product_counts_alike():
    products = ECONOMY.tables["products"]
    bare = ECONOMY.with_tables(
        {"products": products.assign(price=products["price"].where(products["product"] == "corn"))}
    )
    assert value(bare, QUESTION) == pytest.approx(value(bare, weighed(1 / 60 / 4, 1 / 20 / 4)))


def test_as_a_second_objective_nothing_of_the_first_is_given_up():
    plan = {"plan": "ambitious", "floor": "base"}
    first = planner.solve("two_goods", model="attainment", **plan)
    both = planner.solve("two_goods", model=replace(load_question("attainment"), then="output"), **plan)
    assert both.value == pytest.approx(first.value)
    assert both.tables["targets"]["share"].tolist() == pytest.approx(first.tables["targets"]["share"].tolist())
    assert "output of all periods" in str(both.summary["then"])


def test_without_a_base_period_there_is_nothing_to_hold_it_against():
    actuals = ECONOMY.tables["actuals"]
    with pytest.raises(DataError, match="No output of the base period is known"):
        formulate(ECONOMY.with_tables({"actuals": actuals.iloc[:0]}), QUESTION)
