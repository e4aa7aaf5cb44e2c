"""A message to people one names."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.paging import whole_id
from conversations.actions import send_message
from conversations.models import Conversation
from conversations.queries import conversation_among
from tweets.queries import draft_for, unfinished_draft
from web.access import writer_required
from web.composing import composer_of, form_page, is_done, is_ready, pictures_sent
from web.forms.message import addressed_in
from web.forms.tweet import Composer
from web.messages import inbox_for
from web.pace import check
from web.undoing import tell_message_sent, undo_seconds
from web.writing import DraftOffer, offer_of


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_message(request: HttpRequest) -> HttpResponse:
    """`?to=ana,bo` names them beforehand; where one talks with exactly them already, it leads there."""
    author = cast(User, request.user)
    to = (request.POST if request.method == "POST" else request.GET).get("to", "")
    addressed = addressed_in(to, author)
    if request.method != "POST":
        known = conversation_among(author, addressed.people) if addressed.people else None
        if known is not None and not addressed.errors:
            return redirect("conversation", known.conversation_id)
        if "draft" in request.GET:
            draft = draft_for(author, whole_id(request.GET["draft"]) or 0)
            composer = composer_of(author, draft, request.path)
            composer.address(draft.to)
            return _form(request, author, composer)
        composer = Composer.blank(author, request.path)
        composer.address(to)
        return _form(request, author, composer, offer_of(unfinished_draft(author, "message")))
    composer = Composer.sent(request.POST, pictures_sent(author, request.POST), request.path)
    composer.address(to)
    composer.errors += addressed.errors
    sent: list[Conversation] = []

    def send() -> None:
        check(request, "messages")
        draft = replace(composer.to_draft(), recipients=addressed.ids)
        sent.append(send_message(author, draft, undo_seconds=undo_seconds()))

    if is_ready(request, composer) and is_done(composer, send):
        tell_message_sent(request, author, sent[0])
        return redirect("conversation", sent[0].pk)
    return _form(request, author, composer)


def _form(
    request: HttpRequest, author: User, composer: Composer, offer: DraftOffer | None = None
) -> HttpResponse:
    inbox = inbox_for(request, author, shows_requests=False, is_beside=True)
    context = {"offer": offer, "inbox": inbox, "nav": "messages"}
    return form_page(request, "web/messages/new.html", composer, context)
