"""What may not be seen comes on no stream: the people and tweets of tests/visibility, on every channel."""

import re

import orjson
import pytest
from django.db import transaction
from django.test import override_settings

from api.streaming.channels import Channel
from api.streaming.door import Line, Streams
from common.realtime import CHANGES, DELIVERED, LOCAL, Push, home_of, messages_of, notifications_of, tagged
from conversations.models import Message
from notifications.models import Notification
from tests.visibility.routes import ALL, OPEN, PUBLIC, SEES
from tests.visibility.scene import Scene, build
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
READERS = [name for name in SEES if name not in {"visitor", "suspended"}]  # whose token opens nothing
FIRST_HAND = ("plain", "pinned")
MUTING = {"muter"}


@pytest.fixture(scope="module", autouse=True)
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def told(scene: Scene, stream, channel, kind="new"):
    """Who is told which of alice's tweets: reader -> places, when all of them are pushed."""
    people = {name: scene.people[name] for name in READERS}
    lines = {Line(person.pk, channel(name), is_socket=True): name for name, person in people.items()}
    pushes = [Push((stream,), kind, tweet.pk, {}) for tweet in scene.tweets.values()]
    drawn = Streams().draw(stream, pushes, list(lines))
    return {
        name: scene.words_on("".join(message for message in drawn.get(line, ())))
        for line, name in lines.items()
    }


def seen(scene, reader, places, audiences, *, hides_muted=True):
    if hides_muted and reader in MUTING:
        return set()
    return {place for place in scene.tweets if place[0] in places and place[1] in audiences & SEES[reader]}


def test_at_home_each_is_told_what_they_may_see(scene):
    found = told(scene, DELIVERED, lambda name: Channel("user"))

    for reader in READERS:
        audiences = ALL - {"direct"}
        # One's own stand there since they were said.
        wanted = set() if reader == "author" else seen(scene, reader, (*FIRST_HAND, "reply"), audiences)
        assert found[reader] == wanted, reader


def test_ones_own_come_at_once(scene):
    alice = scene.people["author"]
    found = told(scene, home_of(alice.pk), lambda name: Channel("user"))

    assert found["author"] == {place for place in scene.tweets if place[1] != "direct"}


@pytest.mark.parametrize("name", ["public", "public:local", "public:media"])
def test_public_streams(scene, name):
    found = told(scene, LOCAL, lambda reader: Channel(name))
    places = ("plain",) if name.endswith("media") else FIRST_HAND

    assert found == {reader: seen(scene, reader, places, PUBLIC) for reader in READERS}


def test_tags(scene):
    # The hub brings here what carries the tag; whatever comes is looked at.
    found = told(scene, tagged("breakfast"), lambda reader: Channel("hashtag", "breakfast", "breakfast"))

    for reader in READERS:
        assert found[reader] == seen(scene, reader, (*FIRST_HAND, "reply"), OPEN), reader


def test_lists(scene):
    def own_list(reader):
        return Channel("list", re.findall(r"\d+", scene.lists[reader])[0], "1")

    found = told(scene, DELIVERED, own_list)

    for reader in READERS:
        audiences = ALL - {"direct"} if reader == "follower" else frozenset()
        wanted = {place for place in scene.tweets if place[1] in audiences & SEES[reader]}
        assert found[reader] == wanted, reader


@pytest.mark.parametrize(
    "channel", [Channel("user"), Channel("public"), Channel("hashtag", "breakfast", "breakfast")]
)
def test_what_says_something_else(scene, channel):
    found = told(scene, CHANGES, lambda reader: channel, kind="changed")
    audiences = {"user": ALL - {"direct"}, "public": PUBLIC, "hashtag": OPEN}[channel.name]
    places = {"user": (*FIRST_HAND, "reply"), "public": FIRST_HAND, "hashtag": ("plain",)}[channel.name]

    assert found == {reader: seen(scene, reader, places, audiences) for reader in READERS}


def test_notifications_and_messages(scene):
    for reader in READERS:
        person = scene.people[reader]
        rows = Notification.objects.filter(recipient=person).values_list("pk", flat=True)
        lines = [Line(person.pk, Channel(name), is_socket=False) for name in ("user", "user:notification")]
        pushes = [Push((notifications_of(person.pk),), "new", pk, {}) for pk in rows]
        drawn = Streams().draw(notifications_of(person.pk), pushes, lines)
        assert set(drawn) <= set(lines)
        for events in drawn.values():
            places = scene.words_on(b"".join(events).decode())
            assert places <= seen(scene, reader, (*FIRST_HAND, "reply"), ALL), reader

        line = Line(person.pk, Channel("direct"), is_socket=False)
        messages = Message.objects.values_list("tweet_id", flat=True)
        pushes = [Push((messages_of(person.pk),), "new", an_id, {}) for an_id in messages]
        drawn = Streams().draw(messages_of(person.pk), pushes, [line])
        direct = seen(scene, reader, (*FIRST_HAND, "reply"), {"direct"}, hides_muted=False)
        assert scene.words_on(b"".join(drawn.get(line, ())).decode()) <= direct, reader


def test_retweets_and_quotes_of_what_one_may_not_see(scene):
    """Pointers that all may read, at what they may not."""
    rows = list(Tweet.objects.filter(author__username="rita").exclude(is_reply=True))
    for name, person in scene.people.items():
        if name not in READERS:
            continue
        for stream, channel in ((LOCAL, Channel("public")), (tagged("x"), Channel("hashtag", "x", "x"))):
            line = Line(person.pk, channel, is_socket=True)
            drawn = Streams().draw(stream, [Push((stream,), "new", row.pk, {}) for row in rows], [line])
            page = "".join(drawn.get(line, ()))
            assert scene.words_on(page) <= seen(scene, name, ("plain",), ALL, hides_muted=False), name


def test_the_suspended_are_told_nothing(scene):
    line = Line(scene.people["suspended"].pk, Channel("public"), is_socket=True)
    tweet = scene.tweets["plain", "public"]

    assert Streams().draw(LOCAL, [Push((LOCAL,), "new", tweet.pk, {})], [line]) == {}


def test_who_is_told_that_a_tweet_is_gone(scene):
    """The number of what was not open to all goes to those alone who could have it on a screen."""
    alice = scene.people["author"]
    lines = {
        Line(scene.people[name].pk, Channel(channel), is_socket=True): (name, channel)
        for name in READERS
        for channel in ("user", "public")
    }

    def hear(**more):
        push = Push((CHANGES,), "gone", 77, {"author": alice.pk, **more})
        drawn = Streams().draw(CHANGES, [push], list(lines))
        assert all(orjson.loads(event)["payload"] == "77" for events in drawn.values() for event in events)
        return {lines[line] for line in drawn}

    followers = {("author", "user"), ("follower", "user"), ("muter", "user")}
    mentioned = str(scene.people["mentioned"].pk)
    assert hear() == followers
    assert hear(named=mentioned) == followers | {("mentioned", "user")}
    assert hear(direct=True, named=mentioned) == {("author", "user"), ("mentioned", "user")}
    assert hear(open=True) == followers | {(name, "public") for name in READERS}
