"""Counting for each author what others did with their tweets on the days that are over.

Likes and tweets are read once, in the order of their ids, from where the last count ended. What is counted
and how far that is are written in one transaction, so a crash at any instant counts nothing twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from analytics.models import AuthorDay, LeftOut, RollUp
from common.ids import id_at, moment_of
from tweets.models import Like, Tweet

_HOURS = 24
_WAIT_SECONDS = 120  # after midnight, for what is just being written
_PEOPLE_AT_ONCE = 2000
_COUNTS = ("likes", "retweets", "quotes", "replies")

_Deed = tuple[str, int, datetime]  # which count, whose tweet, when
_SAID = ("id", "author_id", "retweet_of__author_id", "quote_of__author_id", "reply_to__author_id")


@dataclass(slots=True)
class _Day:
    """What one author's day gets more."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    hours: list[int] = field(default_factory=lambda: [0] * _HOURS)


def roll_up_days() -> None:
    """Count what was not counted yet of the days before today (of UTC). Safe to run at any time, also twice
    at once; on most calls there is nothing to do and it takes one query. Transactions of
    STATISTICS_READ_AT_ONCE rows.

    At the first call it reads all likes there are, and the tweets of STATISTICS_KEPT_DAYS: after
    STATISTICS_ROLL_UP_SECONDS it leaves the rest to the next call.
    """
    midnight = _midnight(timezone.now() - timedelta(seconds=_WAIT_SECONDS))
    yesterday = midnight.date() - timedelta(days=1)
    row, _ = RollUp.objects.get_or_create(pk=1)
    if row.follower_day is not None and row.follower_day >= yesterday:
        return
    until = monotonic() + settings.STATISTICS_ROLL_UP_SECONDS
    for count in (_count_likes, _count_tweets, _note_followers):
        while count(midnight):
            if monotonic() > until:
                return


@transaction.atomic
def _count_likes(midnight: datetime) -> bool:
    """The next stretch of likes. Whether there may be more."""
    row = _held()
    likes = (
        Like.objects.filter(id__gt=row.like_id)
        .order_by("id")
        .values_list("id", "created_at", "person_id", "tweet__author_id")
    )
    deeds: list[_Deed] = []
    read, size = 0, settings.STATISTICS_READ_AT_ONCE
    for like_id, moment, person_id, author_id in likes[:size]:
        if moment >= midnight:
            break
        row.like_id, read = like_id, read + 1
        if person_id != author_id:
            deeds.append(("likes", author_id, moment))
    _write(deeds, midnight)
    row.save(update_fields=["like_id"])
    return read == size


@transaction.atomic
def _count_tweets(midnight: datetime) -> bool:
    """The same for retweets, quotes and replies, which are tweets; messages are none of them. What is held or
    hidden is left for `count_left_out`.
    """
    row = _held()
    since = max(row.tweet_id, id_at(_oldest(midnight)))
    said = (
        Tweet.objects.but_messages()
        .filter(id__gt=since, id__lt=id_at(midnight))
        .order_by("id")
        .values_list(*_SAID, "held_at", "hidden_at")
    )
    found = list(said[: settings.STATISTICS_READ_AT_ONCE])
    deeds: list[_Deed] = []
    left_out: list[LeftOut] = []
    for *tweet, held_at, hidden_at in found:
        done = _deeds(*tweet)
        if held_at is None and hidden_at is None:
            deeds += done
        elif done:
            left_out.append(LeftOut(tweet_id=tweet[0]))
    _write(deeds, midnight)
    LeftOut.objects.bulk_create(left_out, ignore_conflicts=True)
    if found:
        row.tweet_id = found[-1][0]
        row.save(update_fields=["tweet_id"])
    return len(found) == settings.STATISTICS_READ_AT_ONCE


@transaction.atomic
def count_left_out(tweet_id: int) -> None:
    """Add to its day what was held or hidden when that day was counted and is seen by now. Safe to run twice
    and beside `roll_up_days`: it counts once. Most tweets are none of these and take three queries.
    """
    if not RollUp.objects.select_for_update().filter(pk=1).exists():
        return
    found = Tweet.objects.counted().filter(pk=tweet_id).values_list(*_SAID).first()
    if found is not None and LeftOut.objects.filter(pk=tweet_id).delete()[0]:
        _write(_deeds(*found), _midnight(timezone.now()))


def _deeds(tweet_id: int, author_id: int, *people: int | None) -> list[_Deed]:
    """What this tweet did with tweets of others; `people` are their authors, as in _SAID."""
    return [
        (name, person_id, moment_of(tweet_id))
        for name, person_id in zip(("retweets", "quotes", "replies"), people, strict=True)
        if person_id is not None and person_id != author_id
    ]


@transaction.atomic
def _note_followers(midnight: datetime) -> bool:
    """How many followers the next people here have, where it is another number than the last one noted."""
    row, yesterday = _held(), midnight.date() - timedelta(days=1)
    noted = AuthorDay.objects.filter(author_id=OuterRef("pk"), followers__isnull=False).order_by("-day")
    last = Coalesce(Subquery(noted.values("followers")[:1], output_field=IntegerField()), 0)
    people = User.objects.local().filter(id__gt=row.followed_id).order_by("id")
    found = list(people.annotate(last=last).values_list("id", "followers_count", "last")[:_PEOPLE_AT_ONCE])
    AuthorDay.objects.bulk_create(
        [
            AuthorDay(author_id=an_id, day=yesterday, followers=now)
            for an_id, now, last in found
            if now != last
        ],
        update_conflicts=True,
        unique_fields=["author_id", "day"],
        update_fields=["followers"],
    )
    is_last = len(found) < _PEOPLE_AT_ONCE
    row.followed_id = 0 if is_last else found[-1][0]
    row.follower_day = yesterday if is_last else row.follower_day
    row.save(update_fields=["followed_id", "follower_day"])
    return not is_last


def _write(deeds: Iterable[_Deed], midnight: datetime) -> None:
    """Add them to their days; what is older than is kept is left out."""
    days: dict[tuple[int, date], _Day] = {}
    oldest = _oldest(midnight)
    for name, author_id, moment in deeds:
        if moment >= oldest:
            here = moment.astimezone(UTC)
            day = days.setdefault((author_id, here.date()), _Day())
            day.counts[name] += 1
            day.hours[here.hour] += 1
    for part in _parts(sorted(days), settings.STATISTICS_ROWS_AT_ONCE):
        _add({key: days[key] for key in part})


def _add(days: dict[tuple[int, date], _Day]) -> None:
    authors, dates = {author for author, _ in days}, {day for _, day in days}
    rows = AuthorDay.objects.filter(author_id__in=authors, day__in=dates)
    before = {(row.author_id, row.day): row for row in rows}
    changed = []
    for (author_id, day), more in days.items():
        row = before.get((author_id, day)) or AuthorDay(author_id=author_id, day=day)
        for name, number in more.counts.items():
            setattr(row, name, getattr(row, name) + number)
        row.hours = [a + b for a, b in zip(row.hours or [0] * _HOURS, more.hours, strict=True)]
        changed.append(row)
    AuthorDay.objects.bulk_create(
        [_fresh(row) for row in changed],
        update_conflicts=True,
        unique_fields=["author_id", "day"],
        update_fields=[*_COUNTS, "hours"],
    )


def _fresh(row: AuthorDay) -> AuthorDay:
    """Without its id: found by author and day."""
    row.pk = None
    return row


def _parts(keys: list[tuple[int, date]], size: int) -> Iterator[list[tuple[int, date]]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _held() -> RollUp:
    """The row of how far it is, which nobody else moves meanwhile."""
    return RollUp.objects.select_for_update().get(pk=1)


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _oldest(midnight: datetime) -> datetime:
    return midnight - timedelta(days=settings.STATISTICS_KEPT_DAYS)
