"""Whom one follows, blocks, keeps and likes, as tables that Mastodon's import reads (its models/export.rb).

Each table is a generator of rows, read a thousand at a time: it costs the same memory however long it is.
"""

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from relationships.models import Block, BlockedDomain, Follow, Mute
from timelines.models import ListMember
from tweets.models import Bookmark, Like, Tweet

_READ_AT_ONCE = 1000
Row = list[str]
Table = Callable[[User], Iterator[Row]]


def as_csv(rows: Iterator[Row]) -> Iterator[bytes]:
    """Their text, some rows at a time."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % _READ_AT_ONCE == 0:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def _follows(owner: User) -> Iterator[Row]:
    yield ["Account address", "Show boosts", "Notify on new posts", "Languages"]
    for row in _walk(Follow.objects.filter(follower=owner).select_related("followed")):
        yield [
            _address(row.followed),
            _yes(row.shows_retweets),
            _yes(row.notifies),
            ", ".join(row.languages_read),
        ]


def _followers(owner: User) -> Iterator[Row]:
    """Nobody can import these: following is the other's decision."""
    yield ["Account address"]
    for row in _walk(Follow.objects.filter(followed=owner).select_related("follower")):
        yield [_address(row.follower)]


def _lists(owner: User) -> Iterator[Row]:
    members = ListMember.objects.filter(people_list__owner=owner)
    for row in _walk(members.select_related("people_list", "follow__followed")):
        yield [row.people_list.title, _address(row.person)]


def _blocks(owner: User) -> Iterator[Row]:
    for row in _walk(Block.objects.filter(blocker=owner).select_related("blocked")):
        yield [_address(row.blocked)]


def _mutes(owner: User) -> Iterator[Row]:
    yield ["Account address", "Hide notifications"]
    in_force = Mute.objects.in_force(timezone.now()).filter(muter=owner)
    for row in _walk(in_force.select_related("muted")):
        yield [_address(row.muted), _yes(row.hides_notifications)]


def _blocked_domains(owner: User) -> Iterator[Row]:
    for row in _walk(BlockedDomain.objects.filter(owner=owner)):
        yield [row.domain]


def _bookmarks(owner: User) -> Iterator[Row]:
    return _addresses_of(owner, Bookmark.objects.filter(person=owner))


def _likes(owner: User) -> Iterator[Row]:
    """Mastodon has no import for these; one address in each line, as for bookmarks."""
    return _addresses_of(owner, Like.objects.filter(person=owner))


# By the names under which Mastodon's own pages hand them out; the last two have none there.
TABLES: dict[str, Table] = {
    "following_accounts.csv": _follows,
    "lists.csv": _lists,
    "blocked_accounts.csv": _blocks,
    "muted_accounts.csv": _mutes,
    "blocked_domains.csv": _blocked_domains,
    "bookmarks.csv": _bookmarks,
    "followers.csv": _followers,
    "likes.csv": _likes,
}


def tweet_address(tweet: Tweet) -> str:
    """Where the tweet is; needs its author loaded."""
    return tweet.uri or f"{settings.SITE_URL}{tweet.path}"


def _addresses_of(owner: User, rows: "QuerySet[Any, Any]") -> Iterator[Row]:
    """Of the tweets that the owner may still read."""
    last: int | None = None
    while found := list((rows.filter(id__lt=last) if last else rows).order_by("-id")[:_READ_AT_ONCE]):
        last = found[-1].pk
        readable = Tweet.objects.visible_to(owner).select_related("author")
        tweets = readable.in_bulk([row.tweet_id for row in found])
        for row in found:
            if row.tweet_id in tweets:
                yield [tweet_address(tweets[row.tweet_id])]


def _walk(rows: "QuerySet[Any, Any]") -> Iterator[Any]:
    """The latest first, so many at a time, without holding a question open for long."""
    last: int | None = None
    while found := list((rows.filter(id__lt=last) if last else rows).order_by("-id")[:_READ_AT_ONCE]):
        yield from found
        last = found[-1].pk


def _address(person: User) -> str:
    return person.full_handle.removeprefix("@")


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"
