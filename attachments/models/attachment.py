"""Pictures, before and after they belong to a tweet."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

from common.ids import id_at, moment_of
from common.models import TimeOrdered

_NAME_LENGTH = 100  # characters of a stored name; ours have about 60


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def unclaimed(self) -> "AttachmentQuerySet":
        """Pictures that no tweet shows yet."""
        return self.filter(claimed_at__isnull=True)

    def free_for(self, holder: str = "") -> "AttachmentQuerySet":
        """Pictures that a tweet may take: nobody's yet, or those that `holder` keeps for it."""
        return self.unclaimed().filter(holder__in={"", holder})

    def usable(self) -> "AttachmentQuerySet":
        """Pictures whose files arrived; those being stored at this moment are not."""
        return self.exclude(state=Attachment.State.ARRIVING)

    def forgotten(self) -> "AttachmentQuerySet":
        """Pictures that nobody used or holds within PICTURE_UNCLAIMED_HOURS."""
        limit = timezone.now() - timedelta(hours=settings.PICTURE_UNCLAIMED_HOURS)
        return self.free_for().filter(id__lt=id_at(limit))


class Attachment(TimeOrdered):
    """One picture with its files. The names are those in the storage; an empty one is not made (yet)."""

    class State(models.TextChoices):
        ARRIVING = "arriving"  # the row knows its files before they exist, so none is ever lost track of
        PROCESSING = "processing"  # shown by its thumb; the larger files are being made
        READY = "ready"
        FAILED = "failed"  # shown by its thumb for good

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attachments")
    description = models.TextField(max_length=settings.PICTURE_MAX_DESCRIPTION, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.ARRIVING)
    claimed_at = models.DateTimeField(null=True, editable=False)
    # What keeps it for later, as its own app calls it: a draft, a tweet that waits for its hour.
    holder = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    format = models.CharField(max_length=8)  # of the original: jpeg, png, gif, webp
    width = models.PositiveIntegerField()  # pixels of the original, upright
    height = models.PositiveIntegerField()
    is_animated = models.BooleanField(default=False)
    blurhash = models.CharField(max_length=64)
    # What matters most in it, for whoever has to cut it: from -1 (left, bottom) to 1 (right, top).
    focus_x = models.FloatField(default=0.0, db_default=0.0)
    focus_y = models.FloatField(default=0.0, db_default=0.0)
    stem = models.CharField(
        max_length=_NAME_LENGTH, unique=True
    )  # what the names of all its files start with
    original = models.CharField(max_length=_NAME_LENGTH, blank=True)  # private, gone after processing
    thumb = models.CharField(max_length=_NAME_LENGTH)
    card = models.CharField(max_length=_NAME_LENGTH, blank=True)
    card_webp = models.CharField(max_length=_NAME_LENGTH, blank=True)
    full = models.CharField(max_length=_NAME_LENGTH, blank=True)
    full_webp = models.CharField(max_length=_NAME_LENGTH, blank=True)
    bytes_used = models.PositiveIntegerField(default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["arriving", "processing", "ready", "failed"]),
                name="attachment_state_known",
            ),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="attachment_has_size"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["owner", "id"],
                condition=models.Q(claimed_at__isnull=True),
                name="attachment_unclaimed_owner",
            ),
            models.Index(
                fields=["id"], condition=models.Q(claimed_at__isnull=True), name="attachment_unclaimed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.width} × {self.height}"

    @property
    def created_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def thumb_url(self) -> str:
        return default_storage.url(self.thumb)

    @property
    def url(self) -> str:
        """For a card: the best still picture there is so far."""
        return default_storage.url(self.card or self.thumb)

    @property
    def webp_url(self) -> str:
        """The same as `url` in fewer bytes; empty while there is none."""
        return default_storage.url(self.card_webp) if self.card_webp else ""

    @property
    def full_url(self) -> str:
        """For the large view: moving if the picture moves."""
        return default_storage.url(self.full or self.card or self.thumb)

    @property
    def full_webp_url(self) -> str:
        """The same as `full_url` in fewer bytes; empty while there is none."""
        name = self.full_webp if self.full else self.card_webp
        return default_storage.url(name) if name else ""
