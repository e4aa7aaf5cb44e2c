"""What staff tell everybody: the page of it all, putting one away, and emoji under one."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from server.actions import dismiss as dismiss_announcement
from server.actions import react as react_to_announcement
from server.actions import stop_reacting
from server.queries import Told, announcement_by_id, current_announcements, with_reactions
from web import pace
from web.ways import way_back


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those that are in force, also when they were put away."""
    viewer = cast(User, request.user)
    shown = with_reactions(current_announcements(viewer, with_read=True), viewer)
    return render(request, "web/announcements.html", {"rows": [(told, _offered(told)) for told in shown]})


@login_required
@require_POST
def dismiss(request: HttpRequest, announcement_id: int) -> HttpResponse:
    dismiss_announcement(cast(User, request.user), announcement_by_id(announcement_id))
    return way_back(request, "/")


@login_required
@require_POST
def react(request: HttpRequest, announcement_id: int) -> HttpResponse:
    pace.check(request, "likes")
    react_to_announcement(cast(User, request.user), announcement_id, request.POST.get("name", ""))
    return way_back(request, "/announcements/", f"#a{announcement_id}")


@login_required
@require_POST
def unreact(request: HttpRequest, announcement_id: int) -> HttpResponse:
    stop_reacting(cast(User, request.user), announcement_id, request.POST.get("name", ""))
    return way_back(request, "/announcements/", f"#a{announcement_id}")


def _offered(told: Told) -> list[str]:
    """Emoji that nobody put there yet, as long as there is room for more."""
    used = {one.name for one in told.reactions}
    room = settings.ANNOUNCEMENT_REACTIONS_MAX - len(used)
    return [name for name in settings.ANNOUNCEMENT_EMOJI if name not in used][:room]
