"""Writing a message: a direct tweet, filed at once."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from common.errors import Invalid
from conversations.actions.file import file_message
from conversations.models import Conversation
from conversations.queries import newest_message_id, others_in
from tweets.actions import post_tweet
from tweets.draft import TweetDraft
from tweets.models import Tweet


@transaction.atomic
def send_message(author: User, draft: TweetDraft, *, undo_seconds: float = 0) -> Conversation:
    """Send the draft to its recipients, and to nobody else whom its text names; returns the conversation.

    For `undo_seconds` they do not find it there, and it can be taken back. Sending the same form twice
    sends once. Raises Invalid and NotAllowed as `post_tweet` does.
    """
    if not draft.recipients:
        raise Invalid("Name the people this message is for.", field="recipients")
    direct = replace(draft, visibility=Tweet.Visibility.DIRECT)
    tweet = post_tweet(author, direct, undo_seconds=undo_seconds)
    return file_message(tweet, is_delivered=not undo_seconds)


@transaction.atomic
def answer_conversation(
    author: User, conversation: Conversation, draft: TweetDraft, *, undo_seconds: float = 0
) -> Conversation:
    """Send the draft to everybody in a conversation of the author's, as an answer to its newest message."""
    people = tuple(person.pk for person in others_in(conversation, author))
    newest = newest_message_id(conversation, author)
    answer = replace(draft, recipients=people, reply_to_id=newest)
    return send_message(author, answer, undo_seconds=undo_seconds)
