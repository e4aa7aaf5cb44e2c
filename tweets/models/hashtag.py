"""Hashtags, and the tweets that carry them."""

from django.db import models

from tweets.models.tweet import Tweet


class Hashtag(models.Model):
    name = models.CharField(max_length=280, unique=True)  # without #, lower case
    # Staff took it out of what is offered: trends and suggestions. Its page stays.
    is_unlisted = models.BooleanField(default=False, db_default=False, editable=False)

    def __str__(self) -> str:
        return f"#{self.name}"


class TweetHashtag(models.Model):
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, db_index=False)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hashtag", "tweet"], name="one_tag_once_in_a_tweet")]

    def __str__(self) -> str:
        return f"{self.hashtag_id} in {self.tweet_id}"
