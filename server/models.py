"""What this server says of itself."""

from django.conf import settings
from django.db import models


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self) -> "RuleQuerySet":
        return self.filter(withdrawn_at__isnull=True).order_by("position", "pk")


class Rule(models.Model):
    """One sentence that everybody here agrees to. A withdrawn one stays, for reports name it."""

    text = models.CharField(max_length=settings.RULE_MAX_LENGTH)
    hint = models.CharField(max_length=settings.RULE_HINT_MAX_LENGTH, blank=True)  # what is meant by it
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text
