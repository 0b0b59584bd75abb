"""The program as text: bit for bit, byte for byte, and exact."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.program import LinearProgram, Rows, Variable, assemble
from planner.program.text import FILES, ProgramTextError, digest, number, read_program, write_program

finite = st.floats(allow_nan=False, allow_infinity=False)
low = st.one_of(st.just(-np.inf), finite)
high = st.one_of(st.just(np.inf), finite)
names = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1, max_size=8)


@st.composite
def programs(draw):
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(1, 4))

    def some(strategy, count):
        return draw(st.lists(strategy, min_size=count, max_size=count))

    matrix = np.array(some(finite, rows * columns)).reshape(rows, columns)
    matrix[np.array(some(st.booleans(), rows * columns), bool).reshape(rows, columns)] = 0.0
    return LinearProgram.plain(
        cost=some(finite, columns),
        matrix=matrix,
        row_lower=some(low, rows),
        row_upper=some(high, rows),
        column_lower=some(low, columns),
        column_upper=some(high, columns),
        integer=some(st.booleans(), columns),
        sense=draw(st.sampled_from(["max", "min"])),
        offset=draw(finite),
        row_names=draw(st.lists(names, min_size=rows, max_size=rows)),
        column_names=draw(st.lists(names, min_size=columns, max_size=columns)),
    )


def bits(values):
    return np.asarray(values, dtype=float).tobytes()


def assert_same(one, other):
    for array in ("cost", "row_lower", "row_upper", "column_lower", "column_upper"):
        assert bits(getattr(one, array)) == bits(getattr(other, array)), array
    assert one.same_pattern(other)
    assert bits(one.matrix.data) == bits(other.matrix.data)
    assert (one.sense, one.objective, one.objective_unit) == (other.sense, other.objective, other.objective_unit)
    assert bits([one.offset]) == bits([other.offset])
    assert (one.row_names, one.column_names) == (other.row_names, other.column_names)


@given(programs())
@settings(max_examples=60, deadline=None)
def test_round_trip_bit_for_bit(tmp_path_factory, program):
    folder = write_program(program, tmp_path_factory.mktemp("text"))
    again = read_program(folder)
    assert_same(program, again)
    copy = write_program(again, tmp_path_factory.mktemp("again"))
    assert [(folder / name).read_bytes() for name in FILES[1:]] == [(copy / name).read_bytes() for name in FILES[1:]]
    assert digest(folder) == digest(copy)


@given(finite)
def test_text_is_the_shortest_and_exact_arithmetic_reads_it(value):
    assert float(Fraction(number(value))) == value
    assert Fraction(number(value)) == Fraction(repr(value))


def assembled():
    unit = np.array(["Mt", "Mt"], object)
    keys = (np.array(["coal", "iron-ore"], object), np.array(["1929", "1929,1930"], object))
    activity = Variable("activity", ("product", "period"), keys, np.zeros(2), np.array([np.inf, 9.0]), unit)
    share = Variable("attainment", (), (), np.zeros(1), np.full(1, np.inf), np.array(["share"], object))
    body = activity.expression() + 2.0
    rows = {
        "labour": (("product", "period"), Rows(body, np.full(2, -np.inf), np.full(2, 10.0), keys, unit)),
        "target": ((), Rows(share.expression(), np.zeros(1), np.full(1, np.inf), (), np.array(["t"], object))),
    }
    return assemble("max", share.expression(), rows, [activity, share], name="attainment", unit="share")


def test_families_units_and_sources_are_written(tmp_path):
    program = assembled()
    folder = write_program(program, tmp_path, {"labour": "supply.csv; coefficients.csv"}, declared={1: "upper"})
    assert (folder / "rows.csv").read_text().splitlines() == [
        "row,lower,upper,family,unit,came_from",
        '"labour(coal,1929)",,8.0,labour,Mt,supply.csv; coefficients.csv',
        '"labour(iron_ore,1929,1930)",,8.0,labour,Mt,supply.csv; coefficients.csv',
        "target,0.0,,target,t,",
    ]
    assert (folder / "columns.csv").read_text().splitlines()[1:] == [
        '"activity(coal,1929)",0.0,,0.0,activity,Mt,,',
        '"activity(iron_ore,1929,1930)",0.0,9.0,0.0,activity,Mt,,upper',
        "attainment,0.0,,1.0,attainment,share,,",
    ]
    again = read_program(folder)
    assert_same(program, again)
    assert again.row_families.tolist() == ["labour", "labour", "target"]
    assert again.row_block["target"].positions == {(): 2}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "rows.csv").unlink(),
        lambda folder: (folder / "coefficients.csv").write_text("row,column,value\nnowhere,x(1),1.0\n"),
        lambda folder: (folder / "columns.csv").write_bytes(b"\xff\xfe\x00"),
        lambda folder: (folder / "program.csv").write_text("key,value\nsense,sideways\n"),
        lambda folder: (folder / "rows.csv").write_text("row,lower,upper\nr(1),0,1\n"),
        lambda folder: (folder / "rows.csv").write_text("row,lower,upper,family,unit,came_from\nr,0,1,,,\nr,0,1,,,\n"),
        lambda folder: (folder / "coefficients.csv").write_text("row,column,value\nr(1),x(1),one\n"),
    ],
)
def test_what_does_not_read_says_so(tmp_path, spoil):
    write_program(LinearProgram.plain(cost=[1.0], matrix=[[1.0]]), tmp_path)
    spoil(tmp_path)
    with pytest.raises(ProgramTextError, match=str(tmp_path)):
        read_program(tmp_path)
