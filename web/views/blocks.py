"""Blocking, after a word on what it means, and ending it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from relationships.actions import block_user, unblock_user
from web.side import no_stranger_any_more
from web.views.profile import find_person, find_related
from web.ways import one_button, way_back


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    if request.method != "POST":
        return render(request, "web/block.html", {"person": person})
    block_user(cast(User, request.user), person)
    no_stranger_any_more(request, person)
    messages.success(request, f"You blocked {person.handle}.")
    return redirect(person.path)


@one_button
def destroy(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_related(handle, cast(User, request.user))
    unblock_user(cast(User, request.user), person)
    messages.success(request, f"{person.handle} is no longer blocked.")
    return way_back(request, person.path)
