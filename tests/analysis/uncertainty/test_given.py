"""Draws given what happened: conditioned shares are plain rejection, and noise is not told by history."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.analysis.uncertainty.condition import Condition
from planner.analysis.uncertainty.contradictions import contradictions
from planner.analysis.uncertainty.figures import MET
from planner.analysis.uncertainty.given import admits, difference, met_in, posed, shifts, threshold
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.statistics import tables
from planner.analysis.uncertainty.uncertainty import Uncertainty, explore
from planner.economy import load
from planner.economy.names import Names
from planner.formulation import formulate, load_question
from planner.reporting.wording.draws import called_met
from tests.economy.test_residuals import IRON, laid_down

HAPPENED = "output,tools,2001,s,8,yes\noutput,tools,2002,s,8.4,yes\n"
TARGETS = "plan,measure,item,period,value\nmore,output,tools,2002,8.4\nmore,output,iron,2002,10\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Uncertainty:
    """200 draws of the plan and of what happened."""
    folder = laid_down(
        tmp_path_factory.mktemp("given") / "iron", actuals=IRON["actuals.csv"] + HAPPENED, targets=TARGETS
    )
    return drawn(folder, workers=1)


def drawn(folder: Path, workers: int, samples: int = 200) -> Uncertainty:
    """Draws of the economy in a folder."""
    economy = load(folder)
    given = posed(economy, load_question("backtest"))
    plan = formulate(economy, load_question("five_year"), "more")
    sampling = Sampling(samples=samples, seed=7, condition=Condition("all", 0.98), each_target=True)
    return explore([plan], sampling, Cluster(workers=workers), given=given)


def test_the_share_among_draws_kept_is_plain_rejection(found):
    """By hand: (S − 10 + 8a) / a tools can be made each year, of 8.4; and S tons of iron."""
    values, _ = found.factors[0].many(found.quantiles)
    a, ore = values[:, 0], values[:, 1]
    tools = (ore - 10 + 8 * a) / a
    kept = np.minimum(tools / 8, tools / 8.4) >= 0.98
    [outcome] = [one for one in found.given if one.formulation.plan.endswith("all")]
    assert admits(outcome, 0.98).tolist() == kept.tolist()
    met = (tools >= 8.4) & (ore >= 10)
    assert met_in(found.outcomes[0]).tolist() == met.tolist()
    row = tables(found)["given"].query("span == 'all' and tolerance == 0.98").iloc[0]
    assert 50 < kept.sum() < 200
    assert (row["kept"], row["feasible"]) == (kept.sum(), (met & kept).sum())
    assert row["share"] == pytest.approx(met[kept].mean())
    assert row["difference"] == pytest.approx(met[kept].mean() - met.mean())
    assert row["difference_low"] <= row["difference"] <= row["difference_high"]


def test_the_curve_runs_over_the_tolerance_and_fewer_than_fifty_draws_are_too_few(found):
    made = tables(found)
    history = made["history"].query("span == 'all'")
    assert history["kept"].is_monotonic_decreasing
    assert (history["tolerance"].min(), history["tolerance"].max()) == (0.9, 1.0)
    assert ((history["low"] <= history["share"]) & (history["share"] <= history["high"])).all()
    given = made["given"]
    assert (given.loc[given["kept"] < 50, "tells_apart"] == "too few").all()
    assert given.loc[given["kept"] < 50, "share"].isna().all()
    assert given.loc[given["kept"] >= 50, "share"].notna().all()


def test_together_is_never_more_than_alone(found):
    outcome = found.outcomes[0]
    solved = outcome.status == "solved"
    assert (np.minimum(outcome.shares, 1.0) <= outcome.alone + 1e-9)[solved].all()
    figures = tables(found)["figures"]
    assert (figures["met_together"] <= figures["met_alone"]).all()
    both = figures[figures["among"] == "all draws"].set_index("item")
    assert both.loc["tools", "met_together"] == (outcome.shares[:, 0] >= MET).sum()
    assert set(figures["among"]) == {"all draws", "draws that admit what happened in 2001 to 2002"}


def test_no_draw_exceeds_the_bound_and_ways_are_their_own_table(found):
    outcome = found.outcomes[0]
    assert np.nanmax(outcome.value) <= outcome.bound
    moved = tables(found)["one_way"].set_index("moved")["value"]
    assert moved["optimistic"] <= moved["bound"]
    assert moved["pessimistic"] < moved["half-way pessimistic"] < moved["half-way optimistic"] < moved["optimistic"]


def test_workers_change_nothing(found, tmp_path):
    folder = laid_down(tmp_path / "iron", actuals=IRON["actuals.csv"] + HAPPENED, targets=TARGETS)
    two = drawn(folder, workers=2)
    for name, table in tables(found).items():
        assert table.equals(tables(two)[name]), name


def test_a_figure_with_a_range_is_drawn_and_met_in_full(tmp_path):
    text = IRON["actuals.csv"] + HAPPENED
    head, *rows = text.splitlines()
    ranged = [f"{head},low,high", *(f"{row},," if "2002" not in row else f"{row},8,8.8" for row in rows)]
    folder = laid_down(tmp_path / "ranged", actuals="\n".join(ranged) + "\n", targets=TARGETS)
    given = posed(load(folder), load_question("backtest"))
    hard = given[-1].targets.frame.set_index("period")["hard"]
    assert (hard["2001"], hard["2002"]) == ("no", "yes")
    found = drawn(folder, workers=1, samples=60)
    assert "targets as_produced all output tools" in found.design.names
    assert [name for name in found.factors[0].names if name.startswith("targets")] == []


def test_noise_is_not_told_by_history():
    """Of 200 runs with 100 numbers that are nothing but noise no more than 5 % list one."""
    rng = np.random.default_rng(1928)
    listed = 0
    for _ in range(200):
        quantiles, kept = rng.random((200, 100)), np.zeros(200, dtype=bool)
        kept[rng.choice(200, 120, replace=False)] = True
        listed += any(abs(z) > threshold(100) for _, z, _ in shifts(quantiles, kept))
    assert listed <= 10


def test_a_number_that_decides_is_told():
    quantiles = np.random.default_rng(1).random((200, 100))
    found = {at: z for at, z, _ in shifts(quantiles, quantiles[:, 3] > 0.5)}
    assert abs(found[3]) > threshold(100)
    assert max(abs(z) for at, z in found.items() if at != 3) < threshold(100)


def test_a_condition_that_rejects_nothing_moves_nothing():
    every = np.ones(10, dtype=bool)
    assert difference(every, every) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("text", ["history", "backtest:2", "backtest:never", "backtest:0"])
def test_conditions_that_cannot_be_understood(text):
    with pytest.raises(ValueError, match=r"condition|neither"):
        Condition.read(text)


def test_ranges_that_the_base_period_contradicts_are_found(tmp_path):
    """Iron per tool runs from .4 to 2.5; above 1.25 it takes more than the 10 there were."""
    wide = IRON["coefficients.csv"].replace("0.5,0.4,0.6", "0.5,0.4,2.5")
    [finding] = contradictions(load(laid_down(tmp_path / "wide", coefficients=wide)))
    assert (finding.code, finding.file, finding.rows, finding.value) == ("W209", "final_use.csv", (2,), "iron")
    assert contradictions(load(laid_down(tmp_path / "narrow"))) == []


def test_a_figure_is_called_met_only_where_nine_of_ten_draws_meet_it():
    columns = ["plan", "measure", "item", "period", "among", "draws", "met_together", "together", "reading"]
    rows = [
        ("p", "output", "iron", "2", "all draws", 40, 36, 0.9, "open"),
        ("p", "output", "corn", "2", "all draws", 40, 37, 0.925, "met"),
        ("p", "output", "coal", "2", "all draws", 40, 0, 0.0, "not met"),
    ]
    said = called_met({"figures": pd.DataFrame(rows, columns=columns)}, Names({}))
    assert said == [
        "p: 1 of 3 figures met in more than nine of ten draws; in some: iron in 2 (36 of 40); in none: coal in 2"
    ]


def test_readings_follow_the_counts(found):
    table = tables(found)["figures"]
    share = table["met_together"] / table["draws"]
    expected = np.where(
        table["together"].isna(), "too few", np.where(share > 0.9, "met", np.where(share > 0, "open", "not met"))
    )
    assert table["reading"].tolist() == expected.tolist()
