"""A country and its division into regions: the same where all is equal and moves freely, and never more than the whole."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from planner.analysis.feasibility.cases import measured_plans
from planner.analysis.feasibility.regions import of_regions
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.economy import Economy, load
from planner.economy.arrays import Arrays
from planner.economy.corner import CORNERS
from planner.economy.places.undivided import undivided
from planner.formulation import formulate, load_question
from planner.shipped import shipped
from planner.solver.highs import Session, SolveOptions
from planner.solver.solution import Status

SHARED = {
    "capacities": "capacity",
    "pipeline": "capacity",
    "supply": "resource",
    "stocks": "product",
    "final_use": "product",
}


def parts(rng: np.random.Generator | None, count: int) -> list[str]:
    """Decimals that add up to exactly one: equal ones, or at random."""
    weights = np.ones(count) if rng is None else rng.dirichlet(np.ones(count))
    first = [Decimal(f"{weight / weights.sum():.6f}") for weight in weights[:-1]]
    return [*map(str, first), str(1 - sum(first))]


def divided(folder: Path, parent: str, count: int, rng: np.random.Generator | None = None, hauls: str = "0") -> Path:
    """An economy laid over another in which everything has places, and every product moves round a ring."""
    below, regions = shipped("inputs") / parent, [f"r{number}" for number in range(count)]
    folder.mkdir(parents=True)
    above = f'schema = 1\nextends = "{below.resolve().as_posix()}"\n'
    (folder / "economy.toml").write_text(above, encoding="utf-8")

    def rows(table: str) -> list[dict[str, str]]:
        path = below / f"{table}.csv"
        return list(csv.DictReader(path.open(encoding="utf-8", newline=""))) if path.exists() else []

    def write(table: str, lines: list[dict[str, str]]) -> None:
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(lines[0]))
            out.writeheader()
            out.writerows(lines)

    goods = rows("products")
    write("products", [{**row, "place": "shipped"} for row in goods])
    write("regions", [{"region": region} for region in regions])
    items = {(table, row[key]) for table, key in SHARED.items() for row in rows(table)} | {("population", "*")}
    write(
        "shares",
        [
            {"table": table, "item": item, "region": region, "value": value}
            for table, item in sorted(items)
            for region, value in zip(regions, parts(rng, count), strict=True)
        ],
    )
    ring = list(zip(regions, [*regions[1:], regions[0]], strict=True))[: count if count > 2 else 1]
    write("links", [{"link": f"l{at}", "from": a, "to": b, "km": "1"} for at, (a, b) in enumerate(ring)])
    taken = goods[-1]["product"]
    write("carriage", [{"product": row["product"], "item": taken, "per_km": hauls} for row in goods])
    return folder


def attainment(economy: Economy, plan: str, model: str = "attainment") -> float:
    """The share that all figures reach at once; none where there is no plan at all."""
    found = Session().solve(pose(economy, model=model, plan=plan).program)
    assert found.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return float(found.objective) if found.status is Status.OPTIMAL else -np.inf


@pytest.fixture(scope="module")
def whole() -> float:
    return attainment(load("two_goods"), "ambitious")


def test_equal_regions_with_free_moves_are_the_country(tmp_path, whole):
    assert attainment(load(divided(tmp_path / "ten", "two_goods", 10)), "ambitious") == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("model", ["sustained", "kept", "steady"])
def test_what_is_asked_of_the_end_and_the_pace_is_asked_of_the_country(tmp_path, model):
    """Plant of one region may go down, or an output there fall, where all regions together keep the rule."""
    same = attainment(load(divided(tmp_path / "three", "two_goods", 3)), "ambitious", model)
    assert same == pytest.approx(attainment(load("two_goods"), "ambitious", model), abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_no_division_allows_more_than_the_country(tmp_path, whole, seed):
    rng = np.random.default_rng(seed)
    folder = divided(tmp_path / "some", "two_goods", 2 + seed % 3, rng, hauls=f"{rng.choice([0.0, 0.01, 0.05])}")
    for scenario in ("", "open_trade"):
        for corner in CORNERS:
            nation, regions = (load(name, scenario=scenario).at_corner(corner) for name in ("two_goods", folder))
            assert attainment(regions, "ambitious") <= attainment(nation, "ambitious") + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_in_one_place_a_divided_country_is_what_it_was(tmp_path, seed):
    rng = np.random.default_rng(seed)
    folder = divided(tmp_path / "some", "two_goods", 2 + seed, rng, hauls="0.02")
    for plan in ("cautious", "ambitious"):
        for corner in CORNERS:
            one = undivided(load(folder).at_corner(corner))
            nation = attainment(load("two_goods").at_corner(corner), plan)
            assert attainment(one, plan) == pytest.approx(nation, abs=1e-9)
            assert attainment(load(folder).at_corner(corner), plan) <= nation + 1e-9


def test_norms_and_numbers_of_regions_are_taken_where_they_are_best(tmp_path):
    """Regions with yields, bundles and furnaces of their own: in one place no less can be had than with them."""
    folder = divided(tmp_path / "own", "two_goods", 2, np.random.default_rng(1))
    with (folder / "coefficients.csv").open("w", encoding="utf-8") as file:
        file.write("activity,region,item,role,value\nfarming,r0,iron,input,0.15\nsmelting,r1,workers,resource,3.5\n")
    with (folder / "supply.csv").open("w", encoding="utf-8") as file:
        file.write("resource,region,period,value\nworkers,r0,1,300\n")
    economy = load(folder)
    one = undivided(economy)
    rows = one.tables["coefficients"]
    norms = {(a, i): v for a, i, v in zip(rows["activity"], rows["item"], rows["value"], strict=True)}
    stated = load("two_goods").tables["coefficients"]
    before = {(a, i): v for a, i, v in zip(stated["activity"], stated["item"], stated["value"], strict=True)}
    assert norms["farming", "iron"] == min(0.15, before["farming", "iron"])
    assert norms["smelting", "workers"] == min(3.5, before["smelting", "workers"])
    assert "r0" not in "".join(one.tables["supply"]["resource"])
    assert attainment(economy, "ambitious") <= attainment(one, "ambitious") + 1e-9


def test_hauls_that_take_something_leave_less(tmp_path, whole):
    rng = np.random.default_rng(3)
    assert attainment(load(divided(tmp_path / "far", "two_goods", 3, rng, hauls="0.02")), "ambitious") < whole - 1e-6


LADDER = [  # plan, of the country, with the country's figures by region, with the figures of regions too
    ("ffyp_minimum", 1.062664, 1.060456),
    ("ffyp_optimum", 0.850131, 0.846167),
    ("raised_1930", 0.500077, 0.476123),
]


@pytest.mark.slow
@pytest.mark.parametrize(("plan", "country", "regions"), LADDER)
def test_figures_of_the_soviet_regions(plan, country, regions):
    economy = load("ussr_1928_regions")
    targets = economy.tables["targets"]
    alone = economy.with_tables({"targets": targets[~targets["item"].str.contains("@")].reset_index(drop=True)})
    assert attainment(load("ussr_1928"), plan) == pytest.approx(country, abs=5e-7)
    assert attainment(alone, plan) == pytest.approx(country, abs=5e-7)
    assert attainment(economy, plan) == pytest.approx(regions, abs=5e-7)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "floor"),
    [
        ("plan_assumptions", "base"),
        ("plan_assumptions", "promised"),
        ("realised", 0.45),  # none keeps more of what came about
        ("no_collectivisation", "base"),
    ],
)
def test_no_soviet_plan_is_had_by_region_to_more_than_by_the_country(scenario, floor):
    """Every plan at every corner: in one place, with the country's figures made and moved by region, with all figures."""
    economy, asked = load("ussr_1928_regions", scenario=scenario), replace(load_question("attainment"), floor=floor)
    for corner in CORNERS:
        at = economy.at_corner(corner)
        parts, single = Arrays(at), Arrays(undivided(at))
        session, alone = (Session(SolveOptions(rays=False)) for _ in range(2))
        for plan in measured_plans(economy, asked):
            posed = formulate(parts, asked, plan)
            rows, of = TargetRows(posed), np.flatnonzero(of_regions(posed))
            country = rows.free(posed.program, np.intersect1d(of, rows.scaled))
            one = alone.solve(formulate(single, asked, plan).program)
            two, three = session.solve(country), session.solve(posed.program)
            if one.status is Status.INFEASIBLE:
                assert two.status is three.status is Status.INFEASIBLE
            elif three.status is Status.INFEASIBLE:
                assert two.status is Status.INFEASIBLE
            else:
                assert three.objective <= two.objective + 1e-9 <= one.objective + 2e-9, (plan, corner)


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["ffyp_minimum", "ffyp_optimum", "raised_1930"])
def test_ten_equal_soviet_regions_with_free_moves_are_the_country(tmp_path, plan):
    found = attainment(load(divided(tmp_path / "ten", "ussr_1928", 10)), plan)
    assert found == pytest.approx(attainment(load("ussr_1928"), plan), abs=5e-7)
