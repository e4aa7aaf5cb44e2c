"""How a person stands before others, beside name, words and pictures: columns of User."""

from django.conf import settings
from django.db import models

_DESCRIBED = settings.PROFILE_PICTURE_MAX_DESCRIPTION


class Presentation(models.Model):
    """Descriptions go with their pictures, see `update_profile`."""

    is_automated = models.BooleanField(default=False, db_default=False)  # a program writes here
    avatar_description = models.CharField(max_length=_DESCRIBED, blank=True, default="", db_default="")
    header_description = models.CharField(max_length=_DESCRIBED, blank=True, default="", db_default="")

    class Meta:
        abstract = True
