"""Windows over time-ordered ids."""

import pytest

from common.pages import PreparedPages
from common.paging import Window, whole_id
from tests.factories import make_tweet
from tweets.models import Tweet


@pytest.fixture
def ids(alice) -> list[int]:
    return [make_tweet(alice).id for _ in range(6)]


def test_the_newest_come_first(ids):
    assert Window(limit=3).ids(Tweet.objects.all()) == [ids[5], ids[4], ids[3]]


def test_older_than(ids):
    assert Window(limit=2, max_id=ids[3]).ids(Tweet.objects.all()) == [ids[2], ids[1]]


def test_just_above(ids):
    assert Window(limit=2, min_id=ids[1]).ids(Tweet.objects.all()) == [ids[3], ids[2]]


def test_none_older_than(ids):
    assert Window(limit=2, since_id=ids[1]).ids(Tweet.objects.all()) == [ids[5], ids[4]]


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "x", " 1", "²", "１", str(2**63), "9" * 50])
def test_what_is_no_id(text):
    assert whole_id(text) is None


def test_what_is_one():
    assert whole_id("1") == 1
    assert whole_id(str(2**63 - 1)) == 2**63 - 1


def test_prepared_pages_are_the_same(ids, django_assert_num_queries):
    pages = PreparedPages(lambda but: Tweet.objects.exclude(pk=but))
    for window in (
        Window(3),
        Window(2, max_id=ids[3]),
        Window(2, min_id=ids[1]),
        Window(2, since_id=ids[1]),
        Window(9, max_id=ids[4], since_id=ids[0]),
    ):
        with django_assert_num_queries(2):
            assert pages.ids(window, but=ids[2]) == window.ids(Tweet.objects.exclude(pk=ids[2]))


def test_other_columns_beside_the_one_that_pages(ids):
    rows = Window(limit=2, min_id=ids[0]).rows(Tweet.objects.all(), "id", "author__username")
    assert rows == [(ids[2], "alice"), (ids[1], "alice")]
