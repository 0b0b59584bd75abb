"""Bottlenecks against every pair solved one by one."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from planner.analysis.sensitivity import bottlenecks as finding
from planner.analysis.sensitivity.bottlenecks import SHARE, _grown, bottlenecks, candidates
from planner.answers.pose import pose
from planner.formulation import formulate, load_question
from planner.solver.highs import Session
from tests.properties.economies import PLAN, made
from tests.properties.frames import economy


def test_singles_and_pairs_equal_brute_force():
    formulation = pose("two_goods")
    session = Session()
    solution = session.solve(formulation.program)
    table = bottlenecks(formulation, solution, session)
    limits = candidates(formulation)

    def gain(*some):
        return Session().solve(_grown(formulation.program, list(some))).objective - solution.objective

    single = {limit.name: gain(limit) for limit in limits}
    told = table[table["way"] == "one"]
    assert dict(zip(told["first"], told["gain"], strict=True)) == pytest.approx(single, abs=1e-9)
    pairs = {(a.name, b.name): gain(a, b) for a, b in combinations(limits, 2)}
    better = {pair: g for pair, g in pairs.items() if g > max(single[pair[0]], single[pair[1]]) + 1e-9}
    told = table[table["way"] == "two"]
    assert dict(zip(zip(told["first"], told["second"], strict=True), told["gain"], strict=True)) == pytest.approx(
        better, abs=1e-9
    )


def test_single_gain_equals_a_solve_with_more_of_it():
    """Ten per cent more furnaces of two goods: from 90 to 98.7 per cent, for 4 crowns."""
    formulation = pose("two_goods")
    session = Session()
    table = bottlenecks(formulation, session.solve(formulation.program), session)
    first = table.iloc[0]
    assert first["first"] == "capacities:furnaces:initial"
    changed = pose("two_goods", changes=[f"capacities:capacity=furnaces:initial*={1 + SHARE}"])
    expected = Session().solve(changed.program).objective - Session().solve(formulation.program).objective
    assert first["gain"] == pytest.approx(expected)
    assert first["added"] == pytest.approx(2.0)
    assert first["cost"] == pytest.approx(4.0)
    assert first["gain_per_cost"] == pytest.approx(expected / 4.0)


@pytest.mark.slow
def test_the_best_pairs_of_the_large_economy_are_found():
    formulation = pose("ussr_1928")
    session = Session()
    solution = session.solve(formulation.program)
    table = bottlenecks(formulation, solution, session)
    best = table[table["way"] == "two"]["gain"].max()
    limits = candidates(formulation)
    rng = np.random.default_rng(4)
    for _ in range(60):
        i, j = rng.choice(len(limits), 2, replace=False)
        both = session.solve(_grown(formulation.program, [limits[i], limits[j]])).objective - solution.objective
        assert both <= best + 1e-8
    assert not table.loc[table["way"] == "two", "gain_per_unit"].notna().any()
    assert table.loc[table["cost"].notna(), "first"].str.startswith(("capacities", "pipeline")).all()


@pytest.mark.slow  # some hundred programs
def test_limits_moved_at_once_move_as_they_do_one_by_one(monkeypatch):
    posed = formulate(economy(*made(1928, 2, 2)), replace(load_question("attainment"), floor=0.5), PLAN)
    at_once = finding.candidates(posed)
    monkeypatch.setattr(finding, "_BY_ITSELF", 1_000)
    one_by_one = finding.candidates(posed)
    assert [limit.name for limit in at_once] == [limit.name for limit in one_by_one]
    assert len(at_once) > 4
    for mine, theirs in zip(at_once, one_by_one, strict=True):
        for side in ("row_lower", "row_upper", "column_upper"):
            assert np.array_equal(getattr(mine.growth, side), getattr(theirs.growth, side))
