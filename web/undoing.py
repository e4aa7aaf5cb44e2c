"""What is said after sending from a page: that it is sent, and how to take it back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from conversations.models import Conversation
from conversations.queries import newest_message_id
from tweets.models import Tweet


def undo_seconds() -> float:
    """How long others are not told of what is sent from a page."""
    return settings.TWEET_UNDO_SECONDS and settings.TWEET_UNDO_SECONDS + settings.TWEET_UNDO_GRACE_SECONDS


def tell_sent(request: HttpRequest, tweet: Tweet, sentence: str) -> None:
    """Say on the next page that it is sent, with ways to see it and, while that is possible, to undo it."""
    age = (timezone.now() - tweet.created_at).total_seconds()
    context = {"sentence": sentence, "tweet": tweet, "may_undo": age < settings.TWEET_UNDO_SECONDS}
    messages.success(request, render_to_string("web/_sent.html", context))


def tell_message_sent(request: HttpRequest, author: User, conversation: Conversation) -> None:
    """The same for the newest words of a conversation."""
    newest_id = newest_message_id(conversation, author) or 0
    newest = Tweet.objects.filter(pk=newest_id, author=author).select_related("author").first()
    if newest is not None:
        tell_sent(request, newest, "Message sent.")
