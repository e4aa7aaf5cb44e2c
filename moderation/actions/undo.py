"""Undoing a deed of the audit log, where that can be done: by the opposite deed, which is an entry, too."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from accounts import actions as accounts
from accounts.models import User
from accounts.roles import Permission
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict, NotAllowed
from moderation.actions.automatic_rules import start_automatic_rule, stop_automatic_rule
from moderation.actions.measures import lift_measure
from moderation.actions.reports import assign_report, close_report, open_report
from moderation.models import AutomaticRule, Measure, Report
from server.actions import bring_back_rule, end_announcement, withdraw_rule
from server.models import Announcement, Rule
from tweets.actions import hide_tag, hide_tweet, hold_tweet, release_tweet, show_tag, unhide_tweet
from tweets.models import Hashtag, Tweet

Kind = Measure.Kind
_Undo = Callable[[User, AuditEntry], object]
_TOO_LATE = "This was undone already, or things have changed since."
_BEGUN = {
    Deed.MARK_USER: Kind.MARK,
    Deed.LIMIT_USER: Kind.LIMIT,
    Deed.FREEZE_USER: Kind.FREEZE,
    Deed.SUSPEND_USER: Kind.SUSPEND,
}
_OPPOSITE = {
    Deed.MARK_USER: accounts.unmark_user,
    Deed.UNMARK_USER: accounts.mark_user,
    Deed.LIMIT_USER: accounts.unlimit_user,
    Deed.UNLIMIT_USER: accounts.limit_user,
    Deed.FREEZE_USER: accounts.unfreeze_user,
    Deed.UNFREEZE_USER: accounts.freeze_user,
    Deed.SUSPEND_USER: accounts.restore_user,
    Deed.RESTORE_USER: accounts.suspend_user,
}


_OPPOSITE_OF_TWEETS: dict[Deed, Callable[[User, Tweet, str, AuditEntry], object]] = {
    Deed.HIDE_TWEET: unhide_tweet,
    Deed.SHOW_TWEET: hide_tweet,
    Deed.HOLD_TWEET: release_tweet,
    Deed.RELEASE_TWEET: hold_tweet,
}


def undo_deed(staff: User, entry: AuditEntry) -> None:
    """Do the opposite; the new entry says what it undoes.

    Raises NotAllowed for who may not do the opposite, Conflict when that was done already or the thing is
    gone or has changed since.
    """
    if not staff.may(Permission.READ_AUDIT):
        raise NotAllowed("Only administrators undo what others did.")
    undo = _UNDOING.get(Deed(entry.deed)) if entry.deed in list(Deed) else None
    if undo is None:
        raise Conflict("This cannot be undone.")
    same = AuditEntry.objects.filter(deed=entry.deed, kind=entry.kind, subject_id=entry.subject_id)
    if same.filter(pk__gt=entry.pk).exists() or AuditEntry.objects.filter(undoes=entry).exists():
        raise Conflict(_TOO_LATE)
    try:
        with transaction.atomic():
            undo(staff, entry)
            is_undone = AuditEntry.objects.filter(undoes=entry).exists()
    except (IntegrityError, User.DoesNotExist, Tweet.DoesNotExist, Hashtag.DoesNotExist):
        is_undone = False
    except (Report.DoesNotExist, Rule.DoesNotExist, Measure.DoesNotExist, Announcement.DoesNotExist):
        is_undone = False
    if not is_undone:
        raise Conflict(_TOO_LATE)


def _person(staff: User, entry: AuditEntry) -> None:
    """A measure that the deed was part of is lifted with it, so that the person is told."""
    deed, person = Deed(entry.deed), User.objects.get(pk=entry.subject_id)
    kind = _BEGUN.get(deed)
    measure = Measure.objects.in_force().filter(person=person, kind=kind).first() if kind else None
    if measure is not None:
        lift_measure(staff, measure, undoes=entry)
    else:
        _OPPOSITE[deed](staff, person, "", entry)


def _role(staff: User, entry: AuditEntry) -> None:
    person = User.objects.get(pk=entry.subject_id)
    if person.staff_role.value == entry.after["role"]:
        accounts.give_role(staff, person, entry.before["role"], undoes=entry)


def _tweet(staff: User, entry: AuditEntry) -> None:
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    _OPPOSITE_OF_TWEETS[Deed(entry.deed)](staff, tweet, "", entry)


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


def _rule(staff: User, entry: AuditEntry) -> None:
    rule = Rule.objects.get(pk=entry.subject_id)
    (bring_back_rule if entry.deed == Deed.WITHDRAW_RULE else withdraw_rule)(staff, rule, entry)


def _automatic_rule(staff: User, entry: AuditEntry) -> None:
    rule = AutomaticRule.objects.get(pk=entry.subject_id)
    is_start = entry.deed == Deed.START_AUTOMATIC_RULE
    (stop_automatic_rule if is_start else start_automatic_rule)(staff, rule, entry)


def _announcement(staff: User, entry: AuditEntry) -> None:
    end_announcement(staff, Announcement.objects.get(pk=entry.subject_id), entry)


def _warning(staff: User, entry: AuditEntry) -> None:
    lift_measure(staff, Measure.objects.get(pk=entry.subject_id), undoes=entry)


_UNDOING: dict[Deed, _Undo] = {
    **dict.fromkeys(_OPPOSITE, _person),
    Deed.WARN_USER: _warning,
    Deed.GIVE_ROLE: _role,
    Deed.HIDE_TWEET: _tweet,
    Deed.SHOW_TWEET: _tweet,
    Deed.HOLD_TWEET: _tweet,
    Deed.RELEASE_TWEET: _tweet,
    Deed.START_AUTOMATIC_RULE: _automatic_rule,
    Deed.STOP_AUTOMATIC_RULE: _automatic_rule,
    Deed.HIDE_TAG: _tag,
    Deed.SHOW_TAG: _tag,
    Deed.CLOSE_REPORT: _report,
    Deed.OPEN_REPORT: _report,
    Deed.ASSIGN_REPORT: _assignment,
    Deed.WRITE_ANNOUNCEMENT: _announcement,
    Deed.ADD_RULE: _rule,
    Deed.WITHDRAW_RULE: _rule,
    Deed.BRING_BACK_RULE: _rule,
}
UNDONE_DEEDS = frozenset(
    _UNDOING
)  # those that have an opposite; whether it still makes sense shows when tried
