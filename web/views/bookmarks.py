"""Tweets kept for later, seen by oneself alone; keeping one, and letting it go."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from common.paging import whole_id
from tweets.actions import bookmark_tweet, remove_bookmark
from tweets.cards import cards_for
from tweets.queries import kept_by
from web.fragments import wants_fragment
from web.gestures import gesture
from web.paging import CardPage

create = gesture(bookmark_tweet)
destroy = gesture(remove_bookmark)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def bookmarks(request: HttpRequest) -> HttpResponse:
    page = _page(request, cast(User, request.user))
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    return render(request, "web/bookmarks.html", {"page": page, "nav": "bookmarks"})


def _page(request: HttpRequest, person: User) -> CardPage:
    """In the order of keeping, the latest first; the cursor is the bookmark's id, not the tweet's."""
    before = whole_id(request.GET.get("cursor", ""))
    kept = kept_by(person, before=before, limit=settings.FEED_PAGE_SIZE)
    older_url = f"{request.path}?cursor={kept.next_before}" if kept.next_before else ""
    newer_url = request.path if before is not None else ""
    return CardPage(cards_for(kept.tweet_ids, person), newer_url, older_url, older_url)
