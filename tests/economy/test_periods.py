"""The same cell is the same however its periods are spelled: within a file, over scenarios, and for single changes."""

from __future__ import annotations

from typing import Any

import pytest

from planner.economy import DataError, load
from planner.economy.findings import Finding

TARGETS = "plan,measure,item,period,value,sense,hard,scales,origin\n"


def found(folder: Any, **options: Any) -> list[Finding]:
    with pytest.raises(DataError) as caught:
        load(folder, **options)
    return list(caught.value.findings)


def targets(package: Any, *lines: str) -> None:
    package.files["targets.csv"] = TARGETS + "".join(f"{line}\n" for line in lines)


def cells(economy: Any, table: str = "targets") -> list[tuple[str, str, float]]:
    frame = economy.tables[table]
    return list(zip(frame["period"], frame.get("sense", frame["period"]), frame["value"], strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001", "2001..2001"),
        ("2001..2003", '"2001, 2002,2003"'),
        ('"2001,2003"', '"2003, 2001"'),
        ('"2001..2002"', '"2001,2002..2002"'),
    ],
)
def test_two_spellings_of_one_cell_are_found(package: Any, written: Any, one: str, other: str) -> None:
    targets(package, f"growth,output,steel,{one},5,,,,", f"growth,output,steel,{other},6,,,,")
    [finding] = found(written(package))
    assert (finding.code, finding.file, finding.rows) == ("E110", "targets.csv", (2, 3))
    assert "not by their spelling" in finding.sentence


def test_a_figure_and_the_sum_it_is_part_of_are_two(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2001,5,,,,", "growth,output,steel,2001..2003,16,,,,")
    assert cells(load(written(package))) == [("2001", "at_least", 5), ("2001..2003", "at_least", 16)]


def test_what_happened_twice_in_two_spellings(package: Any, written: Any) -> None:
    package.add("actuals.csv", "output,steel,2003..2003,official,4.6,Mt,")
    [finding] = found(written(package))
    assert (finding.code, finding.file, finding.rows) == ("E110", "actuals.csv", (5, 6))
    package.files["actuals.csv"] = package.text("actuals.csv").replace(
        "2003..2003,official,4.6", "2000..2000,later,4.6"
    )
    package.cell("actuals.csv", 6, "preferred", "yes")
    assert [finding.code for finding in found(written(package))] == ["E114"]


def test_from_the_first_period_on_is_from_no_period_in_particular(package: Any, written: Any) -> None:
    package.add("coefficients.csv", "coal_mining,steel,input,2001,0.06,,,Mt per Mt,,,")
    [finding] = found(written(package))
    assert (finding.code, finding.rows) == ("E110", (5, 12))


@pytest.mark.parametrize("table", ["supply", "final_use", "trade", "finance", "population"])
def test_tables_of_single_periods_take_no_lists(package: Any, written: Any, table: str) -> None:
    package.replace(f"{table}.csv", "*", "2001..2003")
    assert "E140" in {finding.code for finding in found(written(package))}


def test_a_corridor_is_two_rows_of_one_cell(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,2,at_least,yes,,", "growth,output,steel,2003..2003,5,at_most,yes,,")
    assert cells(load(written(package))) == [("2003", "at_least", 2), ("2003", "at_most", 5)]
    targets(package, "growth,output,steel,2003,2,at_most,yes,,", "growth,output,steel,2003..2003,5,at_most,yes,,")
    assert [finding.code for finding in found(written(package))] == ["E110"]


@pytest.mark.parametrize("sense", ["at_least", "at_most", ""])
def test_what_is_to_be_met_exactly_leaves_no_room_beside_it(package: Any, written: Any, sense: str) -> None:
    targets(package, "growth,output,steel,2003,2,exactly,,,", f"growth,output,steel,2003..2003,2,{sense},,,")
    [finding] = found(written(package))
    assert (finding.code, finding.rows) == ("E146", (2, 3))


def scenario(package: Any, *lines: str) -> None:
    package.files["scenarios/dry/targets.csv"] = TARGETS + "".join(f"{line}\n" for line in lines)


def test_a_scenario_replaces_the_cell_whatever_its_spelling(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,5,,,,", 'growth,export,grain,"2001,2003",4,,,,')
    scenario(package, "growth,output,steel,2003..2003,7,,,,", 'growth,export,grain,"2003, 2001",3,,,,')
    economy = load(written(package), scenario="dry")
    assert cells(economy) == [("2003", "at_least", 7), ("2001, 2003", "at_least", 3)]


def test_a_scenario_may_add_the_other_side_of_a_corridor(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,5,,,,")
    scenario(package, "growth,output,steel,2003,7,at_most,,,")
    assert cells(load(written(package), scenario="dry")) == [("2003", "at_least", 5), ("2003", "at_most", 7)]


def test_a_scenario_that_overlaps_in_part_is_refused(package: Any, written: Any) -> None:
    """A sum over 2001..2003 replaces neither the figure of 2003 nor that of 2002..2003."""
    targets(package, "growth,output,steel,2003,5,,,,", "growth,output,steel,2002..2003,9,,,,")
    scenario(package, "growth,output,steel,2001..2003,20,,,,", "growth,output,steel,2003,6,,,,")
    [finding] = found(written(package), scenario="dry")
    assert (finding.code, finding.file, finding.rows) == ("E145", "scenarios/dry/targets.csv", (2,))
    assert "2001..2003 over 2003, 2002..2003" in finding.sentence


def test_a_technique_of_a_scenario_replaces_the_one_that_holds_from_the_first_period(
    package: Any, written: Any
) -> None:
    package.files["scenarios/dry/coefficients.csv"] = (
        "activity,item,role,from_period,value\nfarming,land,resource,2001,1.4\n"
    )
    rows = load(written(package), scenario="dry").tables["coefficients"]
    land = rows[(rows["activity"] == "farming") & (rows["item"] == "land")]
    assert (land["from_period"].tolist(), land["value"].tolist()) == (["2001"], [1.4])


def change(package: Any, written: Any, text: str) -> Any:
    return load(written(package), changes=[text])


def test_a_change_selects_by_meaning(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,5,,,,", 'growth,export,grain,"2001,2003",4,,,,')
    economy = change(package, written, "targets:item=steel,period=2003..2003:value=7")
    assert cells(economy)[0] == ("2003", "at_least", 7)
    economy = change(package, written, "targets:item=grain,period=2003,2001:value*=2")
    assert cells(economy)[1] == ("2001, 2003", "at_least", 8)
    economy = change(package, written, "coefficients:activity=farming,item=land,from_period=2001:value=2")
    rows = economy.tables["coefficients"]
    assert rows.loc[(rows["item"] == "land"), ["from_period", "value"]].to_numpy().tolist() == [["", 2.0]]


def test_a_change_tells_the_sides_of_a_corridor_apart(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,2,at_least,,,", "growth,output,steel,2003,5,at_most,,,")
    economy = change(package, written, "targets:item=steel,sense=at_most:value=9")
    assert cells(economy) == [("2003", "at_least", 2), ("2003", "at_most", 9)]


def test_a_change_that_overlaps_in_part_is_refused(package: Any, written: Any) -> None:
    targets(package, "growth,output,steel,2003,5,,,,")
    for sign in ("=", "*="):
        text = f"targets:plan=growth,measure=output,item=steel,period=2002..2003:value{sign}7"
        [finding] = found(written(package), changes=[text])
        assert (finding.code, finding.file) == ("E145", "--set")
        assert "No row of targets is for 2002..2003, but there is one for 2003." in finding.sentence
    economy = change(package, written, "targets:plan=growth,measure=output,item=steel,period=2001..2002:value=7")
    assert cells(economy) == [("2003", "at_least", 5), ("2001..2002", "at_least", 7)]


def test_a_cap_alone_can_scale(package: Any, written: Any) -> None:
    targets(
        package,
        "growth,output,steel,2003,5,at_least,no,yes,",
        "growth,output,coal,2003,5,at_most,yes,yes,",
        "growth,output,grain,2003,5,exactly,no,yes,",
    )
    assert [(finding.code, finding.rows) for finding in found(written(package))] == [("E147", (2,)), ("E147", (3,))]


def test_origins(package: Any, written: Any) -> None:
    """What is said to be taken over must be there; a plan does not extend itself; an origin is a plan."""
    lines = [
        "growth,output,steel,2003,5,,,,",
        "bare,output,steel,2003..2003,5,,,,growth",
        "bare,output,coal,2003,5,,,,growth",
    ]
    targets(package, *lines)
    [finding] = load(written(package)).warnings
    assert (finding.code, finding.rows) == ("W142", (4,))
    assert "output coal 2003 of growth" in finding.sentence
    package.files["plans.csv"] = "plan,title,decided_on,extends\ngrowth,Growth,2000-11,bare\nbare,,,growth\n"
    assert [(finding.code, finding.rows) for finding in found(written(package))] == [("E148", (2,)), ("E148", (3,))]
    package.files["plans.csv"] = "plan,title,decided_on,extends\ngrowth,Growth,2000-11,\nbare,,,growht\n"
    targets(package, *lines[:2], "bare,output,coal,2003,5,,,,grown")
    assert {(finding.code, finding.value) for finding in found(written(package))} == {
        ("E104", "growht"),
        ("E104", "grown"),
    }


@pytest.mark.parametrize("word", ["yes", "reconstructed", "derived", "recalled", "no", ""])
def test_words_of_verified(package: Any, written: Any, word: str) -> None:
    for file in ("products.csv", "coefficients.csv", "targets.csv", "actuals.csv", "plans.csv"):
        package.cell(file, 2, "verified", word)
    economy = load(written(package))
    assert economy.tables["targets"]["verified"].iloc[0] == word


def test_other_words_of_verified_are_refused_in_every_table(package: Any, written: Any) -> None:
    tables = [file for file in package.files if file.endswith(".csv") and "/" not in file]
    for file in tables:
        package.cell(file, 2, "verified", "inferred")
    assert {(f.code, f.file) for f in found(written(package)) if f.column == "verified"} == {
        ("E125", file) for file in tables
    }
