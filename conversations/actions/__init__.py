"""Everything that can be done in messages."""

from conversations.actions.file import accept_followed, deliver_message, file_message, settle, settle_between
from conversations.actions.keep import accept_request, clear_conversation, mark_read, mark_unread
from conversations.actions.send import answer_conversation, send_message

__all__ = [
    "accept_followed",
    "accept_request",
    "answer_conversation",
    "clear_conversation",
    "deliver_message",
    "file_message",
    "mark_read",
    "mark_unread",
    "send_message",
    "settle",
    "settle_between",
]
