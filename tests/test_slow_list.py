"""The list of slow tests names tests that there are."""

import pytest

from tests.conftest import GONE, SLOW


def test_every_test_of_the_list_is_there(request: pytest.FixtureRequest) -> None:
    if GONE not in request.config.stash:
        pytest.skip("not every test was asked for")
    gone = request.config.stash[GONE]
    assert not gone, f"{SLOW.name} names tests that are not there; `make test-times` writes it anew"
