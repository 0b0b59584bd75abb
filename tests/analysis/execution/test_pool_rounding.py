"""Equally good plans of a pool do not differ by what a processor rounds off."""

import numpy as np
import pytest

import planner
from planner.analysis.execution import pool

NOISE = 1e-14


@pytest.mark.parametrize("seed", [1, 2])
def test_noise_of_the_last_digits_changes_no_play(monkeypatch, seed):
    """What is sent to the solver is moved as sums in another order would move it; the play is the same to its last digits."""
    asked = {"plan": "ambitious", "model": "execution", "tautness": 1.5, "allocation": "pool"}
    before = planner.execute("two_goods", **asked).value
    chance, solved = np.random.default_rng(seed), pool.Pool._solved

    def noisy(self, *given):
        return solved(self, *(value * (1 + NOISE * chance.standard_normal(value.shape)) for value in given))

    monkeypatch.setattr(pool.Pool, "_solved", noisy)
    assert planner.execute("two_goods", **asked).value == pytest.approx(before, rel=1e-12)


def test_numbers_to_a_millionth_fit_where_they_fitted():
    values = np.array([1.0, 0.3, 1 / 3, 1e-9, 0.0, 5e8])
    coarse = pool._coarse(values)
    assert (coarse <= values * (1 + 1e-10)).all()
    assert np.allclose(coarse, values, rtol=2e-6, atol=0)
    assert np.array_equal(pool._coarse(coarse), coarse)
