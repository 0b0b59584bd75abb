"""Changes on the command line."""

from __future__ import annotations

from typing import Any

import pytest

from planner.economy import DataError, load

NUMBERS = ["price", "price_low", "price_high"]


def _trade(economy: Any, product: str, period: str) -> list[float]:
    frame = economy.tables["trade"]
    return frame.loc[(frame["product"] == product) & (frame["period"] == period), NUMBERS].iloc[0].round(12).tolist()


def test_equals_sets_the_value_and_closes_the_range(package: Any, written: Any) -> None:
    text = "trade:product=grain,direction=export,period=2002:price=0.045"
    economy = load(written(package), changes=[text])
    assert _trade(economy, "grain", "2002") == [0.045, 0.045, 0.045]
    assert _trade(economy, "grain", "2001") == [0.08, 0.06, 0.1]
    row = economy.tables["trade"].query("period == '2002' and product == 'grain'").iloc[0]
    assert (row["file"], row["row"], row["source"], row["verified"]) == ("--set", 1, f"--set {text}", "no")
    assert economy.sets == (text,)


def test_factor_and_amount_move_the_range_along(package: Any, written: Any) -> None:
    folder = written(package)
    assert _trade(load(folder, changes=["trade:product=grain:price*=2"]), "grain", "2001") == [0.16, 0.12, 0.2]
    assert _trade(load(folder, changes=["trade:product=grain:price += 0.01"]), "grain", "2001") == [0.09, 0.07, 0.11]


def test_fewer_keys_select_more_rows(package: Any, written: Any) -> None:
    folder = written(package)
    some = load(folder, changes=["supply:resource=labour:value=7"]).tables["supply"]
    assert some["value"].tolist().count(7.0) == 3
    assert load(folder, changes=["population:value=7"]).tables["population"]["value"].tolist() == [7.0] * 3
    star = load(folder, changes=["supply:resource=land,period=*:value=7"]).tables["supply"]
    assert star["value"].tolist().count(7.0) == 3


def test_changes_come_after_the_scenario_and_in_turn(package: Any, written: Any) -> None:
    sets = ["coefficients:item=land,from_period=:value*=2", "coefficients:item=land,from_period=:value+=1"]
    economy = load(written(package), scenario="dry", changes=sets, corner="optimistic")
    land = economy.tables["coefficients"].query("item == 'land' and from_period == ''").iloc[0]
    assert (round(land["value"], 12), round(land["central"], 12)) == (3.4, 3.8)


def test_end_of_a_range_and_a_word(package: Any, written: Any) -> None:
    sets = ["capacities:capacity=furnaces:initial_high=6", "targets:item=steel:hard=yes", "investment:year=1:value=0.5"]
    tables = load(written(package), changes=sets).tables
    assert tables["capacities"][["initial_low", "initial", "initial_high"]].iloc[0].tolist() == [3.5, 4.0, 6.0]
    assert tables["targets"]["hard"].iloc[0] == "yes"
    assert tables["investment"]["value"].tolist() == [0.5, 0.1, 0.5]


def test_all_keys_add_a_row(package: Any, written: Any) -> None:
    sets = ["pipeline:capacity=furnaces,period=2003:value=2", "final_use:product=coal,use=homes,period=*:value=1"]
    tables = load(written(package), changes=sets).tables
    assert tables["pipeline"][["period", "value"]].to_numpy().tolist() == [["2001", 0.5], ["2003", 2.0]]
    assert tables["final_use"]["product"].tolist().count("coal") == 3


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("price=3", "E164", "does not read"),
        ("trade:product=grain:price", "E164", "does not read"),
        ("trad:product=grain:price=3", "E164", 'Did you mean "trade"'),
        ("trade:produkt=grain:price=3", "E164", 'Did you mean "product"'),
        ("trade:product=grain,product=coal:price=3", "E164", "each once"),
        ("trade:product=grain:prise=3", "E164", 'Did you mean "price"'),
        ("trade:product=grain:product=3", "E164", "can be changed"),
        ("trade:product=grain:price=dear", "E164", "is not a number"),
        ("trade:product=grain:price=nan", "E164", "is not a number"),
        ("targets:item=steel:hard*=2", "E164", "holds words"),
        ("trade:product=grian:price=3", "E165", 'Did you mean "grain"'),
        ("trade:product=coal,direction=import,period=2001:price*=3", "E165", "="),
        ("trade:product=coal,direction=import,period=2001:limit=3", "E165", "would need price too"),
        ("trade:product=grain,period=2003:limit*=2", "E165", "no limit to change"),
        ("trade:product=grain:price=-1", "E122", "may not be negative"),
        ("supply:resource=labour,period=1999:value=1", "E140", "not among the periods"),
        ("supply:resource=iron,period=2001:value=1", "E104", "resources.csv"),
        ("coefficients:activity=coal_mining,item=steel:value=0.9", "E131", "no level of output"),
        ("targets:item=steel:sense=up", "E164", 'no column "sense" that can be changed'),
    ],
)
def test_refused(package: Any, written: Any, text: str, code: str, hint: str) -> None:
    with pytest.raises(DataError) as caught:
        load(written(package), changes=["population:value=99", text])
    (finding,) = caught.value.findings
    assert finding.code == code
    assert hint in finding.sentence
    assert (finding.file, finding.rows) == ("--set", (2,)) or code == "E131"
    assert "--set" in str(caught.value)
