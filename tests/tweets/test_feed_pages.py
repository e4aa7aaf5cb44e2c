"""Numbered pages of the feed: exact at every depth, cheap at every depth."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.actions import adjust_counts, suspend_user
from common.ids import id_at
from relationships.actions import mute_user
from relationships.models import Mute
from tests.factories import make_tweet, make_user
from tweets.actions import (
    close_feed_blocks,
    delete_tweet,
    feed_blocks,
    hide_tweet,
    recount_feed_blocks,
    unhide_tweet,
)
from tweets.models import FeedBlock, Tweet
from tweets.queries import feed, numbered_feed_page, tweets_count

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(feed_blocks, "BLOCK_SIZE", 5)
    monkeypatch.setattr(feed_blocks, "PARTS", 3)
    monkeypatch.setattr(feed, "_SHALLOW", 3)


def old_tweets(author, number: int) -> list[Tweet]:
    start = id_at(timezone.now() - timedelta(hours=1))
    adjust_counts(author.id, tweets=number)
    return Tweet.objects.bulk_create(
        Tweet(id=start + n, conversation_id=start + n, author=author, text=f"tweet {n}")
        for n in range(number)
    )


def every_page(size: int = 4) -> list[int]:
    """All ids, read page by page."""
    found: list[int] = []
    number = 1
    while True:
        page = numbered_feed_page(VISITOR, number, size)
        found += page.ids
        if not page.has_older:
            return found
        number += 1


def newest_first() -> list[int]:
    return list(Tweet.objects.visible_to(VISITOR).newest_first().values_list("id", flat=True))


def test_nonsense_gives_the_first_page_and_too_far_the_last(alice):
    tweets = old_tweets(alice, 23)
    assert numbered_feed_page(VISITOR, -7, 10).number == 1
    last = numbered_feed_page(VISITOR, 10**9, 10)
    assert last.number == 3
    assert len(last.ids) == 3
    assert not last.has_older
    assert last.ids[-1] == tweets[0].id


def test_an_empty_feed_has_one_empty_page():
    page = numbered_feed_page(VISITOR, 99, 10)
    assert (page.ids, page.number, page.has_older) == ([], 1, False)


def test_pages_join_without_gap_or_overlap_over_closed_blocks(alice, small_blocks):
    old_tweets(alice, 33)
    assert close_feed_blocks() == 6
    assert close_feed_blocks() == 0
    make_tweet(alice)
    assert every_page() == newest_first()
    assert tweets_count(VISITOR) == 34


def test_counts_follow_what_goes_and_comes(alice, bob, staff, small_blocks, events_happen):
    tweets = [*old_tweets(alice, 20), make_tweet(bob)]
    close_feed_blocks()
    hide_tweet(staff, tweets[3])
    delete_tweet(alice, tweets[11])
    hide_tweet(staff, tweets[7])
    unhide_tweet(staff, tweets[7])
    assert every_page() == newest_first()
    with events_happen():
        suspend_user(staff, alice)
    assert every_page() == newest_first() == [tweets[-1].id]
    assert tweets_count(VISITOR) == 1


def test_a_wrong_count_is_mended(alice, small_blocks):
    old_tweets(alice, 10)
    close_feed_blocks()
    FeedBlock.objects.update(count=99)
    assert recount_feed_blocks() == 2
    assert recount_feed_blocks() == 0
    assert every_page() == newest_first()


def test_a_wrong_count_of_a_large_block_is_mended_too(alice, small_blocks):
    old_tweets(alice, 20)
    close_feed_blocks()
    FeedBlock.objects.filter(is_large=True).update(count=1)
    assert recount_feed_blocks() == 1
    assert every_page() == newest_first()


def test_small_blocks_make_large_ones_and_pages_stay_exact(alice, bob, staff, small_blocks):
    tweets = old_tweets(alice, 57)
    assert close_feed_blocks() == 11
    assert FeedBlock.objects.filter(is_large=True).count() == 3
    assert FeedBlock.objects.on_top().count() == 3 + 2
    make_tweet(bob)
    for place in (0, 14, 15, 33, 44, 45, 54, 55):
        delete_tweet(alice, tweets[place])
    hide_tweet(staff, tweets[20])
    assert every_page() == newest_first()
    assert tweets_count(VISITOR) == 57 + 1 - 9
    assert close_feed_blocks() == 0


def test_counts_that_disagree_lose_no_page(alice, small_blocks):
    """A large block that says too much, for a moment: reading goes on below it."""
    old_tweets(alice, 40)
    close_feed_blocks()
    FeedBlock.objects.filter(is_large=True).update(count=17)
    page = numbered_feed_page(VISITOR, 6, 5)
    assert page.number == 6
    assert len(page.ids) == 5


def test_a_block_closes_only_over_settled_tweets(alice, small_blocks):
    for _ in range(7):
        make_tweet(alice)
    assert close_feed_blocks() == 0


def test_a_deep_page_takes_a_fixed_number_of_queries(small_blocks, django_assert_num_queries):
    old_tweets(make_user(), 60)
    close_feed_blocks()
    with django_assert_num_queries(4):
        numbered_feed_page(VISITOR, 5, 4)
    with django_assert_num_queries(4):
        numbered_feed_page(VISITOR, 15, 4)


def test_the_written_question_knows_each_reader_and_the_time_of_day(alice, bob, carol):
    tweet = make_tweet(bob)
    mute_user(alice, bob, until=timezone.now() + timedelta(hours=1))

    readers = (alice, carol, VISITOR)
    assert [numbered_feed_page(reader, 1, 20).ids for reader in readers] == [[], [tweet.id], [tweet.id]]

    Mute.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert [numbered_feed_page(reader, 1, 20).ids for reader in readers] == [[tweet.id]] * 3
