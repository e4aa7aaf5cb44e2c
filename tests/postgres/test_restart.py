"""The primary is restarted under traffic: 503 for that moment, then all goes on and nothing is lost."""

import pytest

from tests.postgres.servers import Server, missing, until
from tests.postgres.sites import Site
from tests.postgres.traffic import MORE, Traffic, refusals, well

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


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
            until(lambda refused=refused: len(refusals(traffic.read)) > refused + MORE)
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


def assert_each_stands_once(server: Server, accepted: list[str]) -> None:
    assert len(accepted) > 2 * MORE
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
