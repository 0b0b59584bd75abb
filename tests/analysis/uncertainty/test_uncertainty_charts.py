"""Charts of draws: those that the tables hold, titles that state the finding, and no probability where there is none."""

import pytest

import planner
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.economy.names import Names
from planner.reporting.charts.style import as_svg
from planner.reporting.charts.uncertainty import met_chart

NAMES = Names({"plan": {"ambitious": "The ambitious plan", "cautious": "The cautious plan"}})


def drawn(plans, **options):
    posed = [planner.pose("two_goods", model="attainment", plan=plan) for plan in plans]
    return planner.uncertainty(posed, sampling=Sampling(**options), cluster=Cluster(workers=1))


def test_a_ladder_of_two_plans(tmp_path):
    answer = drawn(["cautious", "ambitious"], samples=20)
    assert list(answer.charts) == ["met"]
    text = as_svg(answer.plot.met())
    assert "1 of 2 plans fits in more than half of 20 draws; 1 fits in none" in text
    assert "none (less than 16.1 %)" in text  # the end of Wilson's interval of none in 20
    assert all(title in text for title in ("Half as much iron again", "Twice as much iron"))
    assert "numbers drawn from their ranges" in " ".join(text.split())
    one, two = (answer.write(tmp_path / name) / "charts" for name in ("one", "two"))
    assert sorted(path.name for path in one.iterdir()) == ["met.png", "met.svg"]
    assert all(path.read_bytes() == (two / path.name).read_bytes() for path in one.iterdir())


def test_the_shares_of_each_target():
    assert set(drawn(["ambitious"], samples=10, each_target=True).charts) == {"met", "targets"}


@pytest.mark.parametrize(("design", "samples"), [("sobol", 16), ("morris", 4)])
def test_designs_have_indices_and_no_probability(design, samples):
    assert set(drawn(["ambitious"], samples=samples, design=design).charts) == {"indices"}


def test_the_title_of_a_single_plan():
    chart = met_chart(drawn(["cautious"], samples=10).tables["met"], NAMES, "Two goods.")
    assert chart.get_label() == "The cautious plan: all 10 draws meet it in full"
