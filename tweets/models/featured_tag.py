"""Tags that people show on their profile."""

from django.db import models

from accounts.models import User
from common.models import TimeOrdered
from tweets.models.hashtag import Hashtag


class FeaturedTag(TimeOrdered):
    """`person` says that this is what they tweet about."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    hashtag = models.ForeignKey(Hashtag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "hashtag"], name="a_tag_is_featured_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} features {self.hashtag_id}"
