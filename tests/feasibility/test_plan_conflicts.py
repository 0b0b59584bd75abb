"""Conflicts and cures of plans: what is said follows from the data, and is true."""

import numpy as np
import pytest

from planner.economy import load
from planner.feasibility.assess import assess
from planner.feasibility.groups import members_of
from planner.feasibility.plan_conflicts import conflicts_of
from planner.feasibility.share import Shares
from planner.planning import pose
from planner.solver.highs import Session
from planner.solver.solution import Status


def without(formulation, kept):
    """The program with every target in full, and only some groups in force."""
    handle = Shares(formulation)
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    free = np.concatenate([member.rows for member in members_of(formulation) if member.name not in kept])
    lower, upper = hard.row_lower.copy(), hard.row_upper.copy()
    lower[free], upper[free] = -np.inf, np.inf
    return hard.with_(row_lower=lower, row_upper=upper, cost=np.zeros(hard.shape[1]))


def test_two_goods_by_hand():
    """Iron needs furnaces that cannot stand in time; both figures together need more hands than there are."""
    found = conflicts_of(pose("two_goods", model="attainment", plan="ambitious"))
    assert found.complete
    said = found.sentences("conflict")
    assert said == [
        "Iron 40 t in 2 cannot be had with the furnaces that could be built in time.",
        "Corn 72 t in 2 and iron 40 t in 2 cannot both be had with the labour there was.",
    ]
    assert "Without iron 40 t in 2, all the rest could be met together." in found.sentences("cure")


@pytest.mark.parametrize("plan", ["ffyp_optimum", "plan_1931"])
def test_every_conflict_is_minimal_and_every_cure_cures(plan):
    formulation = pose("ussr_1928", model="attainment", plan=plan)
    table = conflicts_of(formulation).table
    everything = {member.name for member in members_of(formulation)}
    session = Session()
    for row in table[table["kind"] == "conflict"].to_dict("records"):
        members = set(row["members"].split("; "))
        assert session.solve(without(formulation, members)).status is Status.INFEASIBLE
        for one in members:
            assert session.solve(without(formulation, members - {one})).status is Status.OPTIMAL
    for row in table[table["kind"] == "cure"].to_dict("records")[:5]:
        cure = set(row["members"].split("; "))
        assert session.solve(without(formulation, everything - cure)).status is Status.OPTIMAL


def test_nothing_is_hard_wired():
    """Another economy's names, another sentence: with iron made free of furnaces only the hands are left to clash."""
    economy = load("two_goods", sets=["capacities:capacity=furnaces:initial=100"])
    said = conflicts_of(pose(economy, model="attainment", plan="ambitious")).sentences("conflict")
    assert said == ["Corn 72 t in 2 and iron 40 t in 2 cannot both be had with the labour there was."]


def test_a_floor_is_never_recommended():
    formulation = pose("ussr_1928", model="attainment", scenario="realised")
    found = conflicts_of(formulation)
    assert any("floor under household consumption" in sentence for sentence in found.sentences("conflict"))
    for sentence in found.sentences("cure"):
        assert "no limit to the floor" not in sentence


def test_the_package_lists_its_own_judgements():
    """They are a table of the package: read with it, whatever becomes of its folder."""
    listed = load("ussr_1928").tables["judgements"]
    assert len(listed) == 6
    found = assess(pose("ussr_1928", plan="plan_1931", model="annual"))
    assert found.judgements == tuple(listed["text"])
    assert not len(load("two_goods").tables["judgements"])
