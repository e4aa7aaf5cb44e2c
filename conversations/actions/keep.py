"""What one does with a conversation beside writing: read it, accept it, put it away."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User
from common.realtime import messages_of, push
from conversations.models import Conversation, Participation


@transaction.atomic
def mark_read(person: User, conversation: Conversation, *, up_to: int) -> None:
    """Everything up to that message was read; never less than before."""
    _mine(person, conversation).update(read_id=Greatest(F("read_id"), up_to))
    _show(person)


@transaction.atomic
def mark_unread(person: User, conversation: Conversation) -> None:
    """The newest message counts as unread, whoever wrote it, until the conversation is opened."""
    _mine(person, conversation).filter(newest_id__gt=0).update(read_id=F("newest_id") - 1)
    _show(person)


@transaction.atomic
def accept_request(person: User, conversation: Conversation) -> None:
    """From now on it stands among the person's conversations. Twice is harmless."""
    _mine(person, conversation).update(is_accepted=True)
    _show(person)


@transaction.atomic
def clear_conversation(person: User, conversation: Conversation) -> None:
    """Out of this person's view, the messages of today with it; a new message brings it back.

    The others keep everything and are not told. Twice is harmless.
    """
    _mine(person, conversation).update(cleared_id=F("newest_id"), read_id=F("newest_id"))
    _show(person)


def _show(person: User) -> None:
    """The number on Messages is right in the person's other windows, too."""
    push(messages_of(person.pk), "read")


def _mine(person: User, conversation: Conversation):  # type: ignore[no-untyped-def]
    return Participation.objects.filter(person=person, conversation=conversation)
