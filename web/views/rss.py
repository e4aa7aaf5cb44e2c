"""A person's tweets for feed readers (RSS 2.0)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.views.decorators.http import require_safe

from common.ids import moment_of
from tweets.cards import TweetCard
from tweets.models import Tweet
from tweets.text import plain_excerpt
from web.paging import cursor_page
from web.views.profile import find_person

_TITLE_LENGTH = 80  # characters


@require_safe
def profile_rss(request: HttpRequest, handle: str) -> HttpResponse:
    person = find_person(handle)
    page = cursor_page(request, Tweet.objects.visible_to(request.user).by(person), None)
    feed = Rss201rev2Feed(
        title=f"{person.shown_name} ({person.full_handle})",
        link=settings.SITE_URL + person.path,
        description=person.bio or f"Tweets by {person.shown_name}",
        feed_url=f"{settings.SITE_URL}{person.path}.rss",
        language=settings.LANGUAGE_CODE,
    )
    for card in page.cards:
        _add(feed, card)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _add(feed: Rss201rev2Feed, card: TweetCard) -> None:
    address = settings.SITE_URL + card.path
    feed.add_item(
        title=plain_excerpt(card.text, _TITLE_LENGTH) or "Picture",
        link=address,
        description=card.html,
        unique_id=address,
        pubdate=moment_of(card.id),
        enclosures=[_enclosure(image.full_url) for image in card.images[:1]],
    )


def _enclosure(url: str) -> Enclosure:
    return Enclosure(_absolute(url), "0", _type_of(url))


def _absolute(url: str) -> str:
    return url if url.startswith("http") else settings.SITE_URL + url


def _type_of(url: str) -> str:
    kind = url.rsplit(".", 1)[-1].lower()
    return "image/" + {"jpg": "jpeg"}.get(kind, kind)
