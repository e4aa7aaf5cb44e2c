"""Measures against somebody, and taking them back. What a measure does is done by the apps it concerns,
which also write it into the audit log; here stand the reason, the mail and the way to appeal.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts.actions import lock_people
from accounts.models import User
from accounts.roles import Staff
from accounts.texts import tidy_text
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict, Invalid, NotAllowed
from common.ids import id_at
from events.bus import publish
from events.catalogue import MeasureLifted, MeasureTaken
from moderation.actions.reports import close_report
from moderation.models import AutomaticRule, Measure, MeasuredTweet, Report
from moderation.policies import may_lift, may_take
from tweets.actions import erase_hidden, hide_tweet, lock_for_removal, lock_tweets, unhide_tweet
from tweets.models import Tweet

Kind = Measure.Kind
_Restriction = Callable[[Staff, User, str, AuditEntry | None], User]
# How each begins and ends, for those that are a state of the person.
_STATES: dict[str, tuple[_Restriction, _Restriction]] = {
    Kind.MARK: (accounts.mark_user, accounts.unmark_user),
    Kind.LIMIT: (accounts.limit_user, accounts.unlimit_user),
    Kind.FREEZE: (accounts.freeze_user, accounts.unfreeze_user),
    Kind.SUSPEND: (accounts.suspend_user, accounts.restore_user),
}
_ERASED_AT_ONCE = 100  # measures
_A_MOMENT = timedelta(minutes=1)
_CLOSED = "Somebody closed this report meanwhile. See what was done; if that is not enough, open it again."


@transaction.atomic
def take_measure(
    staff: User,
    person: User,
    kind: str,
    reason: str,
    *,
    report: Report | None = None,
    tweet_ids: Iterable[int] = (),
) -> Measure:
    """Do it, keep the reason, and have the person told; a report that led to it is closed. Raises as
    `begin_measure` does, and Conflict where somebody closed the report meanwhile: one measure is enough.
    """
    measure = begin_measure(staff, person, kind, reason, taken_by=staff, report=report, tweet_ids=tweet_ids)
    if report is not None and not close_report(staff, report):
        raise Conflict(_CLOSED)
    return measure


@transaction.atomic
def begin_measure(
    staff: Staff,
    person: User,
    kind: str,
    reason: str,
    *,
    taken_by: User | None = None,
    rule: AutomaticRule | None = None,
    report: Report | None = None,
    tweet_ids: Iterable[int] = (),
    undoes: AuditEntry | None = None,
) -> Measure:
    """The measure alone: `taken_by` somebody, or by a rule; `undoes` the deed by which it was lifted before.

    Raises NotAllowed for a person of the same or a higher role, Invalid without a reason, for an unknown
    kind, for a state the person is in already, for the same warning twice within a minute, and for taking
    down no tweet of theirs.
    """
    if kind not in Kind.values:
        raise Invalid("Choose a measure.", "kind")
    if not may_take(staff, person, kind):
        raise NotAllowed("You may not take measures against this person.")
    reason = _reason(reason)
    lock_people(person.pk)  # two of staff may decide at once
    tweet_ids = list(lock_tweets(tweet_ids)) if kind == Kind.TAKE_DOWN else []
    if kind == Kind.WARN and _was_just_warned(person, reason):
        raise Invalid("They were warned in these words a moment ago.", "reason")
    if kind in _STATES and Measure.objects.in_force().filter(person=person, kind=kind).exists():
        raise Invalid("This measure is in force already.", "kind")
    by = {"taken_by": taken_by, "automatic_rule": rule}
    measure = Measure.objects.create(person=person, kind=kind, reason=reason, report=report, **by)
    if kind in _STATES:
        _STATES[kind][0](staff, person, reason, undoes)
    elif kind == Kind.TAKE_DOWN:
        _take_down(staff, measure, tweet_ids, undoes)
    else:
        record(staff, Deed.WARN_USER, _subject(measure), reason=reason, undoes=undoes)
    publish(MeasureTaken(measure.pk))
    return measure


@transaction.atomic
def lift_measure(staff: User, measure: Measure, reason: str = "", undoes: AuditEntry | None = None) -> None:
    """As it was before, and the person is told. Twice is harmless.

    Raises NotAllowed for whoever might not take it, and once what was taken down is erased.
    """
    current = hold_measure(measure)
    if not current.is_in_force:
        return
    if not may_lift(staff, current):
        raise NotAllowed("You may not lift this measure, or it is too late.")
    end_measure(staff, current, tidy_text(reason), undoes)
    measure.refresh_from_db()


def hold_measure(measure: Measure) -> Measure:
    """The row as it is, kept from changing until this transaction ends, and before it the person and the
    tweets that it is about.
    """
    lock_people(measure.person_id)
    lock_tweets(measure.tweets.values_list("tweet_id", flat=True))
    rows = Measure.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    return rows.get(pk=measure.pk)


def end_measure(staff: User, measure: Measure, reason: str, undoes: AuditEntry | None = None) -> None:
    """What lifting means; the caller decided that it may be, and holds the row."""
    measure.lifting_reason = reason[: settings.REASON_MAX_LENGTH]
    _note_lifted(measure)
    if measure.kind in _STATES:
        _STATES[measure.kind][1](staff, measure.person, reason, undoes)
    elif measure.kind == Kind.TAKE_DOWN:
        ids = measure.tweets.values_list("tweet_id", flat=True)
        for tweet in Tweet.objects.filter(pk__in=list(ids)).select_related("author"):
            unhide_tweet(staff, tweet, reason, _where_about(tweet, undoes))
    else:
        record(staff, Deed.LIFT_WARNING, _subject(measure), reason=reason, undoes=undoes)
    publish(MeasureLifted(measure.pk))


@transaction.atomic
def note_restored(user_id: int) -> None:
    """The person was let in again without a word about the measure: it is lifted, too."""
    lock_people(user_id)
    rows = Measure.objects.in_force().filter(person_id=user_id, kind=Kind.SUSPEND, person__state="active")
    for measure in rows:
        _note_lifted(measure)
        publish(MeasureLifted(measure.pk))


def _note_lifted(measure: Measure) -> None:
    """An appeal that waits still has what it asked for: nobody need answer it."""
    measure.lifted_at = timezone.now()
    if measure.appeal_waits:
        measure.decided_at, measure.answer = measure.lifted_at, measure.lifting_reason
    measure.save(update_fields=["lifted_at", "lifting_reason", "decided_at", "answer"])


def erase_taken_down(*, dry_run: bool = False) -> int:
    """Tweets that were taken down longer than TAKEN_DOWN_DAYS ago, and for which nobody waits for an answer,
    go for good. Returns how many measures this ends.
    """
    old = id_at(timezone.now() - timedelta(days=settings.TAKEN_DOWN_DAYS))
    rows = Measure.objects.in_force().without_appeal()
    due = rows.filter(kind=Kind.TAKE_DOWN, erased_at__isnull=True, id__lt=old)
    if dry_run:
        return due.count()
    found = list(due.order_by("id")[:_ERASED_AT_ONCE])
    for one in found:
        with transaction.atomic():
            tweet_ids = list(one.tweets.values_list("tweet_id", flat=True))
            lock_people(one.person_id)
            lock_for_removal(tweet_ids)
            measure = hold_measure(one)
            for tweet_id in tweet_ids:
                erase_hidden(tweet_id)
            measure.erased_at = timezone.now()
            measure.save(update_fields=["erased_at"])
    return len(found)


def _take_down(staff: Staff, measure: Measure, tweet_ids: list[int], undoes: AuditEntry | None) -> None:
    theirs = Tweet.objects.filter(author=measure.person, retweet_of__isnull=True, hidden_at__isnull=True)
    tweets = list(theirs.filter(pk__in=tweet_ids).select_related("author"))
    if not tweets:
        raise Invalid("Choose the tweets to take down.", "tweets")
    MeasuredTweet.objects.bulk_create(
        MeasuredTweet(measure=measure, tweet_id=tweet.pk, text=tweet.text) for tweet in tweets
    )
    for tweet in tweets:
        hide_tweet(staff, tweet, measure.reason, _where_about(tweet, undoes))


def _where_about(tweet: Tweet, undoes: AuditEntry | None) -> AuditEntry | None:
    """A measure is about several tweets, an entry about one: only that one's says what it undoes."""
    return undoes if undoes is not None and undoes.subject_id == tweet.pk else None


def _was_just_warned(person: User, reason: str) -> bool:
    """The same form was sent twice."""
    just_now = id_at(timezone.now() - _A_MOMENT)
    return Measure.objects.filter(person=person, kind=Kind.WARN, reason=reason, id__gt=just_now).exists()


def _reason(reason: str) -> str:
    reason = tidy_text(reason)
    if not reason:
        raise Invalid("Say why. The person reads it.", "reason")
    if len(reason) > settings.REASON_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.REASON_MAX_LENGTH} characters.", "reason")
    return reason


def _subject(measure: Measure) -> Subject:
    return Subject("measure", measure.pk, measure.person.handle, person_id=measure.person_id)
