"""Figures that are the outputs of the base period, so that the share is a factor of growth; and the rule that none falls."""

from dataclasses import replace

import pytest

import planner
from planner.formulation import formulate, load_question
from planner.formulation.named import SteadyRule
from planner.solver.highs import Session
from tests.formulation.build import build, question

TWO = planner.load("two_goods")
TABLES = {
    "products": "product,unit\na,t\nb,t",
    "activities": "activity,product\nmaking_a,a\nmaking_b,b",
    "capacities": "capacity,unit,initial,gestation,growth_limit\nmills,t,10,1,0.1\nforges,t,20,1,0.3",
    "coefficients": "activity,item,role,value\nmaking_a,mills,capacity,1\nmaking_b,forges,capacity,1",
    "plans": "plan\neven",
    "targets": "plan,measure,item,period,value\neven,output,a,2,10\neven,output,b,2,20",
}
FAMILIES = '["capacity", "capacity_accumulation", "growth_limit", "target"]'


def share(economy, asked, plan):
    """The greatest share of a plan's figures."""
    return Session().solve(formulate(economy, asked, plan).program).value


def test_all_branches_grow_by_what_the_slowest_can(tmp_path):
    """Mills of 10 t may grow by a tenth, forges of 20 t by three tenths: both together by a tenth."""
    asked = question(tmp_path, f"families = {FAMILIES}")
    assert share(build(tmp_path / "two", TABLES), asked, "even") == pytest.approx(1.1)


def test_twice_the_figures_are_reached_by_half():
    asked = load_question("attainment")
    twice = TWO.changed(["targets:plan=ambitious:value*=2"])
    assert share(twice, asked, "ambitious") == pytest.approx(share(TWO, asked, "ambitious") / 2)


def test_a_rule_that_lets_all_fall_changes_nothing_and_a_looser_one_costs_no_more():
    usual = replace(load_question("attainment"), floor="base")
    steady = replace(usual, families=(*usual.families, "steady"))
    falls = [share(TWO, replace(steady, steady=SteadyRule(fall, ())), "ambitious") for fall in (0.0, 0.2, 0.5, 1.0)]
    assert falls == sorted(falls)
    assert falls[-1] == pytest.approx(share(TWO, usual, "ambitious"))
