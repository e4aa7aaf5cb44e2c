"""What others did that concerns oneself."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import whole_id
from notifications.actions import mark_read
from notifications.models import Notification
from notifications.queries import bundles_for, requests_count
from web.fragments import wants_fragment
from web.notices import NoticePage, notice_page

Kind = Notification.Kind
# The word in the address (`?only=likes`) and on the filter -> what it shows.
FILTERS = {
    "mentions": Notification.SPOKEN,
    "likes": (Kind.LIKE,),
    "retweets": (Kind.RETWEET, Kind.QUOTE),
    "polls": (Kind.POLL,),
    "follows": (Kind.FOLLOW, Kind.REQUEST),
}


@login_required
@require_safe
@vary_on_headers("HX-Request")
def notifications(request: HttpRequest) -> HttpResponse:
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    page = _page(request, cast(User, request.user), only)
    if wants_fragment(request):
        return render(request, "web/_notices.html", {"page": page})
    filters = [(word, word.capitalize()) for word in FILTERS if word != "mentions"]
    context = {
        "page": page,
        "only": only,
        "filters": filters,
        "waiting": requests_count(cast(User, request.user)) if page.newest_id or not page.notices else 0,
        "nav": "notifications",
        "live": "" if request.GET.get("cursor") else "notifications",
    }
    return render(request, "web/notifications.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark read what the page showed; what came since stays unread."""
    mark_read(cast(User, request.user), up_to=whole_id(request.POST.get("up_to", "")))
    return redirect("notifications")


def _page(request: HttpRequest, viewer: User, only: str) -> NoticePage:
    size = settings.NOTIFICATIONS_PAGE_SIZE
    before = whole_id(request.GET.get("cursor", ""))
    bundles = bundles_for(viewer, kinds=FILTERS.get(only, ()), before=before, limit=size + 1)
    query = {"only": only} if only else {}
    older = {**query, "cursor": bundles[size - 1].id} if len(bundles) > size else None
    next_url = f"{request.path}?{urlencode(older)}" if older else ""
    return notice_page(viewer, bundles[:size], next_url, is_first=before is None)
