"""The list of conversations, and the list of those that strangers began."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from web.fragments import wants_fragment
from web.messages import inbox_for


@login_required
@require_safe
@vary_on_headers("HX-Request")
def messages(request: HttpRequest) -> HttpResponse:
    return _inbox(request, shows_requests=False)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def message_requests(request: HttpRequest) -> HttpResponse:
    return _inbox(request, shows_requests=True)


def _inbox(request: HttpRequest, *, shows_requests: bool) -> HttpResponse:
    inbox = inbox_for(request, cast(User, request.user), shows_requests=shows_requests)
    template = "web/messages/_lines.html" if wants_fragment(request) else "web/messages/inbox.html"
    return render(request, template, {"inbox": inbox, "nav": "messages"})
