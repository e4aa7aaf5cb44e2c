"""Words that are said again and again: what live rules remember of them, and for how long."""

import pytest

from moderation.actions import apply_rules, fill_said_texts, forget_said_texts
from moderation.models import RuleHit, SaidText
from moderation.queries import held_tweets
from tests.factories import make_tweet, make_user
from tests.moderation.making import make_live_rule
from tweets.actions import delete_tweet

pytestmark = pytest.mark.django_db


def test_a_wave_is_caught_from_its_next_tweet_on(admin, events_happen):
    """What was said before the rule was live counts for what is said after."""
    people = [make_user(f"seller{number}") for number in range(6)]
    with events_happen():
        early = [make_tweet(person, "@alice Buy my marmalade!") for person in people[:2]]
        make_live_rule(admin, repeats=3, repeats_minutes=60, repeats_by="anybody")
    with events_happen():
        late = [
            make_tweet(person, f"Buy  my marmalade! @bob{number}") for number, person in enumerate(people[2:])
        ]
    assert [tweet.pk for tweet in held_tweets()] == [tweet.pk for tweet in reversed(late)]
    assert not RuleHit.objects.filter(tweet_id__in=[tweet.pk for tweet in early]).exists()


def test_deleting_hides_no_repeating(admin, alice, events_happen):
    with events_happen():
        make_live_rule(admin, repeats=2, repeats_minutes=60)
    with events_happen():
        tweet = make_tweet(alice, "Buy my marmalade!")
    with events_happen():
        delete_tweet(alice, tweet)
        again = make_tweet(alice, "Buy my marmalade!")
    assert [hit.tweet_id for hit in RuleHit.objects.all()] == [again.pk]


def test_words_are_remembered_only_for_rules_that_ask_and_forgotten_in_time(admin, alice, settings):
    make_live_rule(admin)
    apply_rules(make_tweet(alice).pk)
    assert not SaidText.objects.exists()
    rule = make_live_rule(admin, repeats=2, repeats_minutes=60)
    assert fill_said_texts(rule.pk) == 1
    assert fill_said_texts(rule.pk) == 1
    assert SaidText.objects.count() == 1
    assert forget_said_texts() == 0
    settings.AUTOMATIC_WINDOW_MINUTES = 0
    assert forget_said_texts() == 1


def test_a_look_costs_the_same_whatever_was_said_before(admin, alice, django_assert_max_num_queries):
    make_live_rule(admin, pace=1000, pace_minutes=60, strangers=1)
    make_live_rule(admin, repeats=1000, repeats_minutes=60)
    for _ in range(20):
        apply_rules(make_tweet(alice, "again").pk)
    tweet = make_tweet(alice, "again")
    with django_assert_max_num_queries(8):
        apply_rules(tweet.pk)
