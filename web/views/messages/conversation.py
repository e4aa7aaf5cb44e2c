"""One conversation: what was said, who can read it, and the form to answer."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import whole_id
from conversations.actions import answer_conversation, mark_read
from conversations.models import Participation
from conversations.queries import others_in, participation_of
from relationships.queries import relation_map
from tweets.queries import barrier_to, draft_for
from web.composing import composer_of, form_page, is_done, is_ready, pictures_sent
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.messages import Talk, inbox_for, talk_of, title_of
from web.pace import check
from web.undoing import tell_message_sent, undo_seconds


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    viewer = cast(User, request.user)
    mine = participation_of(viewer, conversation_id)
    if request.method == "POST":
        return _answer(request, viewer, mine)
    talk = talk_of(request, viewer, mine)
    if wants_fragment(request):
        return render(request, "web/messages/_talk.html", {"talk": talk})
    if talk.newest_id is not None and mine.is_unread and request.method == "GET":
        mark_read(viewer, mine.conversation, up_to=talk.newest_id)
    if "draft" in request.GET:
        composer = composer_of(viewer, draft_for(viewer, whole_id(request.GET["draft"]) or 0), request.path)
    else:
        composer = Composer.blank(viewer, request.path)
    composer.address(conversation_id=conversation_id)
    return _page(request, viewer, mine, talk, composer)


def _answer(request: HttpRequest, viewer: User, mine: Participation) -> HttpResponse:
    composer = Composer.sent(
        request.POST, pictures_sent(viewer, request.POST), f"/messages/{mine.conversation_id}/"
    )
    composer.address(conversation_id=mine.conversation_id)

    def answer() -> None:
        check(request, "messages")
        answer_conversation(viewer, mine.conversation, composer.to_draft(), undo_seconds=undo_seconds())

    if is_ready(request, composer) and is_done(composer, answer):
        tell_message_sent(request, viewer, mine.conversation)
        return redirect("conversation", mine.conversation_id)
    return _page(request, viewer, mine, talk_of(request, viewer, mine), composer)


def _page(
    request: HttpRequest, viewer: User, mine: Participation, talk: Talk, composer: Composer
) -> HttpResponse:
    people = others_in(mine.conversation, viewer)
    relations = relation_map(viewer, [person.pk for person in people])
    apart = {an_id for an_id, relation in relations.items() if relation.blocks or relation.blocked_by}
    context: dict[str, Any] = {
        "mine": mine,
        "talk": talk,
        "people": people,
        "readers": [person for person in people if person.pk not in apart],
        "title": title_of(people),
        "barrier": barrier_to(viewer, people, relations) if people else "Nobody else can read this any more.",
        "inbox": inbox_for(request, viewer, shows_requests=not mine.is_accepted, is_beside=True),
        "nav": "messages",
    }
    return form_page(request, "web/messages/conversation.html", composer, context)
