"""Two linear models of H. P. Williams, *Model Building in Mathematical Programming*, with optima known from elsewhere.

Economic planning is shipped as an economy; its three optima are those of the book, with more digits recomputed by the
compiler of the data. Manpower planning has no goods, only people, so it is stated on the program layer, in its own algebra,
with the numbers under ``data``; its optima stand in the solver logs of a published notebook.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.answers.solve import solve
from planner.program import Expression, LinearProgram, Matrix, Rows, Statement, Variable, assemble, lag, select
from planner.solver.highs import Session

DATA = Path(__file__).parent / "data" / "williams_manpower_planning"
GRADES, YEARS = ("unskilled", "semiskilled", "skilled"), 3
MOVES = ((0, 1), (1, 2), (1, 0), (2, 1), (2, 0))  # from grade, to grade: two up, three down


@pytest.mark.parametrize(
    ("model", "scenario", "published"),
    [
        ("williams_capacity", "base", 2141.8751967043),
        ("williams_output", "no_demand", 2618.5791146764),
        ("williams_employment", "base", 2450.0266228213),
    ],
)
def test_economic_planning(model: str, scenario: str, published: float) -> None:
    result = solve("williams", model=model, scenario=scenario)
    assert result.status.value == "optimal"
    assert result.solution.objective == pytest.approx(published, rel=1e-9)
    assert result.solution.residuals.worst < 1e-7
    page = (result.formulation.economy.folder / "README.md").read_text(encoding="utf-8")
    assert f"| `{model}` | {f'`{scenario}`' if scenario != 'base' else scenario} | {published:.3f} |" in page


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_grade(column: str) -> NDArray[np.float64]:
    return np.array([float(row[column] or 0.0) for row in rows_of("grades")])


def block(name: str, items: int, upper: NDArray[np.float64] | float = np.inf) -> Variable:
    """A block over item and year; upper by item."""
    keys = tuple(axis.ravel().astype(str).astype(object) for axis in np.indices((items, YEARS)))
    most = np.repeat(np.broadcast_to(np.asarray(upper, dtype=float), items), YEARS)
    size = items * YEARS
    return Variable(name, ("item", "year"), keys, np.zeros(size), most, np.full(size, "persons", object))


def over_years(links: NDArray[np.float64]) -> Matrix:
    """A matrix between items as one between blocks over item and year."""
    return Matrix(np.kron(links, np.eye(YEARS)))


def manpower(goal: str) -> LinearProgram:
    """Least redundancies, or least cost."""
    given = {row["name"]: float(row["value"]) for row in rows_of("scalars")}
    table = {row["year"]: np.array([float(row[grade]) for grade in GRADES]) for row in rows_of("needs")}
    now, need = table["now"], np.array([table[str(year + 1)] for year in range(YEARS)]).T.ravel()
    stay, stay_first = 1.0 - by_grade("wastage_later"), 1.0 - by_grade("wastage_first_year")
    source, target = (np.array(end) for end in zip(*MOVES, strict=True))
    up = target > source
    leaves = np.eye(3)[:, source]  # grade by move
    joins = np.eye(3)[:, target] * np.where(up, stay[target], 1.0 - given["downgraded_leave_share"])

    staff, hired, fired = block("staff", 3), block("hired", 3, by_grade("max_recruit")), block("fired", 3)
    moved = block("moved", 5, np.where((source == 0) & up, given["max_retrain_unskilled_per_year"], np.inf))
    spare = block("spare", 3)
    short = block("short_time", 3, given["max_short_time_per_grade"])
    before = lag(3, YEARS, 1, stay) @ staff
    opening = np.zeros((3, YEARS))
    opening[:, 0] = stay * now
    flow = staff.expression() - before - over_years(np.diag(stay_first)) @ hired + fired
    to_skilled = select(np.flatnonzero(np.repeat(up & (source == 1), YEARS)), 5 * YEARS)
    skilled = select(
        2 * YEARS + np.arange(YEARS), 3 * YEARS, np.full(YEARS, given["max_retrain_semiskilled_share_of_skilled"])
    )
    at_work = np.full(3 * YEARS, given["short_time_work_share"])
    statements = {
        "flow": (flow - over_years(joins - leaves) @ moved).equals(opening.ravel()),
        "need": (staff.expression() - spare - short.expression().scaled(at_work)).equals(need),
        "overmanning": over_years(np.ones((1, 3))) @ spare.expression() <= given["max_overmanning_total"],
        "places": to_skilled @ moved <= skilled @ staff,
    }
    costs = {
        fired: by_grade("redundancy_pay"),
        spare: by_grade("overmanning_cost"),
        short: by_grade("short_time_cost"),
        moved: np.where(up, by_grade("retrain_up_cost")[source], 0.0),
    }
    if goal == "redundancies":
        costs = {fired: np.ones(3)}
    objective = Expression.zero(1)
    for variable, cost in costs.items():
        objective = objective + Matrix(np.repeat(cost, YEARS)[None, :]) @ variable
    return assembled(objective, statements, [staff, hired, fired, moved, spare, short])


def assembled(objective: Expression, statements: dict[str, Statement], variables: list[Variable]) -> LinearProgram:
    def rows(statement: Statement) -> Rows:
        number = np.array([str(i) for i in range(statement.body.size)], object)
        return Rows(
            statement.body, statement.lower, statement.upper, (number,), np.full(len(number), "persons", object)
        )

    return assemble("min", objective, {name: (("row",), rows(s)) for name, s in statements.items()}, variables)


@pytest.mark.parametrize(("goal", "published"), [("redundancies", 841.796875), ("cost", 498677.2853185596)])
def test_manpower_planning(goal: str, published: float) -> None:
    found = Session().solve(manpower(goal))
    assert found.optimal
    assert found.objective == pytest.approx(published, rel=1e-9)
