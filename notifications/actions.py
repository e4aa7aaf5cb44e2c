"""Telling people what concerns them, and taking that back."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid
from common.ids import id_at
from common.prepared import Prepared
from common.realtime import notifications_of, push
from common.sweeping import sweep
from common.writing import Inserts
from events.bus import publish
from events.catalogue import PushWanted
from notifications.models import (
    Notification,
    NotificationPermission,
    NotificationPolicy,
    PushSubscription,
)
from notifications.sorting import sort
from notifications.willing import willing_to_hear
from relationships.filtering import who_hides
from relationships.models import WordFilter
from tweets.cards import card_of, cards_for
from tweets.filtering import filtered, words_of
from tweets.models import Tweet

Kind = Notification.Kind
Policy = PushSubscription.Policy
_BATCH = 500  # people told, or rows removed, in one go

# Columns by which it is decided who is told of what was done with an older tweet.
OF_ACTOR = ("is_limited",)
OF_TWEET = ("author_id", "conversation_id")


def notify(recipient: User, kind: Kind, actor: User, tweet: Tweet | None = None) -> bool:
    """Tell one person; returns whether they were told. See notify_all for whom nobody tells."""
    return notify_all([recipient.pk], kind, actor, tweet) == 1


def notify_all(recipient_ids: Iterable[int], kind: Kind, actor: User, tweet: Tweet | None = None) -> int:
    """Tell these people what the actor did; returns how many were told. Twice is harmless.

    Nobody hears of themselves (unless it is their own poll that has ended), of people on the other side of
    a block or muted with their notifications, of a thread they muted, of words they hide, or of the same
    deed again; remote and suspended people are told nothing. What a recipient's policy keeps apart waits
    in their request box.
    """
    wanted = sorted(set(recipient_ids) - ({actor.pk} if kind != Kind.POLL else set()))
    told = 0
    for start in range(0, len(wanted), _BATCH):
        told += _tell(wanted[start : start + _BATCH], kind, actor, tweet)
    return told


@transaction.atomic(savepoint=False)  # whatever fails here fails with the deed that tells
def _tell(recipient_ids: list[int], kind: Kind, actor: User, tweet: Tweet | None) -> int:
    told = _unfiltered(willing_to_hear(recipient_ids, kind, actor, tweet), kind, actor, tweet)
    bundle = _bundle(kind, actor, tweet)
    rows = [  # in one order: two who tell the same never wait for each other
        Notification(
            recipient_id=recipient_id,
            kind=kind,
            actor=actor,
            tweet=tweet,
            bundle=bundle,
            waits=choice == NotificationPolicy.Choice.FILTER,
        )
        for recipient_id, choice in sorted(sort(told, kind, actor).items())
        if choice != NotificationPolicy.Choice.DROP
    ]
    _TOLD.write(rows)
    told_now = [row for row in rows if not row.waits]
    if told_now:
        streams = [notifications_of(row.recipient_id) for row in told_now]
        push(streams, "message" if kind == Kind.DIRECT else "new", told_now[0].pk, last=told_now[-1].pk)
        _promise_pushes(told_now, kind)
    return len(rows)


def _promise_pushes(rows: list[Notification], kind: Kind) -> None:
    """To the apps of these people that want to hear of such. Whether they may is asked when it is sent."""
    told = {row.recipient_id: row.pk for row in rows}
    for subscription_id, owner_id, kinds in _WANTING.rows(owner_ids=list(told)):
        if kind in kinds:
            publish(PushWanted(subscription_id, told[owner_id]))


@transaction.atomic
def remind(recipient: User, kind: Kind, tweet: Tweet | None = None) -> None:
    """Tell somebody of their own affairs; what was told of the same before makes room for it."""
    same = {"recipient": recipient, "kind": kind, "actor": recipient, "tweet": tweet}
    Notification.objects.filter(**same).delete()
    Notification.objects.create(**same, bundle=_bundle(kind, recipient, tweet))
    push(notifications_of(recipient.pk), "new")


def mark_read(recipient: User, *, up_to: int | None = None) -> int:
    """Mark everything read that the person was told, `up_to` that id when given; returns how many.

    What waits in the request box stays unread until it is let in.
    """
    rows = Notification.objects.filter(recipient=recipient, waits=False).unread()
    if up_to is not None:
        rows = rows.filter(id__lte=up_to)
    read = rows.update(read_at=timezone.now())
    if read:
        push(notifications_of(recipient.pk), "read")
    return read


def silence_filtered(recipient: User) -> int:
    """Mark read what the person's word filters hide by now; they never see it. Returns how many."""
    unread = Notification.objects.filter(recipient=recipient, kind__in=Notification.OF_NEW_TWEETS).unread()
    told = dict(unread.order_by("-id").values_list("pk", "tweet_id")[:_BATCH])
    cards = cards_for(list(set(told.values())), recipient)
    shown = {card.id for card in filtered(cards, recipient, WordFilter.Context.NOTIFICATIONS)}
    hidden = {card.id for card in cards} - shown
    rows = Notification.objects.filter(pk__in=[pk for pk, tweet_id in told.items() if tweet_id in hidden])
    silenced = rows.update(read_at=timezone.now())
    if silenced:
        push(notifications_of(recipient.pk), "read")
    return silenced


def set_policy(owner: User, wishes: Mapping[str, str]) -> NotificationPolicy:
    """Write what the person wishes about strangers: NotificationPolicy.WISHES -> choice. Raises Invalid."""
    known = set(NotificationPolicy.WISHES)
    if set(wishes) != known or not set(wishes.values()) <= set(NotificationPolicy.Choice.values):
        raise Invalid("This form is damaged. Reload the page and send again.")
    policy, _ = NotificationPolicy.objects.update_or_create(owner=owner, defaults=dict(wishes))
    return policy


@transaction.atomic
def accept_people(owner: User, person_ids: Iterable[int]) -> int:
    """Hear of these people from now on, and of what waited; returns how much did. Twice is harmless."""
    people = sorted(set(person_ids) - {owner.pk})
    NotificationPermission.objects.bulk_create(
        [NotificationPermission(owner=owner, person_id=an_id) for an_id in people], ignore_conflicts=True
    )
    return let_in(owner.pk, people)


def let_in(recipient_id: int, actor_ids: Iterable[int]) -> int:
    """What these people did waits no longer; returns how much did."""
    waiting = Notification.objects.filter(recipient_id=recipient_id, actor__in=list(actor_ids), waits=True)
    come = waiting.update(waits=False)
    if come:
        push(notifications_of(recipient_id), "merged")
    return come


def dismiss_request(recipient: User, actor: User) -> int:
    """Remove what waited of that person; what they do later waits again. Twice is harmless."""
    gone, _ = Notification.objects.filter(recipient=recipient, actor=actor, waits=True).delete()
    return gone


def dismiss_told(recipient: User, ids: Iterable[int]) -> int:
    """The person does not want to see these any more; returns how many went. Others' stay."""
    gone, _ = Notification.objects.filter(recipient=recipient, pk__in=list(ids)).delete()
    return gone


def dismiss_bundle(recipient: User, bundle: str) -> int:
    """The same for all that is told together."""
    gone, _ = Notification.objects.filter(recipient=recipient, bundle=bundle).delete()
    return gone


def clear(recipient: User, kinds: Iterable[str]) -> int:
    """Remove all that the person was told of these kinds; what waits in the request box goes on waiting."""
    rows = Notification.objects.filter(recipient=recipient, kind__in=list(kinds), waits=False)
    gone = 0
    while ids := list(rows.values_list("pk", flat=True)[:_BATCH]):
        gone += Notification.objects.filter(pk__in=ids).delete()[0]
    return gone


def dismiss(kinds: Iterable[Kind], **which: object) -> int:
    """Take back what was told: rows of these kinds with these fields. Returns how many went."""
    gone, _ = Notification.objects.filter(kind__in=list(kinds), **which).delete()
    return gone


def dismiss_between(one_id: int, other_id: int) -> None:
    """Neither has heard anything of the other."""
    for recipient_id, actor_id in ((one_id, other_id), (other_id, one_id)):
        Notification.objects.filter(recipient_id=recipient_id, actor_id=actor_id).delete()
        NotificationPermission.objects.filter(owner_id=recipient_id, person_id=actor_id).delete()


def forget_old(days: int, *, dry_run: bool = False) -> int:
    """Remove what was told longer than so many days ago; returns how many."""
    oldest = id_at(timezone.now() - timedelta(days=days))
    return sweep(Notification.objects.filter(id__lt=oldest), dry_run=dry_run, batch=_BATCH)


def forget_subscriptions(days: int, *, dry_run: bool = False) -> int:
    """Remove those whose app has not used its token for so many days: nobody is behind it any more.

    What a push service says is gone goes at once, when something is to be pushed.
    """
    old = timezone.now() - timedelta(days=days)
    asleep = PushSubscription.objects.annotate(used_at=Coalesce("token__used_at", "created_at"))
    return sweep(asleep.filter(used_at__lt=old, created_at__lt=old), dry_run=dry_run)


@transaction.atomic
def subscribe(draft: PushSubscription) -> PushSubscription:
    """Tell this app of what happens, instead of where its token was told before."""
    PushSubscription.objects.filter(token_id=draft.token_id).delete()
    draft.save()
    return draft


def choose_pushes(subscription: PushSubscription, kinds: Iterable[str], policy: str) -> None:
    """What the app wants to hear of, from now on."""
    subscription.kinds, subscription.policy = sorted(kinds), policy
    subscription.save(update_fields=["kinds", "policy"])


def unsubscribe(**which: object) -> None:
    """Twice is harmless."""
    PushSubscription.objects.filter(**which).delete()


def _unfiltered(revisions: dict[int, int], kind: Kind, actor: User, tweet: Tweet | None) -> list[int]:
    """Those of these people (id -> filters_revision) whose word filters do not hide the new tweet."""
    if tweet is None or kind not in Notification.OF_NEW_TWEETS or not any(revisions.values()):
        return list(revisions)
    texts = list(words_of(card_of(tweet, actor)))
    hidden = who_hides(revisions, texts, WordFilter.Context.NOTIFICATIONS)
    return [an_id for an_id in revisions if an_id not in hidden]


def _bundle(kind: Kind, actor: User, tweet: Tweet | None) -> str:
    """Likes and retweets are told together for each tweet, new followers for each day, others alone."""
    if kind == Kind.FOLLOW:
        return f"{kind}:{timezone.now():%Y-%m-%d}"
    if tweet is not None:
        return f"{kind}:{tweet.pk}"
    return f"{kind}:{actor.pk}"


def _wanting(owner_ids: list[int]) -> QuerySet[PushSubscription, tuple[Any, ...]]:
    rows = PushSubscription.objects.filter(owner_id__in=owner_ids).exclude(policy=Policy.NONE)
    return rows.values_list("pk", "owner_id", "kinds")


_TOLD = Inserts(Notification, ignores_conflicts=True)
_WANTING = Prepared(_wanting)  # whoever is told anything is asked
