"""Charts of draws: those that the tables hold, titles that state the finding, and no share of draws where there is none."""

import pytest

from planner.analysis.uncertainty.statistics import tables
from planner.analysis.uncertainty.uncertainty import explore
from planner.answers.solve import pose
from planner.economy.names import Names
from planner.reporting.charts.uncertainty import draw_uncertainty, met_chart

NAMES = Names({"plan": {"ambitious": "The ambitious plan", "cautious": "The cautious plan"}})


def drawn(plans, **options):
    formulations = [pose("two_goods", model="attainment", plan=plan) for plan in plans]
    return tables(explore(formulations, seed=1, workers=1, **options))


def test_a_ladder_of_two_plans(tmp_path):
    made = drawn(["cautious", "ambitious"], samples=20)
    files = draw_uncertainty(made, NAMES, tmp_path, "Two goods.")
    assert [file.name for file in files] == ["met.svg", "met.png"]
    text = (tmp_path / "met.svg").read_text()
    assert "1 of 2 plans fits in more than half of 20 draws; 1 fits in none" in text
    assert "below 16.1 %" in text  # the end of Wilson's interval of none in 20
    assert all(title in text for title in NAMES.known["plan"].values())
    again = draw_uncertainty(made, NAMES, tmp_path / "again", "Two goods.")
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(files, again, strict=True))


def test_the_shares_of_each_target(tmp_path):
    files = draw_uncertainty(drawn(["ambitious"], samples=10, each_target=True), Names({}), tmp_path, "Two goods.")
    assert {file.stem for file in files} == {"met", "targets"}


@pytest.mark.parametrize(("design", "samples"), [("sobol", 16), ("morris", 4)])
def test_designs_have_indices_and_no_share_of_draws(tmp_path, design, samples):
    files = draw_uncertainty(drawn(["ambitious"], samples=samples, design=design), NAMES, tmp_path, "Two goods.")
    assert {file.stem for file in files} == {"indices"}


def test_the_title_of_a_single_plan():
    chart = met_chart(drawn(["cautious"], samples=10)["met"], NAMES, "Two goods.")
    assert chart.get_label() == "The cautious plan: all 10 draws meet it in full"
