"""What a page shows that may grow: its name, what it listens to, and how it is read anew."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.errors import HouseError
from common.paging import Window, whole_id
from common.realtime import (
    DELIVERED,
    LOCAL,
    account_of,
    conversation,
    home_of,
    messages_of,
    notifications_of,
    tagged,
)
from timelines.queries import Home, list_for, list_ids
from tweets.filtering import Context
from tweets.models import Tweet
from tweets.queries import ids_in_languages, languages_of, original_for
from tweets.text import tag_key
from web.views.local import local_tweets
from web.views.tag import tagged_tweets

Viewer = User | AnonymousUser
Reader = Callable[[Window], list[int]]


@dataclass(frozen=True, slots=True)
class Place:
    """`name` as the page says it. `read` gives the ids of what stands there; None where nothing is listed.

    `is_plain` when everybody who stands in the same place gets what is pushed to its streams, but for what
    they may not see, do not want to come across or filter; else only reading tells.
    """

    name: str
    streams: tuple[str, ...] = ()
    read: Reader | None = None
    context: Context = Context.PUBLIC
    home: Home | None = None
    is_plain: bool = False
    focus: Tweet | None = None  # the tweet whose conversation it is


def place_of(viewer: Viewer, name: str) -> Place:
    """The place as this viewer finds it; an empty one where there is nothing for them."""
    kind, _, which = name.partition(":")
    find = _KINDS.get(kind)
    try:
        return (find(viewer, which) if find else None) or Place("")
    except HouseError:  # what is not theirs, or not there any more
        return Place("")


def streams_for(viewer: Viewer, place: Place) -> list[str]:
    """What a page in this place listens to: the place's own, and what concerns the viewer anywhere."""
    if viewer.pk is None:
        return list(place.streams)
    return [*place.streams, account_of(viewer.pk), notifications_of(viewer.pk), messages_of(viewer.pk)]


def _home(viewer: Viewer, which: str) -> Place | None:
    if not isinstance(viewer, User) or which:
        return None
    home = Home(viewer)
    if viewer.following_count:
        streams = (DELIVERED, home_of(viewer.pk))
        return Place("home", streams, home.ids, Context.HOME, home, is_plain=True)
    rows = local_tweets(viewer)

    def read(window: Window) -> list[int]:
        return sorted({*window.ids(rows), *home.ids(window)}, reverse=True)[: window.limit]

    return Place("home", (LOCAL, home_of(viewer.pk)), read, Context.HOME, home)


def _local(viewer: Viewer, which: str) -> Place | None:
    rows = local_tweets(viewer)
    languages = languages_of(viewer)

    def read(window: Window) -> list[int]:
        return ids_in_languages(rows, languages, window) if languages else window.ids(rows)

    return None if which else Place("local", (LOCAL,), read, is_plain=not languages)


def _tag(viewer: Viewer, which: str) -> Place | None:
    if not which or which != tag_key(which):
        return None
    rows = tagged_tweets(viewer, which)
    is_plain = not languages_of(viewer)
    return Place(f"tag:{which}", (tagged(which),), lambda window: window.ids(rows), is_plain=is_plain)


def _list(viewer: Viewer, which: str) -> Place | None:
    list_id = whole_id(which)
    if list_id is None or not isinstance(viewer, User):
        return None
    people = list_for(viewer, list_id)
    return Place(f"list:{list_id}", (DELIVERED,), lambda window: list_ids(people, window), Context.HOME)


def _thread(viewer: Viewer, which: str) -> Place | None:
    tweet_id = whole_id(which)
    if tweet_id is None:
        return None
    focus = original_for(viewer, tweet_id)
    streams = (conversation(focus.conversation_id),)
    return Place(f"tweet:{focus.pk}", streams, context=Context.THREAD, focus=focus)


def _notifications(viewer: Viewer, which: str) -> Place | None:
    return None if which or viewer.pk is None else Place("notifications")


_KINDS: dict[str, Callable[[Viewer, str], Place | None]] = {
    "home": _home,
    "local": _local,
    "tag": _tag,
    "list": _list,
    "tweet": _thread,
    "notifications": _notifications,
}
