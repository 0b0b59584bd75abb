"""Open input-output tables of the textbooks: outputs, and labour values as prices of the balances.

Leontief's table is shipped; that of Miller and Blair (*Input-Output Analysis*, chapter 2) is turned into an economy here.
The figures under ``data`` are recalled from the books; every derived number follows from the tables and is recomputed.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from planner.answers.solve import SolveAnswer, solve
from planner.economy import Economy
from tests.formulation.build import build, question

DATA = Path(__file__).parent / "data" / "leontief_textbook"
LEAST_OUTPUT = """
families = ["material_balance"]
objective = "own"
[own]
sense = "min"
terms = [{ measure = "output", item = "sector1", period = "1" }, { measure = "output", item = "sector2", period = "1" }]
"""


def outputs(result: SolveAnswer) -> list[float]:
    return result.tables["activities"]["level"].tolist()


def test_leontief() -> None:
    result = solve("leontief")
    assert result.solution.objective == pytest.approx(260.0, rel=1e-12)
    assert outputs(result) == pytest.approx([100.0, 50.0], rel=1e-12)
    assert result.solution.prices("material_balance").tolist() == pytest.approx([2.0, 5.0], rel=1e-12)


def test_leontief_against_the_inverse() -> None:
    """Outputs and labour values again, by linear algebra on the table of transactions."""
    with (DATA / "leontief1986_transactions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    total = np.array([float(row["total_output"]) for row in rows])
    flows = np.array([[float(row["agriculture"]), float(row["manufacture"])] for row in rows])
    norms = flows / total[:2]
    final = np.array([float(row["households"]) for row in rows[:2]])
    result = solve("leontief")
    assert outputs(result) == pytest.approx(np.linalg.solve(np.eye(2) - norms[:2], final).tolist(), rel=1e-12)
    values = np.linalg.solve((np.eye(2) - norms[:2]).T, norms[2])
    assert result.solution.prices("material_balance").tolist() == pytest.approx(values.tolist(), rel=1e-12)


def miller_blair(folder: Path, demand: tuple[float, float]) -> Economy:
    """The table as an economy that has to deliver a final demand."""
    with (DATA / "miller_blair_transactions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    total = {row["from"]: float(row["total_output"]) for row in rows}
    norms = [f"{j},{row['from']},input,{float(row[j]) / total[j]!r}" for row in rows for j in total]
    return build(
        folder,
        {
            "products": "product,unit\nsector1,dollars\nsector2,dollars",
            "activities": "activity,product\nsector1,sector1\nsector2,sector2",
            "coefficients": "\n".join(["activity,item,role,value", *norms]),
            "final_use": f"product,use,period,value\nsector1,final,1,{demand[0]}\nsector2,final,1,{demand[1]}",
        },
        'periods = ["1"]',
    )


@pytest.mark.parametrize(
    ("demand", "published", "digits"),
    [
        ((600.0, 1500.0), (1247.5, 1841.6), 0.05),
        ((1.0, 0.0), (1.2541, 0.2640), 5e-5),  # the first column of the inverse
        ((0.0, 1.0), (0.3300, 1.1221), 5e-5),
        ((350.0, 1700.0), (1000.0, 2000.0), 1e-9),
    ],
)
def test_miller_and_blair(
    tmp_path: Path, demand: tuple[float, float], published: tuple[float, float], digits: float
) -> None:
    result = solve(miller_blair(tmp_path / "table", demand), model=question(tmp_path, LEAST_OUTPUT))
    assert outputs(result) == pytest.approx(published, abs=digits)


def test_miller_and_blair_to_all_digits(tmp_path: Path) -> None:
    result = solve(miller_blair(tmp_path / "table", (600.0, 1500.0)), model=question(tmp_path, LEAST_OUTPUT))
    assert outputs(result) == pytest.approx([1247.5247524752476, 1841.5841584158416], rel=1e-12)
