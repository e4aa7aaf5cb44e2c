"""Undoing a deed of the audit log, where that can be done: by the opposite deed, which is an entry, too."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from accounts import actions as accounts
from accounts.models import User
from accounts.roles import Permission
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict, NotAllowed
from moderation.actions.automatic_rules import start_automatic_rule, stop_automatic_rule
from moderation.actions.reports import assign_report, close_report, open_report
from moderation.actions.undo_measures import (
    BEGUN,
    LIFTED,
    TOO_LATE,
    undo_bringing_back,
    undo_lifted_warning,
    undo_lifting,
    undo_restriction,
    undo_take_down,
    undo_warning,
)
from moderation.actions.undo_settings import UNDOING_SETTINGS
from moderation.models import AutomaticRule, Report
from tweets.actions import hide_tag, hold_tweet, release_tweet, show_tag
from tweets.models import Hashtag, Tweet

Undo = Callable[[User, AuditEntry], object]


def undo_deed(staff: User, entry: AuditEntry, *, elsewhere: Mapping[Deed, Undo] | None = None) -> None:
    """Do the opposite; the new entry says what it undoes. `elsewhere` are opposites of deeds of rooms that
    this one does not know; they go by the same rule.

    A measure that is undone is lifted, one whose lifting is undone is taken anew, with the reason it had: the
    person is told of both. Raises NotAllowed for who may not do the opposite, Conflict when that was done
    already or the thing is gone or has changed since, Invalid for a measure that is in force again.
    """
    if not staff.may(Permission.READ_AUDIT):
        raise NotAllowed("Only administrators undo what others did.")
    known = {**_UNDOING, **(elsewhere or {})}
    undo = known.get(Deed(entry.deed)) if entry.deed in list(Deed) else None
    if undo is None:
        raise Conflict("This cannot be undone.")
    same = AuditEntry.objects.filter(deed=entry.deed, kind=entry.kind, subject_id=entry.subject_id)
    if same.filter(pk__gt=entry.pk).exists() or AuditEntry.objects.filter(undoes=entry).exists():
        raise Conflict(TOO_LATE)
    try:
        with transaction.atomic():
            undo(staff, entry)
            if not AuditEntry.objects.filter(undoes=entry).exists():
                raise Conflict(TOO_LATE)
    except (IntegrityError, ObjectDoesNotExist):
        raise Conflict(TOO_LATE) from None


def _role(staff: User, entry: AuditEntry) -> None:
    person = User.objects.get(pk=entry.subject_id)
    if person.staff_role.value == entry.after["role"]:
        accounts.give_role(staff, person, entry.before["role"], undoes=entry)


def _held(staff: User, entry: AuditEntry) -> None:
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    (release_tweet if entry.deed == Deed.HOLD_TWEET else hold_tweet)(staff, tweet, "", entry)


def _tag(staff: User, entry: AuditEntry) -> None:
    tag = Hashtag.objects.get(pk=entry.subject_id)
    (show_tag if entry.deed == Deed.HIDE_TAG else hide_tag)(staff, tag, entry)


def _report(staff: User, entry: AuditEntry) -> None:
    report = Report.objects.select_related("target").get(pk=entry.subject_id)
    (open_report if entry.deed == Deed.CLOSE_REPORT else close_report)(staff, report, entry)


def _assignment(staff: User, entry: AuditEntry) -> None:
    report = Report.objects.select_related("target").get(pk=entry.subject_id)
    name = str(entry.before["assigned to"]).removeprefix("@")
    assign_report(staff, report, User.objects.named(name).get() if name else None, entry)


def _automatic_rule(staff: User, entry: AuditEntry) -> None:
    rule = AutomaticRule.objects.get(pk=entry.subject_id)
    is_start = entry.deed == Deed.START_AUTOMATIC_RULE
    (stop_automatic_rule if is_start else start_automatic_rule)(staff, rule, entry)


_UNDOING: dict[Deed, Undo] = {
    **dict.fromkeys(BEGUN, undo_restriction),
    **dict.fromkeys(LIFTED, undo_lifting),
    Deed.WARN_USER: undo_warning,
    Deed.LIFT_WARNING: undo_lifted_warning,
    Deed.GIVE_ROLE: _role,
    Deed.HIDE_TWEET: undo_take_down,
    Deed.SHOW_TWEET: undo_bringing_back,
    Deed.HOLD_TWEET: _held,
    Deed.RELEASE_TWEET: _held,
    Deed.START_AUTOMATIC_RULE: _automatic_rule,
    Deed.STOP_AUTOMATIC_RULE: _automatic_rule,
    Deed.HIDE_TAG: _tag,
    Deed.SHOW_TAG: _tag,
    Deed.CLOSE_REPORT: _report,
    Deed.OPEN_REPORT: _report,
    Deed.ASSIGN_REPORT: _assignment,
    **UNDOING_SETTINGS,
}
UNDONE_DEEDS = frozenset(
    _UNDOING
)  # those that have an opposite; whether it still makes sense shows when tried
