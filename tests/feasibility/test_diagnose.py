"""Foreign linear programs: what is said of them is true, and where tolerances decide that is what is said."""

import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.feasibility.diagnose import Verdict, diagnose
from planner.feasibility.irreducible import irreducible_conflict
from planner.program import LinearProgram
from planner.solver.elastic import violations
from planner.solver.highs import Session
from planner.solver.reading import ModelError, read
from planner.solver.solution import Status
from planner.verify import verify

INSTANCES = Path(__file__).parents[1] / "instances"
OPTIMA = {"afiro": -464.75314286, "sc105": -52.202061212, "share2b": -415.73224074, "scorpion": 1878.1248227}
DISTANCES = {
    "itest2": 4.46667, "galenet": 28, "itest6": 204500, "bgprtr": 19.1535, "woodinfe": 15, "forest6": 799.055,
    "ex73a": 1, "box1": 1, "bgdbg1": 362.877,
}  # fmt: skip


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
        row_lower=np.where(keep, program.row_lower, -np.inf), row_upper=np.where(keep, program.row_upper, np.inf),
        column_lower=np.where(low, program.column_lower, -np.inf),
        column_upper=np.where(high, program.column_upper, np.inf),
    )  # fmt: skip


def assert_irreducible(program, rows, bounds):
    """By plain solves: infeasible together, feasible without any one member."""
    session = Session()
    assert session.solve(only(program, rows, bounds)).status is Status.INFEASIBLE
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
    assert found.optimum == pytest.approx(OPTIMA[name], rel=1e-8)
    assert (found.distance, found.conflict, found.give_up, found.certificates) == (0.0, None, None, ())
    assert found.sentences[0].startswith("Feasible")


@pytest.mark.parametrize("name", DISTANCES)
def test_infeasible_ones(name, tmp_path):
    program = read(INSTANCES / f"{name}.mps")
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.distance == pytest.approx(DISTANCES[name], rel=1e-5)
    assert found.proved_distance == pytest.approx(found.distance, rel=1e-9)
    assert found.margin > 1e-3
    assert found.conflict.irreducible
    assert_irreducible(program, found.conflict.rows, found.conflict.bounds)
    assert found.give_up.exact
    assert_cured(program, found.give_up.rows)
    found.write(tmp_path)
    verdict = verify(tmp_path)
    assert verdict.verified, verdict.failures
    assert len(verdict.statements) == 2
    assert not any(proof.declared for proof in found.certificates)


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
    assert found.margin < 1e-10
    assert found.sentences[0].startswith("Borderline: infeasible in exact arithmetic, but by less than any solver's")
    found.write(tmp_path)
    assert verify(tmp_path).verified


# -- made to order ----------------------------------------------------------------------------------------------------


def cut(name, share):
    """A feasible model with a row that asks for more than its optimum, by a share of it."""
    program = read(INSTANCES / f"{name}.mps")
    best = Session().solve(program).objective - program.offset
    return LinearProgram.plain(
        cost=np.zeros(program.shape[1]), matrix=sp.csr_array(sp.vstack([program.matrix, program.cost[None, :]])),
        row_lower=np.append(program.row_lower, -np.inf), row_upper=np.append(program.row_upper, best - share * abs(best)),
        column_lower=program.column_lower, column_upper=program.column_upper,
    )  # fmt: skip


@pytest.mark.parametrize("name", OPTIMA)
def test_a_thousandth_beyond_the_optimum_is_infeasible_and_within_it_is_not(name):
    beyond = diagnose(cut(name, 1e-3))
    assert beyond.verdict is Verdict.INFEASIBLE
    assert beyond.conflict.certificate.valid
    assert_irreducible(beyond.program, beyond.conflict.rows, beyond.conflict.bounds)
    assert diagnose(cut(name, -1e-3)).verdict is Verdict.FEASIBLE


@pytest.mark.parametrize(("name", "share"), [("scorpion", 1e-9), ("sc105", 1e-11), ("share2b", 1e-9)])
def test_a_trace_beyond_the_optimum_is_never_called_feasible(name, share):
    found = diagnose(cut(name, share))
    assert found.verdict is not Verdict.FEASIBLE
    assert all(proof.valid for proof in found.certificates)
    assert found.verdict is Verdict.UNDECIDED or found.certificates


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
        cost=[float(some(st.integers(-9, 9), 1)[0] * c) for c in by_column], matrix=floats(matrix),
        row_lower=lower, row_upper=[float(limit) for limit in upper],
        column_upper=[np.inf if endless else float(9 / c) for c in by_column],
    )  # fmt: skip
    return program, matrix, upper, by_row


@given(satisfied())
@settings(max_examples=60, deadline=None)
def test_what_has_a_point_is_never_called_infeasible(case):
    found = diagnose(case[0], seconds=10.0)
    assert found.verdict is Verdict.FEASIBLE
    assert not np.isnan(found.optimum)


@given(satisfied(), st.data())
@settings(max_examples=60, deadline=None)
def test_what_contradicts_itself_is_proved_to(tmp_path_factory, case, data):
    """A row is added that asks of a sum of the others one more than they allow."""
    program, matrix, upper, by_row = case
    weights = [data.draw(st.integers(0, 3)) / unit for unit in by_row]
    unit = Fraction(10) ** data.draw(st.integers(-4, 4))
    total = [unit * sum(w * row[j] for w, row in zip(weights, matrix, strict=True)) for j in range(program.shape[1])]
    most = sum(w * limit for w, limit in zip(weights, upper, strict=True))
    empty = LinearProgram.plain(
        cost=program.cost, matrix=np.vstack([program.matrix.toarray(), floats([total])]),
        row_lower=np.append(program.row_lower, float(unit * (most + 1))), row_upper=np.append(program.row_upper, np.inf),
        column_upper=program.column_upper,
    )  # fmt: skip
    found = diagnose(empty, seconds=10.0)
    assert found.verdict is Verdict.INFEASIBLE
    assert found.conflict.irreducible
    assert found.give_up.exact
    assert len(found.give_up.rows) == 1
    folder = tmp_path_factory.mktemp("run")
    found.write(folder)
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
        cost=np.zeros(matrix.shape[1]), matrix=sp.csr_array(sp.vstack([matrix, tie])),
        row_lower=np.append(side_by_side("row_lower", rows), np.full(50, -np.inf)),
        row_upper=np.append(side_by_side("row_upper", rows), np.full(50, 1e9)),
        column_lower=side_by_side("column_lower", 1 / columns), column_upper=side_by_side("column_upper", 1 / columns),
    )  # fmt: skip


def test_thousands_of_rows(tmp_path):
    program = copies(["forest6", "bgdbg1", "scorpion", "box1"], 3)
    assert program.shape[0] > 3000
    began = time.monotonic()
    found = diagnose(program)
    assert time.monotonic() - began < 60
    assert found.verdict is Verdict.INFEASIBLE
    assert found.conflict.irreducible
    assert (len(found.give_up.rows), found.give_up.exact) == (42, True)  # 14 for each copy: 1, 12, none and 1
    found.write(tmp_path)
    assert verify(tmp_path).verified
    assert diagnose(copies(["share2b", "scorpion", "afiro", "sc105"], 5)).verdict is Verdict.FEASIBLE


def test_out_of_time_is_said():
    found = diagnose(copies(["forest6", "bgdbg1"], 4), seconds=0.5)
    assert found.verdict in (Verdict.INFEASIBLE, Verdict.UNDECIDED)
    if found.give_up is not None and not found.give_up.exact:
        assert found.give_up.at_least <= len(found.give_up.rows)
        assert "cut for time" in found.give_up.reason


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
    assert (endless.verdict, endless.optimum) == (Verdict.FEASIBLE, np.inf)
    whole = diagnose(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_lower=[1.0], row_upper=[1.0], integer=[True]))
    assert whole.verdict is Verdict.FEASIBLE
    assert "relaxation" in whole.sentences[-1]


@pytest.mark.parametrize("kind", ["row", "column"])
def test_limits_that_clash(kind, tmp_path):
    limits = {f"{kind}_lower": [5.0], f"{kind}_upper": [1.0]}
    found = diagnose(LinearProgram.plain(cost=[0.0], matrix=[[1.0]], **limits))
    assert found.verdict is Verdict.INFEASIBLE
    assert (found.conflict.rows, found.conflict.bounds) == (
        (("r(1)",), ()) if kind == "row" else ((), (("x(1)", "lower"), ("x(1)", "upper")))
    )
    found.write(tmp_path)
    assert verify(tmp_path).verified


def test_what_rests_on_declared_bounds_says_so():
    program = LinearProgram.plain(
        cost=[0.0], matrix=[[0.1], [0.1 + 2e-17]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0],
        column_lower=[-np.inf],
    )  # fmt: skip
    found = diagnose(program)
    assert found.verdict is Verdict.INFEASIBLE
    assert any("values up to 1e+06" in note for note in found.notes)


def test_a_point_far_out_is_not_denied():
    """The only point lies at 1e10; what is proved for smaller values does not make it infeasible."""
    program = LinearProgram.plain(cost=[0.0] * 2, matrix=[[0, 1000], [1e-10, 1000]], row_lower=[0, 1], row_upper=[0, 1])
    assert diagnose(program).verdict is not Verdict.INFEASIBLE


def test_a_program_without_rows_and_one_without_contradiction():
    free = LinearProgram.plain(cost=[1.0], matrix=sp.csr_array((0, 1)))
    assert diagnose(free).verdict is Verdict.FEASIBLE
    assert irreducible_conflict(LinearProgram.plain(cost=[1.0], matrix=[[1.0]], row_lower=[1.0])) is None


def test_violations_are_those_of_our_own_arrays():
    program = LinearProgram.plain(cost=[0.0], matrix=[[2.0], [1.0]], row_lower=[4.0, -np.inf], row_upper=[np.inf, 0.5])
    broken, _ = violations(program, np.array([1.0]))
    assert broken.tolist() == [2.0, 0.5]


# -- files ------------------------------------------------------------------------------------------------------------

MPS = "NAME t\nROWS\n N cost\n L first\n G second\nCOLUMNS\n x cost 1 first 1\n x second 2\nRHS\n r first 4 second 2\nENDATA\n"


def test_names_and_whole_numbers_are_kept(tmp_path):
    (tmp_path / "model.mps").write_text(MPS)
    program = read(tmp_path / "model.mps")
    assert (program.row_names, program.column_names) == (["first", "second"], ["x"])
    (tmp_path / "model.lp").write_text("max\n gain: 3 x + 2 y\nsubject to\n hands: x + y <= 4\nGeneral\n y\nEnd\n")
    program = read(tmp_path / "model.lp")
    assert (program.sense, program.row_names, program.integer.tolist()) == ("max", ["hands"], [False, True])


@pytest.mark.parametrize(("name", "text", "says"), [
    ("gone.mps", None, "no such file"),
    ("model.txt", MPS, "read from .mps, .lp files"),
    ("model.mps", "", "cut short"),
    ("model.mps", "hello world", "cut short"),
    ("model.mps", MPS[:-8], "cut short"),
    ("model.mps", MPS.replace("second 2\nRHS", "second two\nRHS"), "line 8: 'two' is not a number"),
    ("model.mps", MPS.replace("G second", "G first"), "line 5: a second row is called 'first'"),
    ("model.mps", MPS.replace("x second", "x third"), "does not read"),
    ("model.mps", MPS.replace("first 4", "first nan"), "does not read"),
    ("model.mps", MPS.replace("ENDATA", "QUADOBJ\n x x 1\nENDATA"), "quadratic"),
    ("model.mps", "NAME\nROWS\n N cost\nCOLUMNS\nRHS\nENDATA\n", "no columns"),
    ("model.mps", "\x00\x01\xff" * 50, "cut short"),
    ("model.lp", "max\n x\nsubject to\n c: x <=", "cut short"),
    ("model.lp", "max\n gain: x\nsubject to\n c: 1 <= x + y <= 2\nEnd\n", "two rows"),
    ("model.lp.gz", "not packed", "cannot be read"),
])  # fmt: skip
def test_what_is_no_model_says_so_in_a_sentence(tmp_path, name, text, says):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(ModelError, match=says) as caught:
        read(tmp_path / name)
    assert isinstance(caught.value, ValueError)
    assert str(tmp_path / name) in str(caught.value)
    assert str(caught.value).endswith(".")
