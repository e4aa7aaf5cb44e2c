"""Muting for good or for a time, and ending it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from relationships.actions import mute_user, unmute_user
from web.forms.people import MuteForm
from web.side import no_stranger_any_more
from web.views.profile import find_person, find_related
from web.ways import one_button, way_back


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    form = MuteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"person": person, "form": form}
        return render(request, "web/mute.html", context, status=422 if form.errors else 200)
    mute_user(
        cast(User, request.user),
        person,
        until=form.until(),
        hides_notifications=form.cleaned_data["hides_notifications"],
    )
    no_stranger_any_more(request, person)
    messages.success(request, f"You muted {person.handle}.")
    return redirect(person.path)


@one_button
def destroy(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_related(handle, cast(User, request.user))
    unmute_user(cast(User, request.user), person)
    messages.success(request, f"You hear {person.handle} again.")
    return way_back(request, person.path)
