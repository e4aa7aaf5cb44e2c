"""Following and unfollowing a tag, and the page of tags: those that trend, and those one follows."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from analytics.queries import trending_tags
from common.errors import Invalid
from timelines.actions import follow_tag, unfollow_tag
from timelines.queries import tags_followed
from web.fragments import wants_fragment
from web.ways import one_button, way_back


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "nav": "explore",
        "trends": trending_tags(),
        "followed": tags_followed(user) if isinstance(user, User) else [],
        "hours": settings.TRENDS_HOURS,
        "halve_hours": settings.TRENDS_HALVE_HOURS,
        "min_people": settings.TRENDS_MIN_PEOPLE,
    }
    return render(request, "web/tags.html", context)


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
