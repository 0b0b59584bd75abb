"""PuLP as the gateway: the same optimum from another solver, and programs that survive being written and read."""

import numpy as np
import pulp
import pytest

from planner.answers.pose import pose
from planner.formats import read
from planner.program import LinearProgram
from planner.program.portable_names import LONGEST, portable
from planner.program.text import read_program
from planner.solver.dual_check import proving_prices
from planner.solver.gateway import UnknownSolverError, available_solvers, solve_with, solver_named, to_pulp
from planner.solver.highs import Session, SolverError
from planner.solver.solution import Status
from planner.solver.write import export

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pulp")

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


def mixed() -> LinearProgram:
    return LinearProgram.plain(
        cost=[5.0, 4.0, 3.0],
        matrix=[[2, 3, 1], [4, 1, 2], [3, 4, 2]],
        row_upper=[5, 11, 8],
        integer=[True, True, False],
        sense="max",
    )


def test_whole_numbers_have_no_prices():
    ours, theirs = Session().solve(mixed()), solve_with(mixed(), "CBC")
    assert theirs.status is Status.OPTIMAL
    assert theirs.objective == pytest.approx(ours.objective)
    assert np.isnan(theirs.row_prices).all()
    assert theirs.residuals.integrality < 1e-6


@pytest.mark.parametrize("solver", ["CBC", "HiGHS"])
def test_a_linear_program_stopped_at_a_limit_is_never_called_optimal(solver):
    """PuLP itself calls it so; only prices that prove an optimum may."""
    program = program_of("ussr_1928")
    found = solve_with(program, solver, seconds=1e-4)
    if found.status is Status.OPTIMAL:  # the limit was looked at too late: then the answer is right and proved
        assert found.objective == pytest.approx(Session().solve(program).objective, rel=1e-7)
        assert np.isfinite(found.row_prices).all()
    else:
        assert found.status in (Status.STOPPED, Status.FAILED)
        assert np.isnan(found.row_prices).all()


def test_wrong_prices_and_wrong_points_prove_nothing():
    program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    best, prices = np.array([2.0, 6.0]), np.array([0.0, 1.5, 1.0])
    for sign in (1.0, -1.0):
        found = proving_prices(program, best, sign * prices)
        assert found is not None
        assert found[0].tolist() == [0.0, 1.5, 1.0]
    assert proving_prices(program, best, np.array([0.0, 1.4, 1.0])) is None
    assert proving_prices(program, np.array([2.0, 5.9]), prices) is None
    assert proving_prices(program, best, np.full(3, np.nan)) is None


def test_solvers_are_found_in_any_case_and_others_are_refused():
    assert solver_named("cbc") == solver_named("PULP_CBC_CMD") == "PULP_CBC_CMD"
    with pytest.raises(UnknownSolverError, match="is no solver that PuLP knows"):
        solver_named("abacus")
    with pytest.raises(UnknownSolverError, match="is not installed here"):
        solver_named("MIPCL")


def ranged() -> LinearProgram:
    """Rows with two limits, an equality, one without limits, a constant, and names that no format would keep."""
    return LinearProgram.plain(
        cost=[1.0, -2.0, 0.1 + 0.2, 0.0],
        matrix=[[1, 1, 1, 0], [1, 0, -1, 0], [0, 1 / 3, 0, 0], [1, 1, 1, 1]],
        row_lower=[-5, 2, -np.inf, -np.inf],
        row_upper=[5, 2, 10 / 3, np.inf],
        column_lower=[0, -np.inf, 1, -2],
        column_upper=[4, 7, 1, 3],
        sense="max",
        offset=2.5,
        row_names=["both ends", "both-ends", "free", "x" * 150],
        column_names=["a b", "a-b", "e5", "ok(1,2)"],
    )


def test_a_program_with_everything_in_it_is_solved_alike():
    ours, theirs = Session().solve(ranged()), solve_with(ranged(), "CBC")
    assert theirs.objective == pytest.approx(ours.objective, rel=1e-7)
    assert theirs.row_prices == pytest.approx(ours.row_prices, abs=1e-6)
    assert theirs.column_prices == pytest.approx(ours.column_prices, abs=1e-6)


@pytest.mark.parametrize("form", ["mps", "lp"])
def test_bad_names_are_mended_and_the_optimum_stays(form, tmp_path):
    again = read(export(ranged(), tmp_path / f"model.{form}", form)).program.floats
    assert Session().solve(again).objective == pytest.approx(Session().solve(ranged()).objective, rel=1e-12)
    assert "ok(1,2)" in again.column_names
    assert len(set(again.column_names)) == 4
    assert max(map(len, again.row_names)) <= LONGEST + len("lo")


@pytest.mark.parametrize("case", ["ussr_1928", "williams 1", "everything", "mixed"])
def test_pulp_json_keeps_every_name_and_every_digit(case, tmp_path):
    program = {"everything": ranged, "mixed": mixed}.get(case, lambda: program_of(case))()
    columns, problem = pulp.LpProblem.from_json(str(export(program, tmp_path / "model.json", "pulp")))
    names = portable(program.column_names)
    assert set(names) <= set(columns) <= {*names, "objective_constant"}
    rows = {row.name: row for row in problem.constraints()}
    position = {name: j for j, name in enumerate(names)}
    dense = program.matrix.toarray()
    for i, name in enumerate(portable(program.row_names)):
        if not np.isfinite([program.row_lower[i], program.row_upper[i]]).any():
            assert name not in rows
            continue
        read_back = {position[column.name]: value for column, value in rows[name].items()}
        assert read_back == {j: dense[i, j] for j in np.flatnonzero(dense[i])}
        assert -rows[name].constant in (program.row_lower[i], program.row_upper[i])
    problem.solve(pulp.PULP_CBC_CMD(msg=False))
    assert pulp.value(problem.objective) == pytest.approx(Session().solve(program).objective, rel=1e-7)


def test_nothing_stays_behind_where_writing_fails(tmp_path):
    with pytest.raises(SolverError):
        export(ranged().with_(cost=np.full(4, np.nan)), tmp_path / "model.mps", "mps")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["mps", "lp"])
@pytest.mark.parametrize("case", ["ussr_1928", "two_goods", "williams 1"])
def test_names_and_numbers_survive_a_round_trip(case, form, tmp_path):
    program = program_of(case)
    path = export(program, tmp_path / f"model.{form}", form)
    again = read(path).program.floats
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
