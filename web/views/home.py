"""Home: what those one follows say, newest first; while one follows nobody, what is said here."""

from contextlib import suppress
from dataclasses import dataclass, replace
from time import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import Window
from relationships.queries import Relation
from timelines.actions import keep_home
from timelines.queries import Home, people_to_meet
from tweets.cards import cards_for
from tweets.filtering import Context
from tweets.queries import numbered_feed_page
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.paging import CardPage, filled, numbered_page, wanted_number, wants_cursor, window_page
from web.people import PersonRow, person_row
from web.reasons import with_reasons
from web.side import note_strangers, strangers_of
from web.views.local import local_page, local_tweets

_NOTED_SECONDS = 3600  # how often a visit is noted; in between it costs no query
_PEOPLE_TO_MEET = 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """What stands on a home without anybody in it."""

    people: list[PersonRow]

    def leave_out(self, ids: list[int]) -> list[int]:
        return [an_id for an_id in ids if all(an_id != row.person.id for row in self.people)]


@login_required
@require_safe
@vary_on_headers("HX-Request")
def home(request: HttpRequest) -> HttpResponse:
    viewer = cast(User, request.user)
    _note_visit(request, viewer)
    follows_nobody = viewer.following_count == 0
    home = Home(viewer)
    page = _around(request, viewer, home) if follows_nobody else _following(request, viewer, home)
    page = replace(page, cards=with_reasons(page.cards, home))
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    meeting = _meeting(viewer) if follows_nobody and page.is_first else None
    context: dict[str, Any] = {
        "page": page,
        "meeting": meeting,
        "composer": Composer.blank(viewer),
        "nav": "home",
        "live": "home" if page.is_first else "",
    }
    if meeting:  # who stands in the middle need not stand at the side too
        context["strangers"] = meeting.leave_out(strangers_of(request))
    return render(request, "web/home.html", context)


def _note_visit(request: HttpRequest, viewer: User) -> None:
    """Keep the home filled. The session remembers that it was done, for an hour."""
    if time() - request.session.get("home_noted", 0) > _NOTED_SECONDS:
        with suppress(OperationalError):  # reading goes on where nothing can be written
            keep_home(viewer)
        note_strangers(request, viewer)
        request.session["home_noted"] = int(time())


def _following(request: HttpRequest, viewer: User, home: Home) -> CardPage:
    if wants_cursor(request):
        return window_page(request, home.ids, Context.HOME)
    if wanted_number(request) <= 1:
        cards, following = filled(viewer, home.ids)
        older = [following or 0]
        return numbered_page(request, cards, older, 1, Context.HOME, has_older=following is not None)
    # Numbered pages are for reading without scripts; a home is short enough to count from the top.
    size = settings.FEED_PAGE_SIZE
    last = max(-(-settings.HOME_ENTRIES_KEPT // size), 1)
    number = min(max(wanted_number(request), 1), last)
    ids = home.ids(Window(limit=number * size + 1))
    number = min(number, max(-(-len(ids) // size), 1))
    start = (number - 1) * size
    has_older = len(ids) > start + size
    ids = ids[start : start + size]
    return numbered_page(request, cards_for(ids, viewer), ids, number, Context.HOME, has_older=has_older)


def _around(request: HttpRequest, viewer: User, home: Home) -> CardPage:
    """Local, and whatever one said oneself that does not stand there: answers, words for few."""
    if not viewer.tweets_count:
        return local_page(request, Context.HOME)
    if wants_cursor(request):
        return window_page(request, lambda window: _merged(window, viewer, home), Context.HOME)
    size = settings.FEED_PAGE_SIZE
    page = numbered_feed_page(viewer, wanted_number(request), size)
    oldest = page.ids[-1] if page.ids and page.has_older else None
    own = home.ids(Window(limit=size, since_id=oldest)) if page.number == 1 else []
    ids = sorted({*page.ids, *own}, reverse=True)
    return numbered_page(
        request, cards_for(ids, viewer), ids, page.number, Context.HOME, has_older=page.has_older
    )


def _merged(window: Window, viewer: User, home: Home) -> list[int]:
    ids = sorted({*window.ids(local_tweets(viewer)), *home.ids(window)}, reverse=True)
    return ids[-window.limit :] if window.min_id is not None else ids[: window.limit]


def _meeting(viewer: User) -> Meeting:
    people = people_to_meet(viewer, _PEOPLE_TO_MEET)
    return Meeting([person_row(viewer, person, Relation()) for person in people])
