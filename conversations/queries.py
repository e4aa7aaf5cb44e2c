"""Reading messages: the inbox, one conversation, and how many of them wait to be read."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from common.errors import NotFound
from common.paging import Window
from conversations.models import Conversation, Message, Participation, ParticipationQuerySet
from relationships.models import Mute
from tweets.models import Tweet, TweetQuerySet


def participation_of(person: User, conversation_id: int) -> Participation:
    """How the person takes part in it, with the conversation.

    Raises NotFound, in the same words for what does not exist, is not theirs, or holds nothing for them.
    """
    mine = Participation.objects.shown_to(person).select_related("conversation")
    found = mine.filter(conversation_id=conversation_id).first()
    if found is None:
        raise NotFound("This conversation does not exist, or you take no part in it.")
    return found


def inbox_of(person: User, *, requests: bool, before: int | None = None, limit: int) -> list[Participation]:
    """The person's conversations, or the requests among them, the latest first.

    `before` is the id of a message: those whose newest message is older than that.
    """
    rows = Participation.objects.shown_to(person)
    rows = rows.requests() if requests else rows.accepted()
    if before is not None:
        rows = rows.filter(newest_id__lt=before)
    return list(rows.order_by("-newest_id")[:limit])


def conversations_page(person: User, window: Window) -> list[Participation]:
    """All of the person's conversations, requests among them, in a window of newest messages. One query."""
    rows = window.stretch(Participation.objects.shown_to(person), "newest_id")[: window.limit]
    return list(rows)[::-1] if window.min_id is not None else list(rows)


def participations_with(person: User, message_ids: Iterable[int]) -> list[Participation]:
    """The person's conversations in which these messages were filed, the latest first. One query."""
    filed = Message.objects.filter(tweet_id__in=list(message_ids)).values("conversation_id")
    rows = Participation.objects.shown_to(person).filter(conversation_id__in=filed)
    return list(rows.order_by("-newest_id"))


def people_in(conversation_ids: Iterable[int], but: User) -> dict[int, list[User]]:
    """Who takes part in each of these beside that person, without the suspended. One query."""
    found: dict[int, list[User]] = {an_id: [] for an_id in conversation_ids}
    rows = Participation.objects.filter(
        conversation_id__in=list(found), person__state=User.State.ACTIVE
    ).exclude(person=but)
    for row in rows.select_related("person").order_by("id") if found else ():
        found[row.conversation_id].append(row.person)
    return found


def others_in(conversation: Conversation, but: User) -> list[User]:
    """Who takes part in it beside that person, without the suspended. One query."""
    return people_in([conversation.pk], but)[conversation.pk]


def message_ids(person: User, participation: Participation, window: Window) -> list[int]:
    """Ids of what the person may read in the conversation, newest first. One query."""
    return window.ids(
        _readable_by(person, participation.conversation_id).filter(pk__gt=participation.cleared_id)
    )


def direct_ids(person: User, window: Window) -> list[int]:
    """Ids of what the person may read in all their conversations, newest first. One query."""
    mine = Participation.objects.filter(
        conversation=OuterRef("message__conversation"), person=person, cleared_id__lt=OuterRef("pk")
    )
    delivered = Q(message__is_delivered=True) | Q(author=person)
    return window.ids(Tweet.objects.visible_to(person).filter(Exists(mine), delivered))


def newest_message_id(conversation: Conversation, person: User) -> int | None:
    """The newest message that the person may read there."""
    newest = _readable_by(person, conversation.pk).order_by("-pk")
    return newest.values_list("pk", flat=True).first()


def conversation_among(person: User, others: Iterable[User]) -> Participation | None:
    """The person's conversation with exactly these people, unless there is none to be seen."""
    key = Conversation.key_of([person.pk, *(other.pk for other in others)])
    return Participation.objects.shown_to(person).filter(conversation__people_key=key).first()


def conversation_id_of(tweet: Tweet) -> int | None:
    """Where a direct tweet was filed."""
    return Message.objects.filter(tweet=tweet).values_list("conversation_id", flat=True).first()


def requests_count(person: User) -> int:
    """How many strangers' conversations wait for an answer."""
    return Participation.objects.shown_to(person).requests().count()


def unread(person: User, moment: datetime | None = None) -> ParticipationQuerySet:
    """Conversations with something new, of no strangers, and not from somebody who is muted at the moment,
    by default now.
    """
    rows = Participation.objects.shown_to(person).accepted().unread()
    author = Tweet.objects.filter(pk=OuterRef(OuterRef("newest_id"))).values("author_id")
    mutes = Mute.objects.in_force(moment or timezone.now()).filter(muter_id=person.pk, muted__in=author)
    return rows.filter(~Exists(mutes))


def _readable_by(person: User, conversation_id: int) -> TweetQuerySet:
    delivered = Q(message__is_delivered=True) | Q(author=person)
    return Tweet.objects.visible_to(person).filter(delivered, message__conversation_id=conversation_id)
