"""Rounded prices prove what they say once rows have repaired them, whatever solver they came from."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.diagnosis.points import corner
from planner.economy import load
from planner.formulation import formulate, load_question
from planner.program import LinearProgram
from planner.program.exact_program import ExactProgram
from planner.proof.certificate import prove
from planner.proof.exact import weigh
from planner.proof.repair import repaired
from planner.proof.work import Work
from planner.solver.elastic import Elastic
from planner.solver.highs import Session
from tests.properties.economies import PLAN, made
from tests.properties.frames import economy

QUESTION = replace(load_question("attainment"), floor=0.5)


def rounded(prices, digits):
    """Prices to so many digits."""
    return np.array([float(f"{price:.{digits}g}") for price in prices])


def exactly(program, session):
    """The objective at the corner that a basis names, in fractions, which is the optimum; ``None`` where the corner breaks a row."""
    exact = ExactProgram.of(program)
    point = corner(exact, session.basis, Work())
    return exact.value(point) if point is not None and not exact.violations(point) else None


@given(st.integers(0, 2**32 - 1), st.integers(2, 3), st.integers(2, 3))
@settings(max_examples=8, derandomize=True, deadline=None)
def test_the_optimum_of_any_economy_is_never_above_what_rounded_prices_prove(seed, goods, years):
    program = formulate(economy(*made(seed, goods, years)), QUESTION, PLAN).program
    session = Session()
    solution = session.solve(program)
    if not solution.optimal:
        strain = Elastic(program).strain(program)
        found = weigh(program, repaired(program, strain.prices, "min", with_cost=False), "min", with_cost=False)
        assert not found.loose
        assert found.total > 0
        return
    optimum = exactly(program, session)
    for digits, loss in ((3, 0.5), (15, 1e-12)):
        prices = repaired(program, rounded(solution.row_prices, digits), "max", with_cost=True)
        found = weigh(program, prices, "max", with_cost=True)
        assert not found.loose
        assert not found.wrong
        assert -1e-9 <= float(found.total) - solution.objective <= loss
        assert optimum is None or found.total >= optimum


def in_a_ring(price):
    """Of what is bought a part is sold again, neither with a limit: each column waits for the other."""
    return LinearProgram.plain(
        sense="max",
        cost=[0.0, 0.0, 1.0],
        matrix=[[1.0, -1.0, 1.0], [-price, 1.0, 0.0]],
        row_upper=[4.0, 0.0],
    )


def test_columns_that_wait_for_each_other_are_repaired_together():
    program = in_a_ring(0.5)
    prices = repaired(program, np.array([1.0, 1.0 - 1e-9]), "max", with_cost=True)
    found = weigh(program, prices, "max", with_cost=True)
    assert (found.loose, float(found.total)) == ((), pytest.approx(4.0, abs=1e-7))
    assert found.total > 4


def test_one_proof_by_rows_where_exact_prices_are_long(monkeypatch):
    monkeypatch.setattr("planner.proof.certificate.SHORT", 0)
    solution = Session().solve(formulate(load("two_goods"), load_question("attainment"), "ambitious").program)
    proof = prove(solution)
    assert proof.valid
    assert not proof.declared
    assert float(proof.bound) == pytest.approx(solution.objective, abs=1e-12)
