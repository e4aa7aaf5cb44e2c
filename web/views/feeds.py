"""A person's tweets, and those with a tag, for feed readers: RSS 2.0 and Atom from one hand.

Feed readers keep and share what they fetch, so a feed holds only what everybody may read, whoever asks.
What changed they learn by ETag alone: a date would hide that an older tweet was edited or deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html
from django.views.decorators.http import conditional_page, require_safe

from common.errors import NotFound
from common.ids import moment_of
from common.naming import site_name
from tweets.cards import TweetCard
from tweets.models import Tweet
from tweets.text import plain_excerpt, tag_key
from web.outside import outside_address
from web.paging import cursor_page
from web.views.profile import find_person

_TITLE_LENGTH = 80  # characters


@dataclass(frozen=True, slots=True)
class _Format:
    maker: type[SyndicationFeed]
    ending: str
    content_type: str


_RSS = _Format(Rss201rev2Feed, "rss", "application/rss+xml; charset=utf-8")
_ATOM = _Format(Atom1Feed, "atom", "application/atom+xml; charset=utf-8")


@require_safe
@conditional_page
def profile_rss(request: HttpRequest, handle: str) -> HttpResponse:
    return _of_person(request, handle, _RSS)


@require_safe
@conditional_page
def profile_atom(request: HttpRequest, handle: str) -> HttpResponse:
    return _of_person(request, handle, _ATOM)


@require_safe
@conditional_page
def tag_rss(request: HttpRequest, name: str) -> HttpResponse:
    return _of_tag(request, name, _RSS)


@require_safe
@conditional_page
def tag_atom(request: HttpRequest, name: str) -> HttpResponse:
    return _of_tag(request, name, _ATOM)


def _of_person(request: HttpRequest, handle: str, form: _Format) -> HttpResponse:
    """What the person says first-hand: no answers, and no words of others."""
    person = find_person(handle)
    tweets = Tweet.objects.visible_to(request.user).open_to_all().by(person)
    return _feed(
        request,
        tweets.filter(is_reply=False, retweet_of__isnull=True),
        form,
        title=f"{person.shown_name} ({person.full_handle})",
        path=person.path,
        description=person.bio or f"Tweets by {person.shown_name}",
    )


def _of_tag(request: HttpRequest, name: str, form: _Format) -> HttpResponse:
    if name != tag_key(name):
        raise NotFound("No tweet can carry such a tag. Look at the spelling.")
    tweets = Tweet.objects.visible_to(request.user).open_to_all().offered_to(AnonymousUser()).tagged(name)
    title = f"#{name} on {site_name()}"
    return _feed(request, tweets, form, title=title, path=f"/tags/{name}", description=f"Tweets with #{name}")


def _feed(
    request: HttpRequest,
    tweets: QuerySet[Any, Any],
    form: _Format,
    *,
    title: str,
    path: str,
    description: str,
) -> HttpResponse:
    feed = form.maker(
        title=title,
        link=outside_address(path),
        description=description,
        feed_url=f"{outside_address(path)}.{form.ending}",
        language=settings.LANGUAGE_CODE,
    )
    cards = cursor_page(request, tweets, None).cards
    edits = Tweet.objects.filter(id__in=[card.id for card in cards], edited_at__isnull=False)
    edited_at = dict(edits.values_list("id", "edited_at"))
    for card in cards:
        _add(feed, card, edited_at.get(card.id))
    return HttpResponse(feed.writeString("utf-8"), content_type=form.content_type)


def _add(feed: SyndicationFeed, card: TweetCard, edited_at: datetime | None) -> None:
    address = outside_address(card.path)
    feed.add_item(
        title=plain_excerpt(card.gist, _TITLE_LENGTH) or "Picture",
        link=address,
        description=_folded(card) if card.warning else card.html,
        author_name=card.author.shown_name,
        unique_id=address,
        pubdate=moment_of(card.id),
        updateddate=edited_at or moment_of(card.id),
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
