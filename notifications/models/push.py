"""Where apps want to be told when they are not open: Web Push."""

from django.db import models

from accounts.models import User
from clients.models import AccessToken


class PushSubscription(models.Model):
    """One for each token, and gone with it. `kinds` are those of Notification that it wants.

    Apps find out by their token whom a message concerns, so it is kept beside, sealed (common/sealing).
    """

    class Policy(models.TextChoices):
        """Of whose deeds."""

        ALL = "all"
        FOLLOWED = "followed"  # by the owner
        FOLLOWER = "follower"  # of the owner
        NONE = "none"

    token = models.OneToOneField(AccessToken, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint = models.TextField()
    public_key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    is_standard = models.BooleanField(default=False)
    kinds = models.JSONField(default=list)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.ALL)
    sealed_token = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def wants_of(self, *, is_followed: bool, is_follower: bool) -> bool:
        """Whether it wants to hear of somebody who stands so to the owner."""
        if self.policy == self.Policy.FOLLOWED:
            return is_followed
        return is_follower if self.policy == self.Policy.FOLLOWER else self.policy == self.Policy.ALL

    def __str__(self) -> str:
        return f"for {self.owner_id}"
