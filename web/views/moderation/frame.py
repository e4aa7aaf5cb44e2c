"""What all pages of staff have around them."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.roles import Permission
from common.paging import whole_id
from moderation.queries import waiting_counts

SECTIONS = {
    "reports": Permission.HANDLE_REPORTS,
    "appeals": Permission.DECIDE_APPEALS,
    "automatic": Permission.HANDLE_REPORTS,
    "people": Permission.TAKE_MEASURES,
    "joining": Permission.DECIDE_JOINING,
    "statistics": Permission.SEE_STATISTICS,
    "rules": Permission.EDIT_RULES,
    "announcements": Permission.ANNOUNCE,
    "documents": Permission.EDIT_DOCUMENTS,
    "server": Permission.CHANGE_SERVER,
    "doctor": Permission.CALL_DOCTOR,
    "team": Permission.GIVE_ROLES,
    "audit": Permission.READ_AUDIT,
}  # the lines of the list at the side, with what one has to be allowed


def staff_of(request: HttpRequest) -> User:
    """Who is signed in, as the guard of the view made sure."""
    return cast(User, request.user)


def staff_page(
    request: HttpRequest, template: str, section: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the section, with what waits shown at the side; four queries more."""
    staff = staff_of(request)
    frame = {
        "section": section,
        "sections": {name for name, permission in SECTIONS.items() if staff.may(permission)},
        "counts": waiting_counts(staff),
        "nav": "moderation",
    }
    return render(request, f"web/moderation/{template}", {**context, **frame}, status=status)


def revision_read(request: HttpRequest) -> int:
    """Which version of a tweet stood on the page that was sent; 0, which none is, where that is not said."""
    return whole_id(request.POST.get("revision", "")) or 0


def page_of(request: HttpRequest, rows: QuerySet[Any, Any], size: int) -> tuple[list[Any], str]:
    """A page of rows, the latest first, and the address of the next one, "" at the end. `?cursor=ID` shows
    those before that row; whatever else stands in the address stays.
    """
    cursor = whole_id(request.GET.get("cursor", ""))
    found = list((rows.filter(id__lt=cursor) if cursor else rows)[: size + 1])
    shown = found[:size]
    kept = {name: value for name, value in request.GET.items() if name != "cursor"}
    next_url = f"?{urlencode({**kept, 'cursor': shown[-1].id})}" if len(found) > size else ""
    return shown, next_url
