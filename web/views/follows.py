"""Following and unfollowing, and what goes with it: the bell, their retweets, those who follow oneself."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.policies import refusal
from common.errors import NotAllowed
from relationships.actions import follow_user, remove_follower, unfollow_user
from relationships.queries import relation_to
from web.pace import check
from web.side import no_stranger_any_more
from web.views.profile import find_person
from web.ways import answer_ways, one_button, way_back


@one_button
def create(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    viewer = _writer(request)
    check(request, "follows")
    follow_user(viewer, person)
    no_stranger_any_more(request, person)
    return answer_ways(request, person)


@one_button
def destroy(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle, request.user)
    unfollow_user(cast(User, request.user), person)
    return answer_ways(request, person)


@one_button
def ring(request: HttpRequest, handle: str) -> HttpResponse:
    return _wish(request, handle, notifies=True)


@one_button
def silence(request: HttpRequest, handle: str) -> HttpResponse:
    return _wish(request, handle, notifies=False)


@one_button
def show_retweets(request: HttpRequest, handle: str) -> HttpResponse:
    return _wish(request, handle, shows_retweets=True)


@one_button
def hide_retweets(request: HttpRequest, handle: str) -> HttpResponse:
    return _wish(request, handle, shows_retweets=False)


@one_button
def remove(request: HttpRequest, handle: str) -> HttpResponse:
    """End their following of oneself."""
    person = find_person(handle, request.user)
    remove_follower(cast(User, request.user), person)
    messages.success(request, f"{person.handle} no longer follows you.")
    return way_back(request, person.path)


def _wish(
    request: HttpRequest, handle: str, *, notifies: bool | None = None, shows_retweets: bool | None = None
) -> HttpResponse:
    """A wish about someone one follows or asks to follow; it must not begin a follow by itself."""
    person = find_person(handle, request.user)
    viewer = _writer(request)
    relation = relation_to(viewer, person)
    if not (relation.follows or relation.asked):
        raise NotAllowed(f"Follow {person.handle} first.")
    follow_user(viewer, person, notifies=notifies, shows_retweets=shows_retweets)
    return answer_ways(request, person)


def _writer(request: HttpRequest) -> User:
    viewer = cast(User, request.user)
    if not viewer.may_write:
        raise NotAllowed(refusal(viewer, "follow people"))
    return viewer
