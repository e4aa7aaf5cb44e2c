"""The fields of a profile: writing them down, and noting whether a linked page links back."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import ProfileField, User
from accounts.texts import tidy_line
from common.errors import Invalid

_FIRST_PAUSE = timedelta(hours=1)


def tidy_fields(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Label and text of each field, tidy, without the empty ones.

    Raises Invalid, naming the row as `field_0_name` and `field_0_value` from 0, for half a field, for too
    long a one, and for too many.
    """
    kept = []
    for row, (name, value) in enumerate((tidy_line(name), tidy_line(value)) for name, value in pairs):
        if not name and not value:
            continue
        for part, text in (("name", name), ("value", value)):
            if not text:
                missing = (
                    "Give this field a label." if part == "name" else "Say something, or empty the label."
                )
                raise Invalid(missing, f"field_{row}_{part}")
            if len(text) > settings.PROFILE_FIELD_MAX_LENGTH:
                most = settings.PROFILE_FIELD_MAX_LENGTH
                raise Invalid(f"Use at most {most} characters; this has {len(text)}.", f"field_{row}_{part}")
        kept.append((name, value))
    if len(kept) > settings.PROFILE_FIELDS_MAX:
        raise Invalid(f"A profile holds {settings.PROFILE_FIELDS_MAX} fields.")
    return kept


@transaction.atomic
def write_fields(person: User, pairs: Sequence[tuple[str, str]]) -> None:
    """Replace the fields by these tidy ones. A changed one loses its tick, one that only moves keeps it.

    Links without a tick are to be looked at now, also those that were in vain before.
    """
    before = {(field.name, field.value): field for field in ProfileField.objects.filter(person=person)}
    ProfileField.objects.filter(person=person).delete()
    now, rows = timezone.now(), []
    for position, (name, value) in enumerate(pairs):
        field = ProfileField(person=person, position=position, name=name, value=value)
        former = before.get((name, value))
        if former is not None and former.verified_at:
            field.verified_at, field.check_at = former.verified_at, former.check_at
            field.failures = former.failures
        elif field.is_link:
            field.check_at = now
        rows.append(field)
    ProfileField.objects.bulk_create(rows)


@transaction.atomic
def claim_due_links(most: int, person_id: int | None = None) -> list[int]:
    """Ids of the fields whose links should be looked at now; each is named once in an hour."""
    now = timezone.now()
    due = ProfileField.objects.filter(check_at__lte=now, person__state=User.State.ACTIVE)
    if person_id is not None:
        due = due.filter(person_id=person_id)
    free = due.select_for_update(skip_locked=True, of=("self",))  # others are being changed just now
    ids = list(free.order_by("check_at").values_list("pk", flat=True)[:most])
    ProfileField.objects.filter(pk__in=ids).update(check_at=now + _FIRST_PAUSE)
    return ids


@transaction.atomic
def note_check(field_id: int, value: str, links_back: bool | None) -> None:
    """Whether the page `value` links back to the profile; None if nobody could tell.

    A page that does not loses its tick at once, one that cannot be reached only after
    LINK_CHECK_FAILURES_MAX looks with growing pauses. Nothing happens to a field that changed meanwhile.
    """
    field = ProfileField.objects.select_for_update().filter(pk=field_id, value=value).first()
    if field is None:
        return
    now = timezone.now()
    if links_back:
        field.verified_at = field.verified_at or now
        field.failures, field.check_at = 0, now + timedelta(days=settings.LINK_CHECK_DAYS)
    else:
        field.failures += 1
        if links_back is None and field.failures < settings.LINK_CHECK_FAILURES_MAX:
            field.check_at = now + _FIRST_PAUSE * 2**field.failures
        else:
            field.verified_at, field.check_at = None, None
    field.save(update_fields=["verified_at", "check_at", "failures"])
