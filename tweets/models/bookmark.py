"""What people keep for later, seen by themselves alone."""

from django.db import models

from accounts.models import User
from tweets.models.tweet import Tweet


class Bookmark(models.Model):
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bookmarks", db_index=False)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "tweet"], name="one_bookmark_by_each_person")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="bookmark_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} keeps {self.tweet_id}"
