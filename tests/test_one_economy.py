"""One source of every answer: a change in memory and the same change in the files give the same tables of every verb."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.analysis.feasibility.backtest import backtest
from planner.analysis.feasibility.cases import rungs
from planner.analysis.frontier.feasible_set import quantity
from planner.analysis.frontier.frontier import frontier
from planner.analysis.frontier.near_optimal import near_optimal
from planner.analysis.sensitivity.study import examine
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.uncertainty import explore
from planner.answers.pose import derived, pose, question_about
from planner.cli import main
from planner.economy import DataError, Economy, load
from planner.economy.schema.columns import range_names
from planner.formulation import load_question
from planner.reporting.tables.frontier import frontier_table
from planner.shipped import shipped
from planner.solver.highs import Session
from tests.analysis.feasibility.judging import judged_table

FACTORS = {  # table: column, factor
    "supply": ("value", 1.25),
    "capacities": ("initial", 1.5),
    "coefficients": ("value", 0.75),
    "investment": ("value", 0.5),
    "trade": ("limit", 2.0),
    "final_use": ("value", 0.5),
    "consumption": ("per_head", 1.125),
    "targets": ("value", 1.25),
    "actuals": ("value", 0.875),
}


def in_memory(economy: Economy, tables: list[str]) -> Economy:
    """Numbers multiplied, their ranges with them."""
    made = dict(economy.tables)
    for table in tables:
        column, factor = FACTORS[table]
        made[table] = made[table].assign(**{c: made[table][c] * factor for c in (column, *range_names(column))})
    return replace(economy, tables=made)


def in_files(folder: Path, tables: list[str]) -> None:
    """The same in every file of the table, that of a scenario too."""
    for table in tables:
        column, factor = FACTORS[table]
        for file in folder.rglob(f"{table}.csv"):
            with file.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.DictReader(lines))
            for row in rows:
                row |= {c: repr(float(row[c]) * factor) for c in (column, *range_names(column)) if row.get(c)}
            with file.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.DictWriter(lines, rows[0])
                writer.writeheader()
                writer.writerows(rows)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "two_goods"))


def every_answer(economy: str | Economy, corner: str, scenario: str) -> dict[str, pd.DataFrame]:
    """Tables of every verb, by verb and name."""
    facts = derived(economy, scenario=scenario)
    here = facts.at_corner(corner)
    posed = pose(here)
    best = Session().solve(posed.program)
    x, y = (quantity(text, posed) for text in ("output:iron:2", "output:corn:2"))
    question = question_about(facts)
    drawn = explore([pose(facts)], Sampling(samples=8, seed=3), Cluster(workers=1)).outcomes[0]
    found = {
        "solve": planner.solve(here).tables,
        "assess": planner.assess(facts).tables,
        "sensitivity": examine(pose(here, model="attainment")).tables,
        "backtest": vars(backtest(here, question_about(here, "backtest"))),
        "others": {
            "ladder": judged_table(facts, question, rungs(facts, question, "all", None, None)),
            "frontier": frontier_table(frontier(posed, x, y, hold=0.5)),
            "near_optimal": near_optimal(posed, best),
            "draws": pd.DataFrame(drawn.shares).assign(value=drawn.value),
        },
    }
    return {f"{verb} {name}": table for verb, tables in found.items() for name, table in tables.items()}


@pytest.mark.parametrize(
    ("tables", "corner", "scenario"),
    [
        (["supply", "capacities"], "central", "base"),
        (["coefficients", "investment", "targets"], "optimistic", "base"),
        (list(FACTORS), "pessimistic", "open_trade"),
    ],
)
def test_a_change_in_memory_is_the_change_in_the_files(
    copy: Path, tables: list[str], corner: str, scenario: str
) -> None:
    changed = in_memory(load("two_goods", scenario=scenario), tables)
    in_files(copy, tables)
    one, two = every_answer(changed, corner, scenario), every_answer(copy.as_posix(), corner, scenario)
    unchanged = planner.solve("two_goods", corner=corner, scenario=scenario)
    assert not one["solve targets"].equals(unchanged.tables["targets"])
    assert list(one) == list(two)
    for name in one:
        pd.testing.assert_frame_equal(one[name], two[name], check_exact=True, obj=name)


def test_the_command_line_answers_the_same_from_the_files(copy: Path, tmp_path: Path) -> None:
    changed = in_memory(load("two_goods"), ["supply", "coefficients"])
    in_files(copy, ["supply", "coefficients"])
    for command, answer in (("solve", planner.solve(changed)), ("feasibility", planner.assess(changed))):
        out = tmp_path / command
        result = CliRunner().invoke(main, [command, str(copy), "--out", str(out), "--format", "json"])
        assert result.exit_code == 0
        answer.write(tmp_path / f"{command}-memory")
        written = sorted(file for file in out.glob("*") if file.suffix == ".csv" or file.name == "summary.json")
        assert len(written) > 5
        for file in written:
            there = tmp_path / f"{command}-memory" / file.name
            if file.name == "answer.csv":  # what was changed in memory is made again by no command
                here, there = (pd.read_csv(path).set_index("part")["says"] for path in (file, there))
                assert here.pop("to repeat").startswith(f"planner {command} {copy}")
                assert (
                    there.pop("to repeat")
                    == "Changed in memory, so that no command makes it again: coefficients, supply."
                )
                pd.testing.assert_series_equal(here, there)
            elif file.name != "data.csv":
                assert file.read_bytes() == there.read_bytes(), file.name


def test_a_hundredfold_economy_is_inside_by_far() -> None:
    """Every share and sentence is about the economy that was given, not about its files."""
    economy = load("two_goods")
    tables = dict(economy.tables)
    for name, column in (("supply", "value"), ("capacities", "initial")):
        columns = (column, *range_names(column))
        tables[name] = tables[name].assign(**{c: tables[name][c] * 100 for c in columns})
    answer = planner.assess(replace(economy, tables=tables), plan="ambitious")
    assert answer.found.attained.share == pytest.approx(98.684210526)
    assert answer.verdict == "inside"
    assert answer.found.attainment("central") == pytest.approx(answer.found.attained.share)
    assert "9868.4 %" in answer.summary["headline"]


@pytest.mark.parametrize("corner", ["optimistic", "pessimistic"])
def test_an_assessment_takes_all_corners_wherever_the_economy_stands(corner: str) -> None:
    one, two = planner.assess(load("two_goods", corner=corner)), planner.assess("two_goods")
    assert one.found.attained.share == pytest.approx(0.9)
    assert one.summary == two.summary
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], two.tables[name], check_exact=True)


ASKED = [
    {"changes": ["supply:resource=workers,period=*:value*=0.8"]},
    {"scenario": "open_trade"},
    {"corner": "optimistic"},
    {
        "corner": "pessimistic",
        "scenario": "open_trade",
        "changes": ["trade:product=corn,direction=export,period=*:limit=2"],
    },
    {"scenario": "base", "floor": "subsistence"},
]


@pytest.mark.parametrize("asked", ASKED, ids="-".join)
def test_a_loaded_economy_is_asked_like_its_name(asked: dict[str, object]) -> None:
    for economy in (load("two_goods"), load("two_goods", scenario="open_trade", corner="optimistic")):
        usual = {"scenario": "base", "corner": "central"} | asked
        one, two = planner.solve(economy, **usual), planner.solve("two_goods", **usual)
        assert one.summary == two.summary
        for name in one.tables:
            pd.testing.assert_frame_equal(one.tables[name], two.tables[name], check_exact=True)
    assert planner.solve(load("two_goods"), **asked).summary == planner.solve("two_goods", **asked).summary


def test_a_loaded_economy_stays_where_it_stands() -> None:
    sets = ("supply:resource=workers,period=*:value*=0.8",)
    economy = load("two_goods", scenario="open_trade", corner="optimistic", changes=sets)
    said = planner.solve(economy).summary
    assert (said["scenario"], said["corner"], said["changes"]) == ("open_trade", "optimistic", list(sets))
    more = ["capacities:capacity=furnaces:initial*=2"]
    assert planner.solve(economy, changes=more).summary["changes"] == [*sets, *more]


@pytest.mark.parametrize("wrong", [{"scenario": "dry"}, {"corner": "best"}, {"changes": ["supply:tin:value=1"]}])
def test_what_does_not_exist_is_refused_of_a_loaded_economy_too(wrong: dict[str, object]) -> None:
    said = []
    for economy in ("two_goods", load("two_goods")):
        with pytest.raises(DataError) as refused:
            planner.solve(economy, **wrong)
        said.append(refused.value.findings)
    assert said[0] == said[1]


# -- what happened, and what is left out ------------------------------------------------------------------------------


def soviet() -> Economy:
    """``ussr_1928`` with a remark exchanged: changed in memory, and the same numbers."""
    economy = load("ussr_1928")
    return replace(economy, tables={**economy.tables, "products": economy.tables["products"].assign(note="seen")})


def test_a_decomposition_against_a_scenario_that_cannot_be_had() -> None:
    asked = {"plan": "ffyp_minimum", "model": "heavy_industry", "years": 0}
    answer = planner.assess(soviet(), **asked)
    assert "decomposition" not in answer.tables
    [said] = answer.summary["left_out"]
    assert "products changed in memory" in said
    for economy, scenario, code in ((soviet(), "realised", "E185"), ("ussr_1928", "realized", "E160")):
        with pytest.raises(DataError) as refused:
            planner.assess(economy, against=scenario, **asked)
        assert [finding.code for finding in refused.value.findings] == [code]


def test_a_run_says_what_was_changed_in_memory_and_is_not_rebuilt(tmp_path: Path) -> None:
    economy = load("two_goods")
    tables = {**economy.tables, "supply": economy.tables["supply"].assign(note="seen")}
    for name, one, wanted in (("changed", replace(economy, tables=tables), ["supply"]), ("plain", economy, [])):
        run = planner.assess(one).write(tmp_path / name)
        inputs = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["inputs"]
        assert inputs["changed_in_memory"] == wanted
        assert inputs["files"] == dict(sorted(economy.files.items()))
    verify = CliRunner().invoke(main, ["verify", str(tmp_path / "changed")])
    assert (verify.exit_code, verify.stdout.splitlines()[-1]) == (0, "VERIFIED")
    rebuilt = CliRunner().invoke(main, ["verify", str(tmp_path / "changed"), "--rebuild"])
    assert rebuilt.exit_code == 3
    assert "supply of the economy changed in memory" in rebuilt.stdout
    assert CliRunner().invoke(main, ["verify", str(tmp_path / "plain"), "--rebuild"]).exit_code == 0


def test_a_run_names_the_files_of_every_scenario_it_read(tmp_path: Path) -> None:
    asked = ["feasibility", "two_goods", "--scenario", "all", "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    files = json.loads((tmp_path / "run/manifest.json").read_text(encoding="utf-8"))["inputs"]["files"]
    assert {"supply.csv", "scenarios/open_trade/trade.csv", "scenarios/open_trade/scenario.toml"} <= set(files)


def test_a_model_is_fingerprinted_as_it_was_read(tmp_path: Path) -> None:
    model = tmp_path / "mine.toml"
    model.write_text('extends = "attainment"\ntitle = "Mine"\n', encoding="utf-8")
    question = load_question(model)
    before = planner.solve("two_goods", model=question).manifest["inputs"]["models"]
    model.write_text("nothing of it is left", encoding="utf-8")
    assert planner.solve("two_goods", model=question).manifest["inputs"]["models"] == before
    assert set(before) == {"mine.toml", "attainment.toml", "five_year.toml"}


# -- names in results are those of what was asked ---------------------------------------------------------------------


@pytest.mark.parametrize("plan", ["ambitious", "all"])
def test_verdicts_carry_the_name_of_the_question(tmp_path: Path, plan: str) -> None:
    asked = ["feasibility", "two_goods", "--model", "growth", "--plan", plan, "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    table = pd.read_csv(tmp_path / "run/verdicts.csv")
    assert set(table["model"]) == {"growth"}
    assert set(table["annual"]) == {"no"}
    assert set(table["unit"]) == {"share of the planned growth"}


def test_a_year_by_itself_is_marked_beside_the_name_of_the_question() -> None:
    economy = load("ussr_1928")
    question = replace(load_question("heavy_industry"), name="mine")
    table = judged_table(economy, question, rungs(economy, question, "plan_1931", None, None))
    assert set(table["model"]) == {"mine"}
    assert table.drop_duplicates("annual")["annual"].tolist() == ["no", "yes"]
    assert table.groupby("annual")["attainment"].size().tolist() == [6, 6]


@pytest.mark.parametrize(("model", "unit"), [("five_year", "official figures"), ("growth", "planned growth")])
def test_shares_say_what_they_are_shares_of(model: str, unit: str) -> None:
    answer = planner.assess("two_goods", model=model)
    for name in ("verdicts", "leave_one_out", "horizon"):
        assert set(answer.tables[name]["unit"]) == {f"share of the {unit}"}
    assert answer.found.formulation.goal.unit == f"share of the {unit}"
