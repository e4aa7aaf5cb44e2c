"""Undoing what staff decided about the server: rules, announcements, documents, its name, and who may join.
What was before stands in the entry; it comes back as long as nobody changed it since.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.utils import timezone

from accounts.models import User
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict
from common.naming import site_name
from joining.actions import add_block, remove_block, set_policy
from joining.models import JoinBlock, JoiningPolicy
from server.actions import (
    bring_back_rule,
    change_announcement,
    change_rule,
    end_announcement,
    publish_document,
    rename_server,
    withdraw_rule,
)
from server.models import Announcement, Document, Rule

_CHANGED = "This was changed since. Look at it as it is now, and change it there."
_NOT_KNOWN = "The entry does not say all that was turned away. Add it again under Joining."
_FIRST = "There was no version before this one. Publish another."


def _rule(staff: User, entry: AuditEntry) -> None:
    rule = Rule.objects.get(pk=entry.subject_id)
    (bring_back_rule if entry.deed == Deed.WITHDRAW_RULE else withdraw_rule)(staff, rule, entry)


def _changed_rule(staff: User, entry: AuditEntry) -> None:
    rule = Rule.objects.select_for_update(no_key=True).get(pk=entry.subject_id)
    _check_same(rule, entry)
    change_rule(staff, rule, **entry.before, undoes=entry)


def _written_announcement(staff: User, entry: AuditEntry) -> None:
    end_announcement(staff, Announcement.objects.get(pk=entry.subject_id), entry)


def _changed_announcement(staff: User, entry: AuditEntry) -> None:
    """Also one that was ended. An end that is over by now ends it again."""
    row = Announcement.objects.select_for_update(no_key=True).get(pk=entry.subject_id)
    if row.text != entry.after["text"] or row.ends_at != _minute(entry.after["ends"], like=row.ends_at):
        raise Conflict(_CHANGED)
    ends_at = _minute(entry.before["ends"])
    if row.text == entry.before["text"] and ends_at is not None and ends_at <= timezone.now():
        end_announcement(staff, row, entry)
    else:
        change_announcement(staff, row, entry.before["text"], ends_at, entry)


def _minute(said: str, *, like: datetime | None = None) -> datetime | None:
    """The moment that an entry names; `like` itself where it is in that minute."""
    moment = datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) if said else None
    is_like = like is not None and moment == like.replace(second=0, microsecond=0)
    return like if is_like else moment


def _document(staff: User, entry: AuditEntry) -> None:
    """The version before is published anew; the one in between can still be read."""
    made = Document.objects.get(pk=entry.subject_id)
    versions = Document.objects.filter(kind=made.kind)
    if versions.filter(published_at__gt=made.published_at).exists():
        raise Conflict(_CHANGED)
    former = versions.filter(published_at__lt=made.published_at).order_by("-published_at").first()
    if former is None:
        raise Conflict(_FIRST)
    publish_document(staff, made.kind, former.text, entry)


def _name(staff: User, entry: AuditEntry) -> None:
    if site_name() != entry.after["name"]:
        raise Conflict(_CHANGED)
    rename_server(staff, entry.before["name"], entry)


def _policy(staff: User, entry: AuditEntry) -> None:
    now = JoiningPolicy.objects.select_for_update(no_key=True).get(pk=1)
    _check_same(now, entry)
    for name, value in entry.before.items():
        setattr(now, name, value)
    set_policy(staff, now, entry)


def _block(staff: User, entry: AuditEntry) -> None:
    remove_block(staff, JoinBlock.objects.get(pk=entry.subject_id), entry)


def _removed_block(staff: User, entry: AuditEntry) -> None:
    if entry.before.get("kind") not in JoinBlock.Kind.values:
        raise Conflict(_NOT_KNOWN)
    add_block(staff, JoinBlock(**entry.before), entry)


def _check_same(row: Rule | JoiningPolicy, entry: AuditEntry) -> None:
    if any(getattr(row, name, None) != value for name, value in entry.after.items()):
        raise Conflict(_CHANGED)


UNDOING_SETTINGS: dict[Deed, Callable[[User, AuditEntry], None]] = {
    Deed.ADD_RULE: _rule,
    Deed.CHANGE_RULE: _changed_rule,
    Deed.WITHDRAW_RULE: _rule,
    Deed.BRING_BACK_RULE: _rule,
    Deed.WRITE_ANNOUNCEMENT: _written_announcement,
    Deed.CHANGE_ANNOUNCEMENT: _changed_announcement,
    Deed.END_ANNOUNCEMENT: _changed_announcement,
    Deed.PUBLISH_DOCUMENT: _document,
    Deed.CHANGE_SERVER: _name,
    Deed.CHANGE_JOINING: _policy,
    Deed.BLOCK_JOINING: _block,
    Deed.UNBLOCK_JOINING: _removed_block,
}
