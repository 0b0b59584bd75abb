"""Two mixed-integer models of Williams, *Model Building in Mathematical Programming*, with optima known from elsewhere.

Neither is an economy of this package: mines are opened and closed again every year under a rule on quality, power units
are started and stopped within a day; a project is started once and stays. So both are stated on the program layer, in its
own algebra, and the numbers come from the tables under ``data``.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.program import Expression, LinearProgram, Matrix, Rows, Statement, Variable, assemble, lag
from planner.solver.highs import Session, SolveOptions
from planner.solver.mixed import in_parts, rounded, with_fixed

DATA = Path(__file__).parent / "data"


def table(model: str, name: str) -> dict[str, NDArray[np.float64]]:
    """Columns of a table of numbers."""
    with (DATA / model / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {column: np.array([float(row[column]) for row in rows]) for column in rows[0]}


def scalars(model: str) -> dict[str, float]:
    with (DATA / model / "scalars.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}


def published(model: str) -> float:
    with (DATA / model / "known_answer.csv").open(encoding="utf-8", newline="") as file:
        return float(next(csv.DictReader(file))["published"])


def block(
    name: str, items: int, periods: int, upper: NDArray[np.float64] | float = np.inf, whole: bool = False
) -> Variable:
    """A block over item and period."""
    size = items * periods
    grid = np.indices((items, periods)).reshape(2, -1)
    keys = tuple((codes + 1).astype(str).astype(object) for codes in grid)
    top = np.broadcast_to(np.asarray(upper, dtype=float), size).copy()
    return Variable(name, ("item", "period"), keys, np.zeros(size), top, np.full(size, "", object), whole)


def total(items: int, periods: int, weights: NDArray[np.float64] | None = None) -> Matrix:
    """Period by (item, period): adds up the items, each with its weight."""
    each = np.ones(items) if weights is None else weights
    return Matrix(np.kron(each, np.eye(periods)))


def rows(statement: Statement, periods: int) -> tuple[tuple[str, ...], Rows]:
    """Rows over item and period, or over periods alone."""
    size = statement.body.size
    names = np.arange(size).astype(str).astype(object)
    return ("row",), Rows(statement.body, statement.lower, statement.upper, (names,), np.full(size, "", object))


def goal(*terms: tuple[Variable, NDArray[np.float64]]) -> Expression:
    """An expression of one row."""
    return Expression(tuple((variable, Matrix(weights[None, :])) for variable, weights in terms), np.zeros(1))


def mining() -> LinearProgram:
    """Which mines to work in each of five years; a mine that is given up stays shut."""
    mines, years, given = (
        table("williams_mining_MILP", "mines"),
        table("williams_mining_MILP", "years"),
        scalars("williams_mining_MILP"),
    )
    M, T = len(mines["mine"]), len(years["year"])
    worth = (1.0 + given["yearly_discount"]) ** -np.arange(T)
    capacity = np.repeat(mines["capacity_t_per_year"], T)
    works, kept = block("works", M, T, 1.0, True), block("kept", M, T, 1.0, True)
    ore, blend = block("ore", M, T, capacity), block("blend", 1, T)
    quality = total(M, T, mines["ore_quality"]) @ ore - blend.expression().scaled(years["required_blend_quality"])
    shut_before = lag(M, T) @ kept - kept.expression()
    stated = {
        "capacity": ore.expression() <= works.expression().scaled(capacity),
        "kept": works.expression() <= kept,
        "most": total(M, T) @ works.expression() <= given["max_mines_working_per_year"],
        "shut": (shut_before >= 0.0).where(np.tile(np.arange(T) > 0, M)),
        "quality": quality.equals(0.0),
        "blend": (total(M, T) @ ore - blend).equals(0.0),
    }
    profit = goal((blend, given["price_per_t"] * worth), (kept, -np.kron(mines["royalty_per_year"], worth)))
    return assemble("max", profit, {name: rows(s, T) for name, s in stated.items()}, (works, kept, ore, blend))


def power() -> LinearProgram:
    """Which units to run in each part of the day, with what is needed to start them."""
    units, parts, given = (
        table("williams_power_MILP", "generators"),
        table("williams_power_MILP", "periods"),
        scalars("williams_power_MILP"),
    )
    G, T = len(units["type"]), len(parts["period"])
    hours, demand = parts["hours"], parts["demand_mw"]
    count = np.repeat(units["count"], T)
    least, most = np.repeat(units["min_mw"], T), np.repeat(units["max_mw"], T)
    runs, started, above = block("runs", G, T, count, True), block("started", G, T, count, True), block("above", G, T)
    before = np.zeros((G, T))
    before[:, 0] = given["running_before_period1_each_type"]
    stated = {
        "output": above.expression() <= runs.expression().scaled(most - least),
        "demand": total(G, T) @ (above.expression() + runs.expression().scaled(least)) >= demand,
        "reserve": total(G, T, units["max_mw"]) @ runs.expression() >= (1.0 + given["reserve_share"]) * demand,
        "starts": started.expression() - runs.expression() + lag(G, T) @ runs >= -before.ravel(),
    }
    cost = goal(
        (runs, np.kron(units["cost_per_hour_at_min"], hours)),
        (above, np.kron(units["cost_per_hour_per_mw_above_min"], hours)),
        (started, np.repeat(units["start_cost"], T)),
    )
    return assemble("min", cost, {name: rows(s, T) for name, s in stated.items()}, (runs, started, above))


@pytest.mark.parametrize(
    ("program", "model"),
    [(mining(), "williams_mining_MILP"), (power(), "williams_power_MILP")],
    ids=["mining", "power"],
)
def test_published_optimum(program: LinearProgram, model: str) -> None:
    solution = Session(SolveOptions(gap=0.0)).solve(program)
    assert solution.optimal
    assert solution.objective == pytest.approx(published(model), rel=1e-9)
    assert solution.bound == pytest.approx(solution.objective, rel=1e-9)
    assert solution.residuals.integrality < 1e-6
    assert solution.residuals.relative < 1e-8  # the solver holds its scaled rows to 1e-9, absolutely
    # No prices are made up; with the whole numbers fixed there are some, and the same optimum.
    assert np.isnan(solution.row_prices).all()
    fixed = Session().solve(with_fixed(program, solution.values))
    assert fixed.objective == pytest.approx(solution.objective, rel=1e-9)
    assert np.isfinite(fixed.row_prices).all()


@pytest.mark.parametrize("program", [mining(), power()], ids=["mining", "power"])
def test_relaxation_bounds_and_rounding_starts(program: LinearProgram) -> None:
    best = Session(SolveOptions(gap=0.0)).solve(program)
    relaxed = Session().solve(in_parts(program))
    assert program.sign * relaxed.objective <= program.sign * best.objective + 1e-6
    start = rounded(program)
    assert start is not None
    assert np.abs(start - np.round(start))[program.integer].max() == 0.0
    begun = Session().solve(with_fixed(program, start))
    assert begun.optimal
    assert program.sign * begun.objective >= program.sign * best.objective - 1e-6
    assert Session(SolveOptions(gap=0.0)).solve(program, start=start).objective == pytest.approx(
        best.objective, rel=1e-9
    )
