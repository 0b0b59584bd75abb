"""What must not change the share reached, and what may only raise it, on economies with a row of every kind."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.economy import Economy
from planner.formulation import Formulation, formulate, load_question
from planner.reporting.tables.plan import Reader, balances_table, capacities_table, resources_table
from planner.solver.highs import Session
from planner.solver.solution import Solution
from planner.solver.weights import weights
from tests.properties.economies import PLAN, Tables, rich
from tests.properties.frames import economy

QUESTION = replace(load_question("attainment"), floor=0.5)
STEADY = settings(max_examples=12, derandomize=True, deadline=None)
Made = tuple[Tables, list[str]]


def solved(facts: Economy) -> tuple[Formulation, Solution]:
    posed = formulate(facts, QUESTION, PLAN)
    return posed, Session().solve(posed.program)


def share(facts: Economy) -> float:
    """The share reached; less than nothing where no plan is possible."""
    _, solution = solved(facts)
    return solution.objective if solution.optimal else -1.0


def recounted(facts: Economy, good: str, factor: float) -> Economy:
    """The same economy with a product, and the technique and plant that count in it, in a unit so many times smaller."""
    tables = dict(facts.tables)

    def times(table: str, column: str, where: pd.Series, by: float) -> None:
        ends = {"value": ("low", "high", "central")}.get(
            column, (f"{column}_low", f"{column}_high", f"{column}_central")
        )
        frame = tables[table]
        tables[table] = frame.assign(**{c: frame[c].where(~where, frame[c] * by) for c in (column, *ends)})

    makers = tables["activities"]["activity"][tables["activities"]["product"] == good]
    rows = tables["coefficients"]
    times("coefficients", "value", (rows["item"] == good) & rows["role"].isin(["input", "output"]), factor)
    times("coefficients", "value", rows["activity"].isin(makers), 1.0 / factor)
    times("products", "price", tables["products"]["product"] == good, 1.0 / factor)
    for table, column, by in (
        ("investment", "value", factor),
        ("final_use", "value", factor),
        ("consumption", "per_head", factor),
        ("worker_consumption", "per_worker", factor),
        ("stocks", "initial", factor),
        ("stocks", "limit", factor),
        ("trade", "price", 1.0 / factor),
        ("trade", "limit", factor),
    ):
        item = "item" if table == "investment" else "product"
        times(table, column, tables[table][item] == good, by)
    figures, counted = tables["targets"], ["output", "delivery", "consumption", "export", "import", "stock"]
    times("targets", "value", (figures["item"] == good) & figures["measure"].isin(counted), factor)
    times("targets", "value", figures["item"].isin(makers) & (figures["measure"] == "activity"), factor)
    times("opening", "value", tables["opening"]["key"].isin(makers), factor)
    own = tables["capacities"]["capacity"].isin(makers)  # an activity may take 1 of the plant of its name without a row
    silent = own & ~tables["capacities"]["capacity"].isin(rows["activity"][rows["role"] == "capacity"])
    names = tables["capacities"]["capacity"][silent]
    for column in ("initial", "growth_floor"):
        times("capacities", column, silent, factor)
    times("pipeline", "value", tables["pipeline"]["capacity"].isin(names), factor)
    times("investment", "value", tables["investment"]["capacity"].isin(names), 1.0 / factor)
    others = (rows["role"] == "capacity") & rows["item"].isin(names)
    times("coefficients", "value", others, factor)
    return replace(facts, tables=tables)


@STEADY
@given(rich(), st.integers(0, 3))
def test_the_unit_of_a_product(made: Made, which: int) -> None:
    facts = economy(*made)
    good = facts.tables["products"]["product"].iloc[which % len(facts.tables["products"])]
    assert share(recounted(facts, good, 1000.0)) == pytest.approx(share(facts), rel=1e-7, abs=1e-9)


@STEADY
@given(rich(), st.randoms(use_true_random=False))
def test_the_order_of_rows(made: Made, random) -> None:
    facts = economy(*made)
    tables = {}
    for name, frame in facts.tables.items():
        order = list(range(len(frame)))
        random.shuffle(order)
        tables[name] = frame.iloc[order].reset_index(drop=True)
    assert share(replace(facts, tables=tables)) == pytest.approx(share(facts), rel=1e-8, abs=1e-9)


@STEADY
@given(rich())
def test_corners_stand_in_order(made: Made) -> None:
    low, middle, high = (share(economy(*made, corner=corner)) for corner in ("pessimistic", "central", "optimistic"))
    assert low <= middle + 1e-7
    assert middle <= high + 1e-7


@STEADY
@given(
    rich(),
    st.sampled_from(["supply", "pipeline", "opening", "capacities", "stocks", "finance", "trade"]),
    st.floats(1.0, 3.0),
)
def test_more_is_never_less(made: Made, table: str, factor: float) -> None:
    facts = economy(*made)
    columns = {
        "capacities": ["initial"],
        "stocks": ["initial", "limit"],
        "finance": ["other_receipts"],
        "trade": ["limit"],
    }
    frame = facts.tables[table]
    more = frame.assign(**{column: frame[column] * factor for column in columns.get(table, ["value"])})
    assert share(replace(facts, tables={**facts.tables, table: more})) >= share(facts) - 1e-7


@STEADY
@given(rich())
def test_prices_prove_the_optimum(made: Made) -> None:
    """Strong duality, complementary slackness, Σ price × figure = 1, and weights of all limits that add up to one."""
    posed, solution = solved(economy(*made))
    assume(solution.optimal)
    program = posed.program
    assert program.cost - program.matrix.T @ solution.row_prices == pytest.approx(solution.column_prices, abs=1e-7)
    slack = np.where(np.isfinite(solution.slacks), solution.slacks, 1.0)
    assert np.abs(solution.row_prices * slack).max() < 1e-6
    room = np.minimum(solution.values - program.column_lower, program.column_upper - solution.values)
    assert np.abs(solution.column_prices * np.where(np.isfinite(room), room, 1.0)).max() < 1e-6
    theta = program.column_block["attainment"].start
    if solution.values[theta] > 1e-9:
        assert program.matrix.T[[theta]] @ solution.row_prices == pytest.approx([1.0], abs=1e-7)
        rows, bounds = weights(solution)
        assert rows.sum() + bounds.sum() == pytest.approx(1.0, abs=1e-6)


@STEADY
@given(rich())
def test_tables_add_up(made: Made) -> None:
    """Sources equal uses in every balance; plant equals what was there and came less what was retired; no use exceeds its room."""
    posed, solution = solved(economy(*made))
    assume(solution.optimal)
    reader = Reader(posed, solution)
    balances = balances_table(reader)
    signed = balances["quantity"] * np.where(balances["side"] == "source", 1.0, -1.0)
    assert signed.groupby([balances["product"], balances["period"]]).sum().abs().max() < 1e-7
    assert balances["quantity"].min() > -1e-7
    plant = capacities_table(reader, solution)
    come = plant["before"] - plant["retired"] + plant["from_pipeline"] + plant["from_plan"]
    assert come.to_numpy() == pytest.approx(plant["in_existence"].to_numpy(), abs=1e-7)
    assert (plant["used"] <= plant["in_existence"] + 1e-6).all()
    assert resources_table(reader, solution)["unused"].min() > -1e-6
