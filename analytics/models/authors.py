"""What others did with an author's tweets, day by day."""

from django.db import models


class AuthorDay(models.Model):
    """Counted once, when the day (of UTC) is over, from what was still there: what was taken back before
    midnight is not in it, what is taken back later stays. There is none for a day on which nothing happened.
    """

    author_id = models.BigIntegerField()
    day = models.DateField()
    likes = models.PositiveIntegerField(default=0)
    retweets = models.PositiveIntegerField(default=0)
    quotes = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    hours = models.JSONField(default=list)  # how much of all that in each of the 24 hours of UTC; [] for none
    followers = models.PositiveIntegerField(null=True)  # at the end of the day, where it was another number

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author_id", "day"], name="one_day_of_an_author")]
        indexes = [models.Index(fields=["day"], name="author_day_by_day")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.day}"


class LeftOut(models.Model):
    """A retweet, quote or reply that was held or hidden when its day was counted. Once it appears it is
    counted, and in the same transaction the row goes.
    """

    tweet_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.tweet_id)


class RollUp(models.Model):
    """How far days were counted: one row. What stands behind these ids is not in any AuthorDay yet."""

    like_id = models.BigIntegerField(default=0)
    tweet_id = models.BigIntegerField(default=0)
    follower_day = models.DateField(null=True)  # the last one whose followers were noted
    followed_id = models.BigIntegerField(default=0)  # up to which person that was done for the day after

    def __str__(self) -> str:
        return f"likes to {self.like_id}, tweets to {self.tweet_id}"
