"""A person's tweets, and those with a tag, for feed readers (RSS 2.0).

Feed readers keep and share what they fetch, so a feed holds only what everybody may read, whoever asks.
"""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from common.errors import NotFound
from common.ids import moment_of
from tweets.cards import TweetCard
from tweets.models import Tweet
from tweets.text import plain_excerpt, tag_key
from web.outside import outside_address
from web.paging import cursor_page
from web.views.profile import find_person

_TITLE_LENGTH = 80  # characters


@require_safe
def profile_rss(request: HttpRequest, handle: str) -> HttpResponse:
    """What the person says first-hand: no answers, and no words of others."""
    person = find_person(handle)
    tweets = Tweet.objects.visible_to(request.user).open_to_all().by(person)
    return _feed(
        request,
        tweets.filter(is_reply=False, retweet_of__isnull=True),
        title=f"{person.shown_name} ({person.full_handle})",
        path=person.path,
        description=person.bio or f"Tweets by {person.shown_name}",
    )


@require_safe
def tag_rss(request: HttpRequest, name: str) -> HttpResponse:
    if name != tag_key(name):
        raise NotFound("No tweet can carry such a tag. Look at the spelling.")
    tweets = Tweet.objects.visible_to(request.user).open_to_all().tagged(name)
    title = f"#{name} on {settings.SITE_NAME}"
    return _feed(request, tweets, title=title, path=f"/tags/{name}", description=f"Tweets with #{name}")


def _feed(
    request: HttpRequest, tweets: QuerySet[Any, Any], *, title: str, path: str, description: str
) -> HttpResponse:
    feed = Rss201rev2Feed(
        title=title,
        link=outside_address(path),
        description=description,
        feed_url=f"{outside_address(path)}.rss",
        language=settings.LANGUAGE_CODE,
    )
    for card in cursor_page(request, tweets, None).cards:
        _add(feed, card)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _add(feed: Rss201rev2Feed, card: TweetCard) -> None:
    address = outside_address(card.path)
    feed.add_item(
        title=plain_excerpt(card.gist, _TITLE_LENGTH) or "Picture",
        link=address,
        description=_folded(card) if card.warning else card.html,
        author_name=card.author.shown_name,
        unique_id=address,
        pubdate=moment_of(card.id),
        enclosures=[_enclosure(image.full_url) for image in card.shown_unasked[:1]],
    )


def _folded(card: TweetCard) -> str:
    """Feed readers show what they get at once: so they get the warning, and a way to the rest."""
    return format_html(
        '<p>{}</p><p><a href="{}">Read it here</a></p>', card.warning, outside_address(card.path)
    )


def _enclosure(url: str) -> Enclosure:
    return Enclosure(outside_address(url), "0", _type_of(url))


def _type_of(url: str) -> str:
    kind = url.rsplit(".", 1)[-1].lower()
    return "image/" + {"jpg": "jpeg"}.get(kind, kind)
