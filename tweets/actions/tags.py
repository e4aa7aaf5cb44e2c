"""Tags as rows of their own."""

from django.db import transaction

from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from events.bus import publish
from events.catalogue import TagHidden, TagShown
from tweets.models import Hashtag
from tweets.policies import may_hide_tags
from tweets.text import find_entities, tag_key


def tag_named(name: str) -> Hashtag:
    """The tag of that name, given without #, made if nobody wrote it yet. Raises Invalid for what is none."""
    key = tag_key(name)
    known = Hashtag.objects.filter(name=key).first()
    if known is not None:
        return known
    if not is_tag(name):
        raise Invalid("No tweet can carry such a tag. Look at the spelling.")
    return Hashtag.objects.get_or_create(name=key)[0]


def is_tag(name: str) -> bool:
    """Whether a tweet could carry this very tag."""
    return [entity.value for entity in find_entities(f"#{name}") if entity.kind == "hashtag"] == [name]


@transaction.atomic
def hide_tag(staff: User, tag: Hashtag, undoes: AuditEntry | None = None) -> None:
    """Offer it to nobody any more; its page stays, twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff)
    if Hashtag.objects.filter(pk=tag.pk, is_unlisted=False).update(is_unlisted=True):
        _record(staff, Deed.HIDE_TAG, tag, undoes)
        publish(TagHidden(tag_id=tag.pk, staff_id=staff.id))


@transaction.atomic
def show_tag(staff: User, tag: Hashtag, undoes: AuditEntry | None = None) -> None:
    """Offer it again; twice is harmless. Raises NotAllowed for non-staff."""
    _check(staff)
    if Hashtag.objects.filter(pk=tag.pk, is_unlisted=True).update(is_unlisted=False):
        _record(staff, Deed.SHOW_TAG, tag, undoes)
        publish(TagShown(tag_id=tag.pk, staff_id=staff.id))


def _record(staff: User, deed: Deed, tag: Hashtag, undoes: AuditEntry | None) -> None:
    before, after = {"hidden": deed == Deed.SHOW_TAG}, {"hidden": deed == Deed.HIDE_TAG}
    record(staff, deed, Subject("tag", tag.pk, f"#{tag.name}"), before, after, undoes=undoes)


def _check(staff: User) -> None:
    if not may_hide_tags(staff):
        raise NotAllowed("Only staff may hide tags.")
