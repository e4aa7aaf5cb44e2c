"""The primary is restarted under traffic: 503 for that moment, then all goes on and nothing is lost."""

import itertools
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
import pytest

from tests.postgres.servers import Server, missing, until
from tests.postgres.sites import Browser, Site

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
_MORE = 8  # answers of each kind between two events


@dataclass
class Traffic:
    """People who read and write without a pause, and what they were told."""

    read: list[httpx.Response] = field(default_factory=list)
    posted: dict[str, httpx.Response] = field(default_factory=dict)  # words -> the last answer
    sent_again: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def reads(self, browser: httpx.Client, path: str) -> None:
        self._forever(lambda: self.read.append(browser.get(path)))

    def writes(self, author: str, browser: Browser) -> None:
        """Each tweet with a one-time key of its own, sent again with the same key until it is taken."""
        numbers = itertools.count()

        def post() -> None:
            words, key = f"{author} says {next(numbers)}", secrets.token_urlsafe(16)
            while True:
                self.posted[words] = answer = browser.submit("/create/", text=words, key=key)
                if answer.status_code != 503 or self._stop.is_set():
                    return
                self.sent_again += 1
                time.sleep(0.05)

        self._forever(post)

    def goes_on(self) -> None:
        """Wait until pages are read and tweets are posted again."""
        for answers in (lambda: self.read, lambda: list(self.posted.values())):
            so_far = len(answers())
            until(lambda answers=answers, so_far=so_far: well(answers()[so_far:]) >= _MORE)

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _forever(self, act: Callable[[], object]) -> None:
        def acting() -> None:
            while not self._stop.is_set():
                act()

        self._threads.append(threading.Thread(target=acting))
        self._threads[-1].start()


def well(answers: list[httpx.Response]) -> int:
    return sum(answer.status_code in {200, 302} for answer in answers)


@pytest.fixture(scope="module")
def site(server, site_on) -> Site:
    return site_on(DATABASE_URL=server.url)


def test_restarts_under_traffic_lose_nothing(server, site):
    web, worker = site.serve(), site.work()
    carol = site.person(web, "carol")
    carol.get("/")  # her home is kept from now on
    for name in ("alice", "bob"):
        assert carol.submit(f"/@{name}/follow").status_code == 302
    traffic = Traffic()
    for name in ("alice", "bob"):
        traffic.writes(name, site.person(web, name))
    traffic.reads(site.person(web), "/@alice")
    traffic.reads(site.person(web, "carol"), "/")
    traffic.reads(site.app(web, "carol"), "/api/v1/timelines/home")
    try:
        traffic.goes_on()
        for mode in ("immediate", "fast"):
            refused = len(refusals(traffic.read))
            server.stop(mode)
            until(lambda refused=refused: len(refusals(traffic.read)) > refused + _MORE)
            server.start()
            traffic.goes_on()
    finally:
        traffic.end()

    assert {answer.status_code for answer in traffic.read} == {200, 503}
    assert traffic.sent_again
    assert all(answer.headers["Retry-After"] == "5" for answer in refusals(traffic.read))
    assert worker.poll() is None, "the worker gave up"
    assert_each_stands_once(server, [words for words, answer in traffic.posted.items() if well([answer])])
    assert_jobs_are_done(server)
    assert_everybody_got_everything(server)


def refusals(answers: list[httpx.Response]) -> list[httpx.Response]:
    return [answer for answer in answers if answer.status_code == 503]


def assert_each_stands_once(server: Server, accepted: list[str]) -> None:
    assert len(accepted) > 2 * _MORE
    quoted = ", ".join(f"'{words}'" for words in accepted)
    assert server.ask(f"SELECT count(DISTINCT text) FROM tweets_tweet WHERE text IN ({quoted})") == len(
        accepted
    )
    assert server.ask("SELECT count(*) - count(DISTINCT text) FROM tweets_tweet") == 0


def assert_jobs_are_done(server: Server) -> None:
    """None was put aside, and none is tried without end."""
    until(lambda: server.ask("SELECT count(*) FROM jobs_job WHERE run_at < now() + interval '1 minute'") == 0)
    assert server.ask("SELECT count(*) FROM jobs_job WHERE state = 'dead'") == 0


def assert_everybody_got_everything(server: Server) -> None:
    carol = "(SELECT id FROM accounts_user WHERE username = 'carol')"
    got = server.ask(f"SELECT count(*) FROM timelines_timelineentry WHERE owner_id = {carol}")
    assert got == server.ask("SELECT count(*) FROM tweets_tweet")


def test_a_worker_and_a_page_wait_for_a_database_that_comes_later(server, site):
    """The order in which the machines of a house start is nobody's concern."""
    server.stop("fast")
    worker = site.work()
    web = site.serve(first_page="/healthz")
    try:
        assert web.get("/readyz").status == 503
        assert web.get("/").status == 503
    finally:
        server.start()
    until(lambda: web.get("/readyz").status == 200)
    posted = site.person(web, "alice").tweet("Up again")
    assert posted.status_code == 302
    assert_jobs_are_done(server)
    assert worker.poll() is None
