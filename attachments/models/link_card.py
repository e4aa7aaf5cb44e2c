"""What a page elsewhere says of itself, for the tweets that link to it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.ids import moment_of
from common.models import TimeOrdered

_NAME_LENGTH = 100  # characters of a stored name, as for attachments


class LinkCardQuerySet(models.QuerySet["LinkCard"]):
    def ready(self) -> "LinkCardQuerySet":
        """Cards that have something to show."""
        return self.filter(state=LinkCard.State.READY)

    def long_unwanted(self) -> "LinkCardQuerySet":
        """Cards that no tweet took up for LINK_UNCARRIED_DAYS; an old tweet may carry them still."""
        return self.filter(wanted_at__lt=timezone.now() - timedelta(days=settings.LINK_UNCARRIED_DAYS))


class LinkCard(TimeOrdered):
    """One address of a page, however many tweets link to it, and what its page said when it was asked last.

    Whoever asks the page moves `fetch_at` on in the same statement that looks whether it is due. That is the
    lease, and the time of the next try, should this one fail or never end.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # nothing is known of the page yet
        READY = "ready"
        EMPTY = "empty"  # it does not want to be shown, or has nothing to show

    url = models.CharField(max_length=settings.LINK_MAX_LENGTH)  # in the one spelling that all ways share
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    fetch_at = models.DateTimeField(null=True, default=timezone.now)  # when to ask next; None: not by itself
    tries = models.PositiveSmallIntegerField(default=0)  # since the last one that told everything
    asked_at = models.DateTimeField(null=True)
    wanted_at = models.DateTimeField(
        default=timezone.now
    )  # when a tweet took it up last, give or take an hour

    title = models.CharField(max_length=settings.LINK_TITLE_MAX_LENGTH, blank=True)
    description = models.CharField(max_length=settings.LINK_DESCRIPTION_MAX_LENGTH, blank=True)
    site_name = models.CharField(max_length=settings.LINK_NAME_MAX_LENGTH, blank=True)
    author_name = models.CharField(max_length=settings.LINK_NAME_MAX_LENGTH, blank=True)
    # The username of whom the page calls its author; whether that person agrees is asked when it is shown.
    creator = models.CharField(
        max_length=settings.LINK_NAME_MAX_LENGTH, blank=True, default="", db_default=""
    )

    is_large = models.BooleanField(default=False)  # whether the picture stands above the words
    stem = models.CharField(max_length=_NAME_LENGTH, blank=True)  # of files that are being made just now
    picture = models.CharField(max_length=_NAME_LENGTH, blank=True)
    picture_webp = models.CharField(max_length=_NAME_LENGTH, blank=True)
    picture_description = models.CharField(max_length=settings.LINK_DESCRIPTION_MAX_LENGTH, blank=True)
    width = models.PositiveIntegerField(default=0)  # pixels of the picture; 0 without one
    height = models.PositiveIntegerField(default=0)
    blurhash = models.CharField(max_length=64, blank=True)

    objects = LinkCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["url"], name="one_link_card_for_each_address"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "empty"]), name="link_card_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(title=""), name="a_ready_link_card_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(picture="") | Q(width__gt=0, height__gt=0), name="link_card_picture_has_size"
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def created_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def picture_url(self) -> str:
        """Empty without a picture."""
        return default_storage.url(self.picture) if self.picture else ""

    @property
    def picture_webp_url(self) -> str:
        """The same as `picture_url` in fewer bytes; empty while there is none."""
        return default_storage.url(self.picture_webp) if self.picture_webp else ""
