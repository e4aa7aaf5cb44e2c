"""Words that are not said yet, kept on the server while they are being written."""

from django.db import models

from accounts.models import User
from common.models import TimeOrdered


class SavedDraft(TimeOrdered):
    """`what` is the plain form of its tweets (tweets/draft), `key` the one-time key of the form, which stays
    the same wherever it is continued; `place` is where it was begun, see tweets/actions/drafts.

    `writer` is the form that wrote last, and `turn` tells its savings apart: so two windows with the same
    draft never write over each other.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    to = models.CharField(max_length=1000, blank=True)  # of a message: the names, as they were typed
    what = models.JSONField()
    writer = models.CharField(max_length=40)
    turn = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="one_draft_for_each_key")]
        indexes = [models.Index(fields=["author", "-updated_at"], name="draft_by_author")]

    def __str__(self) -> str:
        return f"draft {self.key} of {self.author_id}"

    @property
    def stamp(self) -> str:
        """What a form that continues it shows, to prove which state it has seen."""
        return f"{self.writer}.{self.turn}"
