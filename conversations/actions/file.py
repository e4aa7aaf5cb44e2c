"""Filing messages: which conversation a direct tweet belongs to, and whose newest it is."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from common.realtime import messages_of, push
from conversations.models import Conversation, Message, Participation
from events.bus import publish
from events.catalogue import MessageDelivered
from relationships.models import Block, Follow
from tweets.models import Mention, Tweet


@transaction.atomic
def file_message(tweet: Tweet, *, is_delivered: bool = True) -> Conversation:
    """Put a direct tweet into the conversation of its author and readers; twice is harmless.

    One that is not delivered yet only its author finds there, until `deliver_message`.

    For readers to whom the author is a stranger (not followed, never written to) the conversation stays
    a request. The author has read what they wrote, and sees the conversation again if they removed it.
    """
    readers = set(Mention.objects.filter(tweet=tweet).values_list("person_id", flat=True))
    people = readers | {tweet.author_id}
    conversation = _conversation_of(tweet, people)
    # Messages of one conversation are filed one after the other, so that the newest stays the newest.
    _hold([conversation.pk])
    _, is_new = Message.objects.get_or_create(
        tweet=tweet, defaults={"conversation": conversation, "is_delivered": is_delivered}
    )
    if is_new:
        Participation.objects.bulk_create(
            [Participation(conversation=conversation, person_id=person_id) for person_id in sorted(people)],
            ignore_conflicts=True,
        )
        here = Participation.objects.filter(conversation=conversation)
        accepting = _no_stranger_to(tweet.author_id, readers)
        here.filter(person_id__in=accepting | {tweet.author_id}).update(is_accepted=True)
        here.filter(person_id=tweet.author_id).update(
            has_written=True, read_id=Greatest(F("read_id"), tweet.pk)
        )
        settle([conversation.pk])
        told = people if is_delivered else {tweet.author_id}
        if is_delivered:
            _announce(tweet, conversation)
        push([messages_of(person_id) for person_id in sorted(told)], "new", tweet.pk)
    return conversation


@transaction.atomic
def deliver_message(tweet: Tweet) -> None:
    """Let its readers find it; twice is harmless."""
    conversation = file_message(tweet)
    if Message.objects.filter(tweet=tweet, is_delivered=False).update(is_delivered=True):
        settle([conversation.pk])
        people = Participation.objects.filter(conversation=conversation).order_by("person_id")
        readers = people.exclude(person_id=tweet.author_id).values_list("person_id", flat=True)
        push([messages_of(person_id) for person_id in readers], "new", tweet.pk)
        _announce(tweet, conversation)


def _announce(tweet: Tweet, conversation: Conversation) -> None:
    accepting = Participation.objects.accepted().filter(conversation=conversation)
    readers = set(accepting.values_list("person_id", flat=True)) - {tweet.author_id}
    if readers:
        publish(MessageDelivered(tweet.pk, sorted(readers)))


def settle(conversation_ids: Iterable[int]) -> None:
    """Work out anew for each person in these conversations which message is their newest."""
    ids = sorted(set(conversation_ids))
    if not ids:
        return
    with transaction.atomic():
        _hold(ids)
        newest = Coalesce(Subquery(_readable().values("tweet_id")[:1]), 0)
        Participation.objects.filter(conversation_id__in=ids).update(newest_id=newest)


def settle_between(one_id: int, other_id: int) -> None:
    """The same for every conversation in which both of these take part."""
    other = Participation.objects.filter(conversation=OuterRef("conversation_id"), person_id=other_id)
    shared = Participation.objects.filter(Exists(other), person_id=one_id)
    settle(shared.values_list("conversation_id", flat=True))


def accept_followed(follower_id: int, followed_id: int) -> None:
    """Whom one follows is no stranger: their conversations are no longer requests."""
    written = Message.objects.filter(conversation=OuterRef("conversation_id"), tweet__author_id=followed_id)
    requests = Participation.objects.requests().filter(Exists(written), person_id=follower_id)
    with transaction.atomic():
        _hold(requests.values_list("conversation_id", flat=True))
        requests.update(is_accepted=True)


def _hold(conversation_ids: Iterable[int]) -> None:
    """Whoever writes in several conversations takes them in one order."""
    held = Conversation.objects.select_for_update(no_key=True).filter(pk__in=list(conversation_ids))
    list(held.order_by("pk").values_list("pk", flat=True))


def _conversation_of(tweet: Tweet, people: set[int]) -> Conversation:
    """An answer stays in the conversation it answers while that one has the same people; others belong
    to the conversation of exactly these people.
    """
    answered = Message.objects.filter(tweet=tweet.reply_to_id).select_related("conversation").first()
    if answered is not None:
        there = Participation.objects.filter(conversation=answered.conversation_id)
        if people == set(there.values_list("person_id", flat=True)):
            return answered.conversation
    conversation, _ = Conversation.objects.get_or_create(people_key=Conversation.key_of(people))
    return conversation


def _no_stranger_to(author_id: int, readers: set[int]) -> set[int]:
    """Which of the readers follow the author, or wrote where the author reads."""
    following = Follow.objects.filter(followed_id=author_id, follower_id__in=readers)
    beside = Participation.objects.filter(conversation=OuterRef("conversation_id"), person_id=author_id)
    written = Participation.objects.filter(Exists(beside), person_id__in=readers, has_written=True)
    return {
        *following.values_list("follower_id", flat=True),
        *written.values_list("person_id", flat=True),
    }


def _readable() -> QuerySet[Message]:
    """For a row of Participation: messages that person may read, as `visible_to` has it, newest first."""
    person, author = OuterRef(OuterRef("person_id")), OuterRef("tweet__author_id")
    blocks = Block.objects.filter(Q(blocker=person, blocked=author) | Q(blocker=author, blocked=person))
    there = Message.objects.filter(
        Q(is_delivered=True) | Q(tweet__author=person),
        conversation=OuterRef("conversation_id"),
        tweet__hidden_at__isnull=True,
        tweet__author__state=User.State.ACTIVE,
    )
    return there.filter(~Exists(blocks)).order_by("-tweet_id")
