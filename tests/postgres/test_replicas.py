"""Reading from replicas that really follow a primary: in turn, never one's own past, and without a break."""

import threading
from collections.abc import Callable, Iterator
from time import monotonic

import pytest

from tests.postgres.servers import Server, missing, until
from tests.postgres.sites import Site

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
_STRICT = 3  # seconds behind
_HANGING = 8  # seconds after which a server that does not answer is certainly left out
_TWEETS = 'FROM "tweets_tweet"'


class Copies:
    """A primary, two replicas, and the site: one process that bears old copies, one that hardly does."""

    def __init__(self, primary: Server, site_on: Callable[..., Site]) -> None:
        self.primary = primary
        self.replicas = [Server().follow(self.primary) for _ in range(2)]
        urls = ",".join(replica.url for replica in self.replicas)
        self.site = site_on(DATABASE_URL=self.primary.url, DATABASE_REPLICA_URLS=urls)
        self.patient = self.site.serve(REPLICA_MAX_LAG_SECONDS="60")
        self.strict = self.site.serve(REPLICA_MAX_LAG_SECONDS=str(_STRICT))
        self.both = (self.patient, self.strict)

    def in_use(self, server, number: int) -> None:
        until(lambda: f"{number} of 2 in use" in server.get("/readyz").text)

    def settled(self) -> None:
        """All replicas follow, know everything, and are read."""
        for replica in self.replicas:
            replica.resume()
            until(lambda replica=replica: replica.has_all_of(self.primary))
        for server in self.both:
            self.in_use(server, 2)

    def pause(self) -> None:
        for replica in self.replicas:
            replica.pause()


@pytest.fixture(scope="module")
def everything(server, site_on) -> Iterator[Copies]:
    copies = Copies(server, site_on)
    yield copies
    for replica in copies.replicas:
        replica.remove()


@pytest.fixture
def copies(everything) -> Copies:
    everything.settled()
    return everything


def page(browser, path: str = "/@alice") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.text


def test_visitors_read_the_replicas_in_turn_and_ask_the_primary_nothing(copies):
    visitor = copies.site.person(copies.patient)
    before = [server.statements().count(_TWEETS) for server in (copies.primary, *copies.replicas)]
    for _ in range(6):
        page(visitor)
        page(visitor, "/")
    after = [server.statements().count(_TWEETS) for server in (copies.primary, *copies.replicas)]
    assert after[0] == before[0]
    assert after[1] > before[1]
    assert after[2] > before[2]


def test_who_is_suspended_is_out_at_once_whatever_replicas_still_say(copies):
    browser, app = copies.site.person(copies.patient, "eve"), copies.site.app(copies.patient, "eve")
    assert 'href="/@eve"' in page(browser, "/about/")
    copies.pause()
    copies.primary.ask("UPDATE accounts_user SET state = 'suspended' WHERE username = 'eve'")
    assert "wrote" not in browser.cookies
    assert 'href="/@eve"' not in page(browser, "/about/")
    assert app.get("/api/v1/timelines/home").status_code == 401


def test_a_word_filter_holds_on_every_device_at_once(copies):
    """It is kept in memory by a number that the primary tells: an old copy under the new one would stay."""
    assert copies.site.person(copies.patient, "alice").tweet("What a spoiler").status_code == 302
    copies.settled()
    phone, laptop = (copies.site.person(copies.patient, "bob") for _ in range(2))
    page(phone, "/")
    copies.pause()
    made = phone.submit(
        "/settings/filters/new/", words="spoiler", action="hide", contexts="account", ends="ever"
    )
    assert made.status_code == 302
    assert "What a spoiler" not in page(laptop)
    copies.settled()
    assert "What a spoiler" not in page(laptop)
    assert "What a spoiler" in page(copies.site.person(copies.patient))


def test_whoever_wrote_reads_it_at_once_in_every_process_and_others_a_little_later(copies):
    copies.pause()
    alice = copies.site.person(copies.patient, "alice")
    posted = alice.tweet("Fresh from the primary")
    assert posted.status_code == 302
    mark = next(value for value in posted.headers.get_list("set-cookie") if value.startswith("wrote="))
    assert {"HttpOnly", "Max-Age=61", "Path=/", "SameSite=Lax"} <= set(mark.split("; "))

    for server in copies.both:
        assert "Fresh from the primary" in page(alice.elsewhere(server))
    for other in (copies.site.person(copies.patient), copies.site.person(copies.patient, "bob")):
        assert "Fresh from the primary" not in page(other)
    # The other process leaves out whoever is so far behind.
    copies.in_use(copies.strict, 0)
    assert "Fresh from the primary" in page(copies.site.person(copies.strict))

    copies.settled()
    assert "Fresh from the primary" in page(copies.site.person(copies.patient))


def test_an_app_that_wrote_reads_it_at_once_though_it_keeps_no_cookies(copies):
    copies.pause()
    alice, bob = (copies.site.app(copies.patient, name) for name in ("alice", "bob"))
    posted = alice.post("/api/v1/statuses", json={"status": "Written by an app"})
    assert posted.status_code == 200
    assert "set-cookie" not in posted.headers
    address = f"/api/v1/statuses/{posted.json()['id']}"

    for server in copies.both:
        assert copies.site.app(server, "alice").get(address).status_code == 200
    assert bob.get(address).status_code == 404
    copies.settled()
    assert bob.get(address).status_code == 200


def test_looking_may_write_too(copies):
    """The first visit at home fills it: what follows must know of that."""
    carol = copies.site.person(copies.patient, "carol")
    first, second = carol.get("/"), carol.get("/")
    assert "wrote=" in first.headers.get("set-cookie", "")
    assert "wrote=" not in second.headers.get("set-cookie", "")


def test_a_replica_that_dies_is_left_out_without_a_failing_page_and_comes_back(copies):
    answers: list[int] = []
    stop = threading.Event()

    def read(browser, path: str) -> None:
        while not stop.is_set():
            answers.append(browser.get(path).status_code)

    ways = [
        way
        for server in copies.both
        for way in (
            (copies.site.person(server), "/@alice"),
            (copies.site.person(server, "carol"), "/@alice"),
            (copies.site.app(server, "carol"), "/api/v1/timelines/home"),
        )
    ]
    readers = [threading.Thread(target=read, args=way) for way in ways]
    for reader in readers:
        reader.start()
    try:
        until(lambda: len(answers) > 10)
        copies.replicas[0].stop()
        for server in copies.both:
            copies.in_use(server, 1)
        copies.replicas[1].stop()
        for server in copies.both:
            copies.in_use(server, 0)
        seen = len(answers)
        until(lambda: len(answers) > seen + 10)
        for replica in copies.replicas:
            replica.start()
        copies.settled()
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert set(answers) == {200}


def test_a_replica_that_hangs_keeps_nobody_waiting_for_long(copies):
    """It is not gone, so nothing hangs up: every connection to it is alive, and silent."""
    visitor = copies.site.person(copies.strict)
    took: list[float] = []

    def read() -> None:
        began = monotonic()
        page(visitor, "/@alice")
        took.append(monotonic() - began)

    read()
    copies.replicas[0].hang()
    try:
        for _ in range(4):  # whoever is sent there first waits until it is known to hang
            read()
        copies.in_use(copies.strict, 1)
        assert max(took) < _HANGING
        took.clear()
        for _ in range(20):
            read()
        assert max(took) < 1
    finally:
        copies.replicas[0].go_on()
    copies.settled()


def test_a_new_column_that_replicas_do_not_know_yet_breaks_no_page(copies):
    """What a migration just did on the primary, and the code of the new version asks for."""
    assert copies.site.person(copies.patient, "alice").tweet("Older than the column").status_code == 302
    copies.primary.ask("ALTER TABLE tweets_tweet DROP COLUMN warning")
    for replica in copies.replicas:
        until(lambda replica=replica: replica.has_all_of(copies.primary))
    copies.pause()
    copies.primary.ask("ALTER TABLE tweets_tweet ADD COLUMN warning text NOT NULL DEFAULT ''")
    for path in ("/", "/@alice"):
        assert "Older than the column" in page(copies.site.person(copies.patient), path)
    copies.in_use(copies.patient, 2)  # they are not to blame, and go on with whatever they know


def test_a_server_that_follows_nobody_any_more_is_not_read(copies):
    strayed = copies.replicas[1]
    strayed.ask("SELECT pg_promote()")
    strayed.ask("CREATE TABLE further AS SELECT generate_series(1, 100000)")  # than the primary has written
    for server in copies.both:
        copies.in_use(server, 1)
    strayed.remove()
    copies.replicas[1] = Server(port=strayed.port).follow(copies.primary)
    copies.settled()


def test_visitors_read_on_while_the_primary_is_away_and_others_are_told_to_wait(copies):
    alice = copies.site.person(copies.patient, "alice")
    app = copies.site.app(copies.patient, "alice")
    copies.primary.stop()
    try:
        end = (
            monotonic() + _STRICT + 2
        )  # the replicas are not called late because nobody tells how far one is
        while monotonic() < end:
            for path in ("/", "/@alice", "/about/"):
                page(copies.site.person(copies.strict), path)
        for answer in (alice.get("/"), alice.tweet("Nobody hears"), app.get("/api/v1/timelines/home")):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Back in a moment" in alice.get("/").text
        ready = copies.patient.get("/readyz")
        assert ready.status == 503
        assert '"database": "does not answer (OperationalError)"' in ready.text
        assert copies.patient.get("/healthz").status == 200
    finally:
        copies.primary.start()
    copies.settled()
    assert alice.get("/").status_code == 200
    assert "Nobody hears" not in page(alice)
    assert alice.tweet("Heard again").status_code == 302
