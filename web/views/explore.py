"""Explore: what many care for just now and whom one could follow, for visitors too. Its tags: tag_follows."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from analytics.queries import trending_links, trending_tweet_ids
from attachments.models import LinkCard
from common.errors import NotFound
from common.languages import names_of
from timelines.queries import recommended
from tweets.cards import cards_for
from tweets.filtering import Context, filtered
from tweets.models import Tweet
from tweets.page_card import PageCard, page_alone
from tweets.queries import languages_of
from web.fragments import wants_fragment
from web.paging import CardPage, cursor_page
from web.people import person_rows


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """Trending tweets, all on one page: the list is short and changes as one reads."""
    ids = trending_tweet_ids(request.user)
    cards = cards_for(ids, request.user)
    kept = filtered(cards, request.user, Context.PUBLIC)
    page = CardPage(kept, "", "", "", all_filtered=bool(cards) and not kept)
    languages = names_of(languages_of(request.user))
    context = {"page": page, "languages": languages, "nav": "explore", **_numbers()}
    return render(request, "web/explore/tweets.html", context)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A trending page: its card, how many people link to it, where their tweets are."""

    page: PageCard
    people: int
    path: str


@require_safe
def explore_links(request: HttpRequest) -> HttpResponse:
    is_covered = _covers_all(request)
    rows = [
        LinkRow(page_alone(link.card, is_covered=is_covered), link.people, f"/explore/links/{link.card.pk}/")
        for link in trending_links()
    ]
    told = {
        "hours": settings.TRENDS_LINK_HOURS,
        "halve_hours": settings.TRENDS_LINK_HALVE_HOURS,
        "least": settings.TRENDS_MIN_PEOPLE,
    }
    return render(request, "web/explore/links.html", {"rows": rows, "nav": "explore", **told})


@require_safe
@vary_on_headers("HX-Request")
def link_tweets(request: HttpRequest, card_id: int) -> HttpResponse:
    """Tweets that link to one page. A page that no tweet links to before the reader's eyes is not there: that
    somebody linked to it in private is nobody else's affair.
    """
    card = LinkCard.objects.ready().filter(pk=card_id).first()
    if card is None:
        raise _no_link()
    tweets = Tweet.objects.visible_to(request.user).but_messages().offered_to(request.user)
    page = cursor_page(request, tweets.filter(link_card=card), Context.PUBLIC)
    if page.is_empty:
        raise _no_link()
    page = replace(page, cards=[replace(card, page=None) for card in page.cards])  # it stands above them all
    if wants_fragment(request):
        return render(request, "web/_feed_page.html", {"page": page})
    linked = page_alone(card, is_covered=_covers_all(request))
    return render(request, "web/explore/link.html", {"linked": linked, "page": page, "nav": "explore"})


def _no_link() -> NotFound:
    return NotFound("Nobody links to this page any more.")


def _covers_all(request: HttpRequest) -> bool:
    reader = request.user
    return isinstance(reader, User) and reader.pictures_shown == User.PicturesShown.NONE


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
