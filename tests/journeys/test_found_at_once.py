"""What was said is found within a second by whoever searches, on a server that bin/run started."""

import re
import time
from collections.abc import Callable, Iterator

import pytest

from tests.postgres.sites import Browser
from tests.serving import ROOT, RunningServer

_TIMES = 4
_FOUND = re.compile(r'<article class="tweet" id="t(\d+)"')


@pytest.fixture
def server(site) -> Iterator[RunningServer]:
    server = RunningServer(site.folder, [str(ROOT / "bin" / "run")], site.variables).start()
    yield server
    server.stop()


def seconds_until(true: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < 30, "never"
        time.sleep(0.02)
    return time.monotonic() - began


def found(reader: Browser, words: str) -> list[str]:
    answer = reader.get("/search/", params={"q": words, "tab": "latest"})
    assert answer.status_code == 200
    return _FOUND.findall(answer.text)


def test_posted_edited_and_deleted_a_stranger_finds_it_so(site, server):
    alice, visitor = site.person(server, "alice"), site.person(server)
    posted, edited, deleted = [], [], []
    for number in range(_TIMES):
        old, new = f"quince{number}", f"medlar{number}"
        assert alice.tweet(f"{old} jelly").status_code == 302
        posted.append(seconds_until(lambda old=old: found(visitor, old) != []))
        (tweet_id,) = found(visitor, old)
        assert alice.submit(f"/edit/{tweet_id}/", text=f"{new} jelly", version="1").status_code == 302
        edited.append(seconds_until(lambda new=new: found(visitor, new) != []))
        assert found(visitor, old) == []
        assert alice.submit(f"/delete/{tweet_id}/").status_code == 302
        deleted.append(seconds_until(lambda new=new: found(visitor, new) == []))
    # The quickest of each: the others tell how busy the machine is.
    assert min(posted) < 1, posted
    assert min(edited) < 1, edited
    assert min(deleted) < 1, deleted
