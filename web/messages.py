"""Messages as their pages draw them: lines of the inbox, and one conversation with its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import time
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from common.ids import moment_of
from common.paging import Window, whole_id
from conversations.models import Participation
from conversations.queries import inbox_of, message_ids, people_in, requests_count
from tweets.ages import age_of
from tweets.cards import TweetCard, cards_for

_FACES = 2  # people of a group that are shown
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation in the list. `card` is its newest message, None when that went just now."""

    id: int
    faces: tuple[User, ...]
    title: str
    card: TweetCard | None
    is_unread: bool
    age: str
    iso: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """`requests` of strangers wait; `shows_requests` when this is the list of those."""

    lines: list[Line]
    next_url: str
    requests: int
    shows_requests: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `day` stands above it where another day begins."""

    card: TweetCard
    clock: str
    day: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A stretch of a conversation, oldest first. `following_day` stands below it, where what follows is
    of another day; `newest_id` is None unless this is the end of the conversation.
    """

    said: tuple[Said, ...]
    older_url: str
    following_day: str
    newest_id: int | None


def inbox_for(request: HttpRequest, viewer: User, *, shows_requests: bool, is_beside: bool = False) -> Inbox:
    """A page of the list (`?cursor=` goes on behind that message), or its first where it stands beside."""
    address = "/messages/requests/" if shows_requests else "/messages/"
    before = None if is_beside else whole_id(request.GET.get("cursor", ""))
    size = settings.CONVERSATIONS_PAGE_SIZE
    rows = inbox_of(viewer, requests=shows_requests, before=before, limit=size + 1)
    shown = rows[:size]
    more = urlencode({"cursor": shown[-1].newest_id}) if len(rows) > size else ""
    return Inbox(
        lines=_lines(shown, viewer),
        next_url=f"{address}?{more}" if more else "",
        requests=requests_count(viewer),
        shows_requests=shows_requests,
    )


def title_of(people: Sequence[User]) -> str:
    """What a conversation is called: the names of the others."""
    if not people:
        return "Somebody who is gone"
    names = [person.shown_name for person in people]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def talk_of(request: HttpRequest, viewer: User, mine: Participation) -> Talk:
    """The newest messages, or with `?cursor=` those before that one."""
    before = whole_id(request.GET.get("cursor", ""))
    size = settings.MESSAGES_PAGE_SIZE
    ids = message_ids(viewer, mine, Window(limit=size + 1, max_id=before))
    cards = cards_for(ids[:size][::-1], viewer)
    said = tuple(_said(card, cards[place - 1] if place else None) for place, card in enumerate(cards))
    older = urlencode({"cursor": cards[0].id}) if len(ids) > size and cards else ""
    following = _day(moment_of(before)) if before is not None else ""
    return Talk(
        said=said,
        older_url=f"{request.path}?{older}" if older else "",
        following_day="" if said and _day_of(said[-1].card) == following else following,
        newest_id=None if before is not None or not ids else ids[0],
    )


def _lines(rows: Sequence[Participation], viewer: User) -> list[Line]:
    people = people_in([row.conversation_id for row in rows], viewer)
    cards = {card.id: card for card in cards_for([row.newest_id for row in rows], viewer)}
    return [_line(row, people[row.conversation_id], cards.get(row.newest_id)) for row in rows]


def _line(row: Participation, people: list[User], card: TweetCard | None) -> Line:
    moment = moment_of(row.newest_id)
    return Line(
        id=row.conversation_id,
        faces=tuple(people[:_FACES]),
        title=title_of(people),
        card=card,
        is_unread=row.is_unread,
        age=age_of(moment, time()),
        iso=moment.isoformat(timespec="seconds"),
    )


def _said(card: TweetCard, before: TweetCard | None) -> Said:
    day = _day_of(card)
    is_same_day = before is not None and _day_of(before) == day
    return Said(card=card, clock=f"{moment_of(card.id):%H:%M}", day="" if is_same_day else day)


def _day_of(card: TweetCard) -> str:
    return _day(moment_of(card.id))


def _day(moment: datetime) -> str:
    return f"{moment:%A}, {moment.day} {moment:%B %Y}"
