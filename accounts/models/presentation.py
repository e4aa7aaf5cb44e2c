"""How a person stands before others, beside name, words and pictures: columns of User."""

from django.conf import settings
from django.db import models
from django.db.models import Value

_DESCRIBED = settings.PROFILE_PICTURE_MAX_DESCRIPTION


class Presentation(models.Model):
    """Descriptions go with their pictures, see `update_profile`."""

    is_automated = models.BooleanField(default=False, db_default=False)  # a program writes here
    avatar_description = models.CharField(max_length=_DESCRIBED, blank=True, default="", db_default="")
    # Sites that may name this person as the author of their pages, see `may_name`.
    attribution_domains = models.JSONField(default=list, db_default=Value([], models.JSONField()), blank=True)
    header_description = models.CharField(max_length=_DESCRIBED, blank=True, default="", db_default="")

    class Meta:
        abstract = True
