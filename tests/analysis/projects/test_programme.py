"""Programmes of projects on the shipped economy: found, bounded, judged, and compared with their neighbours."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import planner
from planner.analysis.projects.official_list import dates_compared, official_list
from planner.analysis.projects.programme import GAP, Programme, find_programme, starts_in
from planner.analysis.projects.worth import WITHIN, Searches, near_best, near_best_table, worth
from planner.answers.pose import pose
from planner.answers.solve import SolveAnswer, solve
from planner.formulation import Formulation, load_question
from planner.program import LinearProgram
from planner.proof.branch_record import branch, covers
from planner.solver.gateway import solve_with
from planner.solver.highs import Session, SolveOptions
from planner.solver.mixed import in_parts, rounded, with_fixed
from planner.solver.solution import Status
from tests.formulation.build import build


@pytest.fixture(scope="module")
def raised() -> Formulation:
    return pose("ussr_1928", model="projects", plan="raised_1929_12")


@pytest.fixture(scope="module")
def best(raised: Formulation) -> Programme:
    return find_programme(raised, SolveOptions(gap=GAP))


@pytest.fixture(scope="module")
def searches(raised: Formulation, best: Programme) -> Searches:
    return Searches(raised, best, SolveOptions(gap=GAP, seconds=30.0))


@pytest.fixture(scope="module")
def result() -> SolveAnswer:
    return solve("ussr_1928", model="projects", plan="raised_1929_12")


# -- the best programme -------------------------------------------------------------------------------------------------


def test_best_programme_is_found_bounded_and_below_building_by_the_unit(raised: Formulation, best: Programme) -> None:
    assert best.search.optimal
    assert best.gap <= 1e-3
    assert best.search.seconds < 60.0  # a fraction of a second where this was written
    assert best.first < 5.0
    assert best.solution.objective == pytest.approx(best.search.objective, rel=1e-6)
    assert best.solution.residuals.relative < 1e-9
    divisible = Session().solve(pose("ussr_1928", model="attainment", plan="raised_1929_12").program).objective
    assert best.bound <= best.relaxed.objective + 1e-9
    assert best.bound <= divisible + 1e-9
    assert divisible == pytest.approx(0.4816607649, abs=1e-9)


@pytest.mark.parametrize("corner", ["central", "optimistic"])
@pytest.mark.parametrize(
    "plan", ["raised_1929_12", "ffyp_optimum", "ffyp_minimum", "plan_1932", "vsnkh_1928_directives"]
)
def test_no_plan_is_reached_further_by_whole_works_than_by_the_unit(plan: str, corner: str) -> None:
    asked = {"plan": plan, "corner": corner}
    parts = Session().solve(in_parts(pose("ussr_1928", model="projects", **asked).program))
    assert parts.objective <= Session().solve(pose("ussr_1928", model="attainment", **asked).program).objective + 1e-9


def test_the_start_is_a_whole_programme(raised: Formulation) -> None:
    start = rounded(raised.program)
    assert start is not None
    fixed = Session().solve(with_fixed(raised.program, start))
    assert fixed.optimal
    lines: list[str] = []
    Session(SolveOptions(gap=GAP), log=lines.append).solve(raised.program, start=start)
    assert any("MIP start solution is feasible" in line for line in lines)


def test_cbc_agrees_within_the_gap(raised: Formulation, best: Programme) -> None:
    other = solve_with(raised.program, "cbc", 120.0, gap=GAP)
    assert other.optimal
    assert other.objective == pytest.approx(best.solution.objective, rel=2 * GAP)


def test_no_prices_are_made_up(raised: Formulation, best: Programme) -> None:
    assert np.isnan(best.search.row_prices).all()
    assert np.isnan(best.search.column_prices).all()
    assert np.isfinite(best.solution.row_prices).all()  # with the projects fixed
    assert np.isfinite(best.relaxed.row_prices).all()  # of the relaxation


# -- verdicts -----------------------------------------------------------------------------------------------------------


def test_outside_by_the_certificate_of_the_relaxation(best: Programme) -> None:
    judgement = best.judgement
    assert judgement is not None
    assert judgement.verdict == "outside"
    assert judgement.certificate is not None
    assert judgement.certificate.valid
    assert float(judgement.certificate.bound) == pytest.approx(best.relaxed.objective, abs=1e-6)


def test_outside_by_a_branch_record_where_parts_would_do() -> None:
    question = load_question("projects")
    question = replace(question, projects=replace(question.projects, room="year"))
    programme = find_programme(pose("ussr_1928", model=question, plan="ffyp_optimum", corner="optimistic"))
    assert programme.relaxed.objective > 1.0 > programme.bound
    judgement = programme.judgement
    assert judgement is not None
    assert judgement.verdict == "outside"
    assert judgement.certificate is None
    assert judgement.record is not None
    assert judgement.record.proved
    assert len(judgement.record.ends) > 1
    broken = [end.path for end in judgement.record.ends][1:]
    assert not covers(broken)


def test_inside_by_a_checked_point() -> None:
    programme = find_programme(pose("ussr_1928", model="projects", plan="vsnkh_1928_directives"))
    assert programme.judgement is not None
    assert programme.judgement.verdict == "inside"


def test_a_record_that_is_cut_short_says_so(raised: Formulation, best: Programme) -> None:
    record = branch(raised.program, best.solution.objective * (1 + 1e-6), most=5)
    assert not record.proved
    assert record.says.startswith("Not certified")
    passed = branch(raised.program, 0.4)
    assert not passed.proved
    assert passed.says.startswith("A whole point passes") or passed.says.startswith("Not certified")


# -- neighbours ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_ten_distinct_programmes_near_the_best(searches: Searches, raised: Formulation) -> None:
    listed = near_best(Searches(raised, searches.programme, SolveOptions(gap=1e-3, seconds=30.0)), count=10)
    starts = [starts_in(raised, item.values) for item in listed]
    assert len(starts) == 10
    assert len(set(starts)) == 10
    points = [item.values for item in listed]
    reached = [Session().solve(with_fixed(raised.program, point)).objective for point in points]
    assert min(reached) >= (1.0 - WITHIN) * searches.programme.solution.objective - 1e-6
    np.testing.assert_allclose(reached, [item.reached for item in listed], rtol=1e-4)
    table = near_best_table(searches, listed)
    assert table["rank"].nunique() == 10
    needed = {project for project, _ in starts[0]}.intersection(*({p for p, _ in s} for s in starts))
    for i, project in enumerate(raised.variables.projects.starts.labels):
        if project in needed and project in ("GAZ", "AZST"):
            out = searches.best(searches.forced(i, 0))
            assert out.bound < (1.0 - WITHIN) * searches.programme.solution.objective


def test_worth_is_a_difference_of_searches(raised: Formulation, best: Programme) -> None:
    question = load_question("projects")  # few projects, so that all can be asked about
    few = ["KMK", "AZST", "GAZ", "AMO", "KUZMINES", "SHATURA"]
    tables = dict(raised.economy.tables)
    for name in ("projects", "project_goods", "project_rules"):
        tables[name] = tables[name][tables[name]["project"].isin(few)].reset_index(drop=True)
    rules = tables["project_rules"]
    tables["project_rules"] = rules[rules["other"].isin(few)].reset_index(drop=True)
    formulation = pose(replace(raised.economy, tables=tables), model=question, plan="raised_1929_12")
    programme = find_programme(formulation)
    table = worth(Searches(formulation, programme, SolveOptions(gap=GAP))).set_index("project")
    top = programme.solution.objective
    assert top <= best.bound + 1e-9  # fewer projects do no better
    assert (table[["forced_in", "forced_out", "later"]].max() <= top * (1 + 2 * GAP)).all()
    assert table.loc["GAZ", "needed"] == "yes"
    assert table.loc["GAZ", "worth"] == pytest.approx(top - table.loc["GAZ", "forced_out"])
    assert table.loc["SHATURA", "worth"] == 0.0
    assert table.loc["SHATURA", "needed"] == "no"


def test_official_list_is_read_in_four_ways(searches: Searches, best: Programme) -> None:
    table = official_list(searches).set_index("reading")["attainment"]
    assert table["best"] == pytest.approx(best.solution.objective)
    assert table["dates"] <= table["best"] + 1e-6
    assert table["all_in_room"] <= table["best"] * (1 + GAP)
    assert np.isnan(table["all_at_dates"])  # more is listed for 1930 than there are sites
    dates = dates_compared(searches.formulation, best.starts).set_index("project")
    assert dates.loc["AZST", "listed"] == "1930"
    assert (dates["periods_later"].dropna() >= 0).all()  # windows open at the listed date


# -- stopping -----------------------------------------------------------------------------------------------------------


def test_time_limit_keeps_the_best_plan_and_its_bound(raised: Formulation) -> None:
    for seconds in (1e-4, 0.05):
        programme = find_programme(raised, SolveOptions(seconds=seconds, gap=0.0))
        if programme.search.status is Status.STOPPED:  # a very fast machine may be done by then
            assert programme.found
            assert programme.bound >= programme.solution.objective - 1e-9
            assert programme.bound <= programme.relaxed.objective + 1e-9


@pytest.mark.skipif(sys.platform == "win32", reason="signals to oneself")
def test_interruption_keeps_the_best_plan_and_its_bound() -> None:
    rng = np.random.default_rng(1)
    weights = rng.integers(1, 100, (60, 150)).astype(float)
    program = LinearProgram.plain(
        cost=rng.integers(1, 100, 150).astype(float),
        matrix=weights,
        row_upper=weights.sum(axis=1) * 0.3,
        column_upper=np.ones(150),
        integer=[True] * 150,
        sense="max",
    )
    before = signal.getsignal(signal.SIGINT)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    solution = Session(SolveOptions(seconds=30.0)).solve(program)
    assert signal.getsignal(signal.SIGINT) is before
    assert solution.status is Status.STOPPED
    assert solution.detail == "Interrupt"
    assert solution.seconds < 20.0
    assert solution.residuals.worst < 1e-6
    assert solution.bound >= solution.objective


# -- results ------------------------------------------------------------------------------------------------------------


def test_result_labels_its_prices_and_keeps_projects(result: SolveAnswer) -> None:
    tables = result.tables
    assert "shadow_price" not in tables["prices"].columns
    assert "shadow_price_projects_fixed" in tables["prices"].columns
    assert not (tables["prices"]["family"] == "project_start").any()
    projects = tables["projects"]
    started = projects[projects["decision"] == "started"]
    assert set(started["project"]) == {project for project, _ in result.programme.starts} if result.programme else False
    by_project = started.groupby("project")
    assert (by_project["spent"].sum() > 0).all()
    assert set(projects.loc[projects["decision"] == "begun before", "project"]) >= {"DNEPR", "STZ", "KERCH"}
    summary = result.summary
    assert summary["verdict"] == "outside"
    assert summary["bound"] >= summary["value"] - 1e-9
    assert summary["in_parts"] >= summary["bound"] - 1e-9


def test_projects_do_not_count_what_the_pipeline_counts(raised: Formulation) -> None:
    projects = raised.variables.projects
    assert not set(projects.starts.labels) & {"DNEPR", "SVIR", "STZ", "KERCH", "KRURAL", "RSM", "ELEKTROZ", "CHELGRES"}
    assert not projects.by_the_unit[raised.facts.position("capacity", "new_blast_furnaces")]


def test_run_folder_is_the_same_again(result: SolveAnswer, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    again = solve("ussr_1928", model="projects", plan="raised_1929_12")
    first, second = result.write(tmp_path / "a"), again.write(tmp_path / "b")
    names = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    assert {"projects.csv", "charts/programme.svg", "charts/programme.png"} <= set(names)
    for name in names:
        if name != "manifest.json":
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


@pytest.mark.parametrize("objective", ["balanced", "shortfall", "consumption"])
def test_other_objectives_choose_programmes_too(objective: str, best: Programme) -> None:
    found = solve("ussr_1928", model=replace(load_question("projects"), objective=objective), plan="raised_1929_12")
    assert found.solution.optimal
    assert found.plan is not None
    assert found.programme is not None
    if objective == "balanced":  # the worst share is the attainment; the rest is raised with the projects fixed
        assert np.nanmin(found.shares) == pytest.approx(best.solution.objective, rel=1e-6)
        assert np.nanmax(found.shares) > best.solution.objective + 0.01
    if objective == "shortfall":
        plain = solve(
            "ussr_1928", model=replace(load_question("attainment"), objective=objective), plan="raised_1929_12"
        )
        assert found.solution.objective >= plain.solution.objective - 1e-6


def test_what_nothing_limits_has_no_best_programme(tmp_path: Path) -> None:
    """Farms cost nothing to build by the unit beside the works, so any amount of grain is possible."""
    tables = {
        "products": "product,unit\ngrain,t",
        "activities": "activity,product\nfarming,grain",
        "coefficients": "activity,item,role,value\nfarming,farms,capacity,1",
        "capacities": "capacity,unit,initial\nfarms,t,1",
        "projects": "project,capacity,size,gestation\npolder,farms,1,0",
        "plans": "plan\nmore",
        "targets": "plan,measure,item,period,value\nmore,delivery,grain,2,5",
    }
    answer = planner.projects(build(tmp_path, tables), plan="more")
    assert answer.value is None
    assert answer.no_plan is not None
    assert "nothing limits" in " ".join(answer.no_plan.said)
