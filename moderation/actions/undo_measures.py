"""Undoing what took a measure, which lifts it, and what lifted one, which takes it anew: whom it concerns is
told of both, and may appeal against what is in force.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from accounts import actions as accounts
from accounts.models import User
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Conflict
from moderation.actions.measures import begin_measure, lift_measure
from moderation.models import Measure
from tweets.actions import unhide_tweet
from tweets.models import Tweet

TOO_LATE = "This was undone already, or things have changed since."
Kind = Measure.Kind
_BY_MISTAKE = "It was lifted by mistake."
_EDITED = "This tweet was edited since. Read it as it is now, and take it down anew if it has to go."
BEGUN = {
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
LIFTED = {
    Deed.UNMARK_USER: Deed.MARK_USER,
    Deed.UNLIMIT_USER: Deed.LIMIT_USER,
    Deed.UNFREEZE_USER: Deed.FREEZE_USER,
    Deed.RESTORE_USER: Deed.SUSPEND_USER,
}


def undo_restriction(staff: User, entry: AuditEntry) -> None:
    """The measure that the deed was part of is lifted with it, so that the person is told."""
    deed, person = Deed(entry.deed), User.objects.get(pk=entry.subject_id)
    measure = Measure.objects.in_force().filter(person=person, kind=BEGUN[deed]).first()
    if measure is not None:
        lift_measure(staff, measure, undoes=entry)
    else:
        _OPPOSITE[deed](staff, person, "", entry)


def undo_lifting(staff: User, entry: AuditEntry) -> None:
    """It is a measure like the first: with its reason, a mail and an appeal."""
    begun, person = LIFTED[Deed(entry.deed)], User.objects.get(pk=entry.subject_id)
    kind = BEGUN[begun]
    former = _lifted().filter(person=person, kind=kind).first()
    _take_again(staff, person, kind, former, begun, entry)


def undo_warning(staff: User, entry: AuditEntry) -> None:
    lift_measure(staff, Measure.objects.get(pk=entry.subject_id), undoes=entry)


def undo_lifted_warning(staff: User, entry: AuditEntry) -> None:
    former = Measure.objects.select_related("person").get(pk=entry.subject_id)
    _take_again(staff, former.person, Kind.WARN, former, Deed.WARN_USER, entry)


def undo_take_down(staff: User, entry: AuditEntry) -> None:
    """The whole measure is lifted, with all its tweets: it is one reason, one mail and one appeal."""
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    about = {"person": tweet.author, "kind": Kind.TAKE_DOWN, "tweets__tweet_id": tweet.pk}
    measure = Measure.objects.in_force().filter(**about).order_by("-id").first()
    if measure is not None and tweet.hidden_at is not None:
        lift_measure(staff, measure, undoes=entry)
    else:
        unhide_tweet(staff, tweet, "", entry)


def undo_bringing_back(staff: User, entry: AuditEntry) -> None:
    """Taken down anew with all that was brought back with it, but for what was edited since."""
    tweet = Tweet.objects.select_related("author").get(pk=entry.subject_id)
    if tweet.hidden_at is not None:
        raise Conflict(TOO_LATE)
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
