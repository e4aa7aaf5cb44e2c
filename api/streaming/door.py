"""The door of apps to the hub: a push becomes events, each for those who may know of it.

A tweet is drawn once for all to whom it looks the same, and an event is written once for all lines that say
it in the same words.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple, cast

from accounts.models import User
from api.answers import encode
from api.shapes.announcements import announcement
from api.shapes.conversations import conversations
from api.shapes.notifications import TYPES, notifications
from api.shapes.statuses import for_each
from api.streaming.channels import Channel
from api.streaming.wanted import Gone, who_had, who_wants, who_wants_changed
from common.paging import Window
from common.realtime import DELIVERED, Push
from common.realtime.sse import to_event
from common.realtime.subscription import Message
from conversations.queries import participations_with
from notifications.queries import Wanted, told_page
from server.queries import announced_to, reactions_count

_MOST_TOLD = 80  # notifications of one person in one go
_TOLD = ("new", "message")  # kinds of pushes: what pages list, and what they tell in Messages


class Word(Enum):
    """What the door tells its own lines."""

    LOOK = "look"  # whether the token still opens something


class Line(NamedTuple):
    """Those who get the same: one person, on one channel, in the words of one of both ways."""

    person_id: int
    channel: Channel
    is_socket: bool


class Event(NamedTuple):
    """Its name and its payload, which is JSON; None where the name says it all."""

    name: str
    payload: bytes | None


People = Mapping[Line, User]
Told = dict[Line, list[Event]]


class Streams:
    """Draws what Mastodon's documentation describes: text for sockets, bytes for server-sent events."""

    def draw(
        self, stream: str, pushes: Sequence[Push], publics: Sequence[Hashable]
    ) -> Mapping[Hashable, Sequence[Message]]:
        lines = [cast(Line, public) for public in publics]
        kind = stream.partition(":")[0]
        if kind == "account":
            return {line: [Word.LOOK] for line in lines}
        tell = _WAYS.get(kind, _tell_new)
        pen = _Pen()
        told = tell(stream, pushes, _people(lines))
        return {line: [pen.write(line, event) for event in events] for line, events in told.items()}


class _Pen:
    """Writes an event down, once for all who get it in the same words."""

    def __init__(self) -> None:
        self._written: dict[tuple[Channel | None, Event], str | bytes] = {}

    def write(self, line: Line, event: Event) -> str | bytes:
        key = (line.channel if line.is_socket else None, event)
        known = self._written.get(key)
        if known is None:
            known = self._written[key] = _for_socket(line.channel, event) if line.is_socket else _sent(event)
        return known


def _for_socket(channel: Channel, event: Event) -> str:
    said = {"stream": channel.label, "event": event.name}
    if event.payload is not None:
        said["payload"] = event.payload.decode()  # JSON within JSON, as clients expect it
    return encode(said).decode()


def _sent(event: Event) -> bytes:
    return to_event(event.name, "undefined" if event.payload is None else event.payload.decode())


def _people(lines: Sequence[Line]) -> dict[Line, User]:
    """Whose lines they are, without those who are suspended or leaving. One query."""
    rows = User.objects.for_request().filter(
        pk__in={line.person_id for line in lines}, state=User.State.ACTIVE
    )
    known = {person.pk: person for person in rows}
    return {line: known[line.person_id] for line in lines if line.person_id in known}


# --- What one person is told ------------------------------------------------------------------------


def _tell_notifications(stream: str, pushes: Sequence[Push], people: People) -> Told:
    """All lines are of one person. A push of many has the ids of the first and the last row."""
    spans = [
        (push.id, int(push.more.get("last", push.id))) for push in pushes if push.kind in _TOLD and push.id
    ]
    merged = [Event("notifications_merged", None)] if any(push.kind == "merged" for push in pushes) else []
    told: Told = {}
    for line, person in people.items():
        told.setdefault(line, []).extend(merged)
        if spans:
            window = Window(
                limit=_MOST_TOLD,
                since_id=min(first for first, _ in spans) - 1,
                max_id=max(last for _, last in spans) + 1,
            )
            rows = told_page(person, Wanted(tuple(TYPES)), window)[::-1]
            new = [row for row in rows if any(first <= row.id <= last for first, last in spans)]
            told[line] += [Event("notification", drawn) for drawn in notifications(new, person)]
    return told


def _tell_messages(stream: str, pushes: Sequence[Push], people: People) -> Told:
    ids = [push.id for push in pushes if push.kind == "new"]
    return {
        line: [
            Event("conversation", encode(one))
            for one in conversations(participations_with(person, ids)[::-1], person)
        ]
        for line, person in people.items()
        if ids
    }


def _tell_filters(stream: str, pushes: Sequence[Push], people: People) -> Told:
    return {line: [Event("filters_changed", None)] for line in people}


def _tell_announcements(stream: str, pushes: Sequence[Push], people: People) -> Told:
    told: Told = {}
    gone = {push.id for push in pushes if push.kind == "gone"}
    for an_id in dict.fromkeys(push.id for push in pushes if push.kind == "new" and push.id not in gone):
        seen = announced_to(an_id, {person.pk for person in people.values()})
        drawn = {facts: Event("announcement", encode(announcement(facts))) for facts in set(seen.values())}
        for line, person in people.items():
            if person.pk in seen:
                told.setdefault(line, []).append(drawn[seen[person.pk]])
    reacted = {(push.id, str(push.more.get("name"))) for push in pushes if push.kind == "reaction"}
    events = [event for event in map(_reaction, sorted(reacted)) if event is not None]
    for event in [*events, *(Event("announcement.delete", b"%d" % an_id) for an_id in gone)]:
        for line in people:
            told.setdefault(line, []).append(event)
    return told


def _reaction(what: tuple[int, str]) -> Event | None:
    """How many put that emoji there by now; None where nothing is announced any more."""
    an_id, name = what
    count = reactions_count(an_id, name)
    said = {"name": name, "count": count, "announcement_id": str(an_id)}
    return None if count is None else Event("announcement.reaction", encode(said))


# --- Tweets -----------------------------------------------------------------------------------------


def _tell_new(stream: str, pushes: Sequence[Push], people: People) -> Told:
    ids = sorted({push.id for push in pushes if push.kind == "new"})
    told: Told = {}
    for tweet_id, lines in who_wants(ids, _channels(people), but_own=stream == DELIVERED).items():
        _add_status(told, "update", tweet_id, lines, people)
    return told


def _tell_changes(stream: str, pushes: Sequence[Push], people: People) -> Told:
    """What says something else, and then what is gone; each once."""
    told: Told = {}
    gone = {push.id: _gone(push) for push in pushes if push.kind == "gone"}
    for tweet_id in dict.fromkeys(push.id for push in pushes if push.id not in gone):
        lines = who_wants_changed(tweet_id, _channels(people))
        _add_status(told, "status.update", tweet_id, lines, people)
    for tweet_id, facts in gone.items():
        event = Event("delete", b"%d" % tweet_id)
        for line in who_had(facts, _channels(people)):
            told.setdefault(cast(Line, line), []).append(event)
    return told


def _add_status(told: Told, name: str, tweet_id: int, lines: Iterable[Hashable], people: People) -> None:
    wanting = [cast(Line, line) for line in lines]
    viewers = {people[line].pk: people[line] for line in wanting}
    drawn = for_each(tweet_id, list(viewers.values()))
    for line in wanting:
        if line.person_id in drawn:
            told.setdefault(line, []).append(Event(name, drawn[line.person_id]))


def _channels(people: People) -> dict[Hashable, tuple[Channel, User]]:
    return {line: (line.channel, person) for line, person in people.items()}


def _gone(push: Push) -> Gone:
    more = push.more
    named = str(more.get("named", "")).split()
    return Gone(
        tweet_id=push.id,
        author_id=int(more.get("author", 0)),
        is_open=bool(more.get("open")),
        is_direct=bool(more.get("direct")),
        is_held=bool(more.get("held")),
        named=frozenset(map(int, named)),
    )


_WAYS: Mapping[str, Callable[[str, Sequence[Push], People], Told]] = {
    "notifications": _tell_notifications,
    "messages": _tell_messages,
    "filters": _tell_filters,
    "changes": _tell_changes,
    "announced": _tell_announcements,
}
