"""What a tweet said before it was edited."""

from django.db import models

from tweets.models.tweet import Tweet


class TweetEdit(models.Model):
    """One former version, written down at the moment it was replaced."""

    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="edits", db_index=False)
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    warning = models.TextField(blank=True, db_default="")
    is_sensitive = models.BooleanField(default=False, db_default=False)
    language = models.CharField(max_length=10, blank=True, db_default="")
    poll = models.JSONField(null=True)  # {"choices": […], "counts": […]} as they stood
    pictures = models.JSONField(default=list)  # [{"id": …, "description": …}] in order
    written_at = models.DateTimeField()  # when this version was posted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tweet", "revision"], name="one_edit_for_each_revision")
        ]

    def __str__(self) -> str:
        return f"version {self.revision} of {self.tweet_id}"
