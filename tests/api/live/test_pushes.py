"""Pushes of a running server, asked for by Mastodon.py and opened by the device they were sealed for."""

import json
import threading
import time

import pytest

from tests.common.devices import Device, decoded
from tests.common.elsewhere import Elsewhere


@pytest.fixture
def service():
    """A push service."""
    server = Elsewhere()
    server.says("/push", status=201)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("standard", [True, False])
def test_a_like_reaches_the_telephone(join, service, standard):
    author, reader = join(f"hal{standard}"), join(f"ida{standard}")
    device = Device()
    keys = {"pubkey": decoded(device.keys["p256dh"]), "auth": decoded(device.keys["auth"])}
    made = author.push_subscription_set(
        service.url("/push"), keys, favourite_events=True, policy="all", standard=standard
    )
    assert made.alerts.favourite
    assert not made.alerts.follow
    assert made.server_key == author.instance_v2().configuration.vapid.public_key
    assert author.push_subscription().endpoint == service.url("/push")
    said = author.status_post("Like me")
    reader.account_follow(author.me().id)
    reader.status_favourite(said.id)

    end = time.monotonic() + 60
    while not service.heard:
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
    (request,) = service.heard
    told = json.loads(device.open(request.body, request.headers))
    assert (told["notification_type"], told["body"]) == ("favourite", "Like me")
    assert told["access_token"] == author.access_token
    assert author.notifications(told["notification_id"]).status.id == said.id
    author.push_subscription_delete()
