"""Mentions, hashtags and links: where they stand in a text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

import regex

from tweets.text.links import (
    ANY_LABEL,
    BARE_LABEL,
    LATIN,
    MAX_HOST_LENGTH,
    closing_brackets,
    is_label,
    read_link,
)

MAX_USERNAME_LENGTH = 30  # of people on this server
MAX_REMOTE_USERNAME_LENGTH = 64
MAX_TAG_LENGTH = 100  # of the folded tag; longer ones stay text

Kind = Literal["mention", "hashtag", "url"]


class Entity(NamedTuple):
    """A stretch of the text that means something; start and end count code points.

    The value is a name without @ (with its domain if the person is elsewhere), a tag without #
    as typed, or a link as typed.
    """

    kind: Kind
    start: int
    end: int
    value: str


def find_entities(text: str, *, home: str = "") -> tuple[Entity, ...]:
    """All entities in order, none overlapping, in time proportional to the text.

    `home` is this server's host as it stands in handles (with a port if it has one): a full handle
    of this server then means the same as the name alone. The rules are those of the public
    twitter-text library, with the differences listed in docs/text.md.
    """
    if not _HINT.search(text):
        return ()
    return tuple(_scan(text, home.lower()))


def tag_key(tag: str) -> str:
    """One spelling for all ways to write a tag: lower case, full-width letters and the like made plain."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", tag).lower())


# Every entity needs one of these, and most tweets have none.
_HINT = re.compile(r"[@＠#＃]|://|\w\.\w")

_TAG_EXTRA = (
    r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
)
_TAG_CHARACTER = rf"\p{{L}}\p{{M}}\p{{Nd}}{_TAG_EXTRA}"

# What an entity may begin with, and what may stand before it. Each reader below decides about the rest.
_BEGINNING = regex.compile(
    r"(?<![A-Za-z0-9@＠$#＃])(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?://)"
    r"|(?:(?<![A-Za-z0-9_!#$%&*@＠])|(?<=(?:^|[^A-Za-z0-9_+~.\-])[Rr][Tt]))(?P<at>[@＠])(?=[A-Za-z0-9_])"
    rf"|(?:(?<![{_TAG_CHARACTER}&])|(?<=[\uFE0E\uFE0F]))(?P<sharp>[#＃])(?=[{_TAG_CHARACTER}])"
    rf"|(?<![A-Za-z0-9{LATIN}@＠$#＃\-_./])"
    rf"(?P<bare>{BARE_LABEL}++(?=\.{ANY_LABEL})(?:\.{BARE_LABEL}++)*+)"
)
_LOCAL = re.compile(r"[A-Za-z0-9_]+")
_LOCAL_ENDS_BADLY = re.compile(rf"[@＠{LATIN}\u0300-\u036f]|://")
_REMOTE = regex.compile(
    r"(?P<user>[A-Za-z0-9_]++(?:[.\-]++[A-Za-z0-9_]++)*+)@"
    r"(?P<host>[A-Za-z0-9\-]++(?:\.[A-Za-z0-9\-]++)*+)(?P<port>:[0-9]{1,5}+)?+"
)
_REMOTE_TLD = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_TAG = regex.compile(
    rf"(?![\uFE0F\u20E3])(?=[\p{{Nd}}{_TAG_EXTRA}]*+[\p{{L}}\p{{M}}])[{_TAG_CHARACTER}]++(?![#＃]|://)"
)

# The entity, or None; and where to go on looking.
_Reading = tuple[Entity | None, int]


def _scan(text: str, home: str) -> Iterator[Entity]:
    brackets = closing_brackets(text) if "(" in text else {}
    readers: dict[str, Callable[[Any], _Reading]] = {
        "scheme": lambda found: _read_url(text, found.start(), found.end(), brackets),
        "bare": lambda found: _read_url(text, found.start(), found.start(), brackets),
        "at": lambda found: _read_mention(text, found.start("at"), home),
        "sharp": lambda found: _read_hashtag(text, found.start("sharp")),
    }
    position = 0
    while found := _BEGINNING.search(text, position):
        entity, position = readers[found.lastgroup](found)
        if entity:
            yield entity


def _read_url(text: str, start: int, host_start: int, brackets: dict[int, int]) -> _Reading:
    end, is_link = read_link(text, start, host_start, brackets)
    return (Entity("url", start, end, text[start:end]) if is_link else None), end


def _read_mention(text: str, start: int, home: str) -> _Reading:
    return _read_handle(text, start, home) or _read_name(text, start)


def _read_handle(text: str, start: int, home: str) -> _Reading | None:
    """A mention with a domain: @alice@other.example."""
    found = _REMOTE.match(text, start + 1)
    if not found:
        return None
    user, host, port = found["user"], found["host"].lower(), found["port"] or ""
    is_name = len(user) <= MAX_USERNAME_LENGTH and _LOCAL.fullmatch(user)
    for domain, end in ((host + port, found.end()), (host, found.end("host"))):
        if home and domain == home and is_name and not _goes_on(text, end):
            return Entity("mention", start, end, user), end
    end = found.end("host")
    if len(user) > MAX_REMOTE_USERNAME_LENGTH or not _is_domain(host) or _goes_on(text, end):
        return None
    return Entity("mention", start, end, f"{user}@{host}"), end


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 1] in {"@", "＠", "_"}


def _is_domain(host: str) -> bool:
    labels = host.split(".")
    return (
        len(labels) >= 2
        and len(host) <= MAX_HOST_LENGTH
        and all(is_label(label, with_underscore=False) for label in labels)
        and _REMOTE_TLD.fullmatch(labels[-1]) is not None
    )


def _read_name(text: str, start: int) -> _Reading:
    found = _LOCAL.match(text, start + 1)
    if not found or len(found[0]) > MAX_USERNAME_LENGTH or _LOCAL_ENDS_BADLY.match(text, found.end()):
        return None, start + 1
    return Entity("mention", start, found.end(), found[0]), found.end()


def _read_hashtag(text: str, start: int) -> _Reading:
    found = _TAG.match(text, start + 1)
    if not found or len(tag_key(found[0])) > MAX_TAG_LENGTH:
        return None, start + 1
    return Entity("hashtag", start, found.end(), found[0]), found.end()
