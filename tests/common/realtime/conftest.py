"""Each test chooses its own way between processes."""

from collections.abc import Iterator

import pytest

from common.realtime import buses


@pytest.fixture
def fresh_bus() -> Iterator[None]:
    """Whatever the settings of a test choose is made anew, and forgotten afterwards."""
    buses.forget_bus()
    yield
    buses.forget_bus()
