"""The simplex in fractions on small programs: a point that meets every limit, or a contradiction that holds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.diagnosis.exact_simplex import decide_exactly
from planner.diagnosis.proof import Proof
from planner.program import LinearProgram
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work
from planner.solver.highs import Session
from planner.solver.solution import Status

EIGHTHS = st.integers(-30, 30).map(lambda n: n / 8)  # floats hold them exactly: no limits are crossed by a hair


@st.composite
def programs(draw: st.DrawFn) -> LinearProgram:
    """Rows and columns between limits that are often tight or crossed, one side missing here and there."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))

    def limits(count: int) -> tuple[np.ndarray, np.ndarray]:
        low = np.array(draw(st.lists(EIGHTHS, min_size=count, max_size=count)))
        width = np.array(draw(st.lists(st.integers(0, 20), min_size=count, max_size=count))) / 8
        open_low = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
        open_high = np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)))
        return np.where(open_low, -np.inf, low), np.where(open_high, np.inf, low + width)

    body = [draw(st.lists(EIGHTHS, min_size=columns, max_size=columns)) for _ in range(rows)]
    (row_lower, row_upper), (column_lower, column_upper) = limits(rows), limits(columns)
    return LinearProgram.plain(
        cost=np.zeros(columns),
        matrix=body,
        row_lower=row_lower,
        row_upper=row_upper,
        column_lower=column_lower,
        column_upper=column_upper,
    )


@given(programs())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_point_meets_every_limit_and_a_contradiction_holds(program: LinearProgram) -> None:
    """Exactly, either way; and HiGHS, where it is sure, does not say the opposite."""
    exact = ExactProgram.of(program)
    found = decide_exactly(exact, Work())
    status = Session().solve(program).status
    if isinstance(found, Proof):
        assert found.valid
        assert found.gap > 0
        assert status is not Status.OPTIMAL
    else:
        assert exact.violations(found) == {}
        assert status is not Status.INFEASIBLE
