"""Editing a poll: what becomes of the votes, of its end, and of forms that still show the former one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import Conflict, Invalid
from tests.factories import make_tweet
from tweets.actions import edit_tweet, remove_votes_of, vote
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Poll, PollVote, Tweet

pytestmark = pytest.mark.django_db
OLD, NEW = ("tea", "coffee"), ("milk", "rum")


@pytest.fixture
def tweet(alice) -> Tweet:
    return make_tweet(alice, "What do you drink?", poll=PollDraft(OLD, 300))


def edited(tweet, poll, text="What do you drink?") -> None:
    edit_tweet(tweet.author, Tweet.objects.get(pk=tweet.pk), TweetDraft(text, poll=poll))


def standing() -> tuple[int, list[int]]:
    poll = Poll.objects.get()
    return poll.voters_count, poll.counts


def end_now() -> None:
    Poll.objects.update(ends_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("poll", [PollDraft(OLD, 600), PollDraft(OLD, hides_totals=True), PollDraft(OLD)])
def test_more_time_hidden_totals_and_other_words_leave_the_votes(bob, tweet, poll):
    vote(bob, tweet, [0])
    edited(tweet, poll, "What do you drink now?")
    assert standing() == (1, [1, 0])


def test_a_poll_that_ended_is_not_asked_anew_without_time(bob, tweet):
    """It would be over at once, and its result lost."""
    vote(bob, tweet, [0])
    end_now()
    with pytest.raises(Invalid, match="how long"):
        edited(tweet, PollDraft(NEW))
    assert standing() == (1, [1, 0])

    edited(tweet, PollDraft(NEW, 300))
    vote(bob, tweet, [1], edition=Poll.objects.get().edition)
    assert standing() == (1, [0, 1])


def test_a_form_of_a_former_poll_votes_in_none_that_followed(bob, tweet):
    seen = Poll.objects.get().edition
    edited(tweet, None)
    edited(tweet, PollDraft(NEW, 300))
    with pytest.raises(Conflict):
        vote(bob, tweet, [0], edition=seen)
    assert standing() == (0, [0, 0])


@pytest.mark.parametrize("picked", [0, 16, 255])
def test_the_database_knows_what_can_be_picked(bob, tweet, picked):
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll=tweet.poll, voter=bob, picked=picked)


def test_who_leaves_after_an_edit_takes_nobody_elses_vote(bob, carol, tweet):
    vote(bob, tweet, [0])
    edited(tweet, PollDraft(NEW, 300))
    vote(carol, tweet, [0])
    assert remove_votes_of(bob, 50) == 0
    assert standing() == (1, [1, 0])
