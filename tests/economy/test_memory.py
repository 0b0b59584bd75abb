"""One economy: what follows from a loaded one in memory is what loading gives, and what is changed in memory is checked."""

from __future__ import annotations

import csv
import io
import pickle
import shutil
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

import planner
from planner.economy import DataError, Economy, load
from planner.economy.corner import CORNERS
from planner.economy.opening_position import year_before
from planner.economy.schema import TABLES
from planner.economy.schema.columns import range_names
from planner.shipped import shipped

SHIPPED = sorted(path.parent.name for path in shipped("inputs").glob("*/economy.toml"))
CASES = [(name, scenario) for name in SHIPPED for scenario in ("base", *load(name, scenario="base").scenarios)]
WORKERS = "supply:resource=workers,period=*:value*=1.1"


@cache
def loaded(name: str, scenario: str, corner: str) -> Economy:
    return load(name, scenario=scenario, corner=corner)


def same(one: Economy, other: Economy) -> None:
    """To the last bit, with the same columns in the same order."""
    assert list(one.tables) == list(other.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True, obj=name)
    assert (one.scenario, one.corner, one.sets, one.warnings) == (
        other.scenario,
        other.corner,
        other.sets,
        other.warnings,
    )
    assert one == other
    assert hash(one) == hash(other)


def changed(economy: Economy, table: str, **columns: Any) -> Economy:
    """The economy with columns of a table exchanged in memory."""
    return replace(economy, tables={**economy.tables, table: economy.tables[table].assign(**columns)})


def codes(error: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


# -- corners, scenarios and changes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "scenario"), CASES)
def test_every_corner_from_every_other(name: str, scenario: str) -> None:
    for here in CORNERS:
        for there in CORNERS:
            same(loaded(name, scenario, here).at_corner(there), loaded(name, scenario, there))


@pytest.mark.parametrize(("name", "scenario"), CASES)
def test_every_scenario_from_the_base_at_every_corner(name: str, scenario: str) -> None:
    for corner in CORNERS:
        same(loaded(name, "base", corner).in_scenario(scenario), loaded(name, scenario, corner))
    same(loaded(name, scenario, "central").in_scenario("base"), loaded(name, "base", "central"))


def test_changes_are_laid_over_whatever_scenario_and_one_after_the_other() -> None:
    both = [WORKERS, "capacities:capacity=furnaces:initial=25"]
    wanted = load("two_goods", scenario="open_trade", corner="optimistic", changes=both)
    same(load("two_goods", changes=both).in_scenario("open_trade").at_corner("optimistic"), wanted)
    same(
        load("two_goods").changed(both[:1]).at_corner("optimistic").in_scenario("open_trade").changed(both[1:]), wanted
    )
    same(load("two_goods").changed(WORKERS), load("two_goods", changes=[WORKERS]))  # a text alone is one change
    assert load("two_goods").changed([]) == load("two_goods")


def test_files_may_change_or_go_once_they_are_read(package: Any, written: Any) -> None:
    folder = written(package)
    economy, dry = (
        load(folder),
        load(folder, scenario="drier", corner="pessimistic", changes=["supply:period=*:value*=2"]),
    )
    (folder / "supply.csv").write_text("resource,period,value\nlabour,*,1\n", encoding="utf-8")
    same(economy.in_scenario("drier").at_corner("pessimistic").changed("supply:period=*:value*=2"), dry)
    shutil.rmtree(folder)
    same(economy.in_scenario("drier").at_corner("pessimistic").changed("supply:period=*:value*=2"), dry)
    assert economy.scenarios == ("dry", "drier")


def test_what_is_wrong_with_another_scenario_is_said_when_it_is_asked_for(package: Any, written: Any) -> None:
    package.add("scenarios/drier/final_use.csv", "tin,cans,2001,1")
    economy = load(written(package))
    with pytest.raises(DataError) as wrong:
        economy.in_scenario("drier")
    assert codes(wrong) == ["E104"]
    with pytest.raises(DataError, match='Did you mean "drier"') as wrong:
        economy.in_scenario("drie")
    assert codes(wrong) == ["E160"]
    with pytest.raises(DataError, match='Did you mean "optimistic"') as wrong:
        economy.at_corner("optimist")
    assert codes(wrong) == ["E163"]


@pytest.mark.parametrize("plan", ["control_figures_1929_30", "plan_1931", "plan_1932"])
def test_the_corners_of_a_year_are_the_years_of_the_corners(plan: str) -> None:
    year = year_before(loaded("ussr_1928", "plan_assumptions", "central"), plan)
    assert year.modified == ()
    assert year_before(year, plan) is year
    for corner in CORNERS:
        same(year.at_corner(corner), year_before(loaded("ussr_1928", "plan_assumptions", corner), plan))
    same(year.in_scenario("realised"), year_before(loaded("ussr_1928", "realised", "central"), plan))


# -- what is changed in memory ----------------------------------------------------------------------------------------


def test_the_tables_of_a_loaded_economy_cannot_be_written_over() -> None:
    economy = load("two_goods")
    with pytest.raises(ValueError, match="read-only"):
        economy.tables["supply"].loc[0, "value"] = 1e9
    with pytest.raises(TypeError):
        economy.tables["supply"] = economy.tables["trade"]  # type: ignore[index]
    assert economy == load("two_goods")
    economy.tables["targets"].loc[0, "sense"] = "at_most"  # words are not held so fast, but no change of them is lost
    assert economy.modified == ("targets",)


def test_a_plain_frame_in_place_of_a_table_has_its_defaults_and_no_column_is_ignored() -> None:
    facts = load("two_goods", corner="optimistic")
    frame = pd.DataFrame(
        {"plan": "ambitious", "measure": "output", "item": ["iron", "corn"], "period": "2", "value": [40.0, 72.0]}
    )
    plain = replace(facts, tables={**facts.tables, "targets": frame}).settled()
    assert plain.tables["targets"]["weight"].tolist() == [1.0, 1.0]
    assert plain.tables["targets"]["sense"].tolist() == ["at_least", "at_least"]
    for wrong, said in (
        (frame.rename(columns={"item": "itme"}), ["E105", "E186"]),
        (frame.assign(wieght=0.0), ["E105"]),
    ):
        with pytest.raises(DataError) as refused:
            replace(facts, tables={**facts.tables, "targets": wrong}).settled()
        assert codes(refused) == said


@pytest.mark.slow
def test_whole_projects_and_the_diagnosis_are_of_the_economy_that_was_given(package: Any, written: Any) -> None:
    """A pipeline three times as large and half the supply, in memory and in the files."""
    mine = load(written(package))
    for table, factor in (("pipeline", 3.0), ("supply", 0.5)):
        numbers = {name: mine.tables[table][name] * factor for name in ("value", *range_names("value"))}
        mine = changed(mine, table, **numbers)
    package.files["pipeline.csv"] = "capacity,period,value\nfurnaces,2001,1.5\n"
    header, *rows = list(csv.DictReader(io.StringIO(package.text("supply.csv"))))
    halved = [
        {**row, **{name: repr(float(row[name]) / 2) for name in ("value", "low", "high") if row[name]}}
        for row in (header, *rows)
    ]
    package.files["supply.csv"] = pd.DataFrame(halved).to_csv(index=False)
    files = written(package)
    one, two = (planner.projects(economy, corner="optimistic", gap=0.0) for economy in (mine, files))
    assert one.summary["value"] == two.summary["value"]
    assert list(one.tables) == list(two.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], two.tables[name], check_exact=True, obj=name)
    asked = {"model": "attainment", "changes": ["supply:resource=land,period=*:value*=0.01"]}
    told = [planner.diagnose(planner.pose(economy, **asked).program).document for economy in (mine, files)]
    assert told[0]["verdict"] == "infeasible"
    assert told[0] | {"seconds": 0} == told[1] | {"seconds": 0}


def test_whoever_gave_the_tables_may_go_on_with_them() -> None:
    mine = load("two_goods").tables["supply"].copy()
    economy = replace(load("two_goods"), tables={**load("two_goods").tables, "supply": mine})
    mine.loc[0, "value"] = 1e9
    assert economy == load("two_goods")


def test_equality_is_of_facts(package: Any, written: Any, tmp_path: Any) -> None:
    folder = written(package)
    shutil.copytree(folder, tmp_path / "elsewhere" / "toy")
    economy = load(folder)
    assert {economy: 1}[load(tmp_path / "elsewhere" / "toy")] == 1
    assert economy != changed(economy, "supply", value=economy.tables["supply"]["value"] + 1)
    assert economy != economy.at_corner("optimistic")
    assert economy != "toy"
    assert replace(economy).known is not economy.known


def test_a_number_without_a_range_stays_one_when_it_is_changed_alone() -> None:
    economy = load("two_goods")
    supply = economy.tables["supply"]["value"] * 2
    other = changed(economy, "supply", value=supply).settled()
    assert other.modified == ("supply",)
    for column in ("low", "high", "central", "value"):
        assert other.tables["supply"][column].tolist() == supply.tolist()
    for corner in CORNERS:
        assert other.at_corner(corner).tables["supply"]["value"].tolist() == supply.tolist()


def test_a_number_with_a_range_becomes_the_centre_and_keeps_its_ends() -> None:
    economy = load("two_goods")
    frame = economy.tables["coefficients"]
    ranged = (frame["low"] < frame["high"]).to_numpy()
    assert ranged.any()
    inside = np.where(ranged, (frame["low"] + frame["high"] * 3) / 4, frame["value"])
    other = changed(economy, "coefficients", value=inside)
    assert (
        other.at_corner("optimistic").tables["coefficients"]["value"].tolist()
        == economy.at_corner("optimistic").tables["coefficients"]["value"].tolist()
    )
    assert (
        other.at_corner("optimistic").at_corner("central").tables["coefficients"]["value"].tolist() == inside.tolist()
    )


@pytest.mark.parametrize(
    ("corner", "table", "columns", "code", "said"),
    [
        ("central", "coefficients", {"value": lambda f: f["high"] * 2}, "E123", "below value"),
        ("central", "supply", {"value": -1.0}, "E122", "may not be negative"),
        ("central", "supply", {"value": np.inf, "low": 1.0}, "E121", "too large"),
        ("central", "supply", {"value": "many"}, "E186", "no number"),
        ("central", "supply", dict.fromkeys(("value", "low", "high"), np.nan), "E111", "needs value"),
        ("central", "activities", {"product": ""}, "E111", "needs product"),
        ("central", "supply", {"resource": "robots"}, "E104", "robots"),
        ("central", "targets", {"sense": "about"}, "E125", "about"),
        ("optimistic", "coefficients", {"value": lambda f: f["value"] / 2}, "E186", "central corner"),
    ],
)
def test_what_would_be_wrong_in_a_file_is_wrong_in_memory(
    corner: str, table: str, columns: dict[str, Any], code: str, said: str
) -> None:
    economy = load("two_goods", corner=corner)
    other = changed(economy, table, **columns)
    for derive in (other.settled, lambda: other.at_corner("pessimistic"), lambda: other.changed([WORKERS])):
        with pytest.raises(DataError) as wrong:
            derive()
        assert code in codes(wrong)
        assert said in str(wrong.value)


def test_tables_that_are_no_longer_whole() -> None:
    economy = load("two_goods")
    for tables, said in (
        ({name: frame for name, frame in economy.tables.items() if name != "supply"}, 'no table "supply"'),
        ({**economy.tables, "tin": economy.tables["supply"]}, "no such table"),
        ({**economy.tables, "supply": economy.tables["supply"].drop(columns="value")}, '"value" is absent'),
    ):
        with pytest.raises(DataError, match=said) as wrong:
            replace(economy, tables=tables).settled()
        assert codes(wrong) == ["E186"]


def test_what_can_be_filled_in_is_filled_in() -> None:
    """Provenance, defaults and ends of ranges may be left out; rows may be added."""
    economy = load("two_goods")
    bare = economy.tables["supply"][["resource", "period", "value"]]
    other = replace(economy, tables={**economy.tables, "supply": bare}).settled()
    assert other.tables["supply"]["high"].tolist() == bare["value"].tolist()
    assert other.tables["supply"]["file"].tolist() == ["supply.csv"] * len(bare)
    more = pd.concat([economy.tables["stocks"], pd.DataFrame({"product": ["corn"], "initial": [5.0]})])
    stocks = replace(economy, tables={**economy.tables, "stocks": more}).settled().tables["stocks"]
    assert stocks[["initial", "initial_low", "spoilage"]].to_numpy().tolist() == [[5.0, 5.0, 0.0]]


def test_another_scenario_after_a_change_in_memory_is_refused() -> None:
    economy = load("ussr_1928")
    other = changed(economy, "supply", note="seen").at_corner("optimistic")
    assert other.modified == ("supply",)
    with pytest.raises(DataError) as wrong:
        other.in_scenario("realised")
    assert codes(wrong) == ["E185"]
    said = wrong.value.findings[0].sentence
    assert said.startswith("supply was changed in memory")
    assert "economy.changed([...])" in said
    assert other.in_scenario("plan_assumptions") is other
    horizon = replace(economy, periods=economy.periods[:-1])
    assert horizon.modified == ("periods",)
    with pytest.raises(DataError):
        horizon.in_scenario("realised")
    made = replace(economy, origin=None)
    with pytest.raises(DataError, match="put together in memory") as wrong:
        made.in_scenario("realised")
    assert codes(wrong) == ["E185"]


def test_changes_after_a_change_in_memory() -> None:
    """The same rows, whether a change comes before or after tables were exchanged."""
    economy = load("two_goods")
    doubled = economy.tables["capacities"].filter(like="initial") * 2
    more = ["supply:resource=workers,period=*:value*=1.1"]
    after = changed(economy, "capacities", **doubled).changed(more)
    before = changed(economy.changed(more), "capacities", **doubled).settled()
    assert after.sets == tuple(more)
    for name in TABLES:
        pd.testing.assert_frame_equal(after.tables[name], before.tables[name], check_exact=True)
    with pytest.raises(DataError) as wrong:
        changed(economy, "capacities", **doubled).changed(["supply:resource=robots:value*=2"])
    assert codes(wrong) == ["E165"]


@pytest.mark.parametrize(("name", "scenario"), CASES)
def test_what_nobody_changed_is_in_order(name: str, scenario: str) -> None:
    """Exchanging a remark makes everything be checked again, and nothing else comes of it."""
    economy = loaded(name, scenario, "central")
    again = changed(economy, "products", note="seen").settled()
    assert set(again.warnings) == set(economy.warnings)
    for table in set(TABLES) - {"products"}:
        pd.testing.assert_frame_equal(again.tables[table], economy.tables[table], check_exact=True)


def test_everything_survives_a_journey_to_another_process() -> None:
    economy = load("two_goods", scenario="open_trade")
    again = pickle.loads(pickle.dumps(economy))
    same(again, economy)
    same(again.at_corner("optimistic").in_scenario("base"), load("two_goods", corner="optimistic"))
