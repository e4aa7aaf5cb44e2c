"""What search knows of tweets, people and tags: their words. Beside it migrations put the full-text index."""

from django.db import models

from accounts.models import User
from tweets.models import Hashtag, Tweet


class TweetDocument(models.Model):
    """The words of a tweet as the engine of this database keeps them (see search/engines)."""

    tweet = models.OneToOneField(Tweet, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.tweet_id}"


class PersonDocument(models.Model):
    """The words of a person's names and bio."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.person_id}"


class TagDocument(models.Model):
    """The spellings by which a tag is found although one letter of it is wrong (see search/spelling)."""

    tag = models.OneToOneField(Hashtag, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return f"spellings of {self.tag_id}"


class Progress(models.Model):
    """How far a walk over all rows has come, so that it goes on where it was stopped."""

    walk = models.CharField(max_length=20, primary_key=True)
    last_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.walk} up to {self.last_id}"
