"""Telling everybody something, and having read it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import tidy_text
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from common.realtime import ANNOUNCED, push
from server.markdown import to_html
from server.models import Announcement, Dismissal
from server.policies import may_announce


@transaction.atomic
def announce(staff: User, text: str, ends_at: datetime | None = None) -> Announcement:
    """Everybody who is signed in sees it until they put it away, or it ends.

    Raises NotAllowed, and Invalid for nothing, more than ANNOUNCEMENT_MAX_LENGTH characters, an end in the
    past, or what is announced already.
    """
    said = _said(staff, text, ends_at)
    if Announcement.objects.current(timezone.now()).filter(text=said["text"]).exists():
        raise Invalid("This is announced already.", "text")
    made = Announcement.objects.create(**said, changed_at=timezone.now())
    record(staff, Deed.WRITE_ANNOUNCEMENT, _subject(made), {}, _facts(made))
    push(ANNOUNCED, "new", made.pk)
    return made


@transaction.atomic
def change_announcement(
    staff: User,
    announcement: Announcement,
    text: str,
    ends_at: datetime | None = None,
    undoes: AuditEntry | None = None,
) -> Announcement:
    """Say it otherwise; who has put it away is not told again. The same changes nothing. Raises as
    announce does.
    """
    said = _said(staff, text, ends_at)
    announcement.refresh_from_db(from_queryset=Announcement.objects.select_for_update(no_key=True))
    before = _facts(announcement)
    others = Announcement.objects.current(timezone.now()).exclude(pk=announcement.pk)
    if others.filter(text=said["text"]).exists():
        raise Invalid("This is announced already.", "text")
    for name, value in said.items():
        setattr(announcement, name, value)
    if _facts(announcement) != before:
        announcement.changed_at = timezone.now()
        announcement.save(update_fields=[*said, "changed_at"])
        subject, after = _subject(announcement), _facts(announcement)
        record(staff, Deed.CHANGE_ANNOUNCEMENT, subject, before, after, undoes=undoes)
        push(ANNOUNCED, "new", announcement.pk)
    return announcement


@transaction.atomic
def end_announcement(staff: User, announcement: Announcement, undoes: AuditEntry | None = None) -> None:
    """Nobody is told any more; twice is harmless. Raises NotAllowed."""
    _check(staff)
    now, before = timezone.now(), _facts(announcement)
    if Announcement.objects.current(now).filter(pk=announcement.pk).update(ends_at=now):
        announcement.ends_at = now
        subject, after = _subject(announcement), _facts(announcement)
        record(staff, Deed.END_ANNOUNCEMENT, subject, before, after, undoes=undoes)
        push(ANNOUNCED, "gone", announcement.pk)


def dismiss(person: User, announcement: Announcement) -> None:
    """The person has read it and sees it no more; twice is harmless."""
    Dismissal.objects.bulk_create(
        [Dismissal(announcement=announcement, person=person)], ignore_conflicts=True
    )


def _said(staff: User, text: str, ends_at: datetime | None) -> dict[str, object]:
    _check(staff)
    text = tidy_text(text)
    if not text or len(text) > settings.ANNOUNCEMENT_MAX_LENGTH:
        raise Invalid(f"Write something, at most {settings.ANNOUNCEMENT_MAX_LENGTH} characters.", "text")
    if ends_at is not None and ends_at <= timezone.now():
        raise Invalid("This end is over already.", "ends")
    return {"text": text, "html": to_html(text), "ends_at": ends_at}


def _facts(row: Announcement) -> dict[str, str]:
    return {"text": row.text, "ends": f"{row.ends_at:%Y-%m-%d %H:%M}" if row.ends_at else ""}


def _subject(row: Announcement) -> Subject:
    return Subject("announcement", row.pk, row.text[:80])


def _check(staff: User) -> None:
    if not may_announce(staff):
        raise NotAllowed("Only administrators announce something.")
