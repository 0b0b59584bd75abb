"""The identities every implementation must satisfy, on every shipped economy and on random ones, and by other solvers."""

from dataclasses import replace

import clarabel
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.feasibility.attainment import attain
from planner.analysis.feasibility.relaxation import limits_of
from planner.analysis.feasibility.target_readings import each_alone
from planner.analysis.shares.balanced import MOST, balanced
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.economy import Economy, load
from planner.formulation import formulate, load_question
from planner.formulation.model_file import question_names
from planner.program import LinearProgram
from planner.shipped import shipped
from planner.solver.gateway import solve_with
from planner.solver.highs import Session
from planner.solver.scaling import scaling_of
from planner.solver.weights import weights
from tests.properties.frames import economy

QUESTION = load_question("attainment")
INPUTS = shipped("inputs")
SHIPPED = {
    "raised": ("ussr_1928", {"plan": "raised_1930"}),
    "optimum, realised": ("ussr_1928", {"plan": "ffyp_optimum", "scenario": "realised", "floor": 0.45}),
    "minimum, optimistic": ("ussr_1928", {"plan": "ffyp_minimum", "corner": "optimistic"}),
    "control figures": ("ussr_1928", {"plan": "control_figures_1929_30"}),
    "two goods": ("two_goods", {"plan": "ambitious"}),
    "two goods, cautious": ("two_goods", {"plan": "cautious"}),
    "of growth": ("ussr_1928", {"model": "growth", "plan": "ffyp_optimum"}),
    "sustained": ("ussr_1928", {"model": "sustained", "plan": "ffyp_optimum"}),
    "as promised": ("ussr_1928", {"model": "promised", "plan": "ffyp_optimum"}),
    "heavy industry": ("ussr_1928", {"model": "heavy_industry", "plan": "ffyp_optimum"}),
    "projects in parts": ("ussr_1928", {"model": "projects", "plan": "ffyp_optimum"}),
    "one year": ("ussr_1928", {"model": "annual", "plan": "control_figures_1929_30"}),
    "back-test": ("ussr_1928", {"model": "backtest", "plan": "ffyp_optimum"}),
    "two goods, kept": ("two_goods", {"model": "kept", "plan": "ambitious"}),
    "two goods, sustained": ("two_goods", {"model": "sustained", "plan": "ambitious"}),
    "two goods, all figures by their shares": ("two_goods", {"model": "five_year", "plan": "ambitious"}),
    "two goods, then consumption": ("two_goods", {"model": "then_consumption", "plan": "ambitious"}),
    "two goods, steady": ("two_goods", {"model": "steady", "plan": "ambitious"}),
    "played": ("two_goods", {"model": "execution", "plan": "ambitious"}),
    "pays its way": ("two_goods_money", {"model": "paying_its_way", "plan": "ambitious"}),
    "played by rank": ("ussr_1928", {"model": INPUTS / "ussr_1928/models/execution.toml", "plan": "ffyp_optimum"}),
    "even growth": (
        "ussr_1928_alternatives",
        {"model": INPUTS / "ussr_1928_alternatives/models/even_growth.toml", "plan": "even_growth"},
    ),
    "expanded reproduction": (
        "ussr_1928_alternatives",
        {"model": INPUTS / "ussr_1928_alternatives/models/expanded_reproduction.toml", "plan": "expanded_reproduction"},
    ),
    "slower tempo": (
        "ussr_1928_alternatives",
        {"model": INPUTS / "ussr_1928_alternatives/models/slower_tempo.toml", "plan": "ffyp_minimum"},
    ),
    "index of industry": ("ussr_1928_industry", {"plan": "ffyp_optimum"}),
    "ten regions": ("ussr_1928_regions", {"plan": "ffyp_minimum"}),
    "two regions": ("two_regions", {"plan": "ambitious"}),
    "food balance": ("kondratiev_1927", {"plan": "perspective_1927"}),
    "second plan": ("ussr_1932", {"model": INPUTS / "ussr_1932/models/physical.toml", "plan": "sfyp_adopted"}),
    "third plan": ("ussr_1937", {"model": INPUTS / "ussr_1937/models/physical.toml", "plan": "tfyp_adopted"}),
    "steel mill": ("steel_mill", {"model": INPUTS / "steel_mill/models/every_market.toml", "plan": "every_market"}),
}
STEADY = settings(max_examples=10, derandomize=True, deadline=None)


@pytest.fixture(scope="module", params=SHIPPED)
def formulation(request):
    name, options = SHIPPED[request.param]
    question = replace(load_question(options.get("model", "attainment")).in_parts, objective="attainment")
    return pose(name, **{**options, "model": question})


@st.composite
def economies(draw) -> Economy:
    """A productive economy of a few goods and years, with plant, labour, a little trade, and figures for the last year."""
    goods, years = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    names = [f"g{i}" for i in range(goods)]
    periods = [str(t + 1) for t in range(years)]
    taken = rng.uniform(0.0, 0.6 / goods, (goods, goods))
    pairs = [(i, j) for i in range(goods) for j in range(goods)]
    final = rng.uniform(1.0, 5.0, goods)
    output = np.linalg.solve(np.eye(goods) - taken, final)
    labour = rng.uniform(0.1, 1.0, goods)
    tables = {
        "products": {"product": names, "unit": "t"},
        "activities": {"activity": names, "product": names},
        "coefficients": {
            "activity": [names[j] for _, j in pairs] + names,
            "item": [names[i] for i, _ in pairs] + ["hands"] * goods,
            "role": ["input"] * len(pairs) + ["resource"] * goods,
            "value": np.concatenate([[taken[i, j] for i, j in pairs], labour]),
        },
        "capacities": {
            "capacity": names,
            "unit": "t",
            "initial": output * rng.uniform(1.1, 1.6, goods),
            "retirement": 0.02,
            "gestation": rng.integers(1, 3, goods),
            "growth_limit": 0.3,
        },
        "investment": {
            "capacity": names,
            "item": [names[0]] * goods,
            "year": 1,
            "value": rng.uniform(0.05, 0.4, goods),
        },
        "resources": {"resource": ["hands"], "unit": "persons", "kind": "labour"},
        "supply": {
            "resource": ["hands"] * years,
            "period": periods,
            "value": labour @ output * rng.uniform(1.1, 1.5, years),
        },
        "final_use": {
            "product": names * years,
            "use": "state",
            "period": [t for t in periods for _ in names],
            "value": np.tile(final * 0.8, years),
        },
        "targets": {
            "plan": "plan",
            "measure": "output",
            "item": names,
            "period": periods[-1],
            "unit": "t",
            "value": output * rng.uniform(0.8, 2.5, goods),
        },
    }
    return economy(tables, periods)


def check_identities(formulation) -> None:
    """θ* ≤ min alone; Σ p g = 1; the weights of all limits add up to one; strong duality; complementary slackness."""
    found = attain(formulation, proof=True)
    solution, program, handle = found.solution, formulation.program, TargetRows(formulation)
    assert solution.optimal
    targets = formulation.targets
    readings = each_alone(formulation, found.share, left_out=False)
    assert found.share <= np.nanmin(readings.alone) + 1e-7
    places = program.positions(handle.rows[handle.scaled], handle.theta)
    priced = solution.row_prices[handle.rows[handle.scaled]] @ program.matrix.data[places]
    assert priced == pytest.approx(1.0, abs=1e-7)
    row, column = weights(solution)
    if abs(found.share) > 1e-9 and np.all(targets.base[handle.scaled] == 0):
        assert row.sum() + column.sum() == pytest.approx(1.0, abs=1e-6)
    reduced = program.cost - program.matrix.T @ solution.row_prices
    assert np.allclose(reduced, solution.column_prices, atol=1e-7)
    assert np.abs(solution.row_prices * np.where(np.isfinite(solution.slacks), solution.slacks, 0.0)).max() < 1e-6
    missing = max(0.0, 1.0 - found.share)
    short = 1.0 - above_base(formulation, solution)[handle.scaled] / targets.span[handle.scaled]
    assert max(0.0, short.max()) == pytest.approx(missing, abs=1e-6)
    if missing > 1e-6:
        assert found.verdict == "outside"
        assert float(found.certificate.gap) == pytest.approx(missing, abs=1e-9)


def above_base(formulation, solution) -> np.ndarray:
    """By how much each target's measure, what was there at the beginning included, is above its base in a plan."""
    handle = TargetRows(formulation)
    program = formulation.program
    without = program.matrix[handle.rows].toarray()
    without[:, handle.theta] = 0.0
    return without @ solution.values - program.row_lower[handle.rows]


def test_identities_on_shipped_economies(formulation):
    check_identities(formulation)


def test_every_shipped_model_and_economy_with_targets_is_among_these():
    models = {*question_names(), *shipped("inputs").glob("*/models/*.toml")}
    about = {model for model in models if load_question(model).wants_targets}
    assert about == {options.get("model", "attainment") for _, options in SHIPPED.values()}
    economies = {path.parent.name for path in shipped("inputs").glob("*/targets.csv")}
    in_part = {name for name in economies if (load(name).tables["targets"]["hard"] == "no").any()}
    assert in_part == {name for name, _ in SHIPPED.values()}


@STEADY
@given(economies())
def test_identities_on_random_economies(made):
    check_identities(formulate(made, QUESTION, "plan"))


@STEADY
@given(economies(), st.floats(1.0, 3.0))
def test_more_of_any_limit_never_lowers_attainment(made, factor):
    before = attain(formulate(made, QUESTION, "plan"), proof=False).share
    for limit in limits_of(made):
        after = attain(formulate(limit.scaled(made, factor), QUESTION, "plan"), proof=False).share
        assert after >= before - 1e-7, limit.name


@STEADY
@given(economies(), st.integers(0, 3))
def test_attainment_has_no_unit(made, which):
    """A product counted in thousandths: every number about it changes by a thousand, the share does not."""
    good = f"g{which % len(made.tables['products'])}"
    tables = dict(made.tables)

    def times(table, column, mask, factor):
        tables[table] = tables[table].assign(
            **{column: tables[table][column].where(~mask, tables[table][column] * factor)}
        )

    times(
        "coefficients",
        "value",
        (tables["coefficients"]["item"] == good) & (tables["coefficients"]["role"] == "input"),
        1000.0,
    )
    times("coefficients", "value", tables["coefficients"]["activity"] == good, 1.0 / 1000.0)
    times("investment", "value", tables["investment"]["item"] == good, 1000.0)
    times("investment", "value", tables["investment"]["capacity"] == good, 1.0 / 1000.0)
    times("capacities", "initial", tables["capacities"]["capacity"] == good, 1000.0)
    times("final_use", "value", tables["final_use"]["product"] == good, 1000.0)
    times("targets", "value", tables["targets"]["item"] == good, 1000.0)
    one = attain(formulate(made, QUESTION, "plan"), proof=False).share
    two = attain(formulate(replace(made, tables=tables), QUESTION, "plan"), proof=False).share
    assert two == pytest.approx(one, rel=1e-7)


@STEADY
@given(economies(), st.randoms(use_true_random=False))
def test_order_does_not_matter(made, random):
    tables = {}
    for name, frame in made.tables.items():
        order = list(range(len(frame)))
        random.shuffle(order)
        tables[name] = frame.iloc[order].reset_index(drop=True)
    one = attain(formulate(made, QUESTION, "plan"), proof=False).share
    two = attain(formulate(replace(made, tables=tables), QUESTION, "plan"), proof=False).share
    assert two == pytest.approx(one, rel=1e-8)


# -- other solvers ----------------------------------------------------------------------------------------------------


def by_clarabel(program: LinearProgram) -> float:
    """The optimum by an interior-point solver that shares no code with HiGHS; of numbers near one, as it wants them."""
    units = scaling_of(program)
    factor, program = units.objective(program), units.scaled(program)
    rows, low, high = [], [], []
    identity = sp.eye_array(program.shape[1], format="csr")
    for matrix, lower, upper in (
        (program.matrix, program.row_lower, program.row_upper),
        (identity, program.column_lower, program.column_upper),
    ):
        rows.append(sp.csr_array(matrix))
        low.append(lower)
        high.append(upper)
    body, lower, upper = sp.vstack(rows).tocsr(), np.concatenate(low), np.concatenate(high)
    size = np.maximum(abs(body).max(axis=1).toarray().ravel(), 1e-12)
    body = sp.diags_array(1.0 / size) @ body
    lower, upper = lower / size, upper / size
    equal = np.flatnonzero(lower == upper)
    above, below = (
        np.flatnonzero(np.isfinite(upper) & (lower != upper)),
        np.flatnonzero(np.isfinite(lower) & (lower != upper)),
    )
    stacked = sp.vstack([body[equal], body[above], -body[below]]).tocsc()
    limits = np.concatenate([upper[equal], upper[above], -lower[below]])
    cones = [clarabel.ZeroConeT(len(equal)), clarabel.NonnegativeConeT(len(above) + len(below))]
    options = clarabel.DefaultSettings()
    options.verbose = False
    options.tol_gap_abs = options.tol_gap_rel = options.tol_feas = 1e-11
    nothing = sp.csc_array((program.shape[1], program.shape[1]))
    found = clarabel.DefaultSolver(
        sp.csc_matrix(nothing), program.cost * program.sign, sp.csc_matrix(stacked), limits, cones, options
    )
    return (float(found.solve().obj_val) * program.sign + program.offset) / factor


def test_attainment_equals_other_solvers(formulation):
    ours = Session().solve(formulation.program).objective
    assert by_clarabel(formulation.program) == pytest.approx(ours, rel=1e-7)
    assert solve_with(formulation.program, "CBC").objective == pytest.approx(ours, rel=1e-7)


def lexicographic(formulation, solve) -> np.ndarray:
    """Balanced shares the slow way: raise all open targets; settle each that cannot go higher with the others held."""
    handle = TargetRows(formulation)
    shares = np.where(formulation.targets.scaled, np.nan, 1.0)
    upper = formulation.program.column_upper.copy()
    upper[handle.theta] = MOST
    program = formulation.program.with_(column_upper=upper)
    left = handle.scaled
    while len(left):
        level = solve(program)
        settled = []
        for i in left:
            others = np.setdiff1d(left, [i])
            alone = solve(handle.held(program, others, level - 1e-9 * max(1.0, level)))
            if alone <= level + 1e-6 * max(1.0, level):
                settled.append(i)
        settled = np.array(settled or left, dtype=np.intp)
        shares[settled] = level
        program = handle.held(program, settled, level - 1e-10)
        left = np.setdiff1d(left, settled)
    return shares


@settings(max_examples=8, derandomize=True, deadline=None)
@given(economies())
def test_balanced_shares_equal_the_slow_way_by_another_solver(made):
    posed = formulate(made, QUESTION, "plan")
    assert np.allclose(balanced(posed).shares, lexicographic(posed, by_clarabel), rtol=1e-5, atol=1e-6)


def test_balanced_steps_equal_clarabel():
    """Each step of the optimum's balanced shares, its optimum found again by Clarabel within 1e-7."""
    posed = pose("ussr_1928", model="attainment", plan="ffyp_optimum")
    found = balanced(posed)
    handle = TargetRows(posed)
    upper = posed.program.column_upper.copy()
    upper[handle.theta] = MOST
    program = posed.program.with_(column_upper=upper)
    for step in range(3):
        level = float(found.shares[found.step == step][0])
        assert by_clarabel(program) == pytest.approx(level, rel=1e-7)
        settled = np.flatnonzero(found.step == step)
        program = handle.held(program, settled, found.shares[settled])
