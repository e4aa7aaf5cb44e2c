"""The buttons of a conversation: accept a request, mark unread, put away."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from conversations.actions import accept_request, clear_conversation, mark_unread
from conversations.queries import others_in, participation_of
from web.messages import title_of
from web.ways import one_button


@one_button
def accept(request: HttpRequest, conversation_id: int) -> HttpResponse:
    person = cast(User, request.user)
    accept_request(person, participation_of(person, conversation_id).conversation)
    return redirect("conversation", conversation_id)


@one_button
def unread(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Leads to the list: opening the conversation would read it again."""
    person = cast(User, request.user)
    mine = participation_of(person, conversation_id)
    mark_unread(person, mine.conversation)
    return redirect("messages" if mine.is_accepted else "message_requests")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clear(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Asks first, and says what it does and what not."""
    person = cast(User, request.user)
    mine = participation_of(person, conversation_id)
    if request.method != "POST":
        title = title_of(others_in(mine.conversation, person))
        return render(request, "web/messages/clear.html", {"mine": mine, "title": title, "nav": "messages"})
    clear_conversation(person, mine.conversation)
    messages.success(request, "The conversation is gone from your messages.")
    return redirect("messages" if mine.is_accepted else "message_requests")
