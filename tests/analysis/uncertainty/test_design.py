"""What is drawn: ranges, distributions, numbers that share a draw, and designs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.uncertainty.design import DISTRIBUTIONS, design_of, factors_of, triangular
from planner.economy import load
from planner.formulation.parametric.rows import uncertain_rows


@pytest.fixture(scope="module")
def numbers():
    """The rows that are drawn; what follows them is in tests/economy/test_residuals.py."""
    every = uncertain_rows(load("ussr_1928"))
    return every.some(every.drawn)


@pytest.mark.parametrize("kind", DISTRIBUTIONS)
def test_quantiles_stay_in_the_range_and_rise(numbers, kind):
    factors = factors_of(numbers, distribution=kind)
    steps = [factors.values(np.full(len(factors), u)) for u in np.linspace(0, 1, 9)]
    assert np.array_equal(steps[0], numbers.low)
    assert np.allclose(steps[-1], numbers.high, rtol=1e-12)
    assert (np.diff(steps, axis=0) > 0).all()


@given(st.floats(0.01, 0.99), st.floats(0.0, 1.0))
def test_the_triangular_distribution_is_the_textbook_one(mode, u):
    at = float(triangular(np.array([u]), np.zeros(1), np.array([mode]), np.ones(1))[0])
    below = at * at / mode if at <= mode else 1.0 - (1.0 - at) ** 2 / (1.0 - mode)
    assert below == pytest.approx(u, abs=1e-9)


def test_the_periods_of_a_row_share_a_draw(numbers):
    factors = factors_of(numbers)
    supply = [name for name in factors.names if name.startswith("supply ")]
    table = numbers.table[numbers.table["table"] == "supply"]
    assert len(supply) == table["number"].nunique() < len(table)
    shares = np.full(len(factors), 0.5)
    shares[factors.names.index(supply[0])] = 1.0
    high = factors.values(shares) == numbers.high
    assert set(numbers.table.loc[high, "number"]) == {supply[0].removeprefix("supply ")}
    assert high.sum() == 5


def test_rules_of_sharing_differ_in_how_many_draws_there_are(numbers):
    count = {rule: len(factors_of(numbers, sharing=rule)) for rule in ("source", "periods", "none")}
    assert count["source"] < count["periods"] < count["none"] == len(numbers)


def test_a_range_that_touches_zero_is_drawn_uniformly():
    economy = load("two_goods")
    frame = economy.tables["final_use"].assign(low=0.0, high=12.0)
    numbers = uncertain_rows(replace(economy, tables={**economy.tables, "final_use": frame}))
    factors = factors_of(numbers, distribution="loguniform")
    assert dict(zip(numbers.table["table"], factors.kinds, strict=True)) == {
        "coefficients": "loguniform",
        "final_use": "uniform",
    }


def test_a_table_may_have_a_distribution_of_its_own(numbers):
    factors = factors_of(numbers, distributions={"supply": "uniform"})
    kinds = dict(zip(numbers.table["table"], factors.kinds, strict=True))
    assert kinds["supply"] == "uniform"
    assert kinds["coefficients"] == "triangular"


def test_a_random_design_is_prolonged_not_changed():
    short, long = (design_of("abc", "abc", samples=n, seed=4) for n in (5, 50))
    assert [short.shares(i).tolist() for i in range(5)] == [long.shares(i).tolist() for i in range(5)]
    assert short.shares(0).tolist() != design_of("abc", "abc", samples=5, seed=5).shares(0).tolist()
    assert np.corrcoef([long.shares(i) for i in range(50)], rowvar=False)[0, 1] == pytest.approx(0.0, abs=0.3)


@pytest.mark.parametrize(("kind", "samples", "size"), [("sobol", 8, 8 * (2 + 2)), ("morris", 6, 6 * (2 + 1))])
def test_designs_count_groups_not_factors(kind, samples, size):
    design = design_of(list("abcd"), ["x", "x", "y", "y"], kind=kind, samples=samples)
    assert (design.size, design.shares(0).shape) == (size, (4,))
    again = design_of(list("abcd"), ["x", "x", "y", "y"], kind=kind, samples=samples)
    assert np.array_equal(design.table, again.table)


@pytest.mark.parametrize(("kind", "samples"), [("sobol", 100), ("morris", 1)])
def test_designs_that_cannot_be_laid_out_are_refused(kind, samples):
    with pytest.raises(ValueError, match="needs"):
        design_of("ab", "ab", kind=kind, samples=samples)
