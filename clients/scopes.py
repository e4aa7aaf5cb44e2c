"""What an app may be allowed to do: the scopes of Mastodon's client API, and what they say to a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from common.errors import Invalid

DEFAULT = "read"
_SCOPES_KEPT = 1000  # spellings, in the memory of a process

# Each scope in the words of the consent page. What stands behind a colon is a part of what stands before it.
WORDS = {
    "profile": "See who you are",
    "read": "Read everything you can read here, your messages included",
    "read:accounts": "See your account and those of others",
    "read:blocks": "See whom you block",
    "read:bookmarks": "See your bookmarks",
    "read:favourites": "See what you like",
    "read:filters": "See your word filters",
    "read:follows": "See whom you follow, and who asks to follow you",
    "read:lists": "See your lists",
    "read:mutes": "See whom you mute",
    "read:notifications": "See your notifications",
    "read:search": "Search as you",
    "read:statuses": "Read the tweets you can read, your messages included",
    "write": "Act for you: tweet, delete, like, follow and change your account",
    "write:accounts": "Change your profile and settings",
    "write:blocks": "Block and unblock people",
    "write:bookmarks": "Keep bookmarks and remove them",
    "write:conversations": "Mark messages as read, clear conversations, mute threads",
    "write:favourites": "Like tweets for you",
    "write:filters": "Change your word filters",
    "write:follows": "Follow and unfollow people",
    "write:lists": "Make and change your lists",
    "write:media": "Upload pictures for you",
    "write:mutes": "Mute and unmute people",
    "write:notifications": "Clear your notifications",
    "write:reports": "Report people and tweets for you",
    "write:statuses": "Tweet for you, and delete your tweets",
    "follow": "Follow, mute and block people for you",
    "push": "Tell your device when something happens",
}
_FOLLOW = frozenset(f"{way}:{what}" for way in ("read", "write") for what in ("blocks", "follows", "mutes"))


@dataclass(frozen=True, slots=True)
class Wish:
    """One scope as the consent page shows it."""

    scope: str
    words: str
    changes_things: bool


def parse(text: str) -> str:
    """The scopes of the text, each once, with one space between them. Raises Invalid for an unknown one."""
    wanted = list(dict.fromkeys(text.replace("+", " ").split()))
    if unknown := [scope for scope in wanted if scope not in WORDS]:
        raise Invalid(f"There is no scope “{unknown[0][:60]}” on this server.", "scopes")
    return " ".join(wanted)


def covers(granted: str, needed: Iterable[str]) -> bool:
    """Whether the granted scopes allow all needed ones, by themselves or as a part of a larger one."""
    allowed = allowed_by(granted)
    return all(scope in allowed for scope in needed)


@lru_cache(maxsize=_SCOPES_KEPT)
def allowed_by(granted: str) -> frozenset[str]:
    """All scopes that the granted ones allow, their parts included."""
    given = set(granted.split())
    allowed = {scope for scope in WORDS if scope in given or scope.partition(":")[0] in given}
    return frozenset(allowed | (_FOLLOW if "follow" in given else set()))


def in_words(granted: str) -> list[Wish]:
    """For the consent page, in the order above, without parts of what is granted as a whole."""
    given = granted.split()
    whole = {scope for scope in given if ":" not in scope}
    return [
        Wish(scope, words, changes_things=scope.startswith(("write", "follow")))
        for scope, words in WORDS.items()
        if scope in given and (scope in whole or scope.partition(":")[0] not in whole)
    ]
