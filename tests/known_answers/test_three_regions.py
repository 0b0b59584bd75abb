"""A multi-region input-output table of our own making: outputs are ``(I - A)⁻¹ y``, and labour values ``(I - Aᵀ)⁻¹ l``.

A branch takes each product from every region (`at`), so that the whole is one table of regions times branches. The one that is
shipped is a draw of the generator here, and its README says so.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from planner.answers.solve import solve
from planner.shipped import shipped

SHIPPED = shipped("inputs") / "three_regions"
SEED = 1941
REGIONS = {"north": "North", "midland": "Midland", "south": "South"}
BRANCHES = {"farming": "Farming", "mining": "Mining", "industry": "Industry", "services": "Services"}
SOURCE = "drawn at random, made up for teaching"


def drawn(folder: Path, seed: int) -> Path:
    """Write the tables of a draw: norms of four digits, of which each region's own branches have the most, and final use.

    Args:
        folder: to be made.
        seed: of the draw.
    """
    rng, cells = np.random.default_rng(seed), [(r, b) for r in REGIONS for b in BRANCHES]
    norms = rng.random((len(cells), len(cells))) * [[3.0 if a == b else 1.0 for b, _ in cells] for a, _ in cells]
    norms = (norms * rng.uniform(0.3, 0.7, len(cells)) / norms.sum(axis=0)).round(4)
    labour, final = rng.uniform(0.2, 1.0, len(cells)).round(4), rng.uniform(10.0, 90.0, len(cells)).round(1)
    folder.mkdir(parents=True, exist_ok=True)

    def table(name: str, head: str, rows: Sequence[Sequence[object]]) -> None:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow([*head.split(","), "source", "verified"])
            out.writerows([*row, SOURCE, "no"] for row in rows)

    table("regions", "region,name", list(REGIONS.items()))
    table(
        "products",
        "product,name,unit,group,place",
        [(b, name, "million", "branches", "local") for b, name in BRANCHES.items()],
    )
    table("activities", "activity,name,product,group", [(b, name, b, "branches") for b, name in BRANCHES.items()])
    takes = [
        (b, r, a, "input", where, f"{norms[i, j]:.4f}", "million per million")
        for j, (r, b) in enumerate(cells)
        for i, (where, a) in enumerate(cells)
    ]
    works = [
        (b, r, "labour", "resource", "", f"{labour[j]:.4f}", "thousand persons per million")
        for j, (r, b) in enumerate(cells)
    ]
    table("coefficients", "activity,region,item,role,at,value,unit", [*takes, *works])
    table(
        "final_use",
        "product,use,period,region,value,unit",
        [(b, "final", "year", r, final[i], "million") for i, (r, b) in enumerate(cells)],
    )
    table("resources", "resource,name,unit,kind", [("labour", "Labour", "thousand persons", "labour")])
    table("supply", "resource,period,value,unit", [("labour", "year", 10000, "thousand persons")])
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agrees_with_the_inverse(folder: Path) -> None:
    """Outputs and labour values of a folder's tables by linear algebra, beside those of the planner."""
    cells = [(r["region"], b["product"]) for r in rows(folder, "regions") for b in rows(folder, "products")]
    at = {cell: number for number, cell in enumerate(cells)}
    norms, labour, final = np.zeros((len(cells), len(cells))), np.zeros(len(cells)), np.zeros(len(cells))
    for row in rows(folder, "coefficients"):
        column = at[row["region"], row["activity"]]
        if row["role"] == "resource":
            labour[column] = float(row["value"])
        else:
            norms[at[row["at"], row["item"]], column] = float(row["value"])
    for row in rows(folder, "final_use"):
        final[at[row["region"], row["product"]]] += float(row["value"])
    result, whole = solve(folder, model="leontief"), np.eye(len(cells)) - norms
    made = result.tables["activities"].set_index("activity")["level"]
    outputs = np.linalg.solve(whole, final)
    assert [made[f"{b}@{r}"] for r, b in cells] == pytest.approx(outputs.tolist(), rel=1e-12)
    assert result.value == pytest.approx(float(labour @ outputs), rel=1e-12)
    labels = result.formulation.program.row_block["material_balance"].keys[0]
    values = dict(zip(labels, result.solution.prices("material_balance"), strict=True))
    expected = np.linalg.solve(whole.T, labour)
    assert [values[f"{b}@{r}"] for r, b in cells] == pytest.approx(expected.tolist(), rel=1e-12)


def test_the_shipped_table_against_the_inverse() -> None:
    agrees_with_the_inverse(SHIPPED)


@pytest.mark.parametrize("seed", [1, 2])
def test_other_draws_against_the_inverse(tmp_path: Path, seed: int) -> None:
    folder = drawn(tmp_path / "table", seed)
    (folder / "economy.toml").write_text((SHIPPED / "economy.toml").read_text(encoding="utf-8"), encoding="utf-8")
    agrees_with_the_inverse(folder)


def test_what_is_shipped_is_a_draw_of_the_generator(tmp_path: Path) -> None:
    for file in sorted(drawn(tmp_path / "again", SEED).glob("*.csv")):
        assert (SHIPPED / file.name).read_bytes() == file.read_bytes(), file.name
