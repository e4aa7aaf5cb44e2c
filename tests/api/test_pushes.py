"""Apps that are closed are told of what their people may see, sealed for each; and how they ask for it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import suspend_user
from api.reactions import NotTaken, send_push
from clients.actions import end_app_of
from clients.models import App
from events.catalogue import PushWanted
from jobs.models import Job
from notifications.actions import mark_read, notify, set_policy
from notifications.models import Notification, NotificationPolicy, PushSubscription
from relationships.actions import block_user, follow_user, unfollow_user
from tests.api.calling import caller_for
from tests.api.pushing import PLACE, wish
from tests.common.devices import Device
from tests.factories import make_reply, make_tweet
from tweets.actions import delete_tweet, hide_tweet, like_tweet, retweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def device():
    return Device()


@pytest.fixture
def bobs(bob, device, elsewhere):
    """Bob's app, which is told by a service of its own."""
    elsewhere.says("/push", status=201)
    app = caller_for(bob)
    assert app.post(PLACE, wish(device, elsewhere.url("/push"))).status_code == 200
    return app


def opened(device, request):
    return json.loads(device.open(request.body, request.headers))


# --- What is told ------------------------------------------------------------------------------------


def test_a_like_reaches_the_telephone_of_the_author(alice, bob, bobs, device, elsewhere, events_happen):
    tweet = make_tweet(bob, "Toast and marmalade")
    with events_happen():
        like_tweet(alice, tweet)

    (request,) = elsewhere.heard
    row = Notification.objects.get(recipient=bob, kind="like")
    assert opened(device, request) == {
        "access_token": bobs.token,
        "preferred_locale": "en",
        "notification_id": row.id,
        "notification_type": "favourite",
        "icon": "http://localhost:8000/static/api/avatar.png",
        "title": "Alice Ashdown liked your tweet",
        "body": "Toast and marmalade",
    }
    assert request.command == "POST"
    assert int(request.headers["TTL"]) > 0
    assert b"marmalade" not in request.body


def test_the_older_way_for_apps_that_do_not_say_otherwise(alice, bob, device, elsewhere, events_happen):
    elsewhere.says("/push", status=201)
    caller_for(bob).post(PLACE, wish(device, elsewhere.url("/push"), standard=False))
    with events_happen():
        follow_user(alice, bob)

    (request,) = elsewhere.heard
    assert request.headers["Content-Encoding"] == "aesgcm"
    assert opened(device, request)["title"] == "Alice Ashdown followed you"


def test_each_kind_has_its_words(alice, bob, bobs, device, elsewhere, events_happen):
    tweet = make_tweet(bob, "Hello")
    with events_happen():
        make_reply(alice, tweet, "An answer")
        make_tweet(alice, "Hello @bob", warning="Greetings")
        retweet(alice, tweet)

    told = {said["notification_type"]: said for said in (opened(device, one) for one in elsewhere.heard)}
    assert sorted(opened(device, one)["title"] for one in elsewhere.heard) == [
        "Alice Ashdown mentioned you",
        "Alice Ashdown replied to you",
        "Alice Ashdown retweeted your tweet",
    ]
    assert {opened(device, one)["body"] for one in elsewhere.heard} == {"An answer", "Greetings", "Hello"}
    assert set(told) == {"mention", "reblog"}


def test_only_what_was_asked_for(alice, bob, device, elsewhere, events_happen):
    elsewhere.says("/push", status=201)
    app = caller_for(bob)
    app.post(PLACE, wish(device, elsewhere.url("/push"), alerts=["follow"]))
    tweet = make_tweet(bob)
    with events_happen():
        like_tweet(alice, tweet)
    assert elsewhere.heard == []
    app.put(PLACE, {"data": {"alerts": {"favourite": True, "follow": False}}})
    with events_happen():
        follow_user(alice, bob)
        retweet(alice, tweet)
    assert elsewhere.heard == []


@pytest.mark.parametrize(
    ("policy", "told"),
    [("all", 3), ("followed", 1), ("follower", 1), ("none", 0)],
)
def test_of_whose_deeds(alice, bob, carol, staff, device, elsewhere, policy, told, events_happen):
    elsewhere.says("/push", status=201)
    with events_happen():
        follow_user(bob, alice)
        follow_user(carol, bob)
        tweet = make_tweet(bob)
    caller_for(bob).post(PLACE, wish(device, elsewhere.url("/push"), policy=policy))
    with events_happen():
        for person in (alice, carol, staff):
            like_tweet(person, tweet)

    assert len(elsewhere.heard) == told


# --- What is not told --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", ["blocked", "deleted", "hidden", "unfollowed", "read", "suspended", "app ended", "actor suspended"]
)
def test_nobody_is_told_what_they_may_not_see_in_the_moment_it_is_sent(
    alice, bob, bobs, staff, elsewhere, how, events_happen, django_capture_on_commit_callbacks
):
    with events_happen():
        follow_user(bob, alice, notifies=True)
    with django_capture_on_commit_callbacks(execute=True):
        private = make_tweet(alice, "For followers", visibility="followers")
    row = Notification.objects.create(
        recipient=bob, kind="tweet", actor=alice, tweet=private, bundle=f"tweet:{private.id}"
    )
    event = PushWanted(PushSubscription.objects.get().pk, row.pk)
    if how == "blocked":
        block_user(alice, bob)
    elif how == "deleted":
        delete_tweet(alice, private)
    elif how == "hidden":
        hide_tweet(staff, private)
    elif how == "unfollowed":
        unfollow_user(bob, alice)
    elif how == "read":
        mark_read(bob)
    elif how == "suspended":
        suspend_user(staff, bob)
    elif how == "actor suspended":
        suspend_user(staff, alice)
    else:
        end_app_of(bob, App.objects.get().pk)
    send_push(event)

    assert elsewhere.heard == []


def test_what_waits_of_strangers_is_not_pushed(alice, bob, bobs, elsewhere, events_happen):
    set_policy(bob, dict.fromkeys(NotificationPolicy.WISHES, "accept") | {"for_not_following": "filter"})
    with events_happen():
        like_tweet(alice, make_tweet(bob))

    assert elsewhere.heard == []


def test_without_subscriptions_a_notification_costs_one_query_more_and_no_job(alice, bob, carol, device):
    tweet = make_tweet(bob)
    with CaptureQueriesContext(connection) as queries:
        notify(bob, Notification.Kind.LIKE, alice, tweet)
    assert sum("pushsubscription" in query["sql"].lower() for query in queries) == 1
    assert not Job.objects.filter(queue="deliver").exists()


# --- Services that do not take it --------------------------------------------------------------------


def wanted(bob, alice, events_happen):
    tweet = make_tweet(bob)
    row = Notification.objects.create(recipient=bob, kind="like", actor=alice, tweet=tweet, bundle="like:1")
    return PushWanted(PushSubscription.objects.get().pk, row.pk)


@pytest.mark.parametrize("status", [404, 410])
def test_who_is_gone_is_forgotten(alice, bob, bobs, elsewhere, status, events_happen):
    elsewhere.says("/push", status=status)
    send_push(wanted(bob, alice, events_happen))

    assert not PushSubscription.objects.exists()
    assert bobs.get(PLACE).status_code == 404


@pytest.mark.parametrize("status", [301, 400, 403, 429, 500, 503])
def test_what_is_not_taken_is_tried_again_for_a_while(
    alice, bob, bobs, elsewhere, status, time_machine, events_happen
):
    elsewhere.says("/push", status=status, Location="/other")
    event = wanted(bob, alice, events_happen)
    with pytest.raises(NotTaken):
        send_push(event)
    assert PushSubscription.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(seconds=1201))
    send_push(event)

    assert len(elsewhere.heard) == 2


def test_a_service_that_is_away_is_tried_again_by_the_job(alice, bob, bobs, elsewhere, events_happen):
    elsewhere.says("/push", status=503)
    with pytest.raises(NotTaken), events_happen():
        like_tweet(alice, make_tweet(bob))

    job = Job.objects.get(queue="deliver")
    assert (job.attempts, job.state) == (1, Job.State.WAITING)


def test_addresses_inside_are_not_asked_and_forgotten(alice, bob, bobs, elsewhere, settings, events_happen):
    event = wanted(bob, alice, events_happen)
    settings.OUTSIDE_ALLOWS_LOOPBACK = False
    send_push(event)

    assert elsewhere.heard == []
    assert not PushSubscription.objects.exists()


def test_with_another_secret_key_nothing_can_be_sent(alice, bob, bobs, elsewhere, settings, events_happen):
    event = wanted(bob, alice, events_happen)
    settings.SECRET_KEY = "another key for tests, long enough to satisfy every check of fifty"
    send_push(event)

    assert elsewhere.heard == []
    assert not PushSubscription.objects.exists()
