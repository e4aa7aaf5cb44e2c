"""What was held or hidden when its day was counted, and appears later."""

import pytest

from analytics.actions import count_left_out, forget_days
from analytics.models import AuthorDay, LeftOut
from analytics.queries import statistics_of
from tests.analytics.readers import NOON
from tests.analytics.test_roll_up import day_of, next_day
from tests.factories import make_quote, make_reply, make_tweet
from tweets.actions import delete_tweet, hide_tweet, hold_tweet, release_tweet, unhide_tweet
from tweets.models import Tweet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]
TODAY = NOON.date()


def test_what_appears_after_its_day_was_counted_counts_once_on_that_day(
    alice, bob, staff, travel, events_happen
):
    tweet = make_tweet(alice)
    reply, quote, seen = make_reply(bob, tweet), make_quote(bob, tweet), make_reply(bob, tweet)
    hold_tweet(staff, reply)
    hide_tweet(staff, quote)
    next_day(travel)
    assert day_of(alice) == (0, 0, 0, 1)
    for late, let_out in ((reply, release_tweet), (quote, unhide_tweet)):
        with events_happen():
            let_out(staff, late)
    assert day_of(alice) == (0, 0, 1, 2)
    for one in (reply, quote, seen):
        with events_happen():
            hold_tweet(staff, one)
            release_tweet(staff, one)
        count_left_out(one.pk)
    next_day(travel, 2)

    assert day_of(alice) == (0, 0, 1, 2)
    assert AuthorDay.objects.get(author_id=alice.pk, day=TODAY).hours[NOON.hour] == 3
    assert statistics_of(alice, 7).totals.replies == 2
    assert not LeftOut.objects.exists()


def test_what_appears_before_its_day_is_counted_counts_with_it(alice, bob, staff, travel, events_happen):
    tweet = make_tweet(alice)
    reply = make_reply(bob, tweet)
    hide_tweet(staff, reply)
    assert statistics_of(alice, 7).totals.replies == 0
    with events_happen():
        unhide_tweet(staff, reply)
    assert statistics_of(alice, 7).totals.replies == 1
    next_day(travel)

    assert day_of(alice) == (0, 0, 0, 1)


def test_what_is_held_and_hidden_waits_for_both(alice, bob, staff, travel, events_happen):
    reply = make_reply(bob, make_tweet(alice))
    hold_tweet(staff, reply)
    hide_tweet(staff, reply)
    next_day(travel)
    with events_happen():
        release_tweet(staff, reply)
    assert day_of(alice) == (0, 0, 0, 0)
    with events_happen():
        unhide_tweet(staff, reply)
    assert day_of(alice) == (0, 0, 0, 1)


def test_what_never_appears_is_forgotten(alice, bob, staff, travel, events_happen, settings):
    tweet = make_tweet(alice)
    for author in (bob, bob, alice):
        hold_tweet(staff, make_reply(author, tweet))
    next_day(travel)
    first, second = LeftOut.objects.order_by("pk")  # one's own answer would not count anyway
    with events_happen():
        delete_tweet(bob, Tweet.objects.get(pk=first.pk))
    assert LeftOut.objects.get() == second
    next_day(travel, settings.STATISTICS_KEPT_DAYS + 2)
    forget_days()

    assert not LeftOut.objects.exists()
