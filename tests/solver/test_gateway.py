"""PuLP as the gateway: the same optimum from another solver, and programs that survive being written and read."""

import numpy as np
import pytest

from planner.planning import pose
from planner.program import LinearProgram
from planner.program.text import read_program
from planner.solver.export import export
from planner.solver.gateway import available_solvers, solve_with, to_pulp
from planner.solver.highs import Session
from planner.solver.reading import read
from planner.solver.solution import Status

CASES = {
    "ussr_1928": {"model": "attainment", "plan": "raised_1930"},
    "ussr_1928 optimum, optimistic": {"model": "attainment", "plan": "ffyp_optimum", "corner": "optimistic"},
    "ussr_1928 consumption": {"model": "consumption"},
    "two_goods": {"model": "attainment", "plan": "ambitious"},
    "leontief": {"model": "leontief"},
    "williams 1": {"model": "williams_capacity"},
    "williams 2": {"model": "williams_output", "scenario": "no_demand"},
    "williams 3": {"model": "williams_employment"},
}


def program_of(case: str) -> LinearProgram:
    return pose(case.split()[0], **CASES[case]).program


@pytest.mark.parametrize("case", CASES)
def test_cbc_finds_the_same_optimum(case):
    program = program_of(case)
    ours, theirs = Session().solve(program), solve_with(program, "CBC")
    assert theirs.status is Status.OPTIMAL
    # CBC's answer file carries eight digits, and its tolerances are absolute where consumption is discounted over years
    assert theirs.objective == pytest.approx(ours.objective, rel=2e-6 if case.endswith("consumption") else 1e-7)
    assert theirs.residuals.relative < 1e-6


def test_cbc_is_installed_with_pulp():
    assert "CBC" in available_solvers()


def test_prices_of_another_solver_follow_our_sign_or_are_not_given():
    program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    found = solve_with(program, "CBC")
    assert found.row_prices.tolist() == pytest.approx([0.0, 1.5, 1.0])


@pytest.mark.parametrize(
    ("lower", "upper", "status"), [([5.0], [3.0], Status.INFEASIBLE), ([0.0], [np.inf], Status.UNBOUNDED)]
)
def test_statuses(lower, upper, status):
    program = LinearProgram.plain(cost=[1.0], matrix=[[1.0]], row_lower=lower, row_upper=upper, sense="max")
    assert solve_with(program, "CBC").status is status
    assert Session().solve(program).status is status


@pytest.mark.parametrize("form", ["mps", "lp"])
@pytest.mark.parametrize("case", ["ussr_1928", "two_goods", "williams 1"])
def test_names_and_numbers_survive_a_round_trip(case, form, tmp_path):
    program = program_of(case)
    path = export(program, tmp_path / f"model.{form}", form)
    again = read(path)
    idle = np.flatnonzero((abs(program.matrix).sum(axis=0) == 0) & (program.cost == 0))
    unused = {program.column_names[j] for j in idle}  # an LP file has no place for a column that stands nowhere
    assert set(program.column_names) - unused <= set(again.column_names) <= set(program.column_names)
    assert set(again.row_names) <= set(program.row_names)  # a row without limits need not be written
    ours, theirs = Session().solve(program), Session().solve(again)
    assert theirs.objective == pytest.approx(ours.objective, rel=1e-9)
    where = {name: j for j, name in enumerate(again.column_names)}
    at = {name: i for i, name in enumerate(again.row_names)}
    kept = [name for name in program.row_names if name in at]
    rows = np.array([program.row_names.index(name) for name in kept])
    shared = [name for name in program.column_names if name in where]
    columns = [where[name] for name in shared]
    one = program.matrix[rows].toarray()[:, [program.column_names.index(name) for name in shared]]
    two = again.matrix.toarray()[[at[name] for name in kept]][:, columns]
    assert np.allclose(one, two, rtol=1e-14, atol=0)


def test_text_is_exact(tmp_path):
    program = program_of("ussr_1928")
    again = read_program(export(program, tmp_path / "model", "text"))
    assert again.row_names == program.row_names
    assert (again.matrix.data == program.matrix.data).all()
    assert (again.row_upper == program.row_upper).all()


def test_pulp_reads_as_algebra():
    problem = to_pulp(program_of("two_goods"))
    text = str(problem)
    assert "activity" in text
    assert "material_balance" in text
