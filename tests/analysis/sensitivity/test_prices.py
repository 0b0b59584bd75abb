"""Both prices of a limit are what re-solving from scratch says they are."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from planner.analysis.sensitivity.basis_ranges import basis_intervals
from planner.analysis.sensitivity.prices import limits_of, linear, two_sided
from planner.answers.pose import pose
from planner.cli import main
from planner.economy.names import Names
from planner.reporting.dictionary.glossary import RESULTS
from planner.reporting.tables.sensitivity import sentence
from planner.solver.highs import Session


@pytest.fixture(scope="module", params=["two_goods", "ussr_1928"])
def priced(request):
    formulation = pose(request.param)
    session = Session()
    solution = session.solve(formulation.program)
    return formulation, solution, two_sided(formulation, solution, session)


def chosen(prices):
    """All limits of a small program; of a large one those with a price and a sample of the rest."""
    if len(prices) < 100:
        return range(len(prices))
    told = prices[["one_more", "one_less"]].abs().max(axis=1).to_numpy() > 1e-9
    return np.union1d(np.flatnonzero(told), np.random.default_rng(7).choice(len(prices), 40, replace=False))


def test_finite_differences_match_both_prices(priced):
    formulation, solution, prices = priced
    limits = limits_of(formulation.program)
    assert len(limits) == len(prices)
    for i in chosen(prices):
        limit, row = limits[i], prices.iloc[i]
        for price, step, way in ((row["one_more"], row["step_more"], 1), (row["one_less"], row["step_less"], -1)):
            by = min(step, 1e-2 * max(1.0, row["size"])) / 2 if step else 1e-3
            moved = Session().solve(limit.moved(formulation.program, way * limit.more * by))
            if np.isinf(price):
                assert not moved.optimal
            else:
                assert (moved.objective - solution.objective) / by == pytest.approx(price, rel=1e-6, abs=1e-7)


def test_price_holds_over_the_whole_step(priced):
    formulation, solution, prices = priced
    limits = limits_of(formulation.program)
    told = np.flatnonzero(np.isfinite(prices["one_more"]) & (prices["one_more"].abs() > 1e-9))
    for i in told:
        row = prices.iloc[i]
        moved = Session().solve(limits[i].moved(formulation.program, limits[i].more * row["step_more"]))
        assert moved.objective - solution.objective == pytest.approx(row["one_more"] * row["step_more"], rel=1e-5)


def test_one_solver_price_lies_between_the_two(priced):
    """Concavity: what is gained by more is at most what is lost by as much less."""
    _, _, prices = priced
    gained, lost = prices["one_more"], -prices["one_less"]
    assert (gained <= lost + 1e-7).all()


def test_degenerate_price_is_told_in_two(priced):
    """Debt of two goods stands at its limit of nothing: more of it helps nobody, less would cost."""
    formulation, _, prices = priced
    if formulation.economy.name != "two_goods":
        return
    debt = prices[(prices["family"] == "debt_limit") & (prices["period"] == "1")].iloc[0]
    assert debt["unique"] == "no"
    assert debt["one_more"] == 0.0
    assert debt["one_less"] == pytest.approx(-0.0025)
    said = sentence(debt, formulation.goal.unit, Names.of(formulation.economy))
    assert "changes nothing" in said
    assert "one less lowers the attainable share by 0.25 points" in said


def test_prices_of_equal_sides_agree_with_the_solver(priced):
    _, solution, prices = priced
    rows = prices[(prices["kind"] == "row") & (prices["unique"] == "yes")]
    way = np.where(rows["more_is"] == "higher", 1.0, -1.0)
    place = {(limit.family, limit.item, limit.period): limit for limit in limits_of(solution.program) if limit.of_row}
    keys = zip(rows["family"], rows["item"], rows["period"], strict=True)
    solver = np.array([place[key].slope(solution) for key in keys])
    assert solver == pytest.approx((way * rows["one_more"]).to_numpy(), abs=1e-7)


def test_basis_intervals_hold_and_are_hidden_where_degenerate(priced):
    formulation, solution, prices = priced
    table = basis_intervals(Session(), formulation.program, prices)
    assert (table["what"] == "basis interval").all()
    assert table.loc[table["degenerate"] == "yes", ["low", "high"]].isna().all(axis=None)
    limits = {
        (limit.family, limit.item, limit.period): limit for limit in limits_of(formulation.program) if limit.of_row
    }
    shown = table[(table["of"] == "limit") & (table["degenerate"] == "no")]
    slopes = {(r["family"], r["item"], r["period"]): r["one_more"] for r in prices.to_dict("records")}
    for row in shown.sample(min(len(shown), 40), random_state=3).to_dict("records"):
        key = (row["family"], row["item"], row["period"])
        if key not in limits:
            continue
        limit = limits[key]
        for end in (row["low"], row["high"]):
            if np.isfinite(end):
                far = (end - row["at"]) * 0.999
                moved = Session().solve(limit.moved(formulation.program, far))
                expected = solution.objective + limit.more * slopes[key] * far
                assert moved.objective == pytest.approx(expected, abs=1e-6)


def test_whole_projects_are_priced_in_parts():
    formulation = pose("ussr_1928", model="projects")
    assert formulation.program.integer.any()
    assert not linear(formulation).program.integer.any()


def test_command_writes_every_table_and_chart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    curve = "capacities:furnaces:initial=0.5:2"
    result = CliRunner().invoke(main, ["sensitivity", "two_goods", "--curve", curve, "--out", "run"])
    assert result.exit_code == 0
    assert "One more t of furnaces standing from 1 on raises the attainable share by 4.95 points" in " ".join(
        result.stdout.split()
    )
    for name in ("prices", "ranges", "curve", "tornado", "bottlenecks"):
        assert len(pd.read_csv(tmp_path / f"run/{name}.csv"))
        assert name == "prices" or list(pd.read_csv(tmp_path / f"run/{name}.csv").columns) == list(RESULTS[name][1])
    charts = {path.name for path in (tmp_path / "run/charts").iterdir()}
    assert charts >= {"tornado.svg", "tornado.png", "curve_capacities_furnaces_initial.svg"}
    wrong = CliRunner().invoke(main, ["sensitivity", "two_goods", "--curve", "supply:wrkers=0.5:2"])
    assert wrong.exit_code == 3
    assert 'Did you mean "workers"' in wrong.stderr
