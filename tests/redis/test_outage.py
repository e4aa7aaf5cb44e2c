"""Redis is stopped under traffic: pages answer and posting works, nobody logs in, and it heals by itself."""

import asyncio
import contextlib
import logging
import threading

import pytest
from django.test import override_settings

from common.realtime.buses import RedisBus, forget_bus
from tests.factories import PASSWORD
from tests.postgres.servers import until
from tests.postgres.traffic import Traffic
from tests.redis.conftest import UNCOUNTED

PUSHING = 'import django; django.setup(); from common.realtime import push; push("local", "new", 7)'
SENTENCE = "The server cannot count attempts just now"


@pytest.fixture
def listener(redis, caplog):
    """A process that keeps connections open: what it hears, and each change of whether all is well."""
    heard, states, loop = [], [], asyncio.new_event_loop()

    async def listen():
        with contextlib.suppress(asyncio.CancelledError):
            await RedisBus().listen(heard.append, states.append)

    layer = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [redis.url], "prefix": "live:localhost:8000:"},
    }
    with override_settings(CHANNEL_LAYERS={"default": layer}), caplog.at_level(logging.CRITICAL):
        forget_bus()
        task = loop.create_task(listen())
        thread = threading.Thread(target=loop.run_until_complete, args=(task,))
        thread.start()
        until(lambda: states and states[-1])
        yield heard, states
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()
        forget_bus()


def test_an_outage_is_noticed_only_by_whoever_wants_in(site, servers, redis, listener):
    heard, states = listener
    here, there = servers
    traffic = Traffic()
    for name, server in (("alice", here), ("bob", there)):
        traffic.writes(name, uncounted(site.person(server, name)))
    traffic.reads(uncounted(site.person(here)), "/@alice")
    traffic.reads(uncounted(site.person(there, "carol")), "/")
    traffic.reads(uncounted(site.app(here, "carol")), "/api/v1/timelines/home")
    try:
        traffic.goes_on()
        redis.stop()
        traffic.goes_on()
        assert_degraded(site, here, there)
        until(lambda: not states[-1])
        traffic.goes_on()
        redis.start()
        traffic.goes_on()
    finally:
        traffic.end()
        redis.ensure()
    assert {answer.status_code for answer in traffic.read} == {200}
    assert {answer.status_code for answer in traffic.posted.values()} == {302}
    assert traffic.sent_again == 0
    until(lambda: states[-1])
    site.run("-c", PUSHING)
    until(lambda: heard)
    assert_healed(site, here, there)


def uncounted(client):
    """So that it may ask without a pause."""
    client.headers["X-Forwarded-For"] = UNCOUNTED
    return client


def assert_degraded(site, here, there):
    ready = here.get("/readyz")
    assert ready.status == 200
    assert '"redis": "does not keep what it is given"' in ready.text
    for server in (here, there):
        answer = site.person(server).submit("/login/", login="dora", password=PASSWORD)
        assert answer.status_code == 503
        assert SENTENCE in answer.text
        assert int(answer.headers["Retry-After"]) > 0
        reset = site.person(server).submit("/password/reset/", email="dora@example.org")
        assert reset.status_code == 503
        assert site.person(server).get("/login/").status_code == 200
    app = site.app(here, "dora").get("/api/v1/bookmarks")
    assert (app.status_code, app.headers["X-RateLimit-Limit"]) == (200, "300")


def assert_healed(site, here, there):
    until(
        lambda: '"redis": "ok"' in here.get("/readyz").text and '"redis": "ok"' in there.get("/readyz").text
    )
    for server in (here, there):
        browser = site.person(server)
        assert browser.submit("/login/", login="dora", password=PASSWORD).status_code == 302
        assert browser.get("/settings/profile/").status_code == 200
    left = [
        int(site.app(server, "dora").get("/api/v1/bookmarks").headers["X-RateLimit-Remaining"])
        for server in (here, there)
    ]
    assert left[0] - left[1] == 1
