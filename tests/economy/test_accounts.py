"""Accounts of households: the base period closes, lines lie between what is stated, and what cannot be used is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from planner.economy import DataError, Economy
from planner.economy.accounts.households import EARNED, LINES, HouseholdAccounts
from planner.economy.schema.accounts import HAPPENED
from planner.formulation import formulate
from tests.formulation.build import build, question, sections

CASE = Path(__file__).parents[1] / "formulation" / "cases" / "money_balance.txt"
Spoil = Callable[[dict[str, str]], object]


@pytest.fixture
def tables() -> dict[str, str]:
    """The tables of the golden case: 20 weavers of 26 crowns' worth of wage earners, farms as residual."""
    case = sections(CASE.read_text(encoding="utf-8"))
    return {name: text for name, text in case.items() if name.isidentifier() and name != "question"}


def accounts(economy: Economy, **numbers: np.ndarray) -> HouseholdAccounts:
    return HouseholdAccounts(economy.tables, economy.base_period, economy.periods, numbers)


def left(found: HouseholdAccounts, account: str, at: int) -> np.ndarray:
    amounts = {line: found.amount(account, line, at) for line in LINES}
    return sum((1 if line in EARNED else -1) * amount for line, amount in amounts.items())


def test_the_base_period_closes_to_the_last_digit_whatever_is_drawn(tables: dict[str, str], tmp_path: Path) -> None:
    economy = build(tmp_path / "e", tables)
    rows = economy.tables["incomes"]["value"].to_numpy(dtype=float)
    drawn = rows * np.random.default_rng(3).uniform(0.5, 2.0, (40, len(rows)))
    for found in (accounts(economy), accounts(economy, incomes=drawn)):
        assert left(found, HAPPENED, -1) == pytest.approx(30.0, abs=1e-12)


def test_an_account_lies_on_straight_lines_and_ends_where_it_ends(tables: dict[str, str], tmp_path: Path) -> None:
    economy = build(tmp_path / "e", tables | {"incomes": tables["incomes"].replace("plan,farms,2", "plan,farms,1")})
    found = accounts(economy)
    assert found.amount("plan", "farm", 0) == 20.0
    assert found.amount("plan", "farm", 1) is None
    assert found.rate("plan", 0) == {"weavers": 1.5}
    assert found.uncounted("plan", 1) == 12.0
    assert found.price("plan", 0) == pytest.approx(0.9)
    economy = build(tmp_path / "m", tables)
    asked = question(tmp_path / "q", 'families = ["material_balance", "money_balance", "target"]')
    block = formulate(economy, asked, "plan").program.row_block["money_balance"]
    assert list(block.keys[0]) == ["1", "2"]
    assert set(block.unit) == {"crowns"}


def test_a_wage_stands_in_one_place(tables: dict[str, str], tmp_path: Path) -> None:
    paid = "kind,measure,item,currency,period,value,unit\ncost,employment,weavers,crowns,2,2,crowns per persons"
    incomes = tables["incomes"].replace("plan,wage,2,wages,weavers,2,", "plan,wage,2,wages,weavers,,")
    there = accounts(build(tmp_path / "e", tables | {"costs": paid, "incomes": incomes}))
    assert there.rate("plan", 1) == accounts(build(tmp_path / "m", tables)).rate("plan", 1) == {"weavers": 2.0}
    with pytest.raises(DataError, match="E195"):
        build(tmp_path / "twice", tables | {"costs": paid})


def _replaced(table: str, old: str, new: str) -> Spoil:
    def spoil(tables: dict[str, str]) -> None:
        assert old in tables[table]
        tables[table] = tables[table].replace(old, new)

    return spoil


SPOILT: dict[str, tuple[Spoil, str, str]] = {
    "a rate per nothing": (_replaced("incomes", "plan,wage,2,wages,weavers,2", "plan,wage,2,wages,,2"), "E195", "per"),
    "an amount per hand": (_replaced("incomes", "weavers,2,crowns per persons", "weavers,2,crowns"), "E195", "unit"),
    "taxes per hand": (
        _replaced("incomes", "plan,taxes,2,taken,,4,crowns", "plan,taxes,2,taken,weavers,4,crowns per persons"),
        "E195",
        "line",
    ),
    "no amount": (_replaced("incomes", "plan,taxes,2,taken,,4,", "plan,taxes,2,taken,,,"), "E195", "value"),
    "a wage nowhere": (_replaced("incomes", "weavers,2,crowns per", "weavers,,crowns per"), "E195", "value"),
    "unknown resource": (_replaced("incomes", "plan,wage,2,wages,weavers", "plan,wage,2,wages,smiths"), "E104", "per"),
    "unknown account": (_replaced("incomes", "plan,taxes", "plaan,taxes"), "E104", "account"),
    "two moneys": (
        _replaced("incomes", "plan,taxes,2,taken,,4,crowns", "plan,taxes,2,taken,,4,pounds"),
        "E151",
        "unit",
    ),
    "unknown period": (_replaced("incomes", "plan,taxes,2", "plan,taxes,spring"), "E140", "period"),
    "wages and no goods": (_replaced("retail", ",trade,", ",part,"), "E196", "account"),
    "price of another unit": (
        lambda tables: tables.__setitem__(
            "prices",
            "good,kind,account,period,product,value,unit\ncalico,retail,what happened,0,cloth,2,crowns per yard",
        ),
        "E150",
        "unit",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_used_is_found(name: str, tables: dict[str, str], tmp_path: Path) -> None:
    spoil, code, column = SPOILT[name]
    spoil(tables)
    with pytest.raises(DataError) as refused:
        build(tmp_path / "e", tables)
    assert {(finding.code, finding.column) for finding in refused.value.findings} == {(code, column)}


FINANCE = "account,item,side,period,body,value,low,high,unit\n"
UNBALANCED = {
    "sources and uses": {
        "public_finance": FINANCE + "plan,tax,source,2,budget,5,,,crowns\nplan,works,use,2,budget,8,7,9,crowns"
    },
    "a total": {"public_finance": FINANCE + "plan,tax,source,2,budget,5,,,crowns\nplan,all,total,2,budget,4,,,crowns"},
    "the base period": {"retail": "account,channel,period,counts,value\nwhat happened,shops,0,trade,40"},
}


@pytest.mark.parametrize("name", UNBALANCED)
def test_accounts_that_do_not_balance_are_told(name: str, tables: dict[str, str], tmp_path: Path) -> None:
    assert "W212" not in {finding.code for finding in build(tmp_path / "good", tables).warnings}
    within = {"public_finance": FINANCE + "plan,tax,source,2,budget,5,,,crowns\nplan,works,use,2,budget,6,5,9,crowns"}
    assert "W212" not in {finding.code for finding in build(tmp_path / "range", tables | within).warnings}
    assert "W212" in {finding.code for finding in build(tmp_path / "e", tables | UNBALANCED[name]).warnings}


def test_a_question_of_money_says_what_is_missing(tables: dict[str, str], tmp_path: Path) -> None:
    asked = question(tmp_path / "q", 'families = ["material_balance", "money_balance", "target"]')
    for name in ("incomes", "retail", "price_index"):
        tables.pop(name)
    with pytest.raises(DataError) as refused:
        formulate(build(tmp_path / "e", tables), asked, "plan")
    [finding] = refused.value.findings
    assert finding.code == "E197"
    assert all(word in finding.sentence for word in ("incomes.csv", "retail.csv", '"plan"'))
