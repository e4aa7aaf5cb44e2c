"""Asking in a tweet, voting, and ending a poll when its time is over."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.errors import Conflict, Invalid, NotAllowed, NotFound
from events.bus import publish
from events.catalogue import PollEnded, PollVoted
from tweets import text as tweet_text
from tweets.actions.counts import hold_tweet, lock_tweets
from tweets.draft import PollDraft, TweetDraft
from tweets.models import Poll, PollVote, Tweet
from tweets.models.poll import as_bits, has_bit
from tweets.policies import may_react

_CLOSED_AT_ONCE = 500  # polls that end in one turn of the clock


@transaction.atomic
def vote(voter: User, tweet: Tweet, places: Collection[int], *, edition: int | None = None) -> None:
    """Pick the choices at these places, counted from 0; all of a person's vote at once, for good.

    The same vote again is harmless. `edition` is the poll the voter saw, if the door knows it. Raises
    NotFound for what one may not see, NotAllowed for one's own poll, Conflict when other choices are asked
    by now, Invalid for a vote that makes no sense, comes late, or differs from the one that was cast.
    """
    tweet = tweet.retweet_of or tweet
    if not may_react(voter, tweet):
        raise NotFound("This tweet does not exist, or you may not vote in it.")
    hold_tweet(tweet.id)
    poll = Poll.objects.filter(pk=tweet.id).first()
    if poll is None:
        raise NotFound("This tweet asks nothing any more.")
    if tweet.author_id == voter.pk:
        raise NotAllowed("This is your own poll: others vote in it.")
    if edition is not None and edition != poll.edition:
        raise Conflict("The author changed this poll in the meantime. Look at the choices and vote again.")
    picked = as_bits(_picked(poll, places))
    cast, is_new = PollVote.objects.get_or_create(poll=poll, voter=voter, defaults={"picked": picked})
    if not is_new:
        if cast.picked != picked:
            raise Invalid("You have voted in this poll already; a vote cannot be changed.")
        return
    _add(poll, 1, [has_bit(picked, place) for place in range(len(poll.counts))])
    publish(PollVoted(tweet_id=tweet.id, voter_id=voter.id))


def close_polls() -> int:
    """End the polls whose time is over, each once however many do this at a time; returns how many."""
    due = Poll.objects.filter(ends_at__lte=timezone.now(), closed_at__isnull=True)
    return sum(map(_close, due.order_by("ends_at").values_list("pk", flat=True)[:_CLOSED_AT_ONCE]))


@transaction.atomic
def _close(tweet_id: int) -> bool:
    hold_tweet(tweet_id)  # an edit of this moment would write back what it read before
    now = timezone.now()
    ended = Poll.objects.filter(pk=tweet_id, ends_at__lte=now, closed_at__isnull=True).update(closed_at=now)
    if ended:
        publish(PollEnded(tweet_id=tweet_id))
    return ended > 0


def read_poll(draft: TweetDraft) -> PollDraft | None:
    """The poll of a draft, tidied. Raises Invalid, with a sentence, for one that cannot be asked."""
    if draft.poll is None:
        return None
    if draft.images:
        raise Invalid("A tweet holds pictures or a poll, not both. Remove one of them.", field="poll")
    choices = tuple(" ".join(tweet_text.clean(choice).split()) for choice in draft.poll.choices)
    choices = tuple(choice for choice in choices if choice)
    least, most, longest = (
        settings.POLL_MIN_CHOICES,
        settings.POLL_MAX_CHOICES,
        settings.POLL_CHOICE_MAX_LENGTH,
    )
    if not least <= len(choices) <= most:
        raise Invalid(f"A poll has {least} to {most} choices.", field="poll")
    if any(len(choice) > longest for choice in choices):
        raise Invalid(f"A choice has at most {longest} characters. Shorten the long one.", field="poll")
    if len({choice.casefold() for choice in choices}) < len(choices):
        raise Invalid("Two choices say the same. Change one of them.", field="poll")
    if not tweet_text.is_visible(tweet_text.clean(draft.text)):
        raise Invalid("Write what the poll asks.", field="text")
    _check_duration(draft.poll.seconds)
    return PollDraft(choices, draft.poll.seconds, draft.poll.is_multiple, draft.poll.hides_totals)


def ask(tweet: Tweet, poll: PollDraft | None) -> None:
    """Write the poll of a new tweet."""
    if poll is None:
        return
    if poll.seconds is None:
        raise Invalid("Choose how long the poll is open.", field="poll")
    Poll.objects.create(
        tweet=tweet,
        choices=list(poll.choices),
        counts=[0] * len(poll.choices),
        is_multiple=poll.is_multiple,
        hides_totals=poll.hides_totals,
        edition=tweet.revision,  # never one that a former poll of this tweet had
        ends_at=timezone.now() + timedelta(seconds=poll.seconds),
    )


def asks_the_same(former: Poll | None, poll: PollDraft | None) -> bool:
    """Whether nothing about the poll would change."""
    if former is None or poll is None:
        return former is None and poll is None
    same = _asks_for_the_same(former, poll) and former.hides_totals == poll.hides_totals
    return same and poll.seconds is None


def ask_anew(tweet: Tweet, former: Poll | None, poll: PollDraft | None) -> None:
    """Replace the poll of an edited tweet. Other choices throw all votes away; more time or hidden totals
    do not.
    """
    if former is None or poll is None:
        if former is not None:
            former.delete()
        ask(tweet, poll)
        return
    if not _asks_for_the_same(former, poll):
        if former.has_ended() and poll.seconds is None:
            raise Invalid("This poll has ended. Choose how long the new one is open.", field="poll")
        former.votes.all().delete()
        former.choices, former.is_multiple = list(poll.choices), poll.is_multiple
        former.counts, former.voters_count = [0] * len(poll.choices), 0
        former.edition = tweet.revision
    former.hides_totals = poll.hides_totals
    if poll.seconds is not None:
        former.ends_at = timezone.now() + timedelta(seconds=poll.seconds)
        former.closed_at = None
    former.save()


@transaction.atomic
def remove_votes_of(person: User, most: int) -> int:
    """Take back up to `most` votes of a person who leaves for good; returns how many."""
    votes = list(PollVote.objects.filter(voter=person).order_by("poll_id")[:most])
    lock_tweets(cast.poll_id for cast in votes)
    for cast in votes:
        gone, _ = PollVote.objects.filter(pk=cast.pk).delete()
        poll = Poll.objects.filter(pk=cast.poll_id).first()
        if gone and poll is not None:  # nobody took it meanwhile, no edit threw it away
            _add(poll, -1, [-has_bit(cast.picked, place) for place in range(len(poll.counts))])
    return len(votes)


@transaction.atomic
def correct_poll(tweet_id: int, **_: int) -> None:
    """Count the votes again while nobody votes: what a recount believed missing may have been cast meanwhile.
    A poll that is gone by now needs nothing.
    """
    hold_tweet(tweet_id)
    poll = Poll.objects.filter(pk=tweet_id).first()
    if poll is None:
        return
    cast = Counter(poll.votes.values_list("picked", flat=True))
    poll.voters_count = cast.total()
    poll.counts = [
        sum(number for picked, number in cast.items() if has_bit(picked, place))
        for place in range(len(poll.choices))
    ]
    poll.save(update_fields=["counts", "voters_count"])


def _add(poll: Poll, voters: int, votes: Sequence[int]) -> None:
    """Add to the numbers of a poll whose tweet is held; none goes below nothing."""
    poll.counts = [max(count + more, 0) for count, more in zip(poll.counts, votes, strict=True)]
    poll.voters_count = max(poll.voters_count + voters, 0)
    poll.save(update_fields=["counts", "voters_count"])


def _picked(poll: Poll, places: Collection[int]) -> set[int]:
    picked = set(places)
    if poll.has_ended():
        raise Invalid("This poll has ended.")
    if not picked:
        raise Invalid("Pick a choice, then vote.")
    if not picked <= set(range(len(poll.choices))):
        raise Invalid("This poll has no such choice. Reload the page and vote again.")
    if len(picked) > 1 and not poll.is_multiple:
        raise Invalid("Pick one choice: this poll takes only one.")
    return picked


def _asks_for_the_same(former: Poll, poll: PollDraft) -> bool:
    return former.choices == list(poll.choices) and former.is_multiple == poll.is_multiple


def _check_duration(seconds: int | None) -> None:
    shortest, longest = settings.POLL_MIN_SECONDS, settings.POLL_MAX_SECONDS
    if seconds is not None and not shortest <= seconds <= longest:
        raise Invalid(
            f"A poll is open for {shortest // 60} minutes at least and {longest // 86400} days at most.",
            field="poll",
        )
