"""What staff tell everybody: the page of it all, and putting one away."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from server.actions import dismiss as dismiss_announcement
from server.queries import announcement_by_id, current_announcements
from web.ways import way_back


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those that are in force, also when they were put away."""
    rows = current_announcements(cast(User, request.user), with_read=True)
    return render(request, "web/announcements.html", {"rows": rows})


@login_required
@require_POST
def dismiss(request: HttpRequest, announcement_id: int) -> HttpResponse:
    dismiss_announcement(cast(User, request.user), announcement_by_id(announcement_id))
    return way_back(request, "/")
