"""What cards are made of: exactly what `visible_to` lets the viewer see, with what stands behind it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actions import suspend_user
from relationships.actions import block_user, follow_user
from tests.factories import make_image, make_quote, make_tweet, make_user
from tweets.actions import bookmark_tweet, hide_tweet, like_tweet, post_tweet, retweet
from tweets.draft import TweetDraft
from tweets.models import Tweet
from tweets.queries.shown import shown_images, shown_tweets

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def everything(alice, bob, carol, staff):
    """Ids of tweets of every kind and audience, by people who stand to alice in every way."""
    blocked, blocker, gone = make_user("blocked"), make_user("blocker"), make_user("gone")
    follow_user(alice, bob)
    for author in (alice, bob, carol, blocked, blocker, gone):
        for visibility in ("public", "quiet", "followers"):
            make_tweet(author, "hello @alice" if visibility == "quiet" else "", visibility=visibility)
        retweet(author, make_quote(carol, make_tweet(bob)))
        post_tweet(author, TweetDraft(text="for @alice and @bob", visibility="direct"))
    post_tweet(bob, TweetDraft(text="for @carol", visibility="direct"))
    block_user(alice, blocked)
    block_user(blocker, alice)
    suspend_user(staff, gone)
    hide_tweet(staff, make_tweet(carol))
    return list(Tweet.objects.values_list("id", flat=True))


@pytest.mark.parametrize("name", ["visitor", "alice", "bob", "carol", "blocked", "blocker", "stranger"])
def test_it_says_the_same_as_the_one_rule(everything, alice, bob, carol, name):
    known = {
        "visitor": VISITOR,
        "alice": alice,
        "bob": bob,
        "carol": carol,
        "stranger": make_user("stranger"),
    }
    viewer = known.get(name) or type(alice).objects.get(username=name)
    may_see = set(Tweet.objects.visible_to(viewer).filter(pk__in=everything).values_list("id", flat=True))
    assert set(shown_tweets(everything, viewer)) == may_see
    assert 0 < len(may_see) < len(everything)
    for an_id in everything:
        assert (an_id in shown_tweets([an_id], viewer)) == (an_id in may_see)


def test_what_stands_behind_comes_along(alice, bob, carol):
    deepest = make_tweet(carol)
    quoted = make_quote(carol, deepest)
    said = make_quote(bob, quoted)
    spread = retweet(alice, said)
    assert set(shown_tweets([spread.id], VISITOR)) == {spread.id, said.id, quoted.id}
    assert set(shown_tweets([said.id], VISITOR)) == {said.id, quoted.id}
    assert set(shown_tweets([deepest.id], VISITOR)) == {deepest.id}


def test_marks_are_the_viewers_own(alice, bob):
    tweet, other = make_tweet(bob), make_tweet(bob)
    like_tweet(alice, tweet)
    retweet(alice, tweet)
    bookmark_tweet(alice, tweet)
    like_tweet(bob, other)

    def marks(viewer, an_id) -> tuple[bool, bool, bool]:
        row = shown_tweets([an_id], viewer)[an_id]
        return row.liked, row.retweeted, row.bookmarked

    assert marks(alice, tweet.id) == (True, True, True)
    assert marks(alice, other.id) == (False, False, False)
    assert marks(bob, tweet.id) == (False, False, False)
    assert marks(VISITOR, tweet.id) == (False, False, False)


def test_pictures_come_in_order(alice):
    images = [make_image(alice, f"number {n}") for n in range(4)]
    tweet, plain = make_tweet(alice, images=images), make_tweet(alice)
    found = shown_images([tweet.id, plain.id])
    assert [image.attachment__description for image in found[tweet.id]] == [f"number {n}" for n in range(4)]
    assert plain.id not in found


def test_nothing_asked_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert shown_tweets([], VISITOR) == {}
        assert shown_images([]) == {}
