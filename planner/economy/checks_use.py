"""Checks of what hangs together: products need a source, capacities a use, targets something that can meet them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.economy.columns import FILE, ROW
from planner.economy.findings import Finding, findings_in

__all__ = ["uses_and_sources"]

Tables = Mapping[str, pd.DataFrame]


def uses_and_sources(tables: Tables) -> list[Finding]:
    """Products without a source, targets without a means, capacities without a use."""
    made = _made(tables)
    obtained = made | _bought(tables) | _stored(tables)
    return [*_no_source(tables, obtained), *_no_means(tables, made, obtained), *_no_use(tables)]


def _made(tables: Tables) -> set[str]:
    """Products that some activity makes in some period."""
    outputs = tables["coefficients"]
    outputs = outputs[outputs["role"] == "output"]
    activities = tables["activities"]
    stated = set(zip(outputs["activity"], outputs["item"], strict=True))
    silent = {
        product
        for activity, product in zip(activities["activity"], activities["product"], strict=True)
        if (activity, product) not in stated
    }
    return silent | set(outputs["item"][outputs["value"] > 0])


def _bought(tables: Tables) -> set[str]:
    trade = tables["trade"]
    open_limit = trade["limit"].isna() | (trade["limit"] > 0)
    return set(trade["product"][(trade["direction"] == "import") & open_limit])


def _stored(tables: Tables) -> set[str]:
    stocks = tables["stocks"]
    return set(stocks["product"][stocks["initial"] > 0])


def _uses(tables: Tables) -> dict[str, tuple[str, int]]:
    """Products that are used, each with the file and row of its first use."""
    inputs, targets = tables["coefficients"], tables["targets"]
    wanted = targets["measure"].isin(["output", "delivery", "consumption"]) & (targets["sense"] != "at_most")
    places = [
        (inputs[inputs["role"] == "input"], "item", "value"),
        (tables["final_use"], "product", "value"),
        (tables["consumption"], "product", "per_head"),
        (tables["worker_consumption"], "product", "per_worker"),
        (tables["investment"], "item", "value"),
        (tables["project_goods"], "item", "value"),
        (targets[wanted], "item", "value"),
    ]
    uses: dict[str, tuple[str, int]] = {}
    for frame, item, number in places:
        cells = (frame[name].tolist() for name in (item, number, FILE, ROW))
        for product, value, file, row in zip(*cells, strict=True):
            if value > 0:
                uses.setdefault(product, (file, row))
    return uses


def _no_source(tables: Tables, obtained: set[str]) -> list[Finding]:
    uses, products = _uses(tables), tables["products"]
    bad = (uses.keys() - obtained) & set(products["product"])

    def said(name: str) -> str:
        file, row = uses[name]
        nowhere = "no activity makes it, it cannot be imported and none is in stock"
        return f'"{name}" is used in {file}, row {row}, but {nowhere}. Add a source or take out the use.'

    return findings_in(products, products["product"].isin(list(bad)), "E130", "product", said) if bad else []


def _no_means(tables: Tables, made: set[str], obtained: set[str]) -> list[Finding]:
    """Targets that no variable of the plan can move."""
    targets, trade = tables["targets"], tables["trade"]
    bundle = set(tables["consumption"]["product"])
    building = set(tables["investment"]["capacity"])
    means = {
        "output": (made, "no activity makes it"),
        "delivery": (obtained, "nothing provides it"),
        "consumption": (bundle | ({"*"} if bundle else set()), "it is not in consumption.csv"),
        "export": (set(trade["product"][trade["direction"] == "export"]), "trade.csv has no export of it"),
        "import": (set(trade["product"][trade["direction"] == "import"]), "trade.csv has no import of it"),
        "stock": (set(tables["stocks"]["product"]), "it is not in stocks.csv"),
        "investment": ({"*"} if building else set(), "investment.csv says of nothing what building takes"),
    }
    products, measures = set(tables["products"]["product"]) | {"*"}, set(targets["measure"])
    result: list[Finding] = []
    for measure, (able, why) in means.items():
        if measure not in measures:
            continue
        asked = (targets["measure"] == measure) & (targets["value"] > 0) & (targets["sense"] != "at_most")
        wrong = asked & targets["item"].isin(products) & ~targets["item"].isin(able)
        said = f'The target asks for {measure} of "{{value}}", but {why}. No plan can reach any part of it.'
        result += findings_in(targets, wrong, "E133", "item", said)
    return result


def _no_use(tables: Tables) -> list[Finding]:
    """Capacities on which nothing runs and for which no target asks."""
    capacities, rows, targets = tables["capacities"], tables["coefficients"], tables["targets"]
    rows = rows[rows["role"] == "capacity"]
    own = np.setdiff1d(tables["activities"]["activity"].to_numpy(dtype=object), rows["activity"].to_numpy(dtype=object))
    asked = targets["item"][targets["measure"].isin(["capacity", "investment", "start"])]
    used = {*rows["item"], *own.tolist(), *asked}
    wrong = ~capacities["capacity"].isin(used).to_numpy()
    said = 'No activity runs on "{value}" and no target asks for it. Is a capacity row missing in coefficients.csv?'
    return findings_in(capacities, wrong, "E134", "capacity", said)
