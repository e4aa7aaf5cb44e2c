"""Lines of apps that hear what happens in a test."""

from collections.abc import Iterator

import pytest

from common import realtime
from tests.api.streaming.lines import StreamHouse


@pytest.fixture
def streams(monkeypatch, transactional_db) -> Iterator[StreamHouse]:
    """Lines that hear what is pushed in this test. Its rows are committed, because others draw them."""
    built = StreamHouse()
    monkeypatch.setattr(realtime, "_send", built.push)
    yield built
    built.close()
