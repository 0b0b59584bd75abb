"""Facts that a question does not read are named, wherever it is asked; those it leaves out on purpose are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from planner.economy import DataError, Economy
from planner.formulation import FAMILIES, formulate, load_question
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\ncorn,t\niron,t",
    "activities": "activity,product\nfarming,corn\nsmelting,iron",
    "coefficients": (
        "activity,item,role,value\nfarming,hands,resource,1\nfarming,land,resource,1\nfarming,fields,capacity,1\n"
        "smelting,corn,input,0.5\nsmelting,skilled,resource,1"
    ),
    "capacities": "capacity,unit,initial,gestation,growth_limit\nfields,t,20,1,0.1",
    "pipeline": "capacity,period,value\nfields,2,1",
    "investment": "capacity,item,year,value\nfields,iron,1,0.1",
    "resources": "resource,unit,kind\nhands,persons,labour\nskilled,persons,labour\nland,ha,land",
    "supply": "resource,period,value\nhands,*,30\nskilled,*,5\nland,*,15",
    "training": "to_resource,from_resource,periods,growth_limit\nskilled,hands,1,0.1",
    "final_use": "product,use,period,value\ncorn,towns,*,1",
    "consumption": "product,per_head,flexible\ncorn,0.1,0.5",
    "population": "period,value\n*,30",
    "stocks": "product,initial,limit\ncorn,1,2",
    "trade": "product,direction,period,price,limit\niron,import,*,2,5\ncorn,export,*,1,5",
    "finance": "period,other_payments,debt_limit\n*,1,1",
    "plans": "plan\nplan\nother",
    "targets": "plan,measure,item,period,value,hard\nplan,output,iron,2,4,no\nplan,output,corn,2,8,yes",
}
READ = {
    "material_balance": "value of final_use.csv (corn towns); value of coefficients.csv (smelting corn input)",
    "capacity": "initial of capacities.csv (fields)",
    "capacity_accumulation": "initial of capacities.csv (fields); value of pipeline.csv (fields)",
    "growth_limit": "growth_limit of capacities.csv (fields)",
    "labour": "value of supply.csv (hands and skilled)",
    "resource": "value of supply.csv (land)",
    "training": "periods of training.csv (skilled hands)",
    "foreign_exchange": "price of trade.csv (iron import and corn export); credit of finance.csv",
    "consumption_floor": "per_head of consumption.csv (corn)",
    "stock": "limit of stocks.csv (corn)",
    "target": "value of targets.csv (plan output corn at_least)",
}
OBJECTIVE = 'objective = "own"\n[own]\nterms = [{ measure = "output", item = "iron", period = "2" }]'


def asking(folder: Path, *without: str, more: str = "") -> str:
    """A model file of every family but some, with more keys, of the file or in tables of their own."""
    families = [name for name in READ if name not in without]
    first, last = ("", more) if more.startswith("[") else (more, "")
    question(folder, f"families = {json.dumps(families)}\n{first}\n{OBJECTIVE}\n{last}")
    return str(folder / "asked.toml")


@pytest.fixture
def economy(tmp_path: Path) -> Economy:
    return build(tmp_path / "economy", TABLES)


def test_every_family_that_reads_facts_alone_is_among_those_tried() -> None:
    assert {family.name for family in FAMILIES.values() if family.alone} == set(READ)
    assert all(bool(family.alone) == bool(family.without) for family in FAMILIES.values())


@pytest.mark.parametrize("family", READ)
def test_facts_of_a_family_left_out_are_named(family: str, economy: Economy, tmp_path: Path) -> None:
    asked = load_question(asking(tmp_path, family))
    (finding,) = formulate(economy, asked, "plan").warnings
    assert (finding.code, finding.file, finding.column, finding.value) == ("W125", "asked.toml", "families", family)
    assert f"these are not read: {READ[family]}. That means that {FAMILIES[family].without}." in finding.sentence


def test_a_question_of_every_family_has_no_word(economy: Economy, tmp_path: Path) -> None:
    assert formulate(economy, load_question(asking(tmp_path)), "plan").warnings == ()


@pytest.mark.parametrize("family", READ)
def test_an_economy_without_such_facts_has_no_word(family: str, tmp_path: Path) -> None:
    tables = {name: TABLES[name] for name in ("products", "activities")}
    tables["coefficients"] = "activity,item,role,value\nfarming,corn,input,0.1\nsmelting,iron,input,0.1"
    found = formulate(build(tmp_path / "bare", tables), load_question(asking(tmp_path, family)), "").warnings
    assert [warning.value for warning in found] == (["material_balance"] if family == "material_balance" else [])


def test_what_is_left_out_on_purpose_is_not_named(economy: Economy, tmp_path: Path) -> None:
    asked = load_question(asking(tmp_path, "stock", "labour", more='leaves_out = ["labour"]'))
    assert [warning.value for warning in formulate(economy, asked, "plan").warnings] == ["stock"]


def test_what_is_left_out_must_be_a_family(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='Did you mean "labour"'):
        load_question(asking(tmp_path, "labour", more='leaves_out = ["labor"]'))


def test_only_figures_of_the_plan_asked_that_hold_in_full_are_missed(economy: Economy, tmp_path: Path) -> None:
    asked = load_question(asking(tmp_path, "target"))
    assert formulate(economy, asked, "other").warnings == formulate(economy, asked).warnings == ()


def test_growth_from_an_unknown_base(economy: Economy, tmp_path: Path) -> None:
    asked = load_question(asking(tmp_path, more='[targets]\nbasis = "growth"'))
    (finding,) = formulate(economy, asked, "plan").warnings
    assert (finding.code, finding.file) == ("W129", "actuals.csv")
    assert "no preferred figure for output iron: all of the figure counts as growth" in finding.sentence
    known = {"actuals": "measure,item,period,series,value,preferred\noutput,iron,0,statistics,0,yes"}
    assert formulate(build(tmp_path / "known", TABLES | known), asked, "plan").warnings == ()


def test_every_way_of_asking_says_it(economy: Economy, tmp_path: Path) -> None:
    """In Python, on the screen, in the summary and in the manifest."""
    model, said = asking(tmp_path, "foreign_exchange"), "imports cost nothing and need not be paid for"
    (finding,) = planner.solve(economy, model=model, plan="plan").warnings
    assert said in finding.sentence
    out = tmp_path / "run"
    arguments = ["solve", str(tmp_path / "economy"), "--model", model, "--plan", "plan", "--out", str(out)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    assert "W125" in result.stderr
    assert said in " ".join(result.stderr.split())
    assert said not in " ".join(result.stdout.split())
    for file in ("summary.json", "manifest.json"):
        (warning,) = json.loads((out / file).read_text())["warnings"]
        assert (warning["code"], warning["place"]) == ("W125", "column families")
        assert said in warning["says"]


def test_it_is_said_of_an_empty_set_too(tmp_path: Path) -> None:
    build(tmp_path / "economy", TABLES | {"final_use": "product,use,period,value\ncorn,towns,*,99"})
    model = asking(tmp_path, "stock")
    result = CliRunner().invoke(
        main, ["solve", str(tmp_path / "economy"), "--model", model, "--out", str(tmp_path / "run")]
    )
    assert result.exit_code == 4
    assert "nothing limits what can be kept" in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["two_goods", "leontief", "williams", "ussr_1928"])
def test_shipped_questions_have_no_word_about_the_economies_they_are_for(name: str) -> None:
    facts = planner.load(name)
    own = {"leontief": ["leontief"], "williams": ["williams_capacity", "williams_employment", "williams_output"]}
    usual = ["five_year", "attainment", "growth", "promised", "sustained", "consumption", "projects"]
    for model in own.get(name, usual):
        asked = load_question(model)
        found = formulate(facts, asked, facts.default_plan or "").warnings
        assert [warning for warning in found if warning not in facts.warnings] == [], model
