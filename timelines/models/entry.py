"""The home timeline: one row for each tweet that somebody's home shows."""

from django.db import models

from accounts.models import User
from tweets.models import Hashtag, Tweet


class HomeTimeline(models.Model):
    """That a person's home is kept up to date. Without this row nothing is delivered to them."""

    owner = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    read_at = models.DateTimeField(db_index=True)  # to the hour
    is_filled = models.BooleanField(default=True, db_default=True)  # False while it is being opened

    def __str__(self) -> str:
        return f"home of {self.owner_id}"


class TimelineEntry(models.Model):
    """`tweet` stands on the home of `owner`. `shown_id` is the tweet a reader sees there: for a retweet
    the one it spreads, so that the same words do not stand there twice in a short stretch. `tag` is the
    followed one that brought it; empty where its author did.
    """

    pk = models.CompositePrimaryKey("owner_id", "tweet_id")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="+")
    shown_id = models.BigIntegerField()
    tag = models.ForeignKey(Hashtag, models.CASCADE, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.tweet_id} for {self.owner_id}"
