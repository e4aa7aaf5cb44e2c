"""One-time keys: a form that is sent twice posts once."""

from django.db import models

from accounts.models import User
from tweets.models.tweet import Tweet


class PostingKey(models.Model):
    """Written in the same transaction as the tweet; the constraint is what stops the double.

    Until `undo_until` the author may take the tweet back before anybody is told of it.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=100)
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, null=True)
    undo_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="one_tweet_for_each_key")]

    def __str__(self) -> str:
        return f"{self.author_id} {self.key}"
