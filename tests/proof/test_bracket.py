"""A bracket holds the optimum, whatever the economy and however early the work ended."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.formulation import formulate
from planner.program import LinearProgram
from planner.proof.bracket import _Search, bracket
from planner.solver.highs import Session
from tests.benchmarks.sparse import sparse_economy
from tests.proof.test_repair import QUESTION, exactly
from tests.properties.economies import PLAN, made
from tests.properties.frames import economy


@given(st.integers(0, 2**32 - 1), st.integers(2, 3), st.integers(2, 3), st.sampled_from([400, 4_000, 20_000]))
@settings(max_examples=5, derandomize=True, deadline=None)
def test_the_optimum_of_any_economy_lies_in_the_bracket(seed, goods, years, work):
    program = formulate(economy(*made(seed, goods, years)), QUESTION, PLAN).program
    session = Session()
    solution = session.solve(program)
    found = bracket(program, work=work)
    assert found.iterations <= work
    if not solution.optimal:
        assert np.isnan(found.reached)
        return
    optimum = exactly(program, session)
    for true in [optimum] if optimum is not None else []:
        assert np.isnan(found.reached) or Fraction(found.reached) <= true
        assert found.certificate is None or true <= found.certificate.bound
    assert found.certificate is None or found.certificate.valid


def test_a_bracket_becomes_as_narrow_as_is_wanted():
    program = formulate(sparse_economy(30, 3), QUESTION, "plan").program
    optimum = Session().solve(program).objective
    wide, narrow = bracket(program, gap=0.05), bracket(program, gap=5e-4)
    assert wide.narrow
    assert narrow.narrow
    assert wide.iterations < narrow.iterations
    for found in (wide, narrow):
        assert found.reached <= optimum <= found.bound
        assert found.gap <= found.wanted
    values, reached = narrow.values, program.matrix @ narrow.values
    within = 1e-12 * (abs(program.matrix) @ np.abs(values))
    assert (reached >= program.row_lower - within).all()
    assert (reached <= program.row_upper + within).all()
    assert (values >= program.column_lower).all()
    assert (values <= program.column_upper).all()


def test_the_same_work_gives_the_same_bracket():
    program = formulate(sparse_economy(30, 3), QUESTION, "plan").program
    one, two = bracket(program, work=3_000), bracket(program, work=3_000)
    assert (one.values.tobytes(), one.bound, one.iterations) == (two.values.tobytes(), two.bound, two.iterations)


def test_a_minimum_is_bracketed_from_below():
    program = LinearProgram.plain(cost=[2.0, 3.0], matrix=[[1.0, 1.0], [1.0, 2.0]], row_lower=[4.0, 5.0])
    found = bracket(program)
    assert found.bound <= 9.0 <= found.reached
    assert found.reached == pytest.approx(9.0, rel=5e-4)


def test_a_point_beyond_a_limit_is_moved_towards_a_roomy_plan_until_it_holds():
    program = LinearProgram.plain(
        cost=[1.0, 1.0], matrix=[[1.0, 1.0], [1.0, -1.0]], row_lower=[-np.inf, 0.0], row_upper=[10.0, 0.0], sense="max"
    )
    search = _Search(program, "both together", 0)
    for point in ([1.0, 1.0], [5.5, 5.5]):
        search.settle(np.array(point))
    assert 9.999 < search.found(0.0).reached <= 10.0


@pytest.mark.parametrize("limit", [-1.0, np.inf])
def test_without_an_optimum_there_is_no_bracket(limit):
    found = bracket(LinearProgram.plain(cost=[1.0], matrix=[[1.0]], row_upper=[limit], sense="max"), work=2_000)
    assert np.isnan(found.reached) or found.certificate is None
    assert not found.narrow
