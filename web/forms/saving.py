"""The draft on the server that a composer writes: what its hidden fields say."""

import re
import secrets
from dataclasses import dataclass, replace
from typing import Self

from django.http import QueryDict

from common.paging import whole_id
from tweets.draft import SavedAs, TweetDraft
from tweets.models import SavedDraft, Tweet

_STAMP = re.compile(r"([\w-]{1,40})\.(\d{1,9})", re.ASCII)
_TALK = re.compile(r"message|conversation:\d{1,19}", re.ASCII)


@dataclass(slots=True)
class Saving:
    """`place` is where the words are written; `stamp` is this one rendering of the form and how often it was
    sent, which a script fills in; `seen` is the stamp of the draft it was drawn from.
    """

    place: str = "tweet"
    stamp: str = ""
    seen: str = ""

    @classmethod
    def sent(cls, post: QueryDict) -> Self:
        """As the form came back; it goes on writing the same draft."""
        stamp = post.get("draft", "")
        return cls(place_in(post), stamp if _STAMP.fullmatch(stamp) else "", post.get("seen", ""))

    @classmethod
    def continuing(cls, draft: SavedDraft) -> Self:
        return cls(draft.place, seen=draft.stamp)

    def saved_as(self, key: str) -> SavedAs:
        writer, _, turn = (self.stamp or f"{secrets.token_urlsafe(9)}.0").rpartition(".")
        return SavedAs(key, writer, int(turn), self.seen)


def place_in(asked: QueryDict) -> str:
    """Where a form or a link says that one writes: answering, quoting, in a conversation, or just so."""
    if _TALK.fullmatch(asked.get("place", "")):
        return str(asked["place"])
    for name, kind in (("reply_to", "reply"), ("quote", "quote")):
        if an_id := whole_id(asked.get(name, "")):
            return f"{kind}:{an_id}"
    return "tweet"


def put_in_place(draft: TweetDraft, post: QueryDict) -> TweetDraft:
    """The draft as it says itself where it belongs. Whether its author may speak there, posting will ask."""
    if _TALK.fullmatch(post.get("place", "")):
        return replace(draft, visibility=Tweet.Visibility.DIRECT)
    return replace(
        draft,
        reply_to_id=whole_id(post.get("reply_to", "")),
        quote_of_id=whole_id(post.get("quote", "")),
    )
