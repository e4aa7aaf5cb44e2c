"""What staff did, for good."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models

from audit.deeds import WORDS, Deed
from common.ids import moment_of
from common.models import TimeOrdered


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are read and added. The database refuses the rest as well, see the first migration."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("What staff did is not rewritten.")

    def delete(self) -> NoReturn:
        raise TypeError("What staff did is not forgotten.")


class AuditEntry(TimeOrdered):
    """One deed of one member of staff: who, what, on whom or what, before and after, and why.

    People and things stand here by number and name, without foreign keys: an entry outlives them all.
    """

    actor_id = models.BigIntegerField()
    actor = models.CharField(max_length=300)  # the handle of that day
    deed = models.CharField(max_length=40)  # a name of audit/deeds
    kind = models.CharField(max_length=20)  # of what it was done to: person, tweet, report, …
    subject_id = models.BigIntegerField()
    subject = models.CharField(max_length=300, blank=True)  # how it was called
    person_id = models.BigIntegerField(null=True)  # whom it concerns, where it is somebody's
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
            models.Index(fields=["deed", "-id"], name="audit_by_deed"),
            models.Index(fields=["person_id", "-id"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.deed} {self.subject}"

    @property
    def happened_at(self) -> datetime:
        return moment_of(self.id)

    @property
    def words(self) -> str:
        """What was done, as a list says it; the bare name of a deed that this version does not know."""
        return WORDS[Deed(self.deed)] if self.deed in list(Deed) else self.deed

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """The name of each fact that changed, and in words what it was and what it became; "" for nothing."""
        facts = dict.fromkeys([*self.before, *self.after])
        said = [(fact, _said(self.before.get(fact)), _said(self.after.get(fact))) for fact in facts]
        return [(fact.replace("_", " "), was, became) for fact, was, became in said if was != became]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What staff did is not forgotten.")


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
