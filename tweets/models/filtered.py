"""Single tweets that somebody would rather not come across, whatever they say."""

from django.db import models

from relationships.models import WordFilter
from tweets.models.tweet import Tweet


class FilteredTweet(models.Model):
    """The tweet counts as matched by the filter, which belongs to a person. Apps know the row by its id."""

    filter = models.ForeignKey(WordFilter, on_delete=models.CASCADE, related_name="+", db_index=False)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filter", "tweet"], name="a_tweet_once_in_each_filter")
        ]

    def __str__(self) -> str:
        return f"{self.tweet_id} in {self.filter_id}"
