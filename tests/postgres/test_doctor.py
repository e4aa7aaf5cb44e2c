"""The doctor at real PostgreSQL servers: settings, copies, and a pooler of either kind."""

import json
from collections.abc import Iterator

import pytest

from tests.postgres.servers import Pooler, Server, missing, missing_pooler, until
from tests.postgres.sites import Site

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def examined(site: Site) -> dict[str, dict[str, str]]:
    program = site.begin("manage.py", "doctor", "--json")
    said, complained = program.communicate(timeout=120)
    assert said, complained
    return {check["name"]: check for check in json.loads(said)["checks"]}


def test_settings_of_the_database(server, site_on):
    site = site_on(DATABASE_URL=server.url)
    found = examined(site)
    assert found["database"]["state"] == "good"
    assert found["database"]["found"].startswith("PostgreSQL ")
    assert found["database-settings"]["state"] == "good", found["database-settings"]
    assert found["clock"]["state"] in {"good", "warning"}
    assert found["pooler"]["state"] == "good"
    assert found["replicas"]["state"] == "not applicable"


@pytest.mark.parametrize(
    ("setting", "state", "words"),
    [
        ("default_transaction_isolation = 'repeatable read'", "bad", "read committed"),
        ("client_encoding = 'LATIN1'", "good", "UTF8"),  # the library asks for UTF8 in any case
    ],
    ids=["isolation", "encoding"],
)
def test_settings_of_a_role(server, site_on, setting, state, words):
    server.ask(f"ALTER ROLE postgres SET {setting}")
    try:
        found = examined(site_on(DATABASE_URL=server.url))["database-settings"]
    finally:
        server.ask(f"ALTER ROLE postgres RESET {setting.partition(' ')[0]}")
    assert (found["state"], words in found["found"]) == (state, True), found


@pytest.fixture
def replica(server) -> Iterator[Server]:
    made = Server().follow(server)
    yield made
    made.remove()


def test_copies(server, replica, site_on):
    site = site_on(DATABASE_URL=server.url, DATABASE_REPLICA_URLS=replica.url, REPLICA_MAX_LAG_SECONDS="3")
    until(lambda: replica.has_all_of(server))
    assert examined(site)["replicas"]["state"] == "good"
    replica.stop()
    found = examined(site)["replicas"]
    assert found["state"] == "bad"
    assert "replica1 of 1 does not answer" in found["found"]
    assert "postgres://" not in found["found"] + found["mend"]


def test_a_copy_that_follows_nobody(server, site_on):
    site = site_on(DATABASE_URL=server.url, DATABASE_REPLICA_URLS=server.url)
    assert examined(site)["replicas"]["state"] == "bad"


def test_a_copy_that_fell_behind(server, replica, site_on):
    site = site_on(DATABASE_URL=server.url, DATABASE_REPLICA_URLS=replica.url, REPLICA_MAX_LAG_SECONDS="3")
    until(lambda: replica.has_all_of(server))
    replica.pause()
    try:
        server.ask("SELECT pg_switch_wal()")
        site.run(
            "manage.py", "create_user", "late", "--email", "late@example.org", "--password", "correct horse"
        )
        until(lambda: examined(site)["replicas"]["state"] == "warning")
    finally:
        replica.resume()


def test_a_copy_taken_for_the_primary(server, replica, site_on):
    until(lambda: replica.has_all_of(server))
    found = examined(site_on(DATABASE_URL=replica.url))["database-settings"]
    assert found["state"] == "bad"
    assert "takes no writes" in found["found"]


@pytest.mark.skipif(bool(missing_pooler()), reason=missing_pooler())
@pytest.mark.parametrize(
    ("mode", "said", "state", "words"),
    [
        ("transaction", "transaction", "good", "says so"),
        ("transaction", "", "bad", "does not say so"),
        ("session", "", "good", "whole sessions"),
    ],
)
def test_a_pooler(server, site_on, mode, said, state, words):
    pooler = Pooler(server).start(default_pool_size="5", pool_mode=mode, ignore_startup_parameters="options")
    try:
        found = examined(site_on(DATABASE_URL=pooler.url, DATABASE_POOLER=said))["pooler"]
    finally:
        pooler.remove()
    assert (found["state"], words in found["found"]) == (state, True), found
