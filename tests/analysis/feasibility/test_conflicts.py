"""Conflicts and cures of plans: what is said follows from the data, and is true."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.analysis.feasibility.claims import conflict
from planner.analysis.feasibility.conflict_groups import members_of
from planner.analysis.feasibility.conflicts import conflicts_of
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.economy import load
from planner.formulation import formulate, load_question, question_names
from planner.shipped import shipped
from planner.solver.highs import Session
from planner.solver.solution import Status


def without(formulation, kept):
    """The program with every target in full, and only some groups in force."""
    handle = TargetRows(formulation)
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    lower, upper, most = hard.row_lower.copy(), hard.row_upper.copy(), hard.column_upper.copy()
    for member in members_of(formulation):
        if member.name not in kept:
            lower[member.rows], upper[member.rows], most[member.bounds] = -np.inf, np.inf, np.inf
    return hard.with_(row_lower=lower, row_upper=upper, column_upper=most, cost=np.zeros(hard.shape[1]))


def test_two_goods_by_hand():
    """Iron must be smelted in furnaces that cannot stand in time or be bought, and both figures need more hands than there are."""
    found = conflicts_of(pose("two_goods", model="attainment", plan="ambitious"))
    assert found.complete
    said = found.sentences("conflict")
    assert said == [
        "Iron 40 t in 2 cannot be had with the furnaces that could be built in time and what could be bought abroad.",
        "Corn 72 t in 2 and iron 40 t in 2 cannot both be had with the labour there was.",
        "Iron 40 t in 2 cannot be had with the furnaces that could be built in time, what could be earned and borrowed abroad, "
        "what could be sold abroad and the floor under household consumption.",
    ]
    assert "Without iron 40 t in 2, all the rest could be met together." in found.sentences("cure")
    assert found.held == (
        "the accumulation of plant",
        "the balances of products and the final use in them",
        "that nothing is less than nothing",
    )


def asked():
    """Every shipped model that is about targets, on the economies it can be put to, and the plan that is tested."""
    for model in question_names():
        question = load_question(model)
        if question.wants_targets:
            yield model, "ussr_1928", "control_figures_1929_30" if question.annual else "ffyp_optimum"
            if not question.groups:
                yield model, "two_goods_money" if "money_balance" in question.families else "two_goods", "ambitious"
    for path in sorted(shipped("inputs").glob("*/models/*.toml")):  # models that an economy brings along
        if load_question(path).wants_targets:
            economy = load(path.parents[1].name)
            yield path, economy.name, economy.default_plan or economy.tables["plans"]["plan"].iloc[0]
    yield "attainment", "ussr_1928", "plan_1931"
    yield "projects", "ussr_1928", "raised_1929_12"


@pytest.mark.parametrize(("model", "economy", "plan"), list(asked()), ids=lambda given: getattr(given, "stem", given))
def test_every_conflict_is_minimal_and_every_cure_cures(model, economy, plan):
    formulation = pose(economy, model=load_question(model).in_parts, plan=plan)
    found = conflicts_of(formulation)
    table = found.table
    assert len(table)
    everything = {member.name for member in members_of(formulation)}
    session = Session()
    for row in table[table["kind"] == "conflict"].to_dict("records"):
        members = set(row["members"].split("; "))
        status = session.solve(without(formulation, members)).status
        if status in (
            Status.STOPPED,
            Status.FAILED,
        ):  # HiGHS finds neither a plan nor a proof: ours is added up in fractions
            (proof,) = [one for one in found.claims if one.claim == conflict(row["number"])]
            assert proof.valid
            assert proof.gap > 0
        else:
            assert status is Status.INFEASIBLE
        for one in members:
            assert session.solve(without(formulation, members - {one})).status is Status.OPTIMAL
    for row in table[table["kind"] == "cure"].to_dict("records")[:5]:
        cure = set(row["members"].split("; "))
        assert session.solve(without(formulation, everything - cure)).status is Status.OPTIMAL
        for one in cure:
            assert session.solve(without(formulation, everything - cure | {one})).status is Status.INFEASIBLE
    assert found.complete == (len(table) < 40)
    assert session.solve(without(formulation, set())).status is Status.OPTIMAL


def said_with(kind, formulation):
    """Conflicts with a group of a kind among their members."""
    table = conflicts_of(formulation).table
    chosen = table["members"].map(lambda names: kind in [name.partition(":")[0] for name in names.split("; ")])
    return table.loc[chosen & (table["kind"] == "conflict"), "sentence"].tolist()


def test_building_that_must_go_on_is_named():
    assert said_with("building at the end", pose("two_goods", model="sustained", plan="ambitious")) == [
        "Iron 40 t in 2 cannot be had with the furnaces that could be built in time, the labour there was, the floor under "
        "household consumption and the building that must go on at the end."
    ]
    cures = conflicts_of(pose("two_goods", model="sustained", plan="ambitious")).sentences("cure")
    assert (
        "Without corn 72 t in 2 and the building that must go on at the end and with no limit to what could be sold abroad and "
        "what could be bought abroad, all the rest could be met together." in cures
    )
    assert not any("no limit to the building" in cure for cure in cures)


def test_what_limits_projects_is_named():
    """With projects alone, and little money for them, their list, their dates, their sites and the money are in the way."""
    question = load_question("projects").in_parts
    question = replace(question, projects=replace(question.projects, budget=1.0, divisible="none"))
    table = conflicts_of(pose("ussr_1928", model=question, plan="ffyp_optimum")).table
    members = {name for names in table.loc[table["kind"] == "conflict", "members"] for name in names.split("; ")}
    assert {"projects", "dates of projects", "budget"} <= members
    assert any(name.startswith("resource:") for name in members)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("finance:period=*:credit=0", "foreign exchange"),
        ("trade:product=corn,direction=export,period=*:limit=0", "exports"),
        ("trade:product=iron,direction=import,period=*:limit=0", "imports"),
    ],
)
def test_bounds_that_are_facts_are_named(change, kind):
    """Limits of trade and of credit are bounds of unknowns and not rows; they stand in the way all the same."""
    economy = load("two_goods", changes=[change])
    assert said_with(kind, pose(economy, model="attainment", plan="ambitious"))


def test_hard_targets_and_caps_are_named():
    """What θ does not scale is asked in full, so it may be what clashes; a floor and a cap on one cell are two targets."""
    economy = load("two_goods")
    targets = economy.tables["targets"]
    mine = targets[targets["plan"] == "ambitious"]
    cap = mine[mine["item"] == "iron"].assign(sense="at_most", hard="yes", value=30.0)
    economy = replace(economy, tables={**economy.tables, "targets": pd.concat([targets, cap], ignore_index=True)})
    formulation = pose(economy, model="attainment", plan="ambitious")
    assert "Iron 40 t in 2 and iron at most 30 t in 2 cannot both be had." in conflicts_of(formulation).sentences(
        "conflict"
    )


def test_definitions_that_clash_by_themselves_are_said_to():
    """Where nothing that could be given up is in the way, the list is empty, and is not called complete."""
    economy = load("two_goods")
    use = economy.tables["final_use"].assign(value=1e6)
    idle = economy.tables["activities"].iloc[:0]
    tables = {
        **economy.tables,
        "final_use": use,
        "activities": idle,
        "coefficients": economy.tables["coefficients"].iloc[:0],
    }
    tables["trade"] = economy.tables["trade"].iloc[:0]
    found = conflicts_of(formulate(replace(economy, tables=tables), load_question("attainment"), "ambitious"))
    assert not len(found.table)
    assert not found.complete
    assert found.reason


def test_nothing_is_hard_wired():
    """Another economy's names, another sentence: with iron made free of furnaces only the hands are left to clash."""
    economy = load("two_goods", changes=["capacities:capacity=furnaces:initial=100"])
    said = conflicts_of(pose(economy, model="attainment", plan="ambitious")).sentences("conflict")
    assert said == ["Corn 72 t in 2 and iron 40 t in 2 cannot both be had with the labour there was."]


def test_a_floor_is_never_recommended():
    formulation = pose("ussr_1928", model="attainment", scenario="realised")
    found = conflicts_of(formulation)
    assert any("floor under household consumption" in sentence for sentence in found.sentences("conflict"))
    for sentence in found.sentences("cure"):
        assert "no limit to the floor" not in sentence


def test_the_package_lists_its_own_judgements():
    assert len(load("ussr_1928").tables["judgements"]) == 11
    assert not len(load("two_goods").tables["judgements"])
