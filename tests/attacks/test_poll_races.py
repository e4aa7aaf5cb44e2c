"""Voting, editing, ending, counting and leaving at the same moment: one vote for each, numbers that are true.

SQLite takes writers one after the other; PostgreSQL is where these can go wrong.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events import bus
from events.bus import Plan
from events.catalogue import PollEnded
from relationships.actions import block_user
from tests.attacks.crowd import at_once, counters_agree
from tests.factories import make_tweet, make_user
from tweets.actions import close_polls, delete_tweet, edit_tweet, remove_votes_of, vote
from tweets.actions.poll import correct_poll
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Poll, PollVote, Tweet
from twitter_clone.switchboard import PLANS

pytestmark = pytest.mark.django_db(transaction=True)
MANY, TRIES = 20, 8
TEA = PollDraft(("tea", "coffee"), 300)


@pytest.fixture
def ends():
    """What was announced of polls that ended, by whoever closed them."""
    told: list[PollEnded] = []
    bus.connect({**PLANS, PollEnded: Plan(now=[told.append])})
    yield told
    bus.connect(PLANS)


def ask(author, poll=TEA) -> Tweet:
    return make_tweet(author, "What do you drink?", poll=poll)


def is_over(tweet) -> None:
    Poll.objects.filter(pk=tweet.pk).update(ends_at=timezone.now() - timedelta(seconds=1))


def test_twenty_hands_of_one_person_are_one_vote(alice, bob):
    tweet = ask(alice)
    deeds = [lambda place=number % 2: vote(bob, tweet, [place]) for number in range(MANY)]
    assert at_once(*deeds) == []
    poll = Poll.objects.get()
    assert (PollVote.objects.count(), poll.voters_count, sum(poll.counts)) == (1, 1, 1)
    assert counters_agree()


def test_twenty_people_are_twenty_votes(alice):
    tweet = ask(alice, PollDraft(("tea", "coffee", "water"), 300, is_multiple=True))
    people = [make_user() for _ in range(MANY)]
    assert at_once(*[lambda one=one: vote(one, tweet, [0, 2]) for one in people]) == []
    poll = Poll.objects.get()
    assert (poll.voters_count, poll.counts) == (MANY, [MANY, 0, MANY])
    assert counters_agree()


def test_the_database_itself_holds_one_vote_for_each(alice, bob):
    poll = ask(alice).poll
    PollVote.objects.create(poll=poll, voter=bob, picked=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll=poll, voter=bob, picked=2)


def test_no_vote_for_one_choice_counts_for_another(alice, bob, carol):
    """Who saw the former choices is told so, whichever of the two was faster."""
    for _ in range(TRIES):
        tweet = ask(alice)
        other = TweetDraft("What do you drink?", poll=PollDraft(("milk", "rum"), 300))
        deeds = [
            lambda one=tweet, draft=other: edit_tweet(alice, one, draft),
            *[lambda one=tweet, who=who: vote(who, one, [0], edition=1) for who in (bob, carol)],
        ]
        assert at_once(*deeds) == []
        poll = Poll.objects.get(pk=tweet.pk)
        assert (poll.choices, poll.counts, poll.voters_count) == (["milk", "rum"], [0, 0], 0)
        assert not poll.votes.exists()
    assert counters_agree()


@pytest.mark.parametrize("contrary", [delete_tweet, lambda alice, tweet: block_user(alice, tweet.voter)])
def test_voting_while_the_tweet_goes_breaks_neither(alice, contrary):
    for _ in range(TRIES):
        tweet, voter = ask(alice), make_user()
        tweet.voter = voter
        deeds = [lambda one=tweet: vote(one.voter, one, [1]), lambda one=tweet: contrary(alice, one)]
        assert at_once(*deeds) == []
    assert counters_agree()


def test_twenty_clocks_end_a_poll_once(alice, ends):
    tweets = [ask(alice) for _ in range(3)]
    for tweet in tweets:
        is_over(tweet)
    assert at_once(close_polls, times=MANY) == []
    assert sorted(event.tweet_id for event in ends) == sorted(tweet.id for tweet in tweets)


def test_editing_while_the_clock_ends_it_does_not_end_it_twice(alice, ends):
    for number in range(TRIES):
        ends.clear()
        tweet = ask(alice)
        is_over(tweet)
        hidden = TweetDraft(f"What? {number}", poll=PollDraft(TEA.choices, hides_totals=True))
        assert at_once(lambda one=tweet, draft=hidden: edit_tweet(alice, one, draft), close_polls) == []
        close_polls()
        assert [event.tweet_id for event in ends] == [tweet.id]


def test_a_recount_among_votes_makes_nothing_wrong(alice, bob):
    """It read the poll, bob voted, it read the votes: his looked missing, and is not added once more."""
    tweet = ask(alice)
    vote(bob, tweet, [0])
    correct_poll(tweet.id, voters=1, choice_1=1)
    assert Poll.objects.get().counts == [1, 0]
    assert counters_agree()


def test_who_leaves_is_taken_off_once(alice, bob, carol):
    tweet = ask(alice)
    for person in (bob, carol):
        vote(person, tweet, [0])
    assert at_once(lambda: remove_votes_of(bob, 50), times=6) == []
    poll = Poll.objects.get()
    assert (poll.voters_count, poll.counts) == (1, [1, 0])
    assert counters_agree()
