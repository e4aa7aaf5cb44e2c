"""Behind a real PgBouncer, which lends another session for each transaction and has fewer than we threads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres.servers import Pooler, Server, missing_pooler, until
from tests.postgres.sites import Site

pytestmark = pytest.mark.skipif(bool(missing_pooler()), reason=missing_pooler())
_SESSIONS, _TURNS = 2, 4
_WALKS = """
import django; django.setup()
from timelines.actions import trim_homes
from timelines.models import HomeTimeline
for _ in range(60):
    trim_homes()
print(HomeTimeline.objects.count())
"""


@pytest.fixture(scope="module")
def pooler(server) -> Iterator[Pooler]:
    server.ask(
        "ALTER SYSTEM SET timezone = 'America/New_York'"
    )  # a session is told ours, and then given away
    server.ask("SELECT pg_reload_conf()")
    pooler = Pooler(server).start(default_pool_size=str(_SESSIONS))
    yield pooler
    pooler.remove()
    server.ask("ALTER SYSTEM RESET timezone")
    server.ask("SELECT pg_reload_conf()")


@pytest.fixture(scope="module")
def site(pooler, site_on) -> Site:
    return site_on(DATABASE_URL=pooler.url, DATABASE_POOLER="transaction")


def test_the_site_works_with_fewer_sessions_than_threads(server, site):
    web, worker = site.serve(WEB_THREADS="6"), site.work()
    people = [site.person(web, name) for name in ("alice", "bob") for _ in range(3)]
    assert people[0].submit("/@bob/follow").status_code == 302

    def use(number: int) -> set[int]:
        person = people[number]
        return {
            answer.status_code
            for turn in range(_TURNS)
            for answer in (
                person.tweet(f"{number} says {turn} #pooled"),
                person.get("/"),
                person.get("/?page=2"),
                person.get("/@bob"),
                person.get("/search/?q=says"),
                person.get("/notifications/"),
            )
        }

    with ThreadPoolExecutor(len(people) + 1) as at_once:
        walks = at_once.submit(site.run, "-c", _WALKS)
        found = set().union(*at_once.map(use, range(len(people))))
        assert walks.result().strip() == "2"
    assert found == {200, 302}
    until(lambda: server.ask("SELECT count(*) FROM jobs_job WHERE run_at < now() + interval '1 minute'") == 0)
    assert server.ask("SELECT count(*) FROM jobs_job WHERE state = 'dead'") == 0
    assert worker.poll() is None
    assert server.ask("SELECT count(*) FROM tweets_tweet") == _TURNS * len(people)
    at_home = _TURNS * (len(people) + 3)  # alice has what both say, bob his own
    assert server.ask("SELECT count(*) FROM timelines_timelineentry") == at_home
    until(lambda: sessions(server) <= _SESSIONS)  # our own question just before may still be leaving


def test_the_host_is_told_what_a_pooler_cannot_be_asked_for(server, site):
    def told() -> str:
        moving = site.begin("manage.py", "migrate", "-v0")
        said, complained = moving.communicate(timeout=120)
        assert moving.returncode == 0, complained
        return said + complained

    assert "ALTER ROLE our_user SET jit = off" in told()
    server.ask("ALTER ROLE postgres SET jit = off")
    try:
        server.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        assert "jit" not in told()
    finally:
        server.ask("ALTER ROLE postgres RESET jit")


def sessions(server: Server) -> int:
    others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
    return int(str(server.ask(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")))
