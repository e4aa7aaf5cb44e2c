"""Pages of tweets as apps ask for them: what somebody said, what is public, what carries a tag.

The SQL of each combination of flags is written once (common/pages).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import cast

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from common.pages import PreparedPages
from common.paging import Window
from tweets.models import Tweet, TweetHashtag, TweetImage, TweetQuerySet
from tweets.queries.languages import ids_in_languages, languages_of
from tweets.queries.shown import Viewer

_TAGS_MOST = 4  # beside the first one


@dataclass(frozen=True, slots=True)
class Said:
    """Which of somebody's tweets are wanted. An answer to oneself is no reply here."""

    only_media: bool = False
    but_replies: bool = False
    but_retweets: bool = False
    only_pinned: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Public:
    """Which public tweets are wanted. No other server speaks to this one yet, so none is remote."""

    only_remote: bool = False
    only_media: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """With the tag or one of `any_of`, with each of `all_of`, with none of `none_of`; spelled as keys."""

    tag: str
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    origin: Public = Public()


def said_ids(viewer: Viewer, person: User, wanted: Said, window: Window) -> list[int]:
    """Ids of what the person said and the viewer may read, pinned ones in their place too. One query."""
    if wanted.tag:
        return window.ids(_said(wanted, viewer.pk, person.pk).tagged(wanted.tag))
    return _pages_of(wanted).ids(window, viewer_id=viewer.pk, person_id=person.pk)


def public_ids(viewer: Viewer, wanted: Public, window: Window) -> list[int]:
    """Ids of what stands on the public timeline, in the viewer's languages. One query."""
    if wanted.only_remote:
        return []
    now = _now(viewer)
    if languages := languages_of(viewer):
        return ids_in_languages(_public(wanted, viewer.pk, now), languages, window)
    return _public_pages(wanted).ids(window, viewer_id=viewer.pk, now=now)


def tagged_ids(viewer: Viewer, wanted: Tagged, window: Window) -> list[int]:
    """Ids of what carries the tags and the viewer may read, in the viewer's languages. One query."""
    if wanted.origin.only_remote:
        return []
    rows = Tweet.objects.visible_to(viewer).but_messages().offered_to(viewer, _now(viewer))
    rows = rows.in_languages(languages_of(viewer))
    rows = _narrowed(rows, wanted.origin).filter(_carries([wanted.tag, *wanted.any_of[:_TAGS_MOST]]))
    for name in wanted.all_of[:_TAGS_MOST]:
        rows = rows.filter(_carries([name]))
    if wanted.none_of:
        rows = rows.exclude(_carries(wanted.none_of[:_TAGS_MOST]))
    return window.ids(rows)


@cache
def _pages_of(wanted: Said) -> PreparedPages:
    return PreparedPages(lambda **values: _said(wanted, **values))


@cache
def _public_pages(wanted: Public) -> PreparedPages:
    return PreparedPages(lambda **values: _public(wanted, **values))


def _said(wanted: Said, viewer_id: int | None, person_id: int) -> TweetQuerySet:
    rows = Tweet.objects.visible_to(_viewer(viewer_id)).but_messages().filter(author_id=person_id)
    if wanted.only_media:
        rows = rows.filter(Exists(TweetImage.objects.filter(tweet=OuterRef("pk"))))
    if wanted.but_replies:
        rows = rows.filter(Q(is_reply=False) | Q(reply_to_author_id=F("author_id")))
    if wanted.but_retweets:
        rows = rows.filter(retweet_of__isnull=True)
    if wanted.only_pinned:
        rows = rows.filter(pinned_at__isnull=False)
    return rows


def _public(wanted: Public, viewer_id: int | None, now: datetime | None) -> TweetQuerySet:
    viewer = _viewer(viewer_id)
    rows = Tweet.objects.visible_to(viewer).on_public_timelines().offered_to(viewer, now)
    return _narrowed(rows, wanted)


def _narrowed(rows: TweetQuerySet, wanted: Public) -> TweetQuerySet:
    if wanted.only_media:
        rows = rows.filter(Exists(TweetImage.objects.filter(tweet=OuterRef("pk"))))
    return rows


def _carries(names: Iterable[str]) -> Exists:
    return Exists(TweetHashtag.objects.filter(tweet=OuterRef("pk"), hashtag__name__in=list(names)))


def _now(viewer: Viewer) -> datetime | None:
    """A visitor mutes nobody, so for one the time of day is no part of the question."""
    return None if viewer.pk is None else timezone.now()


def _viewer(viewer_id: int | None) -> User:
    """Only what the rules ask of a viewer, as in shown.py."""
    return cast(User, SimpleNamespace(pk=viewer_id))
