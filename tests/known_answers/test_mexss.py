"""MEXSS, the small model of Mexican steel (Kendrick, Meeraus and Alatorre 1984; GAMS Model Library): least cost 538.8112.

A static model of five plants and three markets fits the tables of an economy: a product is a good at a place, a process at
a plant is an activity on the unit of that plant, shipping is an activity too, what is bought is an import, and the cost is
a weighted sum of measures.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from planner.answers.solve import solve
from planner.economy import Economy
from planner.formulation import Question
from planner.formulation.question import ObjectiveTerm
from tests.properties.frames import economy

DATA = Path(__file__).parent / "data" / "gams_mexss"
YEAR = "year"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def freight() -> dict[tuple[str, str], float]:
    """Dollars a ton for every pair of places; nothing within a town."""
    given = {row["name"]: float(row["value"]) for row in rows_of("scalars")}
    fixed, by_distance = given["transport_fixed_usd_per_t"], given["transport_usd_per_t_km"]
    return {(row["from"], row["to"]): fixed + by_distance * float(row["km"]) for row in rows_of("rail_distance_km")}


def mexss() -> tuple[Economy, tuple[ObjectiveTerm, ...]]:
    """The economy, and what everything costs."""
    plants = {row["plant"]: {} for row in rows_of("capacities")}
    for row in rows_of("capacities"):
        plants[row["plant"]][row["unit"]] = float(row["capacity_mill_t_per_year"])
    markets = {row["market"]: float(row["demand_mill_t"]) for row in rows_of("demand")}
    price = {(row["kind"], row["commodity"]): float(row["usd_per_unit"]) for row in rows_of("prices")}
    unit_of = {row["process"]: row["unit"] for row in rows_of("unit_process")}
    limit = {row["name"]: float(row["value"]) for row in rows_of("scalars")}["export_limit_mill_t"]
    raws = [good for kind, good in price if kind == "domestic"]
    cost = freight()

    products, activities, coefficients, terms = [*raws], [], [], []
    for plant, units in plants.items():
        products += [f"{good}.{plant}" for good in ("pig-iron", "sponge", "steel")]
        for process, unit in unit_of.items():
            if unit not in units:
                continue
            norms = [
                (r["commodity"], float(r["coefficient_output_positive"]))
                for r in rows_of("io_coefficients")
                if r["process"] == process
            ]
            [made] = [good for good, norm in norms if norm > 0]
            activities.append((f"{process}.{plant}", f"{made}.{plant}"))
            coefficients.append((f"{process}.{plant}", f"{unit}.{plant}", "capacity", 1.0))
            for good, norm in norms:
                if norm < 0:
                    place = good if good in raws else f"{good}.{plant}"
                    coefficients.append((f"{process}.{plant}", place, "input", -norm))
        for place in (*markets, "export"):
            activities.append((f"ship.{plant}.{place}", f"steel.{place}"))
            coefficients.append((f"ship.{plant}.{place}", f"steel.{plant}", "input", 1.0))
            terms.append(ObjectiveTerm("activity", f"ship.{plant}.{place}", YEAR, cost.get((plant, place), 0.0)))
    products += [f"steel.{place}" for place in (*markets, "export")]
    terms += [ObjectiveTerm("import", good, YEAR, price["domestic", good]) for good in raws]
    terms += [
        ObjectiveTerm("import", f"steel.{m}", YEAR, price["import", "steel"] + cost.get(("import", m), 0.0))
        for m in markets
    ]
    terms.append(ObjectiveTerm("export", "steel.export", YEAR, -price["export", "steel"]))

    bought = [*raws, *(f"steel.{market}" for market in markets)]
    places = [(f"{unit}.{plant}", size) for plant, units in plants.items() for unit, size in units.items()]
    tables = {
        "products": {"product": products, "unit": "mill t"},
        "activities": {"activity": [a for a, _ in activities], "product": [p for _, p in activities]},
        "coefficients": dict(
            zip(("activity", "item", "role", "value"), map(list, zip(*coefficients, strict=True)), strict=True)
        ),
        "capacities": {"capacity": [k for k, _ in places], "unit": "mill t", "initial": [size for _, size in places]},
        "trade": {
            "product": [*bought, "steel.export"],
            "direction": ["import"] * len(bought) + ["export"],
            "period": YEAR,
            "price": 0.0,
            "limit": [np.nan] * len(bought) + [limit],
        },
        "final_use": {
            "product": [f"steel.{m}" for m in markets],
            "use": "demand",
            "period": YEAR,
            "value": list(markets.values()),
        },
    }
    return economy(tables, [YEAR]), tuple(terms)


def test_least_cost_of_mexican_steel() -> None:
    facts, terms = mexss()
    families = ("material_balance", "capacity", "capacity_accumulation")
    asked = Question("mexss", "Least cost", families, "own", sense="min", terms=terms)
    result = solve(facts, model=asked)
    assert result.solution.objective == pytest.approx(538.8112039830, rel=1e-9)
