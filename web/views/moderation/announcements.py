"""Announcing something, changing it, ending it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from common.errors import Invalid
from server.actions import announce, change_announcement, end_announcement
from server.models import Announcement
from server.queries import announcement_by_id, announcements
from web.access import staff_required
from web.forms.server import AnnouncementForm
from web.views.moderation.frame import page_of, staff_of, staff_page

_announcers = staff_required(Permission.ANNOUNCE)


@_announcers
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_saved(request, form, None):
        return redirect("staff_announcements")
    shown, next_url = page_of(request, announcements(), settings.REPORTS_PAGE_SIZE)
    now = timezone.now()
    rows = [(row, row.ends_at is None or row.ends_at > now) for row in shown]
    context = {"rows": rows, "next_url": next_url, "form": form}
    return staff_page(
        request, "announcements.html", "announcements", context, status=422 if form.errors else 200
    )


@_announcers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, announcement_id: int) -> HttpResponse:
    found = announcement_by_id(announcement_id)
    form = AnnouncementForm(request.POST if request.method == "POST" else None, changed=found)
    if form.is_valid() and _is_saved(request, form, found):
        return redirect("staff_announcements")
    context = {"announcement": found, "form": form}
    return staff_page(
        request, "announcement.html", "announcements", context, status=422 if form.errors else 200
    )


@_announcers
@require_POST
def end(request: HttpRequest, announcement_id: int) -> HttpResponse:
    end_announcement(staff_of(request), announcement_by_id(announcement_id))
    messages.success(request, "Nobody is told any more.")
    return redirect("staff_announcements")


def _is_saved(request: HttpRequest, form: AnnouncementForm, found: Announcement | None) -> bool:
    text, ends_at = form.cleaned_data["text"], form.ends_at()
    try:
        if found is None:
            announce(staff_of(request), text, ends_at)
        else:
            change_announcement(staff_of(request), found, text, ends_at)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, "Everybody who is signed in reads it on their Home.")
    return True
