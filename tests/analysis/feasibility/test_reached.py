"""Three years of a figure: due, first feasible for one enterprise that gives up all else, and in fact reached."""

import pandas as pd

import planner
from planner.analysis.feasibility.reached import when_reached
from planner.answers.backtest import facts_of
from planner.answers.pose import question_about
from planner.economy import load
from planner.reporting.dictionary.glossary import RESULTS


def posed(*rows: tuple[str, str, float, str, str]) -> pd.DataFrame:
    facts = facts_of("two_goods")
    columns = load("two_goods").tables["reached"].columns
    frame = pd.DataFrame(rows, columns=["item", "figure", "value", "due", "reached"])
    frame = frame.assign(plan=facts.tables["plans"]["plan"].iloc[0], unit="t", source="", verified="no")
    economy = facts.with_tables({"reached": frame.reindex(columns=columns)})
    return when_reached(economy, question_about(economy, "backtest")).set_index("figure")


def test_first_period_in_which_as_much_could_be_made() -> None:
    facts = facts_of("two_goods")
    found = posed(
        ("iron", "little", 0.1, "2", "1"), ("iron", "huge", 1e4, "2", "9"), ("cattle", "other", 1.0, "2", "about 5")
    )
    assert found["feasible"].tolist() == [facts.periods[0], f"after {facts.periods[-1]}", ""]
    assert found["late"].tolist() == ["in time", "later", "no year known"]


def test_the_table_is_always_there() -> None:
    assert planner.backtest("two_goods").tables["backtest_reached"].empty
    assert {"figure", *posed(("iron", "much", 1e-3, "2", "2")).columns} == set(RESULTS["backtest_reached"][1])
