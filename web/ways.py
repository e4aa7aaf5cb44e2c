"""One-button forms about people: a POST of somebody signed in, answered with a fragment or the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from relationships.policies import may_message
from relationships.queries import relation_to
from web.fragments import wants_fragment
from web.people import person_row

PLACES = ("list", "side", "profile")

View = TypeVar("View", bound=Callable[..., HttpResponse])


def one_button(view: View) -> View:
    """A view that only answers POST, and only people who are signed in.

    Everybody else is led to the page of the thing, the address without its last part: a visitor by way
    of the log-in page, so that nothing is done there that nobody asked for a second time.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = request.path.rsplit("/", 1)[0]
        if not request.user.is_authenticated:
            return _to_log_in(request, page)
        if request.method != "POST":
            return redirect(page)
        return view(request, *args, **kwargs)

    return cast(View, guarded)


def way_back(request: HttpRequest, otherwise: str, anchor: str = "") -> HttpResponse:
    """Back to the page of ours that the button stood on; `otherwise` where a browser does not tell."""
    return redirect((_page_before(request) or otherwise) + anchor)


def answer_ways(request: HttpRequest, person: User) -> HttpResponse:
    """The button as it stands now, on a profile with its menu and the count; else the way back."""
    if not wants_fragment(request):
        return way_back(request, person.path, f"#p{person.id}")
    place = request.POST.get("place", "")
    place = place if place in PLACES else "list"
    relation = relation_to(request.user, person)  # type: ignore[arg-type]  # gestures need a signed-in person
    row = person_row(request.user, person, relation, place)
    if place != "profile":
        return render(request, "web/_follow.html", {"row": row})
    person.refresh_from_db(fields=["followers_count", "following_count"])
    return render(
        request,
        "web/_profile_ways.html",
        {"row": row, "person": person, "may_message": may_message(person, relation), "is_answer": True},
    )


def _page_before(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(referer)
    if not parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return ""
    return urlunsplit(("", "", parts.path, parts.query, ""))


def _to_log_in(request: HttpRequest, page: str) -> HttpResponse:
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)
