"""What is held by two rules, and what is edited while somebody decides about it."""

import pytest

from common.errors import Conflict
from moderation.actions import apply_rules, call_hit_right, call_hit_wrong, let_appear, take_down_held
from moderation.models import RuleHit
from moderation.queries import held_tweets
from tests.factories import make_tweet
from tests.moderation.making import make_live_rule
from tweets.actions import edit_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(admin, alice) -> Tweet:
    make_live_rule(admin)
    tweet = make_tweet(alice, "my casino")
    apply_rules(tweet.pk)
    return tweet


def test_a_tweet_that_two_rules_hold_appears_when_both_were_wrong(admin, moderator, alice, bob):
    for word in ("casino", "garden"):
        make_live_rule(admin, "hold", keywords=(word,))
    tweet = make_tweet(alice, "a casino in a garden")
    first, second = apply_rules(tweet.pk)
    assert not call_hit_wrong(moderator, first)
    first.refresh_from_db()
    assert first.was_right is False
    assert list(Tweet.objects.visible_to(bob)) == []
    assert call_hit_wrong(moderator, second)
    assert list(Tweet.objects.visible_to(bob)) == [tweet]


def test_a_tweet_stays_held_by_a_rule_that_was_right(admin, moderator, alice, bob):
    for word in ("casino", "garden"):
        make_live_rule(admin, "hold", keywords=(word,))
    first, second = apply_rules(make_tweet(alice, "a casino in a garden").pk)
    call_hit_right(moderator, first)
    assert not call_hit_wrong(moderator, second)
    assert list(Tweet.objects.visible_to(bob)) == []


def test_nobody_decides_about_words_they_did_not_read(held, moderator, alice, bob):
    edit_tweet(alice, held, TweetDraft("my casino, and worse"))
    for deed in (
        lambda: let_appear(moderator, held, revision=1),
        lambda: take_down_held(moderator, held, "Advertising.", revision=1),
        lambda: call_hit_wrong(moderator, RuleHit.objects.get()),
    ):
        with pytest.raises(Conflict):
            deed()
    assert RuleHit.objects.get().was_right is None
    assert list(held_tweets()) == [held]
    apply_rules(held.pk)
    for deed in (call_hit_wrong, call_hit_right):  # the same hit, of other words by now
        with pytest.raises(Conflict):
            deed(moderator, RuleHit.objects.get(), revision=1)
    let_appear(moderator, held, revision=2)
    assert list(Tweet.objects.visible_to(bob)) == [held]
