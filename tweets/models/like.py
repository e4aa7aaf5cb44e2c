"""Who likes what."""

from django.db import models

from accounts.models import User
from tweets.models.tweet import Tweet


class Like(models.Model):
    """The row's id is in the order of liking, which lists page by."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="likes", db_index=False)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="likes", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tweet", "person"], name="one_like_by_each_person")]
        indexes = [
            models.Index(fields=["person", "-id"], name="like_by_person"),
            models.Index(fields=["tweet", "-id"], name="like_by_tweet"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} likes {self.tweet_id}"
