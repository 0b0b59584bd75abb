"""Regions: what is shared out, what cannot be, and that an economy without them stays as it is."""

from pathlib import Path

import numpy as np
import pytest

import planner
from planner.economy import DataError, load
from planner.economy.arrays import Arrays
from planner.economy.places.locating import located
from planner.formulation import formulate
from planner.program.algebra import algebra
from planner.shipped import shipped
from tests.formulation.build import build, sections
from tests.formulation.build import question as ask

CASE = sections((Path(__file__).parents[1] / "formulation/cases/regions.txt").read_text(encoding="utf-8"))
TABLES = {name: text for name, text in CASE.items() if name in planner.economy.schema.TABLES}


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return Arrays(build(tmp_path_factory.mktemp("regions"), TABLES))


SPOILT = [  # name, table, what stands there and what is put in its place, code, column
    ("target of no region", "targets", "coal,west,2", "coal,north,2", "E200", "item"),
    ("target of a way without a link", "targets", "coal,west,2", "coal,west>north,2", "E200", "item"),
    ("a region twice", "targets", "hands,east+west", "hands,east+east", "E200", "item"),
    ("consumption of a region", "targets", "output,coal,west,2,15", "consumption,coal,west,2,1", "E200", "item"),
    ("sent by nobody", "targets", "output,coal,west,2,15", "sent,coal,,2,1", "E200", "item"),
    ("a pool in a region", "targets", "output,coal,west,2,15", "export,tools,west,2,1", "E200", "item"),
    ("no regions at all", "regions", "west\neast", "", "E200", ""),
    ("shares below one", "shares", "mines,east,,0.4", "mines,east,,0.399999", "E201", "value"),
    ("shares above one from a period on", "shares", "hands,east,2,0.5", "hands,east,2,0.6", "E201", "value"),
    ("shares of nothing", "shares", "stocks,coal,west", "stocks,cole,west", "E201", "item"),
    ("shares of no table", "shares", "final_use,*,west", "final_uses,*,west", "E201", "table"),
    ("stated and shared", "supply", "masters,*,8", "masters@west,*,8", "E202", "resource"),
    ("a stock that stands nowhere", "shares", "stocks,coal,west,,0.5\nstocks,coal,east,,0.5", "", "E203", "product"),
    ("people who live nowhere", "shares", "population,*,west,,0.75\npopulation,*,east,,0.25", "", "E203", "product"),
    ("a norm where the activity is not", "coefficients", "mining,east,hands", "mining,north,hands", "E200", "activity"),
    ("a link to itself", "links", "road,west,east", "road,west,west", "E205", "link"),
    ("a region out of reach", "regions", "east", "east\nnorth", "E206", "region"),
    ("no carriage", "carriage", "coal,tools,0.02,1", "", "E207", "product"),
    ("carriage of what stays", "carriage", "coal,tools,0.02,1", "coal,tools,0.02,1\ntools,,0,1", "E207", "product"),
    ("movers without a place", "migration", "hands,0.1", "hands,0.1\nclerks,0.1", "E104", "resource"),
    ("an end that is not there", "links", "road,west,east", "road,west,north", "E104", "to"),
]


@pytest.mark.parametrize(("name", "table", "old", "new", "code", "column"), SPOILT, ids=[s[0] for s in SPOILT])
def test_spoilt_regions_are_found_where_they_stand(tmp_path, name, table, old, new, code, column):
    assert old in TABLES[table], name
    with pytest.raises(DataError) as error:
        build(tmp_path, {**TABLES, table: TABLES[table].replace(old, new)})
    found = {(finding.code, finding.column) for finding in error.value.findings}
    assert (code, column) in found


def test_workers_fed_in_places_must_work_in_places(tmp_path):
    shares = "\n".join(line for line in TABLES["shares"].splitlines() if ",masters," not in line)
    extra = {"worker_consumption": "product,per_worker\ncoal,0.01\n", "training": "", "shares": shares}
    tables = {name: text for name, text in {**TABLES, **extra}.items() if text}
    with pytest.raises(DataError) as error:
        build(tmp_path, tables)
    assert {finding.code for finding in error.value.findings} == {"E208"}


def test_a_technique_without_a_common_place_stands_nowhere(tmp_path):
    tables = {**TABLES, "capacities": TABLES["capacities"] + "\nforge,pieces,1,1,,\n"}
    tables["capacities"] = tables["capacities"].replace("\n\n", "\n")
    tables["shares"] = TABLES["shares"] + "\ncapacities,forge,east,,1\n"
    tables["activities"] = "activity,region,product\nmining,,coal\nforging,west,tools\n"
    tables["coefficients"] = TABLES["coefficients"] + "\nforging,,forge,capacity,1\n"
    with pytest.raises(DataError) as error:
        build(tmp_path, tables)
    assert {finding.code for finding in error.value.findings} == {"E204"}


def test_plant_stands_where_something_runs_on_it(tmp_path):
    """Mines in both regions, and mining in the west alone."""
    tables = {**TABLES, "activities": "activity,region,product\nmining,west,coal\nforging,,tools\n"}
    tables["coefficients"] = TABLES["coefficients"].replace("mining,east,hands,resource,3\n", "")
    with pytest.raises(DataError) as error:
        build(tmp_path, tables)
    assert [(f.code, f.value) for f in error.value.findings] == [("E134", "mines@east")]


def test_a_local_product_is_made_where_it_is_used(tmp_path):
    """Bread is baked in the west alone, and eaten in both regions."""
    tables = dict(TABLES)
    tables["products"] = TABLES["products"].rstrip() + "\nbread,t,local\n"
    tables["activities"] = TABLES["activities"].rstrip() + "\nbaking,bread\n"
    tables["coefficients"] = TABLES["coefficients"].rstrip() + "\nbaking,,ovens,capacity,1\n"
    tables["capacities"] = TABLES["capacities"].rstrip() + "\novens,t,9,1,,\n"
    tables["shares"] = TABLES["shares"].rstrip() + "\ncapacities,ovens,west,,1\n"
    build(tmp_path / "made", tables)
    tables["consumption"] = TABLES["consumption"].rstrip() + "\nbread,0.01\n"
    with pytest.raises(DataError) as error:
        build(tmp_path / "eaten", tables)
    assert [(f.code, f.value) for f in error.value.findings] == [("E219", "bread")]


def ranged(table: str, column: str, ranges: dict[str, tuple[float, float]]) -> str:
    """A table with a range in the rows that begin so, and none in the others."""
    head, *rows = TABLES[table].split()
    prefix = "" if column == "value" else f"{column}_"
    found = [next((ends for start, ends in ranges.items() if row.startswith(start)), ("", "")) for row in rows]
    lines = [f"{row},{low},{high}" for row, (low, high) in zip(rows, found, strict=True)]
    return "\n".join([f"{head},{prefix}low,{prefix}high", *lines])


@pytest.fixture(scope="module")
def uncertain(tmp_path_factory):
    shares = ranged("shares", "value", {"capacities,mines,west": (0.5, 0.7), "capacities,mines,east": (0.3, 0.5)})
    links, lines = ranged("links", "km", {"road": (40, 60)}), ranged("capacities", "initial", {"road": (4, 8)})
    tables = {**TABLES, "shares": shares, "links": links, "capacities": lines}
    return build(tmp_path_factory.mktemp("uncertain"), tables)


def test_at_a_corner_lines_move_and_shares_and_lengths_stay(uncertain):
    best = Arrays(uncertain.at_corner("optimistic")).tables
    plant = best["capacities"].set_index("capacity")["initial"]
    assert (plant["road"], plant["mines@west"]) == (8.0, 6.0)
    assert best["coefficients"].set_index(["activity", "item"])["value"]["coal@west>east", "tools"] == 1.0


def test_drawn_shares_still_share_out_the_whole(uncertain):
    rows = uncertain.tables["shares"]
    drawn = rows["value"].where(rows["item"] != "mines", 0.69)
    mines = Arrays(uncertain.with_numbers({("shares", "value"): drawn.to_numpy()})).tables["capacities"]
    plant = mines.set_index("capacity")["initial"]
    assert plant["mines@west"] == plant["mines@east"] == pytest.approx(5.0, rel=1e-15)


def test_units_that_run_as_wholes_are_not_laid_out(tmp_path):
    with pytest.raises(DataError) as error:
        build(tmp_path, {**TABLES, "runs": "activity,units,most\nmining,3,2\n"})
    assert {finding.code for finding in error.value.findings} == {"E209"}


@pytest.mark.parametrize(
    ("table", "text", "code", "column"),
    [
        ("expansions", "capacity,most\nmines,3", "E209", "capacity"),
        ("expansions", "capacity,region,least,most\nmines,west,5,3", "E123", "least"),
        ("carriage", "product,item,currency,per_km\ncoal,tools,pounds,1", "E207", "currency"),
        ("carriage", "product,per_km\ncoal,1", "E207", "product"),
        ("stocks", "product,carried\ntools,round", "E215", "carried"),
        ("bounds", "measure,item,region,period,sense,value\nactivity,coal,west>north,1,at_most,9", "E200", "item"),
        ("finance", "period,interest,unit\n*,-0.1,pounds", "E122", "interest"),
    ],
)
def test_units_hauls_and_stores_that_cannot_be_meant_are_named(tmp_path, table, text, code, column):
    with pytest.raises(DataError) as error:
        build(tmp_path, {**TABLES, table: text})
    assert (code, f"{table}.csv", column) in {(f.code, f.file, f.column) for f in error.value.findings}


def test_what_is_shared_out_adds_up_to_what_was_there(facts):
    stated = facts.economy.tables
    for table, column in (
        ("capacities", "initial"),
        ("supply", "value"),
        ("final_use", "value"),
        ("stocks", "initial"),
    ):
        laid = facts.tables[table][column].sum()
        assert laid == pytest.approx(stated[table][column].sum(), rel=1e-15), table
    persons = facts.households.persons[facts.codes("product", ["coal@west", "coal@east"])]
    assert persons.sum(axis=0) == pytest.approx(facts.households.population)


def test_what_is_the_same_everywhere_is_the_same(facts):
    rows = facts.tables["coefficients"]
    takes = {(a, i): v for a, i, v in zip(rows["activity"], rows["item"], rows["value"], strict=True)}
    assert takes["mining@west", "hands@west"] == 2.0
    assert takes["mining@east", "hands@east"] == 3.0
    assert takes["coal@west>east", "tools"] == 1.0  # 50 kilometres at 0.02


def test_an_economy_without_regions_is_left_alone():
    economy = load("two_goods")
    assert located(economy.tables, economy.periods) is economy.tables
    assert Arrays(economy).tables is economy.tables
    assert np.isfinite(planner.solve(economy, plan="ambitious").value)


def test_what_a_region_makes_of_a_pool_is_counted(facts, tmp_path):
    question = ask(tmp_path, 'families = ["material_balance", "target"]\n')
    economy = facts.economy.changed(["targets:plan=plan,measure=output,item=tools@east+west,period=2:value=3"])
    program = formulate(economy, question, "plan").program
    block = program.row_block["target"]
    row = block.positions["output", "tools@east+west", "2"]
    assert algebra(program, [row]) == [
        "target(output,tools,east_west,2): activity(forging,west,2) + activity(forging,east,2) - 3 attainment >= 0"
    ]


def test_what_a_region_sends_is_what_leaves_it_less_what_comes(tmp_path):
    """Hauls take tools, a pool; what they take is not sent."""
    question = ask(tmp_path, 'families = ["material_balance", "target"]\n')
    sent = TABLES["targets"].replace("output,coal,west,2,15", "sent,coal,west,2,15")
    program = formulate(build(tmp_path / "sent", {**TABLES, "targets": sent}), question, "plan").program
    row = program.row_block["target"].positions["sent", "coal@west", "2"]
    assert algebra(program, [row]) == [
        "target(sent,coal,west,2): activity(coal,west_east,2) - activity(coal,east_west,2) - 15 attainment >= 0"
    ]


def test_a_country_sends_nothing_to_itself(tmp_path):
    (tmp_path / "economy.toml").write_text(f'schema = 1\nextends = "{shipped("inputs").as_posix()}/two_goods"\n')
    (tmp_path / "targets.csv").write_text("plan,measure,item,period,value\nambitious,sent,corn,2,1\n")
    with pytest.raises(DataError) as error:
        load(tmp_path)
    assert {finding.code for finding in error.value.findings} == {"E200"}
