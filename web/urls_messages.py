"""The addresses of messages."""

from django.urls import URLPattern, path

from web.views.messages.conversation import conversation
from web.views.messages.inbox import message_requests, messages
from web.views.messages.keeping import accept, clear, unread
from web.views.messages.new import new_message

urlpatterns: list[URLPattern] = [
    path("messages/", messages, name="messages"),
    path("messages/requests/", message_requests, name="message_requests"),
    path("messages/new/", new_message, name="new_message"),
    path("messages/<int:conversation_id>/", conversation, name="conversation"),
    path("messages/<int:conversation_id>/accept", accept, name="accept_conversation"),
    path("messages/<int:conversation_id>/unread", unread, name="unread_conversation"),
    path("messages/<int:conversation_id>/clear", clear, name="clear_conversation"),
]
