"""Archives of what people said and did here, and the files they are kept in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from common.ids import moment_of
from common.models import TimeOrdered


class ExportQuerySet(models.QuerySet["Export"]):
    def in_work(self) -> "ExportQuerySet":
        """Asked for, and neither ready nor given up."""
        return self.filter(state=Export.State.MAKING)

    def over(self, moment: datetime) -> "ExportQuerySet":
        """Ready longer than EXPORT_KEPT_DAYS, or given up as long ago."""
        kept = timedelta(days=settings.EXPORT_KEPT_DAYS)
        return self.exclude(state=Export.State.MAKING).filter(ended_at__lt=moment - kept)


class Export(TimeOrdered):
    """One archive: a ZIP file that is written from front to back, some of it at a time.

    `place` is where the next step goes on, `size` what is written so far; both change together with the parts
    that the step leaves. The id says when it was asked for.
    """

    class State(models.TextChoices):
        MAKING = "making"
        READY = "ready"
        FAILED = "failed"

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.MAKING)
    stem = models.CharField(max_length=80, unique=True)  # what the names of its files start with
    place = models.CharField(max_length=60, blank=True, default="")
    attempt = models.PositiveIntegerField(default=0)  # of all steps together; files of each have other names
    size = models.BigIntegerField(default=0)  # bytes
    members = models.PositiveIntegerField(default=0)  # files in the ZIP
    tweets = models.PositiveIntegerField(default=0)  # that there were when it was asked for
    done = models.PositiveIntegerField(default=0)  # of these
    ended_at = models.DateTimeField(null=True)  # ready, or given up

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(state="making"), name="one_export_in_work"
            )
        ]
        indexes = [models.Index(fields=["owner", "-id"], name="export_of_owner")]

    def __str__(self) -> str:
        return f"archive of {self.owner_id}"

    @property
    def asked_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def expires_at(self) -> datetime | None:
        return self.ended_at + timedelta(days=settings.EXPORT_KEPT_DAYS) if self.ended_at else None

    @property
    def is_open(self) -> bool:
        """Whether its owner can fetch it now."""
        until = self.expires_at
        return self.state == Export.State.READY and until is not None and until > timezone.now()

    @property
    def percent(self) -> int:
        """How far it is; the rest beside the tweets is a moment's work."""
        return min(self.done * 100 // self.tweets, 99) if self.tweets else 0


class ExportPart(models.Model):
    """One file of an archive in the private storage. The row is there before the file, so none gets lost."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts", db_index=False)
    name = models.CharField(max_length=120, unique=True)
    number = models.PositiveIntegerField()  # in the order of the ZIP; of directories, of the steps
    is_directory = models.BooleanField(default=False)  # what the end of the ZIP tells of this step
    attempt = models.PositiveIntegerField()  # that wrote it
    is_kept = models.BooleanField(default=False)  # its step came to its end

    class Meta:
        indexes = [models.Index(fields=["export", "number"], name="part_of_export")]

    def __str__(self) -> str:
        return self.name
