"""The one rule of who may read what."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actions import suspend_user
from accounts.models import User
from relationships.actions import block_user, follow_user, mute_user, unfollow_user
from tests.factories import make_user
from tweets.actions import edit_tweet, hide_tweet, post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(alice, bob) -> dict[str, User | AnonymousUser]:
    """Alice writes, and names bob. The others stand to her as they are called."""
    people = {
        name: make_user(name)
        for name in ("follower", "exfollower", "stranger", "blocked", "blocker", "muted")
    }
    follow_user(people["follower"], alice)
    follow_user(people["exfollower"], alice)
    unfollow_user(people["exfollower"], alice)
    for name in ("blocked", "blocker"):
        follow_user(people[name], alice)
    block_user(alice, people["blocked"])
    block_user(people["blocker"], alice)
    mute_user(people["muted"], alice)
    return {**people, "author": alice, "mentioned": bob, "visitor": AnonymousUser()}


def readers(tweet: Tweet, cast) -> set[str]:
    return {name for name, who in cast.items() if Tweet.objects.visible_to(who).filter(pk=tweet.pk).exists()}


EVERYONE = {"author", "mentioned", "visitor", "follower", "exfollower", "stranger", "muted"}


@pytest.mark.parametrize(
    ("visibility", "expected"),
    [
        ("public", EVERYONE),
        ("quiet", EVERYONE),
        ("followers", {"author", "mentioned", "follower"}),
        ("direct", {"author", "mentioned"}),
    ],
)
def test_each_audience_is_kept(alice, cast, visibility, expected):
    tweet = post_tweet(alice, TweetDraft(text="hello @bob", visibility=visibility))
    assert readers(tweet, cast) == expected


def test_a_block_is_stronger_than_being_named(alice, cast):
    dora = make_user("dora")
    tweet = post_tweet(alice, TweetDraft(text="@bob and @dora", visibility="direct"))
    block_user(dora, alice)
    assert readers(tweet, cast | {"dora": dora}) == {"author", "mentioned"}


def test_nobody_sees_the_hidden_and_the_suspended(alice, cast, staff):
    hidden, open_one = (post_tweet(alice, TweetDraft(text="hello @bob")) for _ in range(2))
    hide_tweet(staff, hidden)
    assert readers(hidden, cast) == set()
    suspend_user(staff, alice)
    assert readers(open_one, cast) == set()


def test_naming_someone_later_never_adds_a_reader_of_a_message(alice, cast):
    tweet = post_tweet(alice, TweetDraft(text="@bob secret", visibility="direct"))
    edit_tweet(alice, tweet, TweetDraft(text="@bob told @stranger", visibility="direct"))
    assert readers(tweet, cast) == {"author", "mentioned"}


def test_public_timelines_hold_what_is_public_and_said_first_hand(alice, bob):
    public = post_tweet(alice, TweetDraft(text="public"))
    post_tweet(alice, TweetDraft(text="quiet", visibility="quiet"))
    post_tweet(bob, TweetDraft(text="answer", reply_to_id=public.id))
    assert list(Tweet.objects.visible_to(bob).on_public_timelines()) == [public]
