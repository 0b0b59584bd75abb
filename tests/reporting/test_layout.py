"""Paragraphs and tables on narrow and wide screens: no word, no number is broken, and nothing is lost without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli.show.grid import GridColumn, cut, grid, paragraph, size

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
WORDS = st.lists(TEXT, min_size=1, max_size=8).map(" ".join)
ROWS = st.lists(st.tuples(WORDS, st.floats(0, 1e6).map("{:,.1f}".format), WORDS), min_size=1, max_size=6)
COLUMNS = [GridColumn("a long heading"), GridColumn("produced in all", "right", drop=1), GridColumn("unit")]


def lines_of(table):
    return [*table.head, *(line for row in table.rows for line in row)]


@given(WORDS, st.integers(1, 60))
def test_a_paragraph_is_broken_at_spaces_only_and_loses_no_word(text, width):
    lines = paragraph(text, width, "  · ")
    assert " ".join(lines).split() == ["·", *text.split()]
    longest = max(map(size, text.split(" ")))
    assert all(size(line) <= max(width, longest + 4 + 2) for line in lines)  # the lead, and a per cent sign that stays


@given(ROWS, st.integers(12, 120))
def test_a_table_breaks_no_cell_inside_a_word(rows, width):
    table = grid(COLUMNS, rows, width)
    tokens = {word for line in lines_of(table) for word in line.split()}
    whole = {word for row in rows for cell in row for word in cell.split()} | {"─" * n for n in range(200)}
    names = {word for column in COLUMNS for word in column.name.split()}
    assert tokens <= whole | names | {f"{word}:" for word in names} | {f"{word};" for word in whole}
    if table.head:
        assert max(map(size, lines_of(table))) <= width


@given(ROWS)
def test_a_wide_screen_shows_everything_on_one_line_a_row(rows):
    table = grid(COLUMNS, rows, 400)
    assert not table.dropped
    assert [len(row) for row in table.rows] == [1] * len(rows)


def test_what_may_be_dropped_is_dropped_in_order_before_numbers_suffer():
    columns = [
        GridColumn("target"),
        GridColumn("official", "right"),
        GridColumn("alone", "right", 2),
        GridColumn("held", "right", 1),
    ]
    rows = [("Pig iron", "17.65", "48.2 %", "48.2 %")]
    assert grid(columns, rows, 80).dropped == ()
    assert grid(columns, rows, 30).dropped == ("held",)
    assert grid(columns, rows, 20).dropped == ("alone", "held")
    assert grid(columns, rows, 20).note == "no room here for 2 columns: alone and held"


def test_where_nothing_helps_each_row_stands_in_lines_of_its_own():
    table = grid(
        [GridColumn("target"), GridColumn("official", "right"), GridColumn("produced", "right")],
        [("Iron", "12,345,678", "9")],
        18,
    )
    assert table.head == ()
    assert table.rows == (("Iron", "  official:", "  12,345,678;", "  produced: 9"),)


@pytest.mark.parametrize("text", ["a\x1b[2Jb", "a\rb", "a\x07b", "a\u202eb"])
def test_text_of_the_data_does_not_steer_the_screen(text):
    assert all(character.isprintable() for line in paragraph(text, 20) for character in line)
    assert all(character.isprintable() for character in cut(text, 20))


@given(WORDS, st.integers(1, 30))
def test_a_status_line_is_no_longer_than_its_screen(text, width):
    assert size(cut(text, width)) <= width


def test_wide_characters_count_twice():
    assert size("鋼鉄") == 4
    assert paragraph("鋼鉄 石炭", 5) == ["鋼鉄", "石炭"]
    assert cut("鋼鉄石炭", 5) == "鋼鉄…"
