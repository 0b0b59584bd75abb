"""Probabilities from draws: known intervals, the same bytes from the same seed, empty sets counted and said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.statistics import quantiles, tables, wilson
from planner.analysis.uncertainty.uncertainty import explore
from planner.answers.pose import pose


def two_goods(plan="ambitious", **options):
    return pose("two_goods", model="attainment", plan=plan, **options)


@pytest.mark.parametrize(
    ("successes", "draws", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_as_published(successes, draws, low, high):
    """The first four: examples of Newcombe 1998, table I, method 3; the last by its formula, n / (n + z²)."""
    assert wilson(successes, draws) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_is_mirrored(case):
    successes, draws = case
    low, high = wilson(successes, draws)
    assert 0.0 <= low <= successes / draws <= high <= 1.0
    mirrored = wilson(draws - successes, draws)
    assert (1.0 - mirrored[1], 1.0 - mirrored[0]) == pytest.approx((low, high), abs=1e-12)


@given(st.lists(st.floats(0, 2) | st.just(-np.inf), min_size=1, max_size=50))
def test_quantiles_are_draws_in_order(values):
    found = quantiles(np.array(values))
    known = found[~np.isnan(found)]
    assert set(known) <= set(values)
    assert (np.diff(known) >= 0).all()
    assert np.isnan(found[: len(found) - len(known)]).all()  # draws without a plan come before all others


def test_draws_lie_between_the_corners_and_their_plans_share_them():
    """By hand: 0.8675 and 0.9325 at the corners of the ranges; the cautious plan is inside wherever the numbers lie."""
    found = tables(explore([two_goods(), two_goods("cautious")], Sampling(samples=200, seed=3), Cluster(workers=1)))
    table = found["met"].set_index("plan")
    assert table.loc["ambitious", "feasible"] == 0
    assert (table.loc["ambitious", "low"], table.loc["ambitious", "high"]) == pytest.approx(wilson(0, 200))
    assert table.loc["cautious", "share"] == 1.0
    values = found["samples"].pivot_table(index="draw", columns="plan", values="value")
    assert values["ambitious"].between(0.8675, 0.9325).all()
    assert values["ambitious"].corr(values["cautious"]) > 0.9  # common random numbers


def test_the_median_of_a_single_number_is_that_of_its_range():
    """θ falls as the norm rises, so quantiles go through: at the median norm stands the median share."""
    formulation = two_goods()
    found = explore([formulation], Sampling(samples=1500, seed=8), Cluster(workers=1))
    middle = np.median(found.outcomes[0].value)
    assert middle == pytest.approx(0.9, abs=0.002)  # symmetric ranges, and nearly linear between them


@pytest.mark.parametrize("distribution", ["triangular", "uniform", "loguniform"])
def test_the_same_seed_gives_the_same_bytes(distribution):
    def once(seed):
        found = tables(
            explore([two_goods()], Sampling(samples=24, seed=seed, distribution=distribution), Cluster(workers=1))
        )
        return {name: table.to_csv(index=False) for name, table in found.items()}

    assert once(1) == once(1)
    assert once(1)["samples"] != once(2)["samples"]


def test_more_draws_prolong_the_same_ones():
    few, more = (
        tables(explore([two_goods()], Sampling(samples=n, seed=1), Cluster(workers=1)))["samples"] for n in (40, 70)
    )
    assert few.equals(more.head(len(few)))


def test_an_empty_set_is_not_feasible_and_is_counted_apart():
    formulation = pose("ussr_1928", model="attainment", plan="raised_1929_12", scenario="realised")
    row = tables(explore([formulation], Sampling(samples=8, seed=1), Cluster(workers=1)))["met"].iloc[0]
    assert (row["draws"], row["feasible"], row["empty"]) == (8, 0, 8)
    assert np.isnan(row["p95"])


def test_draws_are_what_the_question_stated_in_full_gives():
    """The shortcut through slopes, against formulating and solving anew."""
    from planner.formulation.parametric.program import in_full
    from planner.solver.highs import Session

    formulation = pose("ussr_1928", model="attainment", plan="raised_1929_12")
    found = explore([formulation], Sampling(samples=6, seed=1928), Cluster(workers=1))
    factors, outcome = found.factors[0], found.outcomes[0]
    for draw in range(6):
        values = factors.values(found.design.shares(draw))
        solution = Session().solve(in_full(formulation, factors.numbers, values))
        assert solution.optimal == (outcome.status[draw] == "solved")
        if solution.optimal:
            assert outcome.value[draw] == pytest.approx(solution.objective, rel=2e-9)


def test_balanced_shares_start_at_the_attainment():
    formulation = pose("two_goods", model="attainment", plan="ambitious")
    plain = explore([formulation], Sampling(samples=20, seed=5), Cluster(workers=1)).outcomes[0]
    each = explore([formulation], Sampling(samples=20, seed=5, each_target=True), Cluster(workers=1)).outcomes[0]
    assert each.value == pytest.approx(plain.value, rel=2e-9)
    assert each.shares.min(axis=1) == pytest.approx(plain.value, rel=2e-9)
