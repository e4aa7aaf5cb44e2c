"""The door of pages to the hub: a push becomes messages, each for those who may know of it.

What goes to many is asked for all of them at once; only whose place or filters need it is read for alone.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from common.realtime import DELIVERED, Push
from common.realtime.subscription import Message
from timelines.queries import follow_large_author, homes_with
from tweets.models import Tweet
from tweets.queries import readers_of
from web.live.asking import unread_news
from web.live.news import (
    Entry,
    News,
    cards_since,
    counts_line,
    counts_news,
    counts_now,
    drawn_card,
    drawn_replies,
    entry_of,
    seen_of,
)
from web.live.places import Place, Viewer, place_of

VISITOR = 0
Drawn = dict[Hashable, list[Message]]


class Word(Enum):
    """What a door tells its own connections."""

    LOOK = "look"  # whether the session is alive


class Public(NamedTuple):
    """Those who get the same: one person, or all visitors, in one place."""

    person_id: int
    place: str


class LivePages:
    """Draws what `docs/architecture.md` describes, as one line of JSON for each message."""

    def draw(
        self, stream: str, pushes: Sequence[Push], publics: Sequence[Hashable]
    ) -> Mapping[Hashable, Sequence[Message]]:
        here = [cast(Public, public) for public in publics]
        kind = stream.partition(":")[0]
        if kind == "account":
            return {public: [Word.LOOK] for public in here}
        if kind in {"notifications", "messages"}:
            return _badges(
                here,
                has_notices=kind == "notifications" and any(one.kind in {"new", "merged"} for one in pushes),
            )
        if kind == "tweet":
            return _tweet(pushes, here)
        if kind == "conversation":
            return _replies(pushes, here)
        return _new(stream, pushes, here)


def line(news: News) -> str:
    return json.dumps(news, separators=(",", ":"))


def _people(publics: Sequence[Public]) -> dict[int, User]:
    """Those who are still here, by id. One query."""
    ids = {public.person_id for public in publics if public.person_id != VISITOR}
    rows = User.objects.for_request().filter(pk__in=ids, state=User.State.ACTIVE) if ids else []
    return {person.pk: person for person in rows}


def _viewers(publics: Sequence[Public]) -> list[tuple[Public, Viewer]]:
    people = _people(publics)
    pairs = (
        (one, AnonymousUser() if one.person_id == VISITOR else people.get(one.person_id)) for one in publics
    )
    return [(public, viewer) for public, viewer in pairs if viewer is not None]


def _badges(publics: Sequence[Public], *, has_notices: bool) -> Drawn:
    drawn: Drawn = {}
    known: dict[int, News] = {}
    for public in publics:
        if public.person_id not in known:
            known[public.person_id] = unread_news(public.person_id)
        news = known[public.person_id]
        is_news = has_notices and public.place == "notifications" and news["unread"][0]
        drawn[public] = [line(news | {"notices": news["unread"][0]} if is_news else news)]
    return drawn


# --- Tweets on the screen --------------------------------------------------------------------------


def _tweet(pushes: Sequence[Push], publics: Sequence[Public]) -> Drawn:
    tweet_id, kinds = pushes[-1].id, {push.kind for push in pushes}
    viewers = _viewers(publics)
    seeing = _who_sees(tweet_id, viewers)
    gone = line({"gone": [str(tweet_id)]})
    drawn: Drawn = {public: [gone] for public, _ in viewers if public not in seeing}
    if not seeing:
        return drawn
    if "changed" in kinds:
        for public, viewer in viewers:
            card = drawn_card(viewer, place_of(viewer, public.place), tweet_id) if public in seeing else None
            if card:
                drawn[public] = [line({"card": card})]
    if "counts" in kinds:
        _add_counts(drawn, tweet_id, [(public, viewer) for public, viewer in viewers if public in seeing])
    return drawn


def _add_counts(drawn: Drawn, tweet_id: int, viewers: Sequence[tuple[Public, Viewer]]) -> None:
    counts = counts_now([tweet_id]).get(tweet_id)
    if counts is None:
        return
    news: News = {"counts": {str(tweet_id): counts_news(counts)}}
    usual, name, on_its_page = line(news), f"tweet:{tweet_id}", ""
    for public, viewer in viewers:
        if isinstance(viewer, User) and viewer.hides_counts:
            continue
        if public.place == name and not on_its_page:
            author = User.objects.filter(tweets=tweet_id).first()
            on_its_page = (
                line(news | {"line": counts_line(f"{author.path}/{tweet_id}", counts)}) if author else usual
            )
        drawn.setdefault(public, []).append(on_its_page if public.place == name else usual)


def _who_sees(tweet_id: int, viewers: Sequence[tuple[Public, Viewer]]) -> set[Public]:
    people = {viewer.pk for _, viewer in viewers if viewer.pk is not None}
    seen = readers_of([tweet_id], people) if people else {}
    visitors_see = len(people) < len(viewers) and tweet_id in seen_of(AnonymousUser(), [tweet_id])
    return {
        public
        for public, viewer in viewers
        if (visitors_see if viewer.pk is None else tweet_id in seen[viewer.pk])
    }


# --- What is new in a place ------------------------------------------------------------------------


def _replies(pushes: Sequence[Push], publics: Sequence[Public]) -> Drawn:
    ids = sorted({push.id for push in pushes})[-settings.LIVE_MOST_NEW :]
    drawn: Drawn = {}
    for public, viewer in _viewers(publics):
        replies = drawn_replies(viewer, ids)
        if replies:
            drawn[public] = [line({"replies": replies})]
    return drawn


def _new(stream: str, pushes: Sequence[Push], publics: Sequence[Public]) -> Drawn:
    ids = sorted({push.id for push in pushes}, reverse=True)[: settings.LIVE_MOST_NEW]
    viewers = _viewers(publics)
    places = {public: place_of(viewer, public.place) for public, viewer in viewers}
    people = {
        viewer.pk: viewer for public, viewer in viewers if places[public].is_plain and viewer.pk is not None
    }
    seen = _seen_plainly(stream, ids, people) if people else {}
    entries = _entries(ids) if seen else {}
    drawn: Drawn = {}
    written: dict[frozenset[int], str] = {}
    for public, viewer in viewers:
        if places[public].is_plain and viewer.pk in seen:
            found = [entries[an_id] for an_id in ids if an_id in seen[viewer.pk] and an_id in entries]
        else:
            found = _read(viewer, places[public], ids)
        if found:
            key = frozenset(entry.id for entry in found)
            if key not in written:
                written[key] = line({"new": [entry.plain() for entry in found]})
            drawn[public] = [written[key]]
    return drawn


def _read(viewer: Viewer, place: Place, ids: Sequence[int]) -> list[Entry]:
    return [entry_of(card) for card in cards_since(viewer, place, min(ids) - 1, only=set(ids))]


def _seen_plainly(stream: str, ids: Sequence[int], people: Mapping[int, User]) -> dict[int, set[int]]:
    """Of these people, who sees which of the tweets where this stream tells of them; without those for
    whom only reading tells, because of filters, of retweets or of a very large author.
    """
    is_home = stream == DELIVERED
    there = homes_with(ids, people) if is_home else {person_id: set(ids) for person_id in people}
    reading = follow_large_author(ids, people) if is_home else set()
    rows = Tweet.objects.filter(pk__in=ids, retweet_of__isnull=False)
    retweets = set(rows.values_list("pk", flat=True))
    for person_id, tweets in there.items():
        if tweets and (people[person_id].filters_revision or tweets & retweets):
            reading.add(person_id)
    plain = {person_id: tweets for person_id, tweets in there.items() if person_id not in reading}
    having = [person_id for person_id, tweets in plain.items() if tweets]
    seen = readers_of(ids, having, but_muted=not is_home) if having else {}
    return {person_id: tweets & seen.get(person_id, set()) for person_id, tweets in plain.items()}


def _entries(ids: Sequence[int]) -> dict[int, Entry]:
    """The faces of their authors. One query."""
    rows = Tweet.objects.filter(pk__in=ids).select_related("author")
    return {
        tweet.pk: Entry(tweet.pk, tweet.author_id, tweet.author.avatar_url) for tweet in rows.only("author")
    }
