"""What staff decided about a person, and what the person may do as staff: columns of User."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.roles import Role


class Standing(models.Model):
    """Each state stands beside the others, see accounts/actions/restrict."""

    is_limited = models.BooleanField(default=False, db_default=False)  # offered to nobody but followers
    is_frozen = models.BooleanField(default=False, db_default=False)  # reads, and does not write
    is_sensitive = models.BooleanField(default=False, db_default=False)  # all pictures are covered
    erases_at = models.DateTimeField(null=True, editable=False)  # a suspension can be taken back until then
    role = models.CharField(max_length=10, blank=True, choices=Role, default="", db_default="")

    if TYPE_CHECKING:
        is_staff: models.BooleanField[bool, bool]
        is_superuser: models.BooleanField[bool, bool]

    class Meta:
        abstract = True

    @property
    def staff_role(self) -> Role:
        """Django's own two flags count: a superuser is the owner, and who may enter the admin moderates."""
        if self.is_superuser:
            return Role.OWNER
        return Role(self.role) if self.role or not self.is_staff else Role.MODERATOR
