"""Foreign linear programs: what is said of them is true, and where tolerances decide that is what is said."""

import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.diagnosis.diagnose import Verdict, diagnose
from planner.diagnosis.points import holds
from planner.diagnosis.proof import Member
from planner.diagnosis.written import write_diagnosis
from planner.formats import read as read_file
from planner.program import LinearProgram
from planner.proof.verify import verify
from planner.proof.work import Work
from planner.solver.highs import Session
from planner.solver.solution import Status
from planner.solver.violation import violations

INSTANCES = Path(__file__).parents[1] / "instances"


def read(path):
    """A file's program in floats."""
    return read_file(path).program.floats


OPTIMA = {"afiro": -464.75314286, "sc105": -52.202061212, "share2b": -415.73224074, "scorpion": 1878.1248227}
DISTANCES = {
    "itest2": 4.46667,
    "galenet": 28,
    "itest6": 204500,
    "bgprtr": 19.1535,
    "woodinfe": 15,
    "forest6": 799.055,
    "ex73a": 1,
    "box1": 1,
    "bgdbg1": 362.877,
}


def named(program, kind):
    names = program.row_names if kind == "row" else program.column_names
    return {name: at for at, name in enumerate(names)}


def only(program, rows, bounds):
    """The program with no limits but those of some rows and bounds."""
    at_row, at_column = named(program, "row"), named(program, "column")
    keep = np.isin(np.arange(program.shape[0]), [at_row[name] for name in rows])
    low = np.isin(np.arange(program.shape[1]), [at_column[name] for name, side in bounds if side == "lower"])
    high = np.isin(np.arange(program.shape[1]), [at_column[name] for name, side in bounds if side == "upper"])
    return program.with_(
        cost=np.zeros(program.shape[1]),
        row_lower=np.where(keep, program.row_lower, -np.inf),
        row_upper=np.where(keep, program.row_upper, np.inf),
        column_lower=np.where(low, program.column_lower, -np.inf),
        column_upper=np.where(high, program.column_upper, np.inf),
    )


def assert_irreducible(program, rows, bounds):
    """By plain solves: infeasible together, feasible without any one member."""
    session = Session()
    assert session.solve(only(program, rows, bounds), as_it_is=True).status is Status.INFEASIBLE
    for row in rows:
        assert session.solve(only(program, [r for r in rows if r != row], bounds)).status is Status.OPTIMAL
    for bound in bounds:
        assert session.solve(only(program, rows, [b for b in bounds if b != bound])).status is Status.OPTIMAL


def assert_cured(program, rows):
    """By a plain solve: without these rows there is a point."""
    kept = [name for name in program.row_names if name not in rows]
    free = only(program, kept, [])
    cured = free.with_(column_lower=program.column_lower, column_upper=program.column_upper)
    assert Session().solve(cured).status is Status.OPTIMAL


@pytest.mark.parametrize("name", OPTIMA)
def test_feasible_ones_and_their_published_optima(name):
    found = diagnose(read(INSTANCES / f"{name}.mps"))
    assert found.verdict is Verdict.FEASIBLE
    assert float(found.optimum) == pytest.approx(OPTIMA[name], rel=1e-8)
    assert holds(found.program, found.point, Work())
    assert (found.distance, found.conflict, found.give_up, found.proof) == (0, None, None, None)
    assert found.sentences[0].startswith("Feasible")


@pytest.mark.parametrize("name", DISTANCES)
def test_infeasible_ones(name, tmp_path):
    program = read(INSTANCES / f"{name}.mps")
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert float(found.distance) == pytest.approx(DISTANCES[name], rel=1e-5)
    assert found.proved_distance == found.distance
    assert found.margin[0] > 1e-3
    assert found.conflict.irreducible
    assert_irreducible(program, found.conflict.rows, found.conflict.bounds)
    assert found.give_up.exact
    assert_cured(program, found.give_up.rows)
    write_diagnosis(found, tmp_path)
    verdict = verify(tmp_path)
    assert verdict.verified, verdict.failures
    assert len(verdict.statements) == 3


def test_the_conflict_and_the_rows_to_give_up_are_named():
    found = diagnose(read(INSTANCES / "woodinfe.mps"))
    assert (found.conflict.rows, found.give_up.rows, found.give_up.at_least) == (("DMOSE",), ("DWASE", "DMOSE"), 2) or (
        found.conflict.rows == ("DWASE",) and set(found.give_up.rows) == {"DWASE", "DMOSE"}
    )
    assert any("DWASE" in sentence and "no fewer will do" in sentence for sentence in found.sentences)


def test_infeasible_by_less_than_any_tolerance_is_borderline(tmp_path):
    found = diagnose(read(INSTANCES / "cplex2.mps"))
    assert found.verdict is Verdict.BORDERLINE
    assert 8.8e-10 < found.proved_distance <= found.distance < 1.1e-9
    assert all(value < 1e-9 for value in found.margin)
    assert found.conflict.irreducible
    assert found.sentences[0].startswith("Borderline: infeasible in exact arithmetic, but by less than any solver's")
    write_diagnosis(found, tmp_path)
    assert verify(tmp_path).verified


# -- made to order ----------------------------------------------------------------------------------------------------


def cut(name, share):
    """A feasible model with a row that asks for more than its optimum, by a share of it."""
    program = read(INSTANCES / f"{name}.mps")
    best = Session().solve(program).objective - program.offset
    return LinearProgram.plain(
        cost=np.zeros(program.shape[1]),
        matrix=sp.csr_array(sp.vstack([program.matrix, program.cost[None, :]])),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, best - share * abs(best)),
        column_lower=program.column_lower,
        column_upper=program.column_upper,
    )


@pytest.mark.parametrize("name", OPTIMA)
def test_a_thousandth_beyond_the_optimum_is_infeasible_and_within_it_is_not(name):
    beyond = diagnose(cut(name, 1e-3))
    assert beyond.verdict is Verdict.INFEASIBLE
    assert beyond.conflict.proof.valid
    assert_irreducible(beyond.program.floats, beyond.conflict.rows, beyond.conflict.bounds)
    assert diagnose(cut(name, -1e-3)).verdict is Verdict.FEASIBLE


@pytest.mark.parametrize(("name", "share"), [("scorpion", 1e-9), ("sc105", 1e-11), ("share2b", 1e-9)])
def test_a_trace_beyond_the_optimum_is_decided(name, share):
    """The optimum is no short decimal, so a cut at its float is decided by where the float happens to lie."""
    beyond, within = diagnose(cut(name, share)), diagnose(cut(name, -share))
    assert beyond.verdict in (Verdict.INFEASIBLE, Verdict.BORDERLINE)
    assert beyond.conflict.irreducible
    assert within.verdict is Verdict.FEASIBLE
    assert holds(within.program, within.point, Work())


def floats(values):
    """Fractions of few digits as floats: their decimal text is the fraction."""
    return np.array([[float(value) for value in row] for row in values])


@st.composite
def satisfied(draw):
    """A program around a point, rows and columns in units from 1e-4 to 1e4: matrix, limits, bounds, units of rows."""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 8))

    def some(strategy, count):
        return draw(st.lists(strategy, min_size=count, max_size=count))

    units = st.integers(-4, 4).map(lambda power: Fraction(10) ** power)
    by_row, by_column, point = some(units, rows), some(units, columns), some(st.integers(0, 5), columns)
    matrix = [[some(st.integers(-9, 9), 1)[0] * r * c for c in by_column] for r in by_row]
    body = [sum(a * x / c for a, x, c in zip(row, point, by_column, strict=True)) for row in matrix]
    room = some(st.sampled_from([0, 1, 2, None]), rows)
    lower = [-np.inf if gap is None else float(at - gap * r) for at, gap, r in zip(body, room, by_row, strict=True)]
    upper = [at + (gap or 0) * r for at, gap, r in zip(body, room, by_row, strict=True)]
    endless = draw(st.booleans())
    program = LinearProgram.plain(
        cost=[float(some(st.integers(-9, 9), 1)[0] * c) for c in by_column],
        matrix=floats(matrix),
        row_lower=lower,
        row_upper=[float(limit) for limit in upper],
        column_upper=[np.inf if endless else float(9 / c) for c in by_column],
    )
    return program, matrix, upper, by_row


@given(satisfied())
@settings(max_examples=25, deadline=None)
def test_what_has_a_point_is_never_called_infeasible(case):
    found = diagnose(case[0])
    assert found.verdict is Verdict.FEASIBLE
    assert holds(found.program, found.point, Work())
    assert found.optimum is not None or found.unbounded or "optimum was not looked for" in found.notes[0]


@given(satisfied(), st.data())
@settings(max_examples=25, deadline=None)
def test_what_contradicts_itself_is_proved_to(tmp_path_factory, case, data):
    """A row is added that asks of a sum of the others one more than they allow."""
    program, matrix, upper, by_row = case
    weights = [data.draw(st.integers(0, 3)) / unit for unit in by_row]
    unit = Fraction(10) ** data.draw(st.integers(-4, 4))
    total = [unit * sum(w * row[j] for w, row in zip(weights, matrix, strict=True)) for j in range(program.shape[1])]
    most = sum(w * limit for w, limit in zip(weights, upper, strict=True))
    empty = LinearProgram.plain(
        cost=program.cost,
        matrix=np.vstack([program.matrix.toarray(), floats([total])]),
        row_lower=np.append(program.row_lower, float(unit * (most + 1))),
        row_upper=np.append(program.row_upper, np.inf),
        column_upper=program.column_upper,
    )
    found = diagnose(empty)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.conflict.irreducible
    assert found.give_up.exact
    assert len(found.give_up.rows) == 1
    folder = tmp_path_factory.mktemp("run")
    write_diagnosis(found, folder)
    assert verify(folder).verified


def copies(names, count, seed=0):
    """Models side by side, each copy in units of its own, tied by rows that cost nothing: thousands of rows."""
    rng = np.random.default_rng(seed)
    parts = [read(INSTANCES / f"{name}.mps") for _ in range(count) for name in names]
    matrix = sp.block_diag([part.matrix for part in parts], format="csr")
    rows = 2.0 ** rng.integers(-8, 9, matrix.shape[0])
    columns = 2.0 ** rng.integers(-8, 9, matrix.shape[1])
    tie = sp.random_array((50, matrix.shape[1]), density=0.01, rng=rng, format="csr")

    def side_by_side(array, factors):
        return np.concatenate([getattr(part, array) for part in parts]) * factors

    matrix = sp.diags_array(rows) @ matrix @ sp.diags_array(columns)
    return LinearProgram.plain(
        cost=np.zeros(matrix.shape[1]),
        matrix=sp.csr_array(sp.vstack([matrix, tie])),
        row_lower=np.append(side_by_side("row_lower", rows), np.full(50, -np.inf)),
        row_upper=np.append(side_by_side("row_upper", rows), np.full(50, 1e9)),
        column_lower=side_by_side("column_lower", 1 / columns),
        column_upper=side_by_side("column_upper", 1 / columns),
    )


def test_thousands_of_rows(tmp_path):
    program = copies(["forest6", "bgdbg1", "scorpion", "box1"], 2)
    assert program.shape[0] > 2000
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.conflict.irreducible
    assert found.give_up.at_least == len(found.give_up.rows) == 28  # 14 for each copy: 1, 12, none and 1
    assert_cured(program, found.give_up.rows)
    write_diagnosis(found, tmp_path)
    assert verify(tmp_path).verified
    assert diagnose(copies(["share2b", "scorpion", "afiro", "sc105"], 2)).verdict is Verdict.FEASIBLE


def test_little_work_says_less_and_nothing_wrong():
    program = copies(["forest6", "bgdbg1"], 2)
    for effort in (1e-6, 1e-3, 1e-2):
        found = diagnose(program, effort=effort)
        assert found.verdict in (Verdict.INFEASIBLE, Verdict.UNDECIDED)
        assert found.proof is None or found.proof.valid
        if found.give_up is not None and not found.give_up.exact:
            assert found.give_up.at_least <= len(found.give_up.rows)
            assert "limit of work" in found.give_up.reason


def test_no_clock_is_looked_at(monkeypatch):
    """The same steps give the same answer however long they take."""
    program, now = copies(["forest6", "bgdbg1"], 1), time.monotonic()
    first = diagnose(program).sentences
    monkeypatch.setattr(time, "monotonic", iter(now + 1000.0 * step for step in range(10**6)).__next__)
    assert diagnose(program).sentences == first


# -- corners ----------------------------------------------------------------------------------------------------------


def test_a_tenth_missing_is_infeasible_in_any_unit():
    for unit in (1e-8, 1e-6, 1.0, 1e9):
        program = LinearProgram.plain(
            cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[1.1 * unit, -np.inf], row_upper=[np.inf, unit]
        )
        assert diagnose(program).verdict is Verdict.INFEASIBLE, unit
        assert diagnose(program.with_(row_lower=np.array([0.9 * unit, -np.inf]))).verdict is Verdict.FEASIBLE


def test_no_end_and_whole_numbers():
    endless = diagnose(LinearProgram.plain(cost=[1.0], matrix=[[1.0]], row_lower=[1.0], sense="max"))
    assert (endless.verdict, endless.unbounded, endless.optimum) == (Verdict.FEASIBLE, True, None)
    half = LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_lower=[1.0], row_upper=[1.0], integer=[True])
    whole = diagnose(half)
    assert whole.verdict is Verdict.INFEASIBLE
    assert (whole.conflict.rows, whole.conflict.whole, whole.conflict.irreducible) == (("r(1)",), ("x(1)",), True)
    assert diagnose(half.with_(integer=np.array([False]))).point == (Fraction(1, 2),)


def test_what_cures_whole_numbers_cures_them_whole(tmp_path):
    """2 x + 2 y = 3 and x + y >= 4: between whole numbers nothing meets them either; both rows move to whole points."""
    program = LinearProgram.plain(
        cost=[0.0, 0.0],
        matrix=[[2.0, 2.0], [1.0, 1.0]],
        row_lower=[3.0, 4.0],
        row_upper=[3.0, np.inf],
        integer=[True] * 2,
    )
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert (found.give_up.rows, found.give_up.at_least) == (("r(1)",), 1)
    assert all(value.denominator == 1 for value in found.least.point)
    assert found.least.total == 3  # a sum of 2: 3 moves to 4, and 4 to 2; a sum of 1 or 3 costs 4
    write_diagnosis(found, tmp_path)
    assert diagnose(tmp_path / "relaxed.lp").verdict is Verdict.FEASIBLE
    parity = diagnose(program.with_(row_lower=np.array([3.0, 0.0])))
    assert (parity.give_up.rows, parity.least.total) == (("r(1)",), 1)


@pytest.mark.parametrize("kind", ["row", "column"])
def test_limits_that_clash(kind, tmp_path):
    limits = {f"{kind}_lower": [5.0], f"{kind}_upper": [1.0]}
    found = diagnose(LinearProgram.plain(cost=[0.0], matrix=[[1.0]], **limits))
    assert found.verdict is Verdict.INFEASIBLE
    assert (found.conflict.rows, found.conflict.bounds) == (
        (("r(1)",), ()) if kind == "row" else ((), (("x(1)", "lower"), ("x(1)", "upper")))
    )
    write_diagnosis(found, tmp_path)
    assert verify(tmp_path).verified


def test_coefficients_that_agree_but_for_their_last_digits_are_told_apart():
    """Rows 0.1 x >= 3 and 0.10000000000000003 x <= 1 contradict each other only as far as x is no huge negative number."""
    program = LinearProgram.plain(
        cost=[0.0],
        matrix=[[0.1], [0.1 + 2e-17]],
        row_lower=[3.0, -np.inf],
        row_upper=[np.inf, 1.0],
        column_lower=[-np.inf],
    )
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.proof.valid
    assert not found.proof.loose


def test_a_point_far_out_is_found():
    """The only point lies at 1e10."""
    program = LinearProgram.plain(cost=[0.0] * 2, matrix=[[0, 1000], [1e-10, 1000]], row_lower=[0, 1], row_upper=[0, 1])
    found = diagnose(program)
    assert (found.verdict, found.point) == (Verdict.FEASIBLE, (10**10, 0))


def test_a_program_without_rows():
    assert diagnose(LinearProgram.plain(cost=[1.0], matrix=sp.csr_array((0, 1)))).verdict is Verdict.FEASIBLE


def test_limits_move_where_they_are_light():
    program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    heavy = diagnose(program, weights={"r(1)": 5.0})
    assert [(move.name, move.after) for move in heavy.least.limits] == [("r(2)", 3)]
    held = diagnose(program, weights={"r*": None, "r(1)": 1.0})
    assert [(move.name, move.after) for move in held.least.limits] == [("r(1)", 1)]


@pytest.mark.parametrize(("scale", "bias"), [(1e9, 1e-9), (1e13, 1e-13), (1e-13, 1e13)])
def test_great_and_small_coefficients(scale, bias):
    """x <= M b with b at most bias: x up to scale x bias, exactly."""

    def most(asked):
        return LinearProgram.plain(
            cost=[0.0, 0.0],
            matrix=[[1.0, -scale], [1.0, 0.0]],
            row_lower=[-np.inf, asked],
            row_upper=[0.0, np.inf],
            column_upper=[np.inf, bias],
        )

    assert diagnose(most(1.0)).verdict is Verdict.FEASIBLE
    beyond = diagnose(most(1.0 + 1e-9))
    assert beyond.verdict in (Verdict.INFEASIBLE, Verdict.BORDERLINE)
    assert beyond.conflict.irreducible


@pytest.mark.parametrize("size", [4, 8, 12])
def test_hilbert_equations(size):
    """Equations that floats cannot solve: a point where there is one, and a proof where one row more contradicts them."""
    matrix = [[float(f"{1 / (i + j + 1):.12g}") for j in range(size)] for i in range(size)]
    sums = [float(sum(Fraction(repr(a)) for a in row)) for row in matrix]
    free = {"column_lower": [-np.inf] * size}
    equations = LinearProgram.plain(cost=[0.0] * size, matrix=matrix, row_lower=sums, row_upper=sums, **free)
    assert diagnose(equations).point == (1,) * size
    more = LinearProgram.plain(
        cost=[0.0] * size,
        matrix=[*matrix, [1.0] * size],
        row_lower=[*sums, size + 1.0],
        row_upper=[*sums, np.inf],
        **free,
    )
    found = diagnose(more)
    assert found.proof.valid
    assert len(found.conflict.members) == size + 1
    assert found.conflict.irreducible


# -- what other tools leave open --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("INF-SC50A", 8),
        ("INF-AGG2", 20),
        ("gran", 2),
        ("pilot4i", 43),
        ("vol1", 212),
    ],
)
def test_published_conflicts_are_proved_and_no_larger_than_before(name, most, tmp_path):
    found = diagnose(INSTANCES / f"{name}.mps.gz", effort=0.05)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.proof.valid
    assert found.conflict.irreducible
    assert len(found.conflict.members) <= most
    assert set(found.proof.members) == set(found.conflict.members)
    write_diagnosis(found, tmp_path)
    assert verify(tmp_path).verified


def test_a_conflict_with_a_member_too_many_is_not_called_irreducible():
    program = read_file(INSTANCES / "galenet.mps").program
    found = diagnose(program)
    assert found.conflict.irreducible
    from planner.diagnosis.decide import decide
    from planner.diagnosis.irreducible import without

    for member in found.conflict.members:
        everything = {Member(kind, at) for at in range(program.shape[1]) for kind in ("lower", "upper")}
        everything |= {Member("row", at) for at in range(program.shape[0])}
        rest = without(program, everything - (set(found.conflict.members) - {member}))
        assert decide(rest, Work()).point is not None


def test_fewest_rows_to_give_up_of_a_published_classifier():
    """The first version gave up 99 rows here, an elastic heuristic 84."""
    found = diagnose(INSTANCES / "IC-bupa.mps.gz", effort=0.1)
    assert len(found.give_up.rows) <= 88
    assert found.give_up.at_least >= 2
    assert_cured(found.program.floats, found.give_up.rows)


def test_violations_are_those_of_our_own_arrays():
    program = LinearProgram.plain(cost=[0.0], matrix=[[2.0], [1.0]], row_lower=[4.0, -np.inf], row_upper=[np.inf, 0.5])
    broken, _ = violations(program, np.array([1.0]))
    assert broken.tolist() == [2.0, 0.5]
