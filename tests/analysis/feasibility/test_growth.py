"""What goes on growing after the data, where a later date is asked for."""

from dataclasses import replace

import pytest

import planner
from planner.analysis.feasibility.horizon import extended, year_reached
from planner.economy import DataError
from planner.formulation import formulate, load_question

ECONOMY = planner.load("two_goods")


def test_what_is_named_grows_and_the_rest_stays():
    longer = extended(ECONOMY, "ambitious", 2, {"workers": 0.1, "population": -0.5})
    hands, people = (longer.tables[name].set_index("period") for name in ("supply", "population"))
    last, mouths = hands["value"]["2"], people["value"]["2"]
    assert hands["value"][["3", "4"]].tolist() == pytest.approx([1.1 * last, 1.21 * last])
    assert hands["low"]["4"] == pytest.approx(1.21 * hands["low"]["2"])
    assert people["value"][["3", "4"]].tolist() == pytest.approx([0.5 * mouths, 0.25 * mouths])
    same = extended(ECONOMY, "ambitious", 2)
    assert same.tables["supply"].set_index("period")["value"]["4"] == last


def test_figures_short_of_hands_are_reached_with_more_of_them():
    question = replace(load_question("attainment"), floor="base")
    few = ECONOMY.changed(["supply:resource=workers:value*=0.9"])
    alone = year_reached(few, question, "ambitious", 3)
    grown = year_reached(few, replace(question, growth={"workers": 0.2}), "ambitious", 3)
    assert grown["attainment"].iloc[0] == alone["attainment"].iloc[0]
    assert grown["attainment"].iloc[1] > alone["attainment"].iloc[1]


def test_what_cannot_grow_is_refused(tmp_path):
    question = replace(load_question("attainment"), growth={"worker": 0.1})
    with pytest.raises(DataError, match=r'no resource "worker".*Did you mean "workers"'):
        formulate(ECONOMY, question, "ambitious")
    file = tmp_path / "grown.toml"
    file.write_text('extends = "attainment"\n[horizon]\ngrowth = { workers = "much" }\n', encoding="utf-8")
    with pytest.raises(DataError, match="A rate of growth is a share a period"):
        load_question(file)
