"""Which tags a person follows."""

from django.db import models

from accounts.models import User
from tweets.models import Hashtag


class TagFollow(models.Model):
    """`follower` finds public tweets with the tag at home. The row's id is in the order of following."""

    follower = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tags_followed", db_index=False)
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            # In this order: delivering walks the followers of one tag.
            models.UniqueConstraint(
                fields=["hashtag", "follower"], name="one_follow_of_a_tag_for_each_person"
            ),
        ]
        indexes = [models.Index(fields=["follower", "-id"], name="tag_follow_by_follower")]

    def __str__(self) -> str:
        return f"{self.follower_id} follows tag {self.hashtag_id}"
