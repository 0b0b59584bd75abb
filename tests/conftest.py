"""Options of the test suite."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden`` writes the golden texts anew; read the difference before it is kept."""
    parser.addoption("--golden", action="store_true", help="write the golden texts of the constraint families anew")
