"""In which year figures could have been had, over economies in a row."""

import shutil

import numpy as np
import pandas as pd
import pytest

import planner
from planner.shipped import shipped
from tests.answers.chain.after import JOINT, LINES, written


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    return written(tmp_path_factory.mktemp("join"))


@pytest.fixture(scope="module")
def answer(after):
    return planner.join("two_goods", after, plan="ambitious")


def shares(answer) -> dict[tuple[str, str, str, str], float]:
    """Shares by economy, opening, plan and due date."""
    return answer.chain.set_index(["economy", "opening", "plan", "due"])["attainment"].to_dict()


def test_one_program_reaches_no_less_than_one_plan_after_the_other(after, answer, tmp_path):
    run = planner.solve("two_goods", model="kept", plan="ambitious").write(tmp_path / "run")
    chained = planner.solve(after, model="attainment", opening="run", source=run)
    together = answer.joined.set_index("due")["attainment"]
    assert chained.value <= together["4"] + 1e-9
    assert together["4"] >= together["3"] - 1e-9
    assert answer.value == next((due for due, share in together.items() if share >= 1.0), None)


def test_by_record_it_is_the_economy_by_itself_in_a_table_of_its_own(after, answer):
    alone = planner.solve(after, model="attainment", plan="ambitious").value
    assert shares(answer)["after", "record", "ambitious", "4"] == alone
    assert "opening" not in answer.joined


def test_what_a_plan_leaves_and_the_larger_of_both_stand_beside_the_record(after, answer, tmp_path):
    """As a run of the plan that had to keep what it found, and one after the other, would have it; own plans beside."""
    run = planner.solve("two_goods", model="kept", plan="ambitious").write(tmp_path / "run")
    found = shares(answer)
    for opening in ("run", "bound"):
        one = planner.solve(after, model="attainment", plan="ambitious", opening=opening, source=run)
        assert found["after", opening, "ambitious", "4"] == pytest.approx(one.value)
    assert found["after", "bound", "ambitious", "4"] >= max(
        found["after", one, "ambitious", "4"] for one in ("record", "run")
    )
    assert found["two_goods", "record", "ambitious", "2"] == pytest.approx(0.9)
    own = planner.load(after).default_plan
    assert {plan for _, _, plan, _ in found} == {"ambitious", own}
    table = answer.tables["chain_figures"]
    assert set(table["plan"]) == {"ambitious", own}
    assert table["by_run"].notna().any()


def test_it_is_made_anew(answer, tmp_path):
    run = answer.write(tmp_path / "run")
    assert planner.verify(run, rebuild=True).failures == ()
    table = run / "chain.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("ambitious", "anxious", 1), encoding="utf-8")
    assert any("chain.csv" in said for said in planner.verify(run, rebuild=True).failures)


def test_an_economy_that_cannot_begin_with_what_is_left_says_with_what(tmp_path):
    """A tenth of the farms: the record stands, the chain ends, and the item says why."""
    place = written(tmp_path, {**LINES, ("capacity", "farms"): "carried,0.1,"})
    chain = planner.join("two_goods", place, plan="ambitious").chain
    row = chain[(chain["opening"] == "run") & (chain["economy"] == "after")].iloc[0]
    assert (row["reached"], row["item"], row["period"]) == ("cannot begin", "farms", "3")
    assert np.isnan(row["attainment"])
    assert (chain[chain["opening"] != "run"]["reached"] != "cannot begin").all()


def test_figures_by_year(answer):
    table = answer.tables["chain_figures"]
    table = table[table["plan"] == "ambitious"].set_index(["item", "period"])
    assert table["official"]["iron", 4] == 40
    share = answer.joined.set_index("due")["attainment"]["4"]
    assert table["joined"]["iron", 4] == pytest.approx(40 * share)
    assert table["produced"]["iron", 2] == 32
    assert np.isnan(table["joined"]["iron", 1])
    assert list(answer.charts) == ["chain_figures"]


def test_each_figure_by_itself_over_the_joined_horizon(after, tmp_path):
    """What furnaces cannot make by 2 the later economy can by 4, or cannot either."""
    told = tmp_path / "two_goods"
    shutil.copytree(shipped("inputs") / "two_goods", told)
    rows = ["iron,little,20,t", "iron,much,40,t", "iron,huge,10000,t", "zeal,all,1,"]
    lines = [f"ambitious,{row},2,4,,no,\n" for row in rows]
    head = "plan,item,figure,value,unit,due,reached,source,verified,note\n"
    (told / "reached.csv").write_text(head + "".join(lines), encoding="utf-8")
    answer = planner.join(told, after, plan="ambitious")
    found = answer.tables["chain_reached"].set_index("figure")
    assert found["feasible"].to_dict() == {"little": "1", "much": "4", "huge": "after 4", "all": ""}
    none = planner.join(told, after, plan="ambitious", floor=3.0)
    assert set(none.joined["reached"]) == {"no plan"}
    assert "no plan keeps the floors and balances" in none.headline
    assert none.tables["chain_reached"].set_index("figure")["feasible"]["much"] == "no plan"


def test_periods_that_are_not_alike_leave_nothing_to_begin_with(after, tmp_path):
    assert "state" not in planner.solve("williams_power").tables
    place = written(tmp_path)
    (place / "periods.csv").write_text("period,length\n4,2\n", encoding="utf-8")
    with pytest.raises(planner.DataError, match="E214"):
        planner.join("two_goods", place, plan="ambitious")


def test_what_does_not_follow_is_refused_in_words(after, tmp_path):
    with pytest.raises(planner.DataError, match="E251"):
        planner.join("two_goods")
    with pytest.raises(planner.DataError, match="after follows two_goods"):
        planner.join("leontief", after)
    with pytest.raises(planner.DataError, match="E160"):
        planner.join("two_goods", after, scenario="open_trades")
    other = written(tmp_path, name="other", more=JOINT)
    toml = other / "economy.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("[opening]", 'default_scenario = "open_trade"\n\n[opening]'), encoding="utf-8")
    with pytest.raises(planner.DataError, match="other under open_trade"):
        planner.join("two_goods", other)


@pytest.mark.slow
def test_the_assignments_of_1929_over_three_packages():
    """From the record as the README of ussr_1932 has it; planned as one they could have been had first in 1937."""
    found = planner.join("ussr_1928", "ussr_1932", plan="raised_1929_12", scenario="realised", floor="actual")
    record = pd.Series({"1933": 0.143, "1934": 0.209, "1935": 0.484, "1936": 0.850, "1937": 0.996})
    each = {key: share for key, share in shares(found).items() if key[2] == "raised_1929_12" and key[0] == "ussr_1932"}
    alone = pd.Series({due: share for (_, opening, _, due), share in each.items() if opening == "record"})
    assert alone.round(3).to_dict() == record.to_dict()
    assert (found.joined.set_index("due")["attainment"] >= alone).all()
    assert found.value == "1937"
