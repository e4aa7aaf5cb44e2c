"""Who may join: the policy, invites, requests that wait for a yes, and what is turned away."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone


class JoiningPolicy(models.Model):
    """How strangers become people of this server, and what new ones may do. One row; none is all defaults."""

    class Mode(models.TextChoices):
        OPEN = "open", "Open: whoever likes"
        APPROVAL = "approval", "Approval: staff look at each request; an invite needs none"
        INVITE = "invite", "By invite only"
        CLOSED = "closed", "Closed: nobody, not by invite either"

    mode = models.CharField(max_length=10, choices=Mode, default=Mode.OPEN)
    closed_words = models.CharField(
        max_length=200, blank=True, help_text="Said where nobody may join. Empty: a sentence of ours."
    )
    people_invite = models.BooleanField(
        default=False, help_text="Everybody with a confirmed address makes invites, not only staff."
    )
    least_seconds = models.PositiveSmallIntegerField(
        default=2,
        help_text="A form that comes back sooner was filled in by a machine. Not asked on localhost.",
    )
    new_for_hours = models.PositiveIntegerField(
        default=0, help_text="How long an account counts as new, and is limited as follows. 0: not at all."
    )
    new_links_max = models.PositiveSmallIntegerField(
        default=0, help_text="Links in one tweet of somebody new."
    )
    new_strangers_max = models.PositiveSmallIntegerField(
        default=1, help_text="People named in one tweet of somebody new who do not follow them."
    )
    new_tweets_per_hour = models.PositiveSmallIntegerField(default=5, help_text="Of somebody new.")

    class Meta:
        verbose_name = "joining policy"
        verbose_name_plural = "joining policy"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="joining_policy_is_one")]

    def __str__(self) -> str:
        return str(self.Mode(self.mode).label)


class Invite(models.Model):
    """A link by which so many people may join until then."""

    code = models.CharField(max_length=32, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    limit = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0, editable=False)
    note = models.CharField(max_length=100, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("limit")), name="invite_not_used_too_often"
            )
        ]
        indexes = [models.Index(fields=["made_by", "-id"], name="invite_of_maker")]

    def __str__(self) -> str:
        return self.note or self.code

    @property
    def path(self) -> str:
        return f"/register/?invite={self.code}"

    def works_at(self, moment: datetime) -> bool:
        return self.used < self.limit and (self.expires_at is None or self.expires_at > moment)


class JoinRequest(models.Model):
    """How somebody came in other than by an open door: by an invite, or by asking staff."""

    class State(models.TextChoices):
        WAITING = "waiting"
        IN = "in"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    invite = models.ForeignKey(
        Invite, on_delete=models.SET_NULL, null=True, editable=False, related_name="guests"
    )
    reason = models.TextField(max_length=settings.JOIN_REASON_MAX_LENGTH, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # The address that was proved while the request waited; it counts with the yes.
    proved_email = models.EmailField(blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="join_request_waiting")
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_proved(self) -> bool:
        """Whether the person proved the address that a yes would confirm."""
        return bool(self.proved_email) and self.proved_email == self.user.email


class JoinBlock(models.Model):
    """What is turned away when somebody joins."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail domain, with all beneath it"
        NETWORK = "network", "Address or network"
        USERNAME = "username", "Username; * stands for anything"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=255)
    note = models.CharField(max_length=200, blank=True, help_text="For staff: why.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="join_block_once")]

    def __str__(self) -> str:
        return self.value
