"""Terms, privacy and what stands about the server: as they are, and as they were on a day."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.errors import NotFound
from server.models import Document
from server.queries import document, versions

Kind = Document.Kind


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(request, Kind.TERMS)


@require_safe
def terms_on(request: HttpRequest, day: str) -> HttpResponse:
    return _page(request, Kind.TERMS, day)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, Kind.PRIVACY)


@require_safe
def privacy_on(request: HttpRequest, day: str) -> HttpResponse:
    return _page(request, Kind.PRIVACY, day)


@require_safe
def about_on(request: HttpRequest, day: str) -> HttpResponse:
    return _page(request, Kind.ABOUT, day)


def _page(request: HttpRequest, kind: Kind, day: str = "") -> HttpResponse:
    """Two queries. A day before anything was written is not found."""
    found = document(kind, _day(day) if day else None)
    if day and found is None:
        raise NotFound("Nothing had been written by that day.")
    rows = versions(kind)
    context = {
        "kind": kind,
        "found": found,
        "versions": rows,
        "is_old": found is not None and bool(rows) and rows[0].pk != found.pk,
    }
    return render(request, "web/document.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else date.min
    except ValueError:
        raise NotFound("This is no day. Write it as 2026-01-31.") from None
