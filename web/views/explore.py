"""Explore: what many care for just now and whom one could follow, for visitors too. Its tags: tag_follows."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.queries import trending_tweet_ids
from timelines.queries import recommended
from tweets.cards import cards_for
from tweets.filtering import Context, filtered
from web.paging import CardPage
from web.people import person_rows


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Trending tweets, all on one page: the list is short and changes as one reads."""
    ids = trending_tweet_ids(request.user)
    cards = cards_for(ids, request.user)
    kept = filtered(cards, request.user, Context.PUBLIC)
    page = CardPage(kept, "", "", "", all_filtered=bool(cards) and not kept)
    return render(request, "web/explore/tweets.html", {"page": page, "nav": "explore", **_numbers()})


@require_safe
def explore_people(request: HttpRequest) -> HttpResponse:
    found = recommended(request.user, settings.MEETING_SHOWN)
    rows = person_rows(request.user, [one.person for one in found])
    rows = [replace(row, reason=_reason(one.common)) for row, one in zip(rows, found, strict=True)]
    return render(request, "web/explore/people.html", {"rows": rows, "nav": "explore"})


def _reason(common: int) -> str:
    if not common:
        return ""
    return f"Followed by {common} whom you follow" if common > 1 else "Followed by somebody you follow"


def _numbers() -> dict[str, Any]:
    """What the page says of how its list is made."""
    return {
        "hours": settings.TRENDS_TWEET_HOURS,
        "halve_hours": settings.TRENDS_TWEET_HALVE_HOURS,
        "by_one": settings.TRENDS_BY_ONE,
    }
