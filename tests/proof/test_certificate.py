"""Certificates hold in exact arithmetic, or are not given."""

import csv
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.economy import load
from planner.formulation import formulate, load_question
from planner.program import LinearProgram
from planner.proof import certificate as certificates
from planner.proof.certificate import Certificate, boxed, prove, prove_empty
from planner.proof.certificate_table import stated, table, write_certificates
from planner.proof.exact import weigh
from planner.proof.rational_solve import lift
from planner.proof.work import Work
from planner.solver.elastic import Elastic, ElasticOutcome, UniformRelaxation
from planner.solver.highs import Session
from planner.solver.violation import worst_violation

small = st.integers(-9, 9)


@st.composite
def around_a_point(draw, sense="max"):
    """A program that a known point satisfies, all columns bounded: it has an optimum."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    matrix = np.array(draw(st.lists(small, min_size=rows * columns, max_size=rows * columns)), float)
    matrix = (matrix * draw(st.sampled_from([1.0, 0.5, 0.125]))).reshape(rows, columns)
    point = np.array(draw(st.lists(st.integers(0, 5), min_size=columns, max_size=columns)), float)
    room = np.array(draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows)), float)
    program = LinearProgram.plain(
        cost=draw(st.lists(small, min_size=columns, max_size=columns)),
        matrix=matrix,
        sense=sense,
        row_lower=np.where(room < 2, matrix @ point - room, -np.inf),
        row_upper=matrix @ point + room,
        column_upper=np.full(columns, 50.0),
        offset=draw(st.integers(-3, 3)),
    )
    return program, point


def contradictory(program, weights, by):
    """The program with a row added that contradicts a sum of its own rows: they sum to at most what it asks to exceed."""
    sum_, most = weights @ program.matrix.toarray(), weights @ program.row_upper
    return LinearProgram.plain(
        cost=program.cost,
        matrix=np.vstack([program.matrix.toarray(), sum_]),
        row_lower=np.append(program.row_lower, most + by),
        row_upper=np.append(program.row_upper, np.inf),
        column_upper=program.column_upper,
    )


# -- bounds of an optimum ---------------------------------------------------------------------------------------------


@given(st.sampled_from(["max", "min"]).flatmap(around_a_point))
@settings(max_examples=80, deadline=None)
def test_the_bound_is_the_optimum_and_no_point_beats_it(case):
    program, point = case
    solution = Session().solve(program)
    proof = prove(solution)
    assert proof.valid
    assert not proof.declared
    assert abs(float(proof.bound) - solution.objective) <= 1e-7 * max(1.0, abs(solution.objective))
    reached = program.cost @ point + program.offset
    assert (reached - float(proof.bound)) * program.sign >= -1e-9


def share_by_hand():
    """Hands for 20 of labour, 2 a tonne; 25 t are wanted: a share of 0.4."""
    return LinearProgram.plain(
        sense="max",
        cost=[0.0, 1.0],
        matrix=[[2.0, 0.0], [1.0, -25.0]],
        row_lower=[-np.inf, 0.0],
        row_upper=[20.0, np.inf],
        row_names=["labour", "target"],
        column_names=["activity", "attainment"],
    )


def test_share_by_hand(tmp_path):
    proof = prove(Session().solve(share_by_hand()), "plan")
    assert proof.multipliers == {0: Fraction(1, 50), 1: Fraction(-1, 25)}
    assert (proof.bound, proof.gap, proof.needs) == (Fraction(2, 5), Fraction(3, 5), {1: Fraction(1)})
    path = write_certificates(tmp_path, [proof])
    lines = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    assert [line.pop("program") == "" for line in lines] == [False, True, True, True]
    cells = [[text for text in line.values() if text] for line in lines]
    assert cells == [
        ["plan", "claim", "attainment", "at most", "0.4", "0.6"],
        ["plan", "row", "labour", "upper", "0.02", "20.0", "0.4", "1.0"],
        ["plan", "row", "target", "lower", "-0.04", "0.0", "0.0", "0.0", "1.0"],
        ["plan", "total", "0.4", "1.0"],
    ]


def test_fractions_that_no_decimal_holds_are_written_beside_it(tmp_path):
    program = LinearProgram.plain(cost=[1.0], matrix=[[3.0]], row_upper=[1.0], sense="max")
    proof = prove(Session().solve(program))
    row = table(proof)[1]
    assert (row["multiplier"], row["exact"], row["product"]) == ("0.3333333333333333", "1/3", "0.3333333333333333")
    assert stated(proof) == ("0.333333333334", "0.666666666666")  # to the weaker side


@pytest.mark.parametrize("plan", ["raised_1930", "ffyp_optimum", "ffyp_minimum"])
def test_shares_of_the_shipped_economy_are_proved_without_declared_bounds(plan):
    program = formulate(load("ussr_1928"), load_question("attainment"), plan).program
    solution = Session().solve(program)
    proof = prove(solution)
    assert not proof.declared
    assert abs(float(proof.bound) - solution.objective) < 1e-9
    assert sum(proof.needs.values()) == 1  # Σ p g = 1
    targets = program.row_block["target"].slice
    assert all(targets.start <= row < targets.stop for row in proof.needs)


def test_an_empty_set_of_the_shipped_economy_is_proved():
    program = formulate(load("ussr_1928"), load_question("attainment"), "raised_1930").program
    labour = program.row_block["labour"].slice
    upper = program.row_upper.copy()
    upper[labour] *= 0.01
    proof = prove_empty(program.with_(row_upper=upper))
    assert proof is not None
    assert not proof.declared
    assert max(abs(weight) for weight in proof.multipliers.values()) == 1


def test_only_an_optimum_with_prices_is_proved():
    infeasible = LinearProgram.plain(cost=[1.0], matrix=[[1.0]], row_upper=[-1.0])
    with pytest.raises(ValueError, match="prices"):
        prove(Session().solve(infeasible))


# -- contradictions ---------------------------------------------------------------------------------------------------


@given(around_a_point("min"))
@settings(max_examples=80, deadline=None)
def test_what_has_a_point_is_never_proved_empty(case):
    program, point = case
    assert worst_violation(program, point) < 1e-12
    assert prove_empty(program) is None
    assert UniformRelaxation(program).strain(program).answer is ElasticOutcome.FEASIBLE


@given(around_a_point("min"), st.data())
@settings(max_examples=80, deadline=None)
def test_a_contradiction_is_proved_and_its_gap_is_a_least_violation(case, data):
    program, _ = case
    rows = program.shape[0]
    weights = np.array(data.draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows)), float)
    empty = contradictory(program, weights, data.draw(st.sampled_from([1.0, 0.25, 1e-3])))
    proof = prove_empty(empty)
    assert proof is not None
    assert proof.valid
    assert proof.bound > 0
    distance = Elastic(empty).strain(empty).distance
    assert float(proof.bound) <= distance * (1 + 1e-9)
    whole = prove_empty(empty, strain=Elastic(empty).strain(empty))
    assert float(whole.bound) == pytest.approx(distance, rel=1e-7)


def test_limits_that_clash_need_no_sum():
    column = LinearProgram.plain(cost=[0.0], matrix=[[1.0]], column_lower=[5.0], column_upper=[1.0])
    row = LinearProgram.plain(cost=[0.0], matrix=[[1.0]], row_lower=[5.0], row_upper=[1.5])
    assert [(proof.clash, proof.bound, proof.gap) for proof in map(prove_empty, (column, row))] == [
        (("column", 0), 4, 4),
        (("row", 0), Fraction(7, 2), Fraction(7, 2)),
    ]


def test_a_wrong_sign_proves_nothing():
    program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3, -np.inf], row_upper=[np.inf, 1])
    right = Certificate("empty", "empty", program, {0: Fraction(1), 1: Fraction(-1)}, {})
    wrong = Certificate("empty", "empty", program, {0: Fraction(-1), 1: Fraction(1)}, {})
    loose = Certificate("empty", "empty", program, {0: Fraction(1), 1: Fraction(-1, 2)}, {})
    assert [proof.valid for proof in (right, wrong, loose)] == [True, False, False]
    assert weigh(program, {0: Fraction(-1)}, "min", with_cost=False).wrong == (0,)


# -- declared bounds --------------------------------------------------------------------------------------------------


def test_boxed_bounds_what_has_no_bound():
    program = LinearProgram.plain(
        cost=[1.0] * 3, matrix=[[1.0] * 3], column_lower=[0, -np.inf, 5e7], column_upper=[np.inf, 3, np.inf]
    )
    wider = boxed(program, 1e6)
    assert wider.column_lower.tolist() == [0, -1e6, 5e7]
    assert wider.column_upper.tolist() == [1e6, 3, np.inf]
    assert boxed(program, 1e6, np.array([1])).column_upper.tolist() == [np.inf, 3, np.inf]


def test_two_rows_that_agree_but_for_the_sixteenth_digit_need_no_declared_bound():
    """A free column whose coefficients agree but for the sixteenth digit: exact prices contradict both rows as they stand."""
    program = LinearProgram.plain(
        cost=[0.0],
        matrix=[[0.1], [0.1 + 2e-17]],
        row_lower=[3.0, -np.inf],
        row_upper=[np.inf, 1.0],
        column_lower=[-np.inf],
    )
    assert program.matrix.data[0] != program.matrix.data[1]
    proof = prove_empty(program, declare=False)
    assert proof.valid
    assert not proof.declared


@pytest.mark.parametrize("plan", ["raised_1930", "ffyp_minimum"])
def test_prices_clear_of_rounding_do_where_exact_ones_are_not_to_be_had(monkeypatch, plan):
    monkeypatch.setattr(certificates, "settle", lambda *_, **__: None)
    solution = Session().solve(formulate(load("ussr_1928"), load_question("attainment"), plan).program)
    proof = prove(solution)
    assert proof.valid
    assert not proof.declared
    assert float(proof.bound) == pytest.approx(solution.objective, abs=1e-4)


# -- helpers ----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 6), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_lifting_finds_the_exact_solution_of_a_regular_system(size, random):
    matrix = [
        [Fraction(random.randint(-99, 99), random.choice([1, 7, 10, 1000])) for _ in range(size)] for _ in range(size)
    ]
    solution = [Fraction(random.randint(-50, 50), random.randint(1, 50)) for _ in range(size)]
    if abs(np.linalg.det(np.array(matrix, float))) < 1e-6:
        return
    sums = [sum(a * x for a, x in zip(row, solution, strict=True)) for row in matrix]
    equations = [(total, {j: a for j, a in enumerate(row) if a}) for total, row in zip(sums, matrix, strict=True)]
    found = lift(equations, dict.fromkeys(range(size), Fraction(0)), frozenset())
    assert [found[j] for j in range(size)] == solution
    assert (
        lift(equations, dict.fromkeys(range(size), Fraction(0)), frozenset(), Work(1)) is None
    )  # work is spent, not time


def test_violations_do_not_depend_on_the_unit():
    """A tenth missing is a tenth missing, in tonnes or in millions of them."""
    for unit in (1e-9, 1.0, 1e9):
        program = LinearProgram.plain(
            cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[1.1 * unit, -np.inf], row_upper=[np.inf, unit]
        )
        assert UniformRelaxation(program).strain(program).answer is ElasticOutcome.INFEASIBLE
        assert Elastic(program).strain(program).distance == pytest.approx(0.1 * unit)
