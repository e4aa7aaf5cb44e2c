"""Undoing a deed of the audit log, where that can be done: by the opposite deed, which is an entry, too."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import actions as accounts
from accounts.models import User
from accounts.roles import Permission
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict, NotAllowed
from moderation.actions.automatic_rules import start_automatic_rule, stop_automatic_rule
from moderation.actions.measures import begin_measure, lift_measure
from moderation.actions.reports import assign_report, close_report, open_report
from moderation.models import AutomaticRule, Measure, Report
from server.actions import bring_back_rule, end_announcement, withdraw_rule
from server.models import Announcement, Rule
from tweets.actions import hide_tag, hold_tweet, release_tweet, show_tag, unhide_tweet
from tweets.models import Hashtag, Tweet

Kind = Measure.Kind
_Undo = Callable[[User, AuditEntry], object]
_TOO_LATE = "This was undone already, or things have changed since."
_BY_MISTAKE = "It was lifted by mistake."
_EDITED = "This tweet was edited since. Read it as it is now, and take it down anew if it has to go."
_BEGUN = {
    Deed.MARK_USER: Kind.MARK,
    Deed.LIMIT_USER: Kind.LIMIT,
    Deed.FREEZE_USER: Kind.FREEZE,
    Deed.SUSPEND_USER: Kind.SUSPEND,
}
# Of what was done without a measure, as by older versions.
_OPPOSITE = {
    Deed.MARK_USER: accounts.unmark_user,
    Deed.LIMIT_USER: accounts.unlimit_user,
    Deed.FREEZE_USER: accounts.unfreeze_user,
    Deed.SUSPEND_USER: accounts.restore_user,
}
# Of each deed that lifts a measure, the one that took it.
_LIFTED = {
    Deed.UNMARK_USER: Deed.MARK_USER,
    Deed.UNLIMIT_USER: Deed.LIMIT_USER,
    Deed.UNFREEZE_USER: Deed.FREEZE_USER,
    Deed.RESTORE_USER: Deed.SUSPEND_USER,
}


def undo_deed(staff: User, entry: AuditEntry) -> None:
    """Do the opposite; the new entry says what it undoes.

    A measure that is undone is lifted, one whose lifting is undone is taken anew, with the reason it had: the
    person is told of both. Raises NotAllowed for who may not do the opposite, Conflict when that was done
    already or the thing is gone or has changed since, Invalid for a measure that is in force again.
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
            if not AuditEntry.objects.filter(undoes=entry).exists():
                raise Conflict(_TOO_LATE)
    except (IntegrityError, ObjectDoesNotExist):
        raise Conflict(_TOO_LATE) from None


def _restriction(staff: User, entry: AuditEntry) -> None:
    """The measure that the deed was part of is lifted with it, so that the person is told."""
    deed, person = Deed(entry.deed), User.objects.get(pk=entry.subject_id)
    measure = Measure.objects.in_force().filter(person=person, kind=_BEGUN[deed]).first()
    if measure is not None:
        lift_measure(staff, measure, undoes=entry)
    else:
        _OPPOSITE[deed](staff, person, "", entry)


def _lifted_restriction(staff: User, entry: AuditEntry) -> None:
    """It is a measure like the first: with its reason, a mail and an appeal."""
    begun, person = _LIFTED[Deed(entry.deed)], User.objects.get(pk=entry.subject_id)
    kind = _BEGUN[begun]
    former = _lifted().filter(person=person, kind=kind).first()
    _take_again(staff, person, kind, former, begun, entry)


def _lifted_warning(staff: User, entry: AuditEntry) -> None:
    former = Measure.objects.select_related("person").get(pk=entry.subject_id)
    _take_again(staff, former.person, Kind.WARN, former, Deed.WARN_USER, entry)


def _taken_down(staff: User, entry: AuditEntry) -> None:
    """The whole measure is lifted, with all its tweets: it is one reason, one mail and one appeal."""
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    about = {"person": tweet.author, "kind": Kind.TAKE_DOWN, "tweets__tweet_id": tweet.pk}
    measure = Measure.objects.in_force().filter(**about).order_by("-id").first()
    if measure is not None and tweet.hidden_at is not None:
        lift_measure(staff, measure, undoes=entry)
    else:
        unhide_tweet(staff, tweet, "", entry)


def _brought_back(staff: User, entry: AuditEntry) -> None:
    """Taken down anew with all that was brought back with it, but for what was edited since."""
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    if tweet.hidden_at is not None:
        raise Conflict(_TOO_LATE)
    if tweet.edited_at is not None and tweet.edited_at > entry.happened_at:
        raise Conflict(_EDITED)
    about = {"person": tweet.author, "kind": Kind.TAKE_DOWN, "tweets__tweet_id": tweet.pk}
    former = _lifted().filter(**about).first()
    named = former.tweets.values_list("tweet_id", flat=True) if former else [tweet.pk]
    edited = Tweet.objects.filter(pk__in=list(named), edited_at__gt=entry.happened_at)
    ids = set(named) - set(edited.values_list("pk", flat=True))
    _take_again(staff, tweet.author, Kind.TAKE_DOWN, former, Deed.HIDE_TWEET, entry, tweet_ids=sorted(ids))


def _lifted() -> QuerySet[Measure]:
    return Measure.objects.filter(lifted_at__isnull=False).order_by("-lifted_at")


def _take_again(
    staff: User,
    person: User,
    kind: Kind,
    former: Measure | None,
    begun: Deed,
    entry: AuditEntry,
    *,
    tweet_ids: Sequence[int] = (),
) -> None:
    """The reason is that of the former measure, or, where there was none, of the deed that began it."""
    first = AuditEntry.objects.filter(deed=begun, subject_id=entry.subject_id, pk__lt=entry.pk).order_by(
        "-id"
    )
    said = former.reason if former else first.values_list("reason", flat=True).first()
    begin_measure(staff, person, kind, said or _BY_MISTAKE, taken_by=staff, tweet_ids=tweet_ids, undoes=entry)


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
    **dict.fromkeys(_BEGUN, _restriction),
    **dict.fromkeys(_LIFTED, _lifted_restriction),
    Deed.WARN_USER: _warning,
    Deed.LIFT_WARNING: _lifted_warning,
    Deed.GIVE_ROLE: _role,
    Deed.HIDE_TWEET: _taken_down,
    Deed.SHOW_TWEET: _brought_back,
    Deed.HOLD_TWEET: _held,
    Deed.RELEASE_TWEET: _held,
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
