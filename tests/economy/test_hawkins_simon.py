"""The Hawkins-Simon condition against the spectral radius and against enumeration of techniques."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.economy.checks.hawkins_simon import InputOutput, guilty_blocks, productive


def _technology(takes: np.ndarray, makes: np.ndarray) -> InputOutput:
    """From dense matrices, products by activities."""
    used, user = np.nonzero(takes)
    made, maker = np.nonzero(makes)
    return InputOutput(len(takes), used, user, takes[used, user], made, maker, makes[made, maker])


def _radius(matrix: np.ndarray) -> float:
    return float(np.abs(np.linalg.eigvals(matrix)).max())


@settings(max_examples=40, deadline=None, database=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1), st.floats(0.3, 1.7))
def test_one_technique_a_product(size: int, seed: int, radius: float) -> None:
    random = np.random.default_rng(seed)
    matrix = random.random((size, size)) * (random.random((size, size)) < 0.7)
    actual = _radius(matrix)
    if actual < 0.05 or abs(radius - 1) < 1e-3:
        return
    units = 10.0 ** random.integers(-3, 4, size)  # a change of units changes no verdict
    matrix = matrix * (radius / actual) * units[:, None] / units
    technology = _technology(matrix, np.eye(size))
    assert productive(technology) == (radius < 1)
    if radius > 1:
        assert max(guilty.share for guilty in guilty_blocks(technology)) > 1


@settings(max_examples=20, deadline=None, database=None)
@given(st.integers(0, 2**32 - 1))
def test_choice_of_techniques(seed: int) -> None:
    """Productive exactly if one of the choices of a technique for each product is."""
    random = np.random.default_rng(seed)
    takes = random.random((3, 6)) * 0.75
    makes = np.kron(np.eye(3), np.ones((1, 2)))
    radii = [_radius(takes[:, list(choice)]) for choice in itertools.product((0, 1), (2, 3), (4, 5))]
    if abs(min(radii) - 1) > 1e-3:
        assert productive(_technology(takes, makes)) == (min(radii) < 1)


def test_by_product_needs_the_linear_program() -> None:
    """Each activity alone eats what the other makes on the side; together they gain."""
    takes = np.array([[1.0, 0.0], [0.0, 1.0]])
    makes = np.array([[0.6, 1.0], [1.0, 0.6]])
    assert productive(_technology(takes, makes))
    makes[0, 1] = makes[1, 0] = 0.3
    assert not productive(_technology(takes, makes))
    assert guilty_blocks(_technology(takes, makes))


def test_blame_falls_on_the_circle_only() -> None:
    takes = np.zeros((4, 4))
    takes[0, 1], takes[1, 0], takes[2, 0], takes[0, 3] = 2.0, 0.8, 0.5, 0.1
    (guilty,) = guilty_blocks(_technology(takes, np.eye(4)))
    assert guilty.products.tolist() == [0, 1]
    assert guilty.share == pytest.approx(1.6)


def test_share_as_in_the_textbook_example() -> None:
    """1 of steel takes .71 of steel and .52 of coal, 1 of coal .66 of steel: together .71 + .52 * .66 = 1.053."""
    takes = np.array([[0.71, 0.66], [0.52, 0.0]])
    (guilty,) = guilty_blocks(_technology(takes, np.eye(2)))
    assert (guilty.head, round(guilty.share, 4)) == (0, 1.0532)
