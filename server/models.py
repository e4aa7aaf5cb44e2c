"""What this server says of itself."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered

LONGEST_EMOJI = 40  # characters; four people in one have 11


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


class Document(models.Model):
    """A version of what stands on /about/, /terms/ or /privacy/; the newest holds, none is ever changed."""

    class Kind(models.TextChoices):
        ABOUT = "about", "About this server"
        TERMS = "terms", "Terms of use"
        PRIVACY = "privacy", "Privacy"

    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()  # Markdown
    html = models.TextField()  # finished when written
    published_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "-published_at"], name="document_of_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.published_at:%Y-%m-%d}"

    @property
    def path(self) -> str:
        """Where this version can still be read."""
        return f"/{self.kind}/{self.published_at:%Y-%m-%d}/"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def current(self, now: datetime) -> "AnnouncementQuerySet":
        """The latest first."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)).order_by("-id")


class Announcement(TimeOrdered):
    """What staff tell everybody who is signed in, until each has read it or it ends."""

    text = models.TextField()  # Markdown
    html = models.TextField()
    ends_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def published_at(self) -> datetime:
        return moment_of(self.id)


class Dismissal(models.Model):
    """Somebody has read an announcement."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="dismissals", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "person"], name="each_dismisses_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.announcement_id}"


class Reaction(models.Model):
    """An emoji that somebody put under an announcement."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="reactions", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_EMOJI)  # the emoji itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "name", "person"], name="each_reacts_once_so")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id} under {self.announcement_id}"


class Checkup(TimeOrdered):
    """What the doctor found. Only the last few are kept."""

    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")  # None: by the command
    results = models.JSONField(default=list)  # of each check: name, title, state, found, mend, seconds
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    @property
    def made_at(self) -> datetime:
        return moment_of(self.id)


class Probe(models.Model):
    """A question on its way to a worker, see server/probes. It goes when the doctor does."""

    word = models.CharField(max_length=20)  # what we put into the cache
    found = models.CharField(max_length=20, blank=True)  # what the worker found there
    made_at = models.DateTimeField(default=timezone.now)
    is_alone = models.BooleanField(default=False)  # the worker's site is one process with a cache of its own
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)  # host:process

    def __str__(self) -> str:
        return self.word
