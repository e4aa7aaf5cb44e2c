"""What a process does last."""

import pytest

from common import ending


@pytest.fixture(autouse=True)
def _nothing_yet(monkeypatch):
    monkeypatch.setattr(ending, "_last", [])


def test_it_is_done_once():
    done = []
    ending.before_the_end(lambda: done.append("one"))
    ending.before_the_end(lambda: done.append("other"))
    ending.end()
    ending.end()

    assert sorted(done) == ["one", "other"]
