"""The request box: what strangers did, kept apart until one lets them in."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import whole_id
from notifications.actions import accept_people, dismiss_request
from notifications.queries import Request, bundles_for, requests_for
from web.fragments import wants_fragment
from web.notices import notice_page
from web.views.profile import find_person
from web.ways import one_button


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`next_url` is what endless reading loads and, as a whole page, where a plain link leads."""

    rows: list[Request]
    next_url: str


@login_required
@require_safe
@vary_on_headers("HX-Request")
def requests(request: HttpRequest) -> HttpResponse:
    size = settings.PEOPLE_PAGE_SIZE
    before = whole_id(request.GET.get("cursor", ""))
    found = requests_for(_viewer(request), before=before, limit=size + 1)
    next_url = f"{request.path}?cursor={found[size - 1].id}" if len(found) > size else ""
    context = {"page": RequestPage(found[:size], next_url), "nav": "notifications"}
    name = "_request_rows" if wants_fragment(request) else "notification_requests"
    return render(request, f"web/{name}.html", context)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def one_request(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    size = settings.NOTIFICATIONS_PAGE_SIZE
    before = whole_id(request.GET.get("cursor", ""))
    bundles = bundles_for(_viewer(request), before=before, limit=size + 1, waiting_of=person)
    next_url = f"{request.path}?cursor={bundles[size - 1].id}" if len(bundles) > size else ""
    page = notice_page(_viewer(request), bundles[:size], next_url, is_first=before is None)
    if wants_fragment(request):
        return render(request, "web/_notices.html", {"page": page})
    context = {"page": page, "person": person, "nav": "notifications"}
    return render(request, "web/notification_request.html", context)


@one_button
def accept(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    accept_people(_viewer(request), [person.pk])
    messages.success(request, f"You hear of {person.handle} from now on.")
    return redirect("notification_requests")


@one_button
def dismiss(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    dismiss_request(_viewer(request), person)
    messages.success(request, f"What waited of {person.handle} is gone.")
    return redirect("notification_requests")


def _viewer(request: HttpRequest) -> User:
    return cast(User, request.user)
