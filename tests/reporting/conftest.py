"""One browser for all tests of pages."""

from collections.abc import Iterator

import pytest

from tests.reporting.reading import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Started once; where there is none, whoever asks for it is skipped before (``needs_browser``)."""
    with Browser() as one:
        yield one
