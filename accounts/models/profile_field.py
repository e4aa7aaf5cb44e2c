"""What people add to their profile in their own words: a label, and a text or a link."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models.user import User
from accounts.texts import is_secure_link


class ProfileField(models.Model):
    """One line of the list. A link is verified when its page links back to the profile."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="fields", db_index=False)
    position = models.PositiveSmallIntegerField()  # from 0
    name = models.CharField(max_length=settings.PROFILE_FIELD_MAX_LENGTH)
    value = models.CharField(max_length=settings.PROFILE_FIELD_MAX_LENGTH)
    verified_at = models.DateTimeField(null=True, editable=False)  # since when the page links back
    check_at = models.DateTimeField(null=True, editable=False)  # when to look next; never again if null
    failures = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # looks in vain, one after the other

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "position"], name="one_field_in_each_place"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["check_at"], condition=models.Q(check_at__isnull=False), name="profile_field_to_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    @property
    def is_link(self) -> bool:
        return is_secure_link(self.value)

    @property
    def shown_value(self) -> str:
        """A link without what everyone knows."""
        return self.value.removeprefix("https://").removesuffix("/") if self.is_link else self.value
