"""What tests of pages share."""

from collections.abc import Iterator

import pytest

from common import realtime
from tests.web.sockets import House, house


@pytest.fixture
def live(monkeypatch, transactional_db) -> Iterator[House]:
    """Sockets that hear what is pushed in this test. Its rows are committed, because others draw them."""
    with house() as built:
        monkeypatch.setattr(realtime, "_send", built.push)
        yield built
