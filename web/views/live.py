"""For pages that ask by themselves: what came since they were drawn, and the tweets behind the pill."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from common.errors import Invalid
from common.paging import whole_id
from common.replicas.routing import from_primary
from tweets.cards import TweetCard
from web.live.asking import answer
from web.live.door import line
from web.live.news import cards_since
from web.live.places import Place, place_of
from web.reasons import with_reasons


@require_safe
@from_primary  # a push may be quicker than a copy
def news(request: HttpRequest) -> HttpResponse:
    """`?place=home&since=ID&tweets=ID,ID`: JSON as sockets carry it; 304 while nothing changes."""
    since = _id(request, "since")
    told = [whole_id(text) for text in request.GET.get("tweets", "").split(",")[: settings.LIVE_MOST_WATCHED]]
    place = place_of(request.user, request.GET.get("place", ""))
    body = line(answer(request.user, place, since, [an_id for an_id in told if an_id]))
    etag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    response = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
    response["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
@from_primary
def tweets(request: HttpRequest) -> HttpResponse:
    """`?place=home&from=ID`: the cards that stand there from that id on, as the page draws them."""
    place = place_of(request.user, request.GET.get("place", ""))
    cards = _cards(request, place)
    response = render(request, "web/_feed_cards.html", {"page": {"cards": cards[: settings.LIVE_MOST_NEW]}})
    response["Cache-Control"] = "private, no-store"
    return response


def _cards(request: HttpRequest, place: Place) -> list[TweetCard]:
    cards = cards_since(request.user, place, max(_id(request, "from") - 1, 0))
    return with_reasons(cards, place.home) if place.home else cards


def _id(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    found = 0 if text == "0" else whole_id(text)
    if found is None:
        raise Invalid("This address is damaged. Reload the page.")
    return found
