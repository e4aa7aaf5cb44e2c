"""Those who ask to follow oneself: the list, and the two answers."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from relationships.actions import accept_follow, refuse_follow
from relationships.queries import requests_to
from web.fragments import wants_fragment
from web.people import people_page
from web.views.profile import find_person, find_related
from web.ways import one_button, way_back


@login_required
@require_safe
@vary_on_headers("HX-Request")
def follow_requests(request: HttpRequest) -> HttpResponse:
    page = people_page(request, requests_to(cast(User, request.user)), "follower")
    template = "web/_requests.html" if wants_fragment(request) else "web/follow_requests.html"
    return render(request, template, {"page": page})


@one_button
def accept(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    accept_follow(cast(User, request.user), person)
    return _answered(request, person, f"{person.handle} follows you now.")


@one_button
def refuse(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_related(handle, cast(User, request.user))
    refuse_follow(cast(User, request.user), person)
    return _answered(request, person, f"{person.handle} does not follow you and is not told.")


def _answered(request: HttpRequest, person: User, sentence: str) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "web/_answered.html", {"sentence": sentence})
    messages.success(request, sentence)
    return way_back(request, person.path)
