"""Everything that is known of a family stands in its row, and a row that leaves something out is refused."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import planner
from planner.analysis.feasibility.conflict_groups import members_of
from planner.answers.pose import pose
from planner.economy import load
from planner.economy.schema import TABLES
from planner.formulation import FAMILIES, Definition, Group, family, formulate, load_question, question_names
from planner.formulation.named import Named
from planner.formulation.unknowns import SIGN, UNKNOWNS
from planner.program import Matrix

README = Path(planner.__file__).parents[1] / "README.md"
HOME = {
    "leontief": "leontief",
    **dict.fromkeys(("williams_capacity", "williams_employment", "williams_output"), "williams"),
}
ROW = {
    "algebra": "x ≤ 1",
    "index": ("product", "period"),
    "unit_of": "product",
    "says": "So much.",
    "group": Group("energy", "the energy there was"),
}


@pytest.fixture
def registry():
    """What is registered in a test is gone after it."""
    before = dict(FAMILIES)
    yield FAMILIES
    FAMILIES.clear()
    FAMILIES.update(before)


@pytest.mark.parametrize("named", [*FAMILIES.values(), *UNKNOWNS.values()], ids=lambda named: named.name)
def test_everything_says_what_it_is_called_or_why_it_never_gives_way(named):
    assert (named.group is None) != (named.definition is None)
    if named.definition is not None:
        assert named.definition.words
        assert named.definition.why
    assert named.says.endswith(".")
    keys = {"unit": "t", "item": "coal", "period": "1931"}
    assert "{" not in named.phrase.format(**keys)
    assert "t" in named.phrase


def test_only_balances_accumulation_switching_on_and_what_is_counted_never_give_way():
    assert {f.name for f in FAMILIES.values() if f.definition} == {
        "material_balance",
        "capacity_accumulation",
        "run_start",
        "migration",
        "one_share",
        "price_step",
    }


def test_every_family_of_the_package_has_a_price_phrase_of_its_own():
    assert not [f.name for f in FAMILIES.values() if not f.one_more]


def test_groups_of_one_kind_have_one_set_of_words():
    """Rows of several families may be one group; then all of them must call it the same."""
    words: dict[str, set[Group]] = {}
    for named in (*FAMILIES.values(), *UNKNOWNS.values()):
        if named.group is not None:
            words.setdefault(named.group.kind, set()).add(named.group)
    assert not {kind: groups for kind, groups in words.items() if len(groups) > 1}


def test_the_table_of_the_readme_is_the_registry():
    """Where the README shows the families, it shows these, in this order, in these words."""
    shown = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    rows = [row for row in shown if row[0] in FAMILIES]
    assert not rows or rows == [(f.name, f.says, f.algebra) for f in FAMILIES.values()]


def test_the_unknowns_are_the_columns_of_a_program():
    formulation = pose("ussr_1928", model="projects")
    assert [block.name for block in formulation.program.columns] == list(UNKNOWNS)
    assert all(block.index == UNKNOWNS[block.name].axes(1) for block in formulation.program.columns)
    assert all(block.index == FAMILIES[block.name].axes(1) for block in formulation.program.rows)


@pytest.mark.parametrize("model", question_names())
def test_every_limit_of_every_shipped_model_is_named_or_true_by_definition(model):
    question = load_question(model)
    economy = HOME.get(model, "ussr_1928")
    plan = "control_figures_1929_30" if question.annual else load(economy).default_plan or ""
    formulation = pose(economy, model=question.in_parts, plan=plan if "target" in question.families else None)
    program, members = formulation.program, members_of(formulation)
    rows, bounds = np.zeros(program.shape[0], int), np.zeros(program.shape[1], int)
    for member in members:
        rows[member.rows] += 1
        bounds[member.bounds] += 1
    for block in program.rows:
        expected = 0 if FAMILIES[block.name].definition else 1
        assert (rows[block.slice] == expected).all(), block.name
    for block in program.columns:
        most = np.isfinite(program.column_upper[block.slice])
        expected = 0 if UNKNOWNS[block.name].definition else 1
        assert (bounds[block.slice] == np.where(most, expected, 0)).all(), block.name
        least = program.column_lower[block.slice]
        assert ((least == 0) | (least == -np.inf) | (UNKNOWNS[block.name].definition == SIGN)).all(), block.name
    assert len({member.name for member in members}) == len(members)


def test_columns_that_limit_are_amounts_with_a_table_of_their_own_words():
    """What can grow is said where the column is declared; these were the lists kept by hand before."""
    said = {(t.name, c.name): c.limit for t in TABLES.values() for c in t.limits}
    assert said == {
        ("capacities", "initial"): "plant standing and under way",
        ("capacities", "growth_limit"): "pace of building",
        ("capacities", "growth_floor"): "pace of building",
        ("growth_floors", "value"): "pace of building",
        ("migration", "leave"): "moves between regions",
        ("migration", "join"): "moves between regions",
        ("pipeline", "value"): "plant standing and under way",
        ("resources", "initial"): "resources",
        ("resources", "recruits"): "recruits",
        ("supply", "value"): "resources",
        ("training", "growth_limit"): "places for training",
        ("final_use", "value"): "final use",
        ("stocks", "initial"): "opening stocks and room for them",
        ("stocks", "limit"): "opening stocks and room for them",
        ("trade", "limit"): "trade limits",
        ("finance", "other_receipts"): "foreign exchange",
        ("finance", "credit"): "foreign exchange",
        ("finance", "debt_limit"): "foreign exchange",
        ("exchange", "limit"): "foreign exchange",
        ("opening", "value"): "work begun before the plan",
    }


# -- what is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"group": None}, "exactly one of the two"),
        ({"definition": Definition("this", "that")}, "exactly one of the two"),
        ({"group": None, "definition": Definition("this", "")}, "needs words and a reason"),
        ({"group": Group("", "the energy")}, "needs a kind and words"),
        ({"group": Group("energy", "the energy of {item}")}, 'field of words "item"'),
        ({"group": Group("energy", "the energy of {what}", each=("product",))}, 'field of words "what"'),
        ({"group": Group("energy", "the energy", each=("capacity",))}, 'axis "capacity"; there is: product, period'),
        ({"group": Group("target", "{item} {figure} in {period}")}, "kept for official figures"),
        ({"one_more": "one more {units}"}, 'field of one_more "units"; there is: unit, item, period'),
        ({"index": ("product",), "one_more": "one more in {period}"}, 'field of one_more "period"'),
        ({"unit_of": "tonnes"}, '"unit of the product"'),
        ({"unit_of": "", "unit": "tonnes"}, '"foreign currency"'),
        ({"unit_of": ""}, "no unit that is known"),
        ({"unit_of": "capacity"}, 'of the index whose labels have units ("product")'),
        ({"reads": ("supplies",)}, 'reads "supplies"; the tables are products'),
        ({"reads": ("supply",), "needs": "runs"}, 'needs "runs", which is none of the tables it reads'),
        ({"part_of": "energies"}, 'part of "energies"; the families so far are '),
    ],
)
def test_a_row_that_cannot_be_told_is_refused(registry, change, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        family("energy_cap", **{**ROW, **change})(lambda facts, plan: plan.balance <= 1.0)
    assert "energy_cap" not in FAMILIES


@pytest.mark.parametrize("economy", ["two_goods", "ussr_1928"])
def test_a_family_states_nothing_without_rows_of_the_table_it_needs(economy):
    posed = formulate(load(economy), load_question("attainment"), load(economy).default_plan)
    idle = [f for f in FAMILIES.values() if f.needs and not len(posed.facts.tables[f.needs])]
    assert {f.name: f.build(posed.facts, posed.variables).body.size for f in idle} == dict.fromkeys(
        (f.name for f in idle), 0
    )
    assert all(not len(posed.program.row_block[f.name].unit) for f in idle)
    assert len(idle) > 10


@pytest.mark.parametrize("name", ["energy cap", "", "1st", "énergie", "a(b)"])
def test_a_name_that_cannot_stand_in_a_row_is_refused(registry, name):
    with pytest.raises(ValueError, match="no name for a constraint family"):
        family(name, **ROW)


def test_no_family_takes_another_ones_name(registry):
    with pytest.raises(ValueError, match=r'"capacity" already, in planner\.formulation\.families\.capacity'):
        family("capacity", **ROW)(lambda facts, plan: plan.balance <= 1.0)

    def twice(facts, plan):  # a cell of a notebook that is run again
        return plan.balance <= 1.0

    family("energy_cap", **ROW)(twice)
    family("energy_cap", **{**ROW, "says": "Rather so much."})(twice)
    assert FAMILIES["energy_cap"].says == "Rather so much."


def build_with(row, build):
    family("energy_cap", **{**ROW, **row})(build)
    question = load_question("attainment")
    question = replace(question, families=(*question.families, "energy_cap"))
    return formulate(load("two_goods"), question, "ambitious").program.row_block["energy_cap"]


@pytest.mark.parametrize(
    ("row", "build", "words"),
    [
        ({"index": ("product", "periods")}, lambda f, p: p.balance <= 1.0, '"periods"; the axes are product, activity'),
        ({"index": ("product",)}, lambda f, p: p.balance <= 1.0, "states 4 rows; its index (product) has 2 in all"),
        ({"index": (), "unit_of": lambda f: "t"}, lambda f, p: p.balance <= 1.0, "its index (none) has 1 in all"),
        (
            {"index": ("product",)},
            lambda f, p: (p.balance <= 1.0).where(np.array([False, False, False, True])),
            "its index (product) has 2 in all",
        ),
        ({"unit_of": lambda f: np.array(["t"], object)}, lambda f, p: p.balance <= 1.0, "gives 1 units for 4 rows"),
    ],
)
def test_rows_that_do_not_fit_their_index_are_refused(registry, row, build, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        build_with(row, build)


@pytest.mark.parametrize(
    ("row", "build", "units"),
    [
        ({}, lambda f, p: p.balance <= 1.0, ["t"] * 4),
        ({"unit": "unit of the product", "unit_of": ""}, lambda f, p: p.balance <= 1.0, ["t"] * 4),
        (
            {"index": ("period", "activity"), "unit_of": "activity"},
            lambda f, p: p.activity.expression() <= 1.0,
            ["t"] * 4,
        ),
        (
            {"index": ("period",), "unit": "foreign currency", "unit_of": ""},
            lambda f, p: p.consumption.expression() <= 1,
            ["crowns"] * 2,
        ),
        ({"index": (), "unit_of": lambda f: "GWh"}, lambda f, p: Matrix(np.ones((1, 4))) @ p.activity <= 1.0, ["GWh"]),
        (
            {"unit_of": lambda f: np.array([*"abcd"], object)},
            lambda f, p: (p.balance <= 1.0).where(np.arange(4) > 1),
            ["c", "d"],
        ),
    ],
)
def test_units_come_from_an_axis_a_word_or_a_function(registry, row, build, units):
    assert build_with(row, build).unit.tolist() == units


def test_a_phrase_is_made_where_none_is_given():
    def phrase(*index):
        return Named(name="energy_cap", index=index, says="So.", group=Group("energy", "the energy")).phrase

    assert phrase() == "a limit one {unit} higher on energy cap"
    assert phrase("period") == "a limit one {unit} higher on energy cap, in {period}"
    assert phrase("product", "period") == "a limit one {unit} higher on energy cap, {item}, in {period}"
