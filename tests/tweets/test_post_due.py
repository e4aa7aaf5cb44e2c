"""The clock posts scheduled tweets: each once and only once, whoever dies, and never silently not at all."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from accounts.actions import leave, restore_user, suspend_user
from jobs import clock
from jobs.engines.embedded import run_pending
from notifications.models import Notification
from tests.attacks.crowd import at_once, counters_agree
from tests.factories import make_image, make_tweet, make_user
from tests.tweets.test_save_draft import draft_of
from tests.tweets.test_schedule import ahead
from tweets.actions import change_scheduled, delete_tweet, post_due, schedule_tweets
from tweets.draft import to_plain
from tweets.models import ScheduledTweet, Tweet
from twitter_clone.schedule import SCHEDULE

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def at_its_hour(row, **later):
    return time_machine.travel(row.post_at + timedelta(**later), tick=False)


def told(person):
    return list(Notification.objects.filter(recipient=person).values_list("kind", "tweet_id"))


def test_at_its_hour_it_is_posted_and_waits_no_longer(alice, events_happen):
    image = make_image(alice)
    row = schedule_tweets(alice, [draft_of("at three", images=[image])], ahead())
    with at_its_hour(row, seconds=-1):
        assert post_due() == 0
    with at_its_hour(row, seconds=10), events_happen():
        assert post_due() == 1
        assert post_due() == 0
    tweet = Tweet.objects.get()
    assert (tweet.text, tweet.author) == ("at three", alice)
    assert tweet.created_at == row.post_at + timedelta(seconds=10)
    assert [shown.attachment for shown in tweet.images.all()] == [image]
    assert not ScheduledTweet.objects.exists()
    assert told(alice) == []


def test_a_thread_is_posted_in_one_go_and_in_order(alice):
    image = make_image(alice)
    drafts = [draft_of("one"), draft_of("two", images=[image]), draft_of("three")]
    row = schedule_tweets(alice, drafts, ahead())
    with at_its_hour(row):
        assert post_due() == 1
    tweets = list(Tweet.objects.order_by("id"))
    assert [tweet.text for tweet in tweets] == ["one", "two", "three"]
    assert [tweet.reply_to for tweet in tweets] == [None, *tweets[:2]]
    assert image in [shown.attachment for shown in tweets[1].images.all()]


def test_the_clock_of_the_house_does_it(alice):
    row = schedule_tweets(alice, [draft_of("tick")], ahead())
    assert [every.seconds for every in SCHEDULE if every.function.__name__ == "post_due"] == [15]
    with at_its_hour(row, seconds=1):
        clock.tick()
        run_pending()
        assert Tweet.objects.filter(text="tick").count() == 1


def test_after_the_server_was_off_it_says_how_late_it_was(alice, events_happen):
    row = schedule_tweets(alice, [draft_of("late")], ahead())
    with at_its_hour(row, hours=23), events_happen():
        post_due()
    row.refresh_from_db()
    assert (row.state, row.tweet.text) == ("late", "late")
    assert told(alice) == [("late", row.tweet_id)]
    with at_its_hour(row, hours=24):
        assert post_due() == 0


def test_after_a_day_it_is_too_late(alice, events_happen):
    row = schedule_tweets(alice, [draft_of("good morning")], ahead())
    with at_its_hour(row, hours=25), events_happen():
        post_due()
    row.refresh_from_db()
    assert row.state == "failed"
    assert "server was off" in row.reason
    assert told(alice) == [("unsent", None)]
    assert not Tweet.objects.exists()


def test_what_it_answers_is_gone(alice, bob, events_happen):
    parent = make_tweet(bob)
    row = schedule_tweets(alice, [draft_of("yes", reply_to_id=parent.id)], ahead())
    delete_tweet(bob, parent)
    with at_its_hour(row), events_happen():
        assert post_due() == 1
        assert post_due() == 0
    row.refresh_from_db()
    assert (row.state, row.reason) == ("failed", "The tweet you answer was deleted, or you may not see it.")
    assert told(alice) == [("unsent", None)]


def test_its_pictures_are_gone(alice, events_happen):
    image = make_image(alice)
    row = schedule_tweets(alice, [draft_of("look", images=[image])], ahead())
    image.delete()
    with at_its_hour(row), events_happen():
        post_due()
    row.refresh_from_db()
    assert row.reason == "One of the pictures is no longer there. Add it again."


def test_told_anew_each_time_one_fails(alice, bob, events_happen):
    parent = make_tweet(bob)
    rows = [schedule_tweets(alice, [draft_of("yes", reply_to_id=parent.id)], ahead(hours=3))]
    rows.append(schedule_tweets(alice, [draft_of("no", reply_to_id=parent.id)], ahead(hours=4)))
    delete_tweet(bob, parent)
    for row in rows:
        with at_its_hour(row), events_happen():
            post_due()
            Notification.objects.update(read_at=timezone.now())
    assert told(alice) == [("unsent", None)]
    assert Notification.objects.get().read_at is None


@pytest.mark.parametrize("how", ["suspended", "leaving"])
def test_nobody_out_of_sight_says_anything(alice, staff, events_happen, how):
    row = schedule_tweets(alice, [draft_of("from nowhere")], ahead())
    with events_happen():
        suspend_user(staff, alice) if how == "suspended" else leave(alice)
    with at_its_hour(row), events_happen():
        post_due()
    assert not Tweet.objects.exists()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("failed", "Your account could not tweet at that time.")
    if how == "suspended":
        alice.refresh_from_db()
        restore_user(staff, alice)
        alice.refresh_from_db()
        change_scheduled(alice, row.id, at=ahead())


def test_trouble_of_ours_comes_again_and_stops_nobody(alice, bob, monkeypatch, events_happen):
    broken = schedule_tweets(alice, [draft_of("broken")], ahead(hours=2))
    whole = schedule_tweets(bob, [draft_of("whole")], ahead(hours=2, minutes=1))
    ScheduledTweet.objects.filter(pk=broken.pk).update(what=[])  # as no code of ours writes it
    with at_its_hour(whole), events_happen():
        assert post_due() == 2
    assert Tweet.objects.get().text == "whole"
    broken.refresh_from_db()
    assert (broken.state, broken.tries) == ("waiting", 1)
    for _ in range(4):
        with time_machine.travel(broken.try_at), events_happen():
            assert post_due() == 1
        broken.refresh_from_db()
    assert (broken.state, told(alice)) == ("failed", [("unsent", None)])


def test_a_key_that_was_used_posts_nothing_more(alice):
    """Should a row ever come back, from a backup or by hand: the tweet is not said twice within a day."""
    row = schedule_tweets(alice, [draft_of("once")], ahead())
    with at_its_hour(row):
        post_due()
        row.save(force_insert=True)
        post_due()
    assert Tweet.objects.count() == 1
    assert not ScheduledTweet.objects.exists()


def test_how_many_wait_costs_no_more_when_nothing_is_due(alice, django_assert_num_queries):
    for _ in range(5):
        schedule_tweets(alice, [draft_of("x")], ahead())
    with django_assert_num_queries(1):
        post_due()


@pytest.mark.django_db(transaction=True)
def test_eight_hands_at_once_post_each_once(alice):
    overdue([alice, make_user(), make_user()], 10)
    assert at_once(post_due, times=8) == []
    all_are_there_once(30)


@pytest.mark.django_db(transaction=True)
def test_two_processes_and_kills_in_the_middle(alice, bob, carol):
    overdue([alice, bob, carol], 60)
    steady, doomed = start(), start()
    try:
        for kill in range(4):
            wait_until(lambda wanted=(kill + 1) * 30: Tweet.objects.count() >= wanted)
            os.kill(doomed.pid, signal.SIGKILL)
            doomed.wait()
            doomed = start()
        wait_until(lambda: not ScheduledTweet.objects.exists())
    finally:
        for process in (steady, doomed):
            process.kill()
            process.wait()
    all_are_there_once(180)


def overdue(authors, each):
    now = timezone.now()
    ScheduledTweet.objects.bulk_create(
        ScheduledTweet(
            author=author, what=to_plain([draft_of(f"{author} {number}")]), post_at=now, try_at=now
        )
        for author in authors
        for number in range(each)
    )


def all_are_there_once(number):
    texts = list(Tweet.objects.values_list("text", flat=True))
    assert len(texts) == len(set(texts)) == number
    assert not ScheduledTweet.objects.exists()
    assert counters_agree()


def start():
    return subprocess.Popen(
        [sys.executable, "-m", "tests.tweets.due_process"],
        cwd=ROOT,
        env={
            **os.environ,
            "WORKER_DATABASE": str(connection.settings_dict["NAME"]),
            "WORKER_DATA_DIR": str(django_settings.DATA_DIR),
        },
    )


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.005)
