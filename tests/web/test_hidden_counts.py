"""Who wants no counts reads none: on cards, on the page of a tweet, in notifications."""

import pytest

from accounts.models import User
from tests.factories import make_reply, make_tweet, make_user
from tweets.actions import like_tweet, retweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def liked(alice, events_happen):
    """A tweet of alice that seven people liked and spread."""
    with events_happen():
        tweet = make_tweet(alice, "much loved")
        for person in [make_user() for _ in range(7)]:
            like_tweet(person, tweet)
            retweet(person, tweet)
            make_reply(person, tweet)
    return tweet


def count_words(page):
    main = page[page.index("<main") : page.index("</main")]
    return [
        word
        for word in ('aria-label="Like, 7"', "<b>7</b>", "7 replies", "and 5 others", "and 4 others")
        if word in main
    ]


def test_counts_are_there_for_those_who_want_them(as_alice, liked):
    assert count_words(as_alice.get(liked.path).content.decode()) == [
        'aria-label="Like, 7"',
        "<b>7</b>",
        "7 replies",
    ]
    assert count_words(as_alice.get("/notifications/").content.decode()) != []


@pytest.mark.parametrize("path", ["/", "/@alice", "{tweet}", "/notifications/", "{tweet}/likes"])
def test_and_nowhere_for_those_who_do_not(as_alice, alice, liked, path):
    User.objects.filter(pk=alice.pk).update(hides_counts=True)

    assert count_words(as_alice.get(path.format(tweet=liked.path)).content.decode()) == []


def test_lists_are_still_found_and_notices_still_told(as_alice, alice, liked):
    User.objects.filter(pk=alice.pk).update(hides_counts=True)

    page = as_alice.get(liked.path).content.decode()
    assert f'<a href="{liked.path}/likes">Likes</a>' in page
    assert " and others liked your tweet" in as_alice.get("/notifications/").content.decode()
