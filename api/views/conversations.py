"""One's messages, by the people one writes with. Those that strangers began are among them."""

from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.paging import links, window_of
from api.shapes.conversations import conversations
from conversations.actions import clear_conversation, mark_read
from conversations.queries import conversations_page, participation_of


@takes(Page)
def index(request: ApiRequest) -> HttpResponse:
    """The one with the newest message first; pages go by those messages."""
    window = window_of(request)
    rows = conversations_page(request.user, window)
    headers = links(request, [row.newest_id for row in rows], window)
    return answer(conversations(rows, request.user), headers=headers)


def read(request: ApiRequest, conversation_id: int) -> HttpResponse:
    """All of it was read."""
    found = participation_of(request.user, conversation_id)
    mark_read(request.user, found.conversation, up_to=found.newest_id)
    return answer(conversations([participation_of(request.user, conversation_id)], request.user)[0])


def delete(request: ApiRequest, conversation_id: int) -> HttpResponse:
    """Put it out of sight, until somebody writes there again."""
    clear_conversation(request.user, participation_of(request.user, conversation_id).conversation)
    return answer({})
