"""How far a person has read, as apps note it."""

from django.db import models
from django.db.models import Q

from accounts.models import User


class ReadMarker(models.Model):
    """`last_read_id` is that of a tweet for HOME, of a notification for NOTIFICATIONS. `version` counts the
    changes, so that an app sees whether another one was there meanwhile.
    """

    class Timeline(models.TextChoices):
        HOME = "home"
        NOTIFICATIONS = "notifications"

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    timeline = models.CharField(max_length=13, choices=Timeline)
    last_read_id = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "timeline"], name="one_marker_for_each_timeline"),
            models.CheckConstraint(
                condition=Q(timeline__in=["home", "notifications"]), name="marker_timeline_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} has read {self.timeline} up to {self.last_read_id}"
