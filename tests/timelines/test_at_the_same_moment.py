"""Following, opening home and posting at the same moment: nobody misses a tweet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from common.paging import Window
from jobs.engines.embedded import run_pending
from relationships.actions import follow_user
from tests.factories import make_tweet, make_user
from timelines import fanout
from timelines.actions import homes, keep_home
from timelines.queries import home_ids

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def home(person) -> list[int]:
    return home_ids(person, Window(limit=50))


def at_once(*deeds):
    """Let each deed run in a thread and a connection of its own, all begun together."""
    ready = Barrier(len(deeds))

    def run(deed):
        ready.wait()
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(run, deed) for deed in deeds]]


def work_until_done():
    while run_pending():
        pass


def post_and_deliver(author):
    tweet = make_tweet(author)
    work_until_done()
    return tweet.id


def test_whoever_follows_while_it_is_posted_gets_it(alice):
    for _ in range(ROUNDS):
        one, other = make_user(), make_user()
        keep_home(one)
        keep_home(other)
        tweet_id, *_ = at_once(
            lambda: post_and_deliver(alice),
            lambda one=one: follow_user(one, alice),
            lambda other=other: follow_user(other, alice),
        )
        work_until_done()
        assert tweet_id in home(one)
        assert tweet_id in home(other)


def test_whoever_opens_home_while_it_is_posted_gets_it(alice):
    for _ in range(ROUNDS):
        one = make_user()
        follow_user(one, alice)
        tweet_id, *_ = at_once(
            lambda: post_and_deliver(alice), lambda one=one: keep_home(one), lambda one=one: keep_home(one)
        )
        assert tweet_id in home(one)


def test_a_follow_between_two_batches_is_merged(alice, monkeypatch):
    """Both sides of the line: whose batch is over merges, whose batch is to come is delivered."""
    people = sorted((make_user() for _ in range(5)), key=lambda person: person.id)
    for person in people:
        keep_home(person)
    early, late = people[0], people[-1]
    for person in people[1:4]:
        follow_user(person, alice)
    monkeypatch.setattr(fanout, "BATCH", 2)
    batches = fanout.batches

    def with_follows_between(*of):
        for number, batch in enumerate(batches(*of)):
            yield batch
            if number == 0:
                at_once(lambda: follow_user(early, alice), lambda: follow_user(late, alice))

    monkeypatch.setattr(fanout, "batches", with_follows_between)
    tweet = make_tweet(alice)
    fanout.deliver(tweet)
    assert [home(person) for person in people] == [[tweet.id]] * 5


def test_what_is_delivered_while_a_home_is_filled_is_not_lost(alice, bob, monkeypatch):
    """The home is known to deliveries before it is filled, so one of the two finds every tweet."""
    follow_user(bob, alice)
    fill = homes.fill
    posted = []

    def post_first(owner_id):
        found = fill(owner_id)
        if connection.vendor == "postgresql":  # SQLite lets nobody write meanwhile
            at_once(lambda: (posted.append(make_tweet(alice)), work_until_done()))
        return found

    monkeypatch.setattr(homes, "fill", post_first)
    keep_home(bob)
    if connection.vendor == "sqlite":
        at_once(lambda: (posted.append(make_tweet(alice)), work_until_done()))
    assert home(bob) == [posted[0].id]


def test_a_tweet_deleted_while_it_is_delivered_leaves_nothing(alice, bob):
    keep_home(bob)
    follow_user(bob, alice)
    work_until_done()
    for _ in range(ROUNDS):
        tweet = make_tweet(alice)

        def delete(tweet=tweet):
            with transaction.atomic():
                type(tweet).objects.select_for_update().get(pk=tweet.pk).delete()

        at_once(work_until_done, delete)
        work_until_done()
        assert home(bob) == []
