"""Following and unfollowing a tag, and the list of those one follows."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from common.errors import Invalid
from timelines.actions import follow_tag, unfollow_tag
from timelines.queries import tags_followed
from web.fragments import wants_fragment
from web.ways import one_button, way_back


@login_required
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    names = tags_followed(cast(User, request.user))
    return render(request, "web/tags.html", {"tags": names, "nav": "settings", "section": "tags"})


@one_button
def create(request: HttpRequest, name: str) -> HttpResponse:
    try:
        follow_tag(cast(User, request.user), name)
    except Invalid as error:
        if wants_fragment(request):
            raise
        messages.error(request, error.message)
        return way_back(request, reverse("tag", args=[name]))
    return _answer(request, name, follows=True)


@one_button
def destroy(request: HttpRequest, name: str) -> HttpResponse:
    unfollow_tag(cast(User, request.user), name)
    return _answer(request, name, follows=False)


def _answer(request: HttpRequest, name: str, *, follows: bool) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "web/_follow_tag.html", {"tag": name, "follows": follows})
    return way_back(request, reverse("tag", args=[name]))
