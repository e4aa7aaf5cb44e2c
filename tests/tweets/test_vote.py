"""Asking in a tweet and voting: once for each person, for good, until it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import Conflict, Invalid, NotAllowed, NotFound
from events.catalogue import PollEnded, PollVoted
from notifications.models import Notification
from relationships.actions import block_user
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import close_polls, delete_tweet, edit_tweet, post_tweet, retweet, vote
from tweets.cards import card_of
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Poll, PollVote, Tweet, TweetEdit

pytestmark = pytest.mark.django_db
TEA = PollDraft(("tea", "coffee", "water"), 3600)


def ask(author, poll=TEA, text="What do you drink?") -> Tweet:
    return post_tweet(author, TweetDraft(text=text, poll=poll))


def end(tweet) -> None:
    Poll.objects.filter(tweet=tweet).update(ends_at=timezone.now() - timedelta(seconds=1))


def numbers(tweet) -> tuple[list[int], int]:
    poll = Poll.objects.get(tweet=tweet)
    return poll.counts, poll.voters_count


def test_a_vote_counts_once_and_the_same_again_is_harmless(alice, bob, announced):
    tweet = ask(alice)
    with announced() as events:
        vote(bob, tweet, [1])
        vote(bob, tweet, [1])
    assert numbers(tweet) == ([0, 1, 0], 1)
    assert events == [PollVoted(tweet_id=tweet.id, voter_id=bob.id)]


def test_a_vote_is_for_good(alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [1])
    with pytest.raises(Invalid, match="cannot be changed"):
        vote(bob, tweet, [0])
    assert numbers(tweet) == ([0, 1, 0], 1)


def test_the_database_holds_one_vote_for_each_person(alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [1])
    with pytest.raises(IntegrityError), transaction.atomic():
        PollVote.objects.create(poll_id=tweet.id, voter=bob, picked=1)


def test_several_choices_only_where_it_takes_several(alice, bob, carol):
    tweet = ask(alice)
    with pytest.raises(Invalid, match="only one"):
        vote(bob, tweet, [0, 1])
    several = ask(alice, PollDraft(("tea", "coffee"), 3600, is_multiple=True))
    vote(bob, several, [0, 1])
    vote(carol, several, [1])
    assert numbers(several) == ([1, 2], 2)


@pytest.mark.parametrize("places", [[], [3], [-1], [0, 99]])
def test_a_choice_that_is_none_is_refused(alice, bob, places):
    tweet = ask(alice)
    with pytest.raises(Invalid):
        vote(bob, tweet, places)
    assert numbers(tweet) == ([0, 0, 0], 0)


def test_who_may_not_vote(alice, bob, carol):
    tweet = ask(alice)
    block_user(alice, bob)
    for person in (bob, make_user("newcomer", confirmed=False)):
        with pytest.raises(NotFound):
            vote(person, tweet, [0])
    with pytest.raises(NotAllowed, match="own poll"):
        vote(alice, tweet, [0])
    with pytest.raises(NotFound):
        vote(carol, make_tweet(alice), [0])
    end(tweet)
    with pytest.raises(Invalid, match="ended"):
        vote(carol, tweet, [0])


def test_voting_in_a_retweet_votes_in_what_it_spreads(alice, bob, carol):
    tweet = ask(alice)
    vote(bob, retweet(carol, tweet), [2])
    assert numbers(tweet) == ([0, 0, 1], 1)


@pytest.mark.parametrize(
    ("poll", "sentence"),
    [
        (PollDraft(("tea",), 3600), "2 to 4"),
        (PollDraft(("tea", " \u200b "), 3600), "2 to 4"),
        (PollDraft(("a", "b", "c", "d", "e"), 3600), "2 to 4"),
        (PollDraft(("tea", "Tea "), 3600), "same"),
        (PollDraft(("tea", "c" * 51), 3600), "50 characters"),
        (PollDraft(("tea", "coffee"), 299), "5 minutes"),
        (PollDraft(("tea", "coffee"), 7 * 86400 + 1), "7 days"),
        (PollDraft(("tea", "coffee"), None), "how long"),
    ],
)
def test_a_poll_that_cannot_be_asked(alice, poll, sentence):
    with pytest.raises(Invalid, match=sentence):
        ask(alice, poll)
    assert not Tweet.objects.exists()


def test_a_poll_needs_words_and_no_pictures(alice):
    with pytest.raises(Invalid, match="what the poll asks"):
        ask(alice, text=" ")
    images = (DraftImage(make_image(alice).id),)
    with pytest.raises(Invalid, match="pictures or a poll"):
        post_tweet(alice, TweetDraft(text="What do you drink?", poll=TEA, images=images))


def test_other_choices_throw_the_votes_away_and_the_former_are_kept(alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [1])
    edit_tweet(alice, tweet, TweetDraft(text="What do you drink?", poll=PollDraft(("tea", "milk"))))
    assert numbers(tweet) == ([0, 0], 0)
    assert TweetEdit.objects.get().poll == {"choices": ["tea", "coffee", "water"], "counts": [0, 1, 0]}
    with pytest.raises(Conflict):
        vote(bob, tweet, [0], edition=1)
    vote(bob, tweet, [0], edition=2)


def test_other_words_and_more_time_keep_the_votes(alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [1])
    edit_tweet(
        alice, tweet, TweetDraft(text="Your drink?", poll=PollDraft(TEA.choices, 86400, hides_totals=True))
    )
    poll = Poll.objects.get()
    assert (poll.counts, poll.edition, poll.hides_totals) == ([0, 1, 0], 1, True)
    assert poll.ends_at > timezone.now() + timedelta(hours=23)


def test_saving_what_it_says_already_changes_nothing(alice):
    tweet = ask(alice)
    edit_tweet(alice, tweet, TweetDraft(text="What do you drink?", poll=PollDraft(TEA.choices)))
    assert not TweetEdit.objects.exists()


def test_a_poll_can_be_taken_away_and_goes_with_its_tweet(alice, bob):
    tweet = ask(alice)
    vote(bob, tweet, [1])
    edit_tweet(alice, tweet, TweetDraft(text="Never mind"))
    assert not Poll.objects.exists()
    delete_tweet(alice, ask(alice))
    assert not Poll.objects.exists()
    assert not PollVote.objects.exists()


def test_it_ends_once(alice, announced):
    tweet = ask(alice)
    assert close_polls() == 0
    end(tweet)
    with announced() as events:
        assert close_polls() == 1
        assert close_polls() == 0
    assert events == [PollEnded(tweet_id=tweet.id)]


def test_author_and_voters_are_told_of_the_last_end(alice, bob, carol, events_happen):
    tweet = ask(alice)
    vote(bob, tweet, [0])
    end(tweet)
    with events_happen():
        close_polls()
    told = Notification.objects.filter(kind="poll", tweet=tweet)
    assert set(told.values_list("recipient_id", flat=True)) == {alice.id, bob.id}
    told.update(read_at=timezone.now())
    with events_happen():
        edit_tweet(alice, tweet, TweetDraft(text="Your drink?", poll=PollDraft(TEA.choices, 600)))
        end(tweet)
        close_polls()
    assert told.count() == told.unread().count() == 2


def test_nobody_hears_of_a_poll_that_is_gone(alice, bob, events_happen):
    tweet = ask(alice)
    vote(bob, tweet, [0])
    end(tweet)
    with events_happen():
        close_polls()
        delete_tweet(alice, Tweet.objects.get(pk=tweet.pk))
    assert not Notification.objects.filter(kind="poll").exists()


def test_what_the_card_tells_before_and_after(alice, bob, carol, client):
    tweet = ask(alice, PollDraft(("tea", "coffee"), 3600, hides_totals=True))
    vote(bob, tweet, [1])
    before, after, own = (card_of(tweet, person).poll for person in (carol, bob, alice))
    assert (before.is_open, before.shows_totals, before.voters) == (True, False, 0)
    assert [choice.percent for choice in before.choices] == [None, None]
    assert (after.is_open, after.voters) == (False, 1)
    assert [(choice.percent, choice.is_mine, choice.is_ahead) for choice in after.choices] == [
        (0, False, False),
        (100, True, True),
    ]
    assert (own.is_open, own.shows_totals) == (False, True)
    end(tweet)
    late = card_of(tweet, carol).poll
    assert (late.has_ended, late.shows_totals, late.left) == (True, True, "Final results")


def test_cards_with_polls_take_two_queries(alice, bob, django_assert_num_queries):
    tweet = ask(alice)
    with django_assert_num_queries(2):
        assert card_of(tweet, bob).poll is not None
