"""Who is named in a tweet."""

from django.db import models

from accounts.models import User
from tweets.models.tweet import Tweet


class Mention(models.Model):
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentioned_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tweet", "person"], name="one_mention_for_each_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.tweet_id}"
