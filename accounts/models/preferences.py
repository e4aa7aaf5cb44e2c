"""What a person prefers, reading and writing. Columns of User: nearly every page asks for them."""

from django.conf import settings
from django.db import models

_CODE_MAX_LENGTH = 10  # of a language


class Preferences(models.Model):
    """How User begins. The words of the choices are those that `tweets.models.Tweet` has for the same."""

    class PicturesShown(models.TextChoices):
        ALL = "all"
        HARMLESS = "harmless"  # those marked as sensitive are covered
        NONE = "none"  # all are covered

    class Audience(models.TextChoices):
        PUBLIC = "public"
        QUIET = "quiet"
        FOLLOWERS = "followers"

    class Repliers(models.TextChoices):
        EVERYONE = "everyone"
        FOLLOWERS = "followers"
        FOLLOWED = "followed"
        MENTIONED = "mentioned"

    class Quoters(models.TextChoices):
        EVERYONE = "everyone"
        FOLLOWERS = "followers"
        NOBODY = "nobody"

    opens_warnings = models.BooleanField(default=False, db_default=False)
    pictures_shown = models.CharField(
        max_length=10,
        choices=PicturesShown,
        default=PicturesShown.HARMLESS,
        db_default=PicturesShown.HARMLESS,
    )
    # Codes with commas between them; on public timelines only. Without any all languages are read.
    reads_languages = models.CharField(
        max_length=(_CODE_MAX_LENGTH + 1) * settings.LANGUAGES_READ_MAX, blank=True, default="", db_default=""
    )
    # What a new tweet begins with.
    posts_to = models.CharField(
        max_length=10, choices=Audience, default=Audience.PUBLIC, db_default=Audience.PUBLIC
    )
    posts_repliers = models.CharField(
        max_length=10, choices=Repliers, default=Repliers.EVERYONE, db_default=Repliers.EVERYONE
    )
    posts_quoters = models.CharField(
        max_length=10, choices=Quoters, default=Quoters.EVERYONE, db_default=Quoters.EVERYONE
    )
    posts_language = models.CharField(max_length=_CODE_MAX_LENGTH, blank=True, default="", db_default="")
    posts_sensitive = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True

    @property
    def languages_read(self) -> tuple[str, ...]:
        return tuple(filter(None, self.reads_languages.split(",")))
