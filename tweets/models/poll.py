"""What a tweet asks: its choices, how often each was picked, and who voted."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from tweets.models.tweet import Tweet


class Poll(models.Model):
    """The choices of one tweet, with the number of votes for each, in the same order.

    All of it is one row, so that a page of cards needs no further query; whoever writes it holds the row of
    the tweet. `edition` is the revision of the tweet that first asked these choices; other choices throw all
    votes away.
    """

    tweet = models.OneToOneField(Tweet, on_delete=models.CASCADE, primary_key=True, related_name="poll")
    choices = models.JSONField()  # of texts
    counts = models.JSONField()  # of numbers
    voters_count = models.PositiveIntegerField(default=0)
    is_multiple = models.BooleanField(default=False)
    hides_totals = models.BooleanField(default=False)  # from those who have not voted, until it has ended
    edition = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # when author and voters began to be told of the end

    class Meta:
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(closed_at__isnull=True), name="poll_to_be_closed")
        ]

    def __str__(self) -> str:
        return f"poll of {self.tweet_id}"

    def has_ended(self, moment: datetime | None = None) -> bool:
        """Whether nobody may vote any more at the moment, by default now."""
        return self.ends_at <= (moment or timezone.now())


class PollVote(models.Model):
    """All that a person picked in a poll, as one row: bit n of `picked` stands for choice n, from 0."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes", db_index=False)
    voter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    picked = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "voter"], name="one_vote_for_each_person"),
            models.CheckConstraint(condition=Q(picked__gt=0), name="a_vote_picks_something"),
            models.CheckConstraint(condition=Q(picked__lt=16), name="a_vote_picks_of_four_choices"),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} in {self.poll_id}"


def as_bits(places: Iterable[int]) -> int:
    """Places of choices as PollVote keeps them."""
    return sum(1 << place for place in set(places))


def has_bit(picked: int, place: int) -> bool:
    """Whether a vote picked the choice at this place."""
    return bool(picked >> place & 1)
