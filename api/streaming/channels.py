"""What an app may listen to: the names of Mastodon's streams, their scopes, and what each of them hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from clients.queries import Access
from clients.scopes import covers
from common.errors import Invalid, NotAllowed
from common.paging import whole_id
from common.realtime import (
    ANNOUNCED,
    CHANGES,
    DELIVERED,
    LOCAL,
    filters_of,
    home_of,
    messages_of,
    notifications_of,
    tagged,
)
from timelines.actions import keep_home
from timelines.queries import list_for
from tweets.text import tag_key

_MEDIA = ":media"
_STATUSES, _NOTIFICATIONS = "read:statuses", "read:notifications"
_MOST_OF_A_TAG = 200  # characters


class Channel(NamedTuple):
    """One stream as it was asked for. `which` is the folded tag or the id of the list; `said` the tag as the
    app spells it, which it wants to hear again.
    """

    name: str
    which: str = ""
    said: str = ""

    @property
    def is_of_pictures(self) -> bool:
        """Whether it tells of tweets with pictures only."""
        return self.name.endswith(_MEDIA)

    @property
    def label(self) -> list[str]:
        """What a socket's messages say of the stream they belong to."""
        return [self.name, self.said] if self.said else [self.name]


@dataclass(frozen=True, slots=True)
class Kind:
    """`path` under /api/v1/streaming/ is where it is served as events; `parameter` names what it takes."""

    path: str
    scope: str = _STATUSES
    parameter: str = ""


KINDS: Mapping[str, Kind] = {
    "user": Kind("user"),
    "user:notification": Kind("user/notification", _NOTIFICATIONS),
    "public": Kind("public"),
    "public:local": Kind("public/local"),
    "public:remote": Kind("public/remote"),
    "hashtag": Kind("hashtag", parameter="tag"),
    "hashtag:local": Kind("hashtag/local", parameter="tag"),
    "list": Kind("list", parameter="list"),
    "direct": Kind("direct"),
}
BY_PATH = {kind.path: name for name, kind in KINDS.items()}


def name_at(path: str, *, only_media: bool) -> str:
    """Which stream is served at the path; "" for none."""
    name = BY_PATH.get(path, "")
    return name + _MEDIA if only_media and name.startswith("public") else name


def channel_of(name: object, tag: object, list_id: object) -> Channel:
    """What is asked for in these words. Raises Invalid for what there is not."""
    kind = _kind_of(name) if isinstance(name, str) else None
    if kind is None or not isinstance(name, str):
        raise Invalid("Unknown stream type")
    if kind.parameter == "tag":
        return _tag(name, tag)
    if kind.parameter == "list":
        known = whole_id(str(list_id))
        if known is None:
            raise Invalid("Missing list id parameter")
        return Channel(name, str(known), str(known))
    return Channel(name)


def open_channel(access: Access, channel: Channel) -> list[str]:
    """What this app hears on it. Raises NotAllowed without the scope, NotFound for a list of somebody else.

    Whoever listens to home reads it: it is delivered to from now on.
    """
    kind, person = _kind_of(channel.name), access.user
    if kind is None or person is None or not covers(access.scopes, [kind.scope]):
        raise NotAllowed("This action is outside the authorized scopes")
    if channel.name == "user":
        keep_home(person)
        return _of_user(access, person)
    if channel.name == "user:notification":
        return [notifications_of(person.pk)]
    if channel.name == "direct":
        return [messages_of(person.pk)]
    if channel.name == "list":
        list_for(person, int(channel.which))
        return [DELIVERED, CHANGES]
    if kind.parameter == "tag":
        return [tagged(channel.which), CHANGES]
    return [] if channel.name.startswith("public:remote") else [LOCAL, CHANGES]


def _of_user(access: Access, person: User) -> list[str]:
    streams = [DELIVERED, home_of(person.pk), CHANGES, ANNOUNCED, filters_of(person.pk)]
    may_hear = covers(access.scopes, [_NOTIFICATIONS])
    return [*streams, notifications_of(person.pk)] if may_hear else streams


def _kind_of(name: str) -> Kind | None:
    """`public` and its parts with pictures only have names of their own, and no paths."""
    if name.startswith("public") and name.endswith(_MEDIA):
        return KINDS.get(name.removesuffix(_MEDIA))
    return KINDS.get(name)


def _tag(name: str, tag: object) -> Channel:
    said = tag.strip().removeprefix("#") if isinstance(tag, str) else ""
    key = tag_key(said) if len(said) <= _MOST_OF_A_TAG else ""
    if not key:
        raise Invalid("Missing tag name parameter")
    return Channel(name, key, said)
