"""Where nothing keeps connections open, as in these tests, streams say so."""

import pytest

from tests.api.calling import caller_for


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["user", "public?only_media=1", "hashtag?tag=tea", "list?list=5", "health"])
def test_pages_alone_serve_no_streams(alice, path):
    answer = caller_for(alice).get(f"/api/v1/streaming/{path}")

    assert answer.status_code == 501
    assert answer.json() == {"error": "Streams are not served here; bin/run and bin/stream serve them"}


@pytest.mark.django_db
def test_the_server_says_where_streams_are(alice, settings):
    def told():
        newer, older = caller_for(alice).get("/api/v2/instance"), caller_for(alice).get("/api/v1/instance")
        return newer.json()["configuration"]["urls"]["streaming"], older.json()["urls"]["streaming_api"]

    settings.LIVE_SOCKETS, settings.SITE_URL = True, "https://chirp.example"
    assert told() == ("wss://chirp.example", "wss://chirp.example")
    settings.LIVE_SOCKETS = False
    assert told() == (None, None)
