"""Other servers whose people somebody does not want to come across."""

from django.db import models

from accounts.models import User


class BlockedDomain(models.Model):
    """`domain` is a host name in small letters, written in ASCII."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    domain = models.CharField(max_length=253)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "domain"], name="a_domain_blocked_once")]
        indexes = [models.Index(fields=["owner", "-id"], name="blocked_domain_by_owner")]

    def __str__(self) -> str:
        return f"{self.owner_id} blocks {self.domain}"
