"""HiGHS: statuses, signs, warm re-solves that answer as cold ones do, and calls that are refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.answers.pose import pose
from planner.program import LinearProgram
from planner.solver import highs
from planner.solver.engine import Engine
from planner.solver.highs import Session, SolveOptions, SolverError, read_model
from planner.solver.solution import Status


def dakota(**changes: object) -> LinearProgram:
    """max 3 x + 5 y; x <= 4, 2 y <= 12, 3 x + 2 y <= 18: 36 at (2, 6), prices 0, 3/2 and 1."""
    program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    return program.with_(**changes)


def test_an_optimum_and_its_prices() -> None:
    found = Session().solve(dakota())
    assert found.status is Status.OPTIMAL
    assert found.objective == pytest.approx(36.0)
    assert found.values.tolist() == pytest.approx([2.0, 6.0])
    assert found.row_prices.tolist() == pytest.approx([0.0, 1.5, 1.0])
    assert found.bound == found.objective
    assert found.solver.startswith("HiGHS ")


def test_prices_of_a_minimum_are_what_one_more_of_the_limit_costs() -> None:
    program = LinearProgram.plain(
        cost=[2.0, 3.0], matrix=[[1, 1], [1, 0]], row_lower=[10.0, -np.inf], row_upper=[np.inf, 4.0]
    )
    found, session = Session().solve(program), Session()
    assert found.row_prices.tolist() == pytest.approx([3.0, -1.0])
    for row, name in ((0, "row_lower"), (1, "row_upper")):
        moved = getattr(program, name).copy()
        moved[row] += 1.0
        change = session.solve(program.with_(**{name: moved})).objective - found.objective
        assert change == pytest.approx(found.row_prices[row])


def test_the_constant_of_the_objective_counts() -> None:
    assert Session().solve(dakota(offset=100.0)).objective == pytest.approx(136.0)
    session = Session()
    session.solve(dakota())
    assert session.solve(dakota(offset=-6.0)).objective == pytest.approx(30.0)


@pytest.mark.parametrize("sense", ["max", "min"])
def test_no_point_and_no_end(sense: str) -> None:
    none = LinearProgram.plain(cost=[1.0], matrix=[[1.0], [1.0]], row_lower=[2.0, -np.inf], row_upper=[np.inf, 1.0])
    found = Session().solve(none.with_(sense=sense))
    assert found.status is Status.INFEASIBLE
    assert np.isnan(found.objective)
    assert np.isnan(found.row_prices).all()
    assert found.ray is not None
    assert found.ray[0] * found.ray[1] < 0  # the two rows against each other
    endless = LinearProgram.plain(cost=[1.0 if sense == "max" else -1.0], matrix=[[1.0]], row_lower=[0.0], sense=sense)
    assert Session().solve(endless).status is Status.UNBOUNDED


def test_programs_without_rows_or_columns() -> None:
    no_rows = LinearProgram.plain(cost=[1.0, -1.0], matrix=np.zeros((0, 2)), column_upper=[3.0, 4.0], sense="max")
    assert Session().solve(no_rows).objective == pytest.approx(3.0)
    nothing = LinearProgram.plain(cost=[], matrix=np.zeros((1, 0)), row_lower=[0.0], row_upper=[1.0])
    assert Session().solve(nothing).status is Status.OPTIMAL


def test_a_stopped_solve_is_no_answer() -> None:
    found = Session(SolveOptions(iterations=1)).solve(pose("ussr_1928", model="attainment").program)
    assert found.status is Status.STOPPED
    assert np.isnan(found.bound)
    assert np.isnan(found.row_prices).all()


def test_a_basis_that_leads_astray_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many steps a program is begun anew, in a session that has solved another as in one that has not."""
    program = pose("ussr_1928", model="attainment").program
    other = program.relaxed(np.arange(0, program.shape[0], 7))
    session, cold = Session(), Session().solve(other)
    session.solve(program)
    monkeypatch.setattr(highs, "_ASTRAY", 1)
    monkeypatch.setattr(highs, "_PART", 10**6)
    found = session.solve(other)
    assert (found.objective, found.iterations) == (cold.objective, cold.iterations)


def test_a_program_of_other_limits_is_begun_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One limit of three that moves is sent by itself; one that goes makes another program."""
    session, whole = Session(), list[LinearProgram]()
    session.solve(dakota())
    monkeypatch.setattr(
        session, "_load", lambda program, **options: (whole.append(program), Session._load(session, program, **options))
    )
    assert session.solve(dakota(row_upper=np.array([4.0, 13.0, 18.0]))).objective == pytest.approx(37.5)
    assert not whole
    assert session.solve(dakota(row_upper=np.array([np.inf, 12.0, 18.0]))).objective == pytest.approx(36.0)
    assert len(whole) == 1


def test_whole_numbers() -> None:
    program = LinearProgram.plain(
        cost=[5.0, 4.0], matrix=[[6, 4], [1, 2]], row_upper=[24, 6], sense="max", integer=[True, True]
    )
    found = Session().solve(program)
    assert (found.objective, found.bound) == pytest.approx((20.0, 20.0))
    assert found.values.tolist() == pytest.approx([4.0, 0.0])
    assert np.isnan(found.row_prices).all()


changes = st.tuples(
    st.sampled_from(["cost", "row_upper", "row_lower", "column_upper", "column_lower", "coefficient", "offset"]),
    st.integers(0, 4),
    st.floats(0.2, 5.0),
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(changes, min_size=1, max_size=6), st.sampled_from(["max", "min"]))
def test_warm_solves_answer_as_cold_ones(seed: int, steps: list[tuple[str, int, float]], sense: str) -> None:
    rng = np.random.default_rng(seed)
    program = LinearProgram.plain(
        cost=rng.uniform(-1, 2, 4),
        matrix=rng.uniform(0.1, 2.0, (3, 4)),
        row_upper=rng.uniform(5, 10, 3),
        row_lower=np.full(3, -5.0),
        column_upper=np.full(4, 8.0),
        sense=sense,
    )
    session = Session()
    session.solve(program)
    for what, where, factor in steps:
        if what == "coefficient":
            place = np.array([where])
            program = program.with_coefficients(place, program.matrix.data[place] * factor)
        elif what == "offset":
            program = program.with_(offset=factor)
        else:
            values = getattr(program, what).copy()
            values[where % len(values)] = values[where % len(values)] * factor + (0.1 if "lower" in what else 0.0)
            program = program.with_(**{what: values})
        warm, cold = session.solve(program), Session().solve(program)
        assert warm.status is cold.status
        if cold.optimal:
            assert warm.objective == pytest.approx(cold.objective, rel=1e-9, abs=1e-9)
            assert warm.residuals.worst < 1e-7


def test_another_pattern_is_loaded_whole() -> None:
    session = Session()
    session.solve(dakota())
    other = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1, 2]], row_upper=[4.0], sense="max")
    assert session.solve(other).objective == pytest.approx(4.0)
    assert session.solve(dakota()).objective == pytest.approx(36.0)
    assert session.solve(dakota(sense="min")).objective == pytest.approx(0.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"row_upper": np.array([np.nan, 12.0, 18.0])},
        {"cost": np.array([np.nan, 5.0])},
        {"cost": np.array([np.inf, 5.0])},
        {"cost": np.array([1.0])},
        {"row_upper": np.array([1.0])},
    ],
)
def test_what_is_refused_and_what_comes_after_it(wrong: dict[str, np.ndarray]) -> None:
    """A refused program leaves nothing behind: the next one is sent whole."""
    session = Session()
    session.solve(dakota())
    with pytest.raises(SolverError):
        session.solve(dakota(**wrong))
    assert session.solve(dakota(row_upper=np.array([4.0, 13.0, 18.0]))).objective == pytest.approx(37.5)


def test_a_coefficient_that_is_no_number_is_refused_warm_and_cold() -> None:
    broken = dakota().with_coefficients(np.array([0]), np.array([np.nan]))
    with pytest.raises(SolverError, match="not a finite number"):
        Session().solve(broken)
    session = Session()
    session.solve(dakota())
    with pytest.raises(SolverError, match="not a finite number"):
        session.solve(broken)


def test_small_coefficients_are_kept() -> None:
    """At its default HiGHS drops what is below 1e-9; here 1e-10 decides."""
    program = LinearProgram.plain(cost=[1.0], matrix=[[1e-10]], row_upper=[1.0], column_upper=[1e12], sense="max")
    assert Session().solve(program).objective == pytest.approx(1e10)


def test_writing_leaves_the_session_usable(tmp_path) -> None:
    session = Session()
    session.solve(dakota())
    session.write(dakota(), tmp_path / "dakota.mps")
    assert session.solve(dakota()).objective == pytest.approx(36.0)
    assert Session().solve(read_model(tmp_path / "dakota.mps")).objective == pytest.approx(36.0)


@pytest.mark.parametrize("method", ["choose", "simplex", "primal", "ipm"])
@pytest.mark.parametrize("presolve", [True, False])
def test_every_method_finds_the_same_optimum(method: str, presolve: bool) -> None:
    found = Session(SolveOptions(method=method, presolve=presolve)).solve(
        pose("ussr_1928", model="attainment", plan="raised_1929_12").program
    )
    assert found.objective == pytest.approx(0.4816607648725, rel=1e-9)


def test_one_thread_and_one_seed_so_that_every_machine_answers_alike():
    options = Engine(SolveOptions(), None)._highs.getOptions()
    assert (options.threads, options.random_seed) == (1, 0)
