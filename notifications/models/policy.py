"""Of which strangers a person wants to hear at once, later or never."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class NotificationPolicy(models.Model):
    """What `owner` wishes for those they do not follow; without a row everybody is heard, but those whom
    staff limited.

    Names and values are those of Mastodon's API. Messages of strangers have requests of their own, in
    Messages, so there is nothing to say about them here.
    """

    class Choice(models.TextChoices):
        """From the mildest to the strictest: of several that apply the strictest counts."""

        ACCEPT = "accept"
        FILTER = "filter"  # kept apart, in the request box
        DROP = "drop"

    WISHES = ("for_not_following", "for_not_followers", "for_new_accounts", "for_limited_accounts")

    owner = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="notification_policy"
    )
    for_not_following = models.CharField(max_length=6, choices=Choice, default=Choice.ACCEPT)
    for_not_followers = models.CharField(max_length=6, choices=Choice, default=Choice.ACCEPT)
    for_new_accounts = models.CharField(max_length=6, choices=Choice, default=Choice.ACCEPT)
    for_limited_accounts = models.CharField(  # whom staff limited
        max_length=6, choices=Choice, default=Choice.DROP, db_default=Choice.DROP
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    for_not_following__in=["accept", "filter", "drop"],
                    for_not_followers__in=["accept", "filter", "drop"],
                    for_new_accounts__in=["accept", "filter", "drop"],
                ),
                name="policy_choices_known",
            )
        ]

    def __str__(self) -> str:
        return f"policy of {self.owner_id}"

    def choice_for(self, *, follows_owner: bool, is_new: bool, is_limited: bool = False) -> str:
        """What becomes of the deed of somebody the owner neither follows nor accepted."""
        wishes = [self.for_not_following]
        if not follows_owner:
            wishes.append(self.for_not_followers)
        if is_new:
            wishes.append(self.for_new_accounts)
        if is_limited:
            wishes.append(self.for_limited_accounts)
        return max(wishes, key=self.Choice.values.index)


class NotificationPermission(models.Model):
    """`owner` wants to hear of `person`, whatever the policy says: accepted, or written to."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "person"], name="one_permission_for_each_pair"),
            models.CheckConstraint(condition=~Q(owner=F("person")), name="nobody_permits_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} hears of {self.person_id}"
