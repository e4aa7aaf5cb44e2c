"""Polls and votes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from relationships.actions import block_user
from tests.api.calling import caller_for
from tests.api.shape import assert_is
from tests.factories import make_tweet
from tweets.actions import retweet
from tweets.draft import PollDraft
from tweets.models import Poll

pytestmark = pytest.mark.django_db
NOT_THERE = (404, {"error": "Record not found"})


def ask(author, *choices, **how):
    poll = PollDraft(choices or ("Tea", "Coffee"), seconds=600, **how.pop("poll", {}))
    return make_tweet(author, "What shall it be?", poll=poll, **how)


def path(tweet, part=""):
    return f"/api/v1/polls/{tweet.id}{part}"


def test_looked_at_and_voted_in(alices, nobodys, bob):
    tweet = ask(bob)
    shape = alices.get(path(tweet)).json()
    assert_is("Poll", shape)
    assert (shape["voted"], shape["own_votes"]) == (False, [])
    voted = alices.post(path(tweet, "/votes"), {"choices": [1]}).json()
    assert_is("Poll", voted)
    assert (voted["voted"], voted["own_votes"], voted["votes_count"]) == (True, [1], 1)
    assert alices.post(path(tweet, "/votes"), form="choices[]=1").json() == voted
    assert "voted" not in nobodys.get(path(tweet)).json()


def test_it_is_the_same_poll_in_its_tweet(alices, alice, bob):
    tweet = ask(bob, poll={"hides_totals": True})
    spread = retweet(alice, tweet)
    shape = alices.get(f"/api/v1/statuses/{tweet.id}").json()["poll"]
    assert alices.get(path(tweet)).json() == shape == alices.get(path(spread)).json()


def test_several_choices(alices, bob):
    tweet = ask(bob, "Milk", "Sugar", "Honey", poll={"is_multiple": True})
    assert alices.post(path(tweet, "/votes"), {"choices": ["0", 2]}).json()["own_votes"] == [0, 2]


@pytest.mark.parametrize(
    "sent",
    [{}, {"choices": []}, {"choices": [7]}, {"choices": ["x"]}, {"choices": [-1]}, {"choices": [0, 1]}],
)
def test_votes_that_make_no_sense(alices, bob, sent):
    tweet = ask(bob)
    answer = alices.post(path(tweet, "/votes"), sent)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: ")
    assert Poll.objects.get().counts == [0, 0]


def test_a_vote_is_for_good(alices, bob):
    tweet = ask(bob)
    alices.post(path(tweet, "/votes"), {"choices": [1]})
    assert alices.post(path(tweet, "/votes"), {"choices": [0]}).status_code == 422
    assert Poll.objects.get().counts == [0, 1]


def test_no_votes_in_ones_own_or_after_the_end(alices, bobs, bob):
    tweet = ask(bob)
    assert bobs.post(path(tweet, "/votes"), {"choices": [0]}).status_code == 403
    Poll.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert alices.post(path(tweet, "/votes"), {"choices": [0]}).status_code == 422
    assert alices.get(path(tweet)).json()["expired"] is True


def test_who_does_not_see_the_tweet_sees_no_poll(alices, nobodys, bobs, alice, bob, carol):
    few = ask(bob, visibility="followers")
    plain = make_tweet(bob, "asks nothing")
    ended = ask(bob)
    carols = caller_for(carol)
    block_user(bob, carol)
    for app, tweet in ((alices, few), (nobodys, few), (carols, ended), (alices, plain)):
        answer = app.get(path(tweet))
        assert (answer.status_code, answer.json()) == NOT_THERE
    for app, tweet in ((alices, few), (carols, ended), (alices, plain)):
        answer = app.post(path(tweet, "/votes"), {"choices": [0]})
        assert (answer.status_code, answer.json()) == NOT_THERE
    assert bobs.get(path(few)).status_code == 200
