"""A question may keep no balance of goods; then nothing can be said of what is left unused, or of prices, and the rest is."""

from pathlib import Path

import pytest

import planner

MODEL = """
schema = 1
title = "What plant and hands allow"
objective = "attainment"
families = ["capacity", "capacity_accumulation", "labour", "target", "consumption_floor"]
"""


@pytest.fixture
def model(tmp_path: Path) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(MODEL, encoding="utf-8")
    return str(path)


def test_shares_and_path(model: str) -> None:
    answer = planner.solve("two_goods", model=model)
    assert answer.path is not None
    assert answer.targets["without_use"].isna().all()
    assert "path" in answer.tables


def test_prices_of_regions_are_nothing(model: str) -> None:
    prices = planner.regions("two_regions", model=model).tables["regional_prices"]
    assert len(prices)
    assert not prices["shadow_price"].any()


def test_money_counts_by_base_prices(model: str) -> None:
    assert "income_use" in planner.money("two_goods_money", model=model).tables
