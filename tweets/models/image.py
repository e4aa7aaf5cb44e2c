"""Which pictures a tweet shows, and in which order."""

from django.db import models

from attachments.models import Attachment
from tweets.models.tweet import Tweet


class TweetImage(models.Model):
    tweet = models.ForeignKey(Tweet, on_delete=models.CASCADE, related_name="images", db_index=False)
    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="shown_in")
    position = models.PositiveSmallIntegerField()  # from 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tweet", "position"], name="one_picture_in_each_place"),
        ]

    def __str__(self) -> str:
        return f"picture {self.position + 1} of {self.tweet_id}"
