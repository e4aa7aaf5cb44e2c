"""Streams of a running server, as Mastodon.py reads them and as a bare socket does."""

import contextlib
import json
import queue
import time

import pytest
import requests
from mastodon import CallbackStreamListener, Mastodon
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

_PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def eve(join) -> Mastodon:
    return join("edith")


@pytest.fixture(scope="module")
def fay(join) -> Mastodon:
    return join("fay")


class Heard:
    """What a stream of Mastodon.py tells, in order."""

    def __init__(self) -> None:
        self._told: queue.Queue = queue.Queue()
        names = ("update", "delete", "notification", "conversation", "status_update", "filters_changed")
        self.listener = CallbackStreamListener(**{f"{name}_handler": self._hear(name) for name in names})

    def _hear(self, name):
        return lambda *said: self._told.put((name, *said))

    def next(self):
        return self._told.get(timeout=_PATIENCE_SECONDS)


@pytest.fixture
def listening():
    """`listening(mastodon.stream_user)`: what comes there from now on."""
    handles = []

    def listen(stream, *parts, **how) -> Heard:
        heard = Heard()
        handles.append(stream(*parts, heard.listener, run_async=True, **how))
        until_open(handles[-1])
        return heard

    yield listen
    for handle in handles:
        hang_up(handle)


def hang_up(handle):
    """By its own `close` it would wait for the next heartbeat: whoever reads holds the line until then."""
    handle.closed = True
    handle.connection.raw.shutdown()
    handle.join(_PATIENCE_SECONDS)
    assert not handle.is_alive()


def until_open(handle):
    end = time.monotonic() + _PATIENCE_SECONDS
    while not handle.is_receiving():
        assert time.monotonic() < end, "it never opens"
        time.sleep(0.02)


@pytest.fixture
def socket(site):
    """`socket(mastodon)`: a bare socket with its token."""
    with contextlib.ExitStack() as lines:

        def open_line(app, query="", **how):
            address = f"{site.replace('http', 'ws', 1)}/api/v1/streaming{query}"
            how.setdefault("additional_headers", {"Authorization": f"Bearer {app.access_token}"})
            return lines.enter_context(connect(address, open_timeout=_PATIENCE_SECONDS, **how))

        yield open_line


def heard(line):
    said = json.loads(line.recv(timeout=_PATIENCE_SECONDS))
    return said.get("stream"), said.get("event"), json.loads(said.get("payload", "null"))


def test_streams_are_said_to_be_there(eve, site):
    assert eve.stream_healthy()
    assert eve.instance_v2().configuration.urls.streaming == site.replace("http", "ws", 1)
    assert eve.instance_v1().urls.streaming_api == site.replace("http", "ws", 1)


def test_home_and_notifications(eve, fay, listening):
    fay.account_follow(eve.me().id)
    home, told = listening(fay.stream_user), listening(fay.stream_user_notifications)
    said = eve.status_post("Good morning")
    name, status = home.next()
    assert (name, status.id, status.account.acct) == ("update", said.id, "edith")
    eve.status_update(said.id, "Good evening")
    name, status = home.next()
    assert (name, status.content) == ("status_update", "<p>Good evening</p>")
    eve.status_delete(said.id)
    assert home.next() == ("delete", said.id)

    mine = fay.status_post("Like me")
    assert home.next()[1].id == mine.id
    eve.status_favourite(mine.id)
    for stream in (home, told):
        name, notification = stream.next()
        assert (name, notification.type, notification.status.id) == ("notification", "favourite", mine.id)
    fay.create_filter_v2("Cats", ["home"], "warn", keywords_attributes=[{"keyword": "cat"}])
    assert home.next() == ("filters_changed",)


def test_public_streams_tags_and_lists(eve, fay, listening):
    friends = fay.list_create("Friends")
    fay.account_follow(eve.me().id)
    fay.list_accounts_add(friends.id, [eve.me().id])
    streams = [
        listening(fay.stream_public),
        listening(fay.stream_public, local=True),
        listening(fay.stream_hashtag, "tea"),
        listening(fay.stream_hashtag, "tea", local=True),
        listening(fay.stream_list, friends.id),
    ]
    pictures = listening(fay.stream_public, only_media=True)
    eve.status_post("Only for fay #tea @fay", visibility="direct")
    said = eve.status_post("Time for #tea")
    for stream in streams:
        name, status = stream.next()
        assert (name, status.id) == ("update", said.id)
    assert pictures._told.empty()


def test_messages(eve, fay, listening):
    direct = listening(fay.stream_direct)
    sent = eve.status_post("@fay a secret", visibility="direct")
    name, conversation = direct.next()
    assert (name, conversation.last_status.id, conversation.unread) == ("conversation", sent.id, True)


def test_a_bare_socket_with_several_streams(eve, fay, socket):
    line = socket(fay, "?stream=public:local")
    line.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": "toast"}))
    line.send("nonsense")
    assert heard_error(line) == 400
    said = eve.status_post("Some #toast")
    streams = {tuple(stream): payload["id"] for stream, _, payload in (heard(line), heard(line))}
    assert streams == {("public:local",): str(said.id), ("hashtag", "toast"): str(said.id)}

    line.send(json.dumps({"type": "unsubscribe", "stream": "public:local"}))
    line.send(json.dumps({"type": "subscribe", "stream": "no such"}))  # answered, once the other was heard
    assert heard_error(line) == 400
    said = eve.status_post("More #toast")
    assert heard(line)[0] == ["hashtag", "toast"]


def heard_error(line):
    return json.loads(line.recv(timeout=_PATIENCE_SECONDS))["status"]


def test_a_browser_shows_the_token_as_protocol_and_comes_from_anywhere(fay, socket):
    line = socket(fay, additional_headers={"Origin": "https://app.example"}, subprotocols=[fay.access_token])
    assert line.subprotocol == fay.access_token
    socket(fay, f"?access_token={fay.access_token}", additional_headers={})


def test_without_a_good_token_no_socket_opens(fay, socket, site):
    for query in ("", "?access_token=wrong"):
        with pytest.raises(InvalidStatus) as refused:
            socket(fay, query, additional_headers={})
        assert refused.value.response.status_code == 401
        assert json.loads(refused.value.response.body) == {"error": "The access token is invalid"}
    answer = requests.get(f"{site}/api/v1/streaming/user", timeout=30)
    assert (answer.status_code, answer.json()["error"]) == (401, "The access token is invalid")
    answer = requests.get(f"{site}/api/v1/streaming/nothing?access_token={fay.access_token}", timeout=30)
    assert (answer.status_code, answer.json()["error"]) == (400, "Unknown channel requested")
    assert requests.get(f"{site}/api/v1/streaming", timeout=30).json() == {"error": "Record not found"}


def test_a_token_that_is_revoked_closes_its_lines(join, socket, site):
    gwen = join("gwen")
    line = socket(gwen, "?stream=user")
    headers = {"Authorization": f"Bearer {gwen.access_token}"}
    events = requests.get(
        f"{site}/api/v1/streaming/public", headers=headers, stream=True, timeout=_PATIENCE_SECONDS
    )
    assert events.headers["Content-Type"] == "text/event-stream"
    gwen.revoke_access_token(allow_http=True)
    began = time.monotonic()
    with pytest.raises(ConnectionClosed) as closed:
        line.recv(timeout=_PATIENCE_SECONDS)
    assert closed.value.rcvd.code == 4001
    assert list(events.iter_lines())[-1].strip(b"\n") in {b"", b":"}  # it ends properly
    assert time.monotonic() - began < 10
