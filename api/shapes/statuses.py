"""Tweets as clients see them: `Status`.

What is the same for all readers is encoded once for each change and kept; what differs between readers
is laid around it: their marks, the poll, the linked page, what may be quoted, what their word filters say.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from django.conf import settings

from accounts.models import User
from api.answers import encode
from api.shapes.accounts import VISIBILITY, accounts
from api.shapes.filters import Filters
from api.shapes.kept import Kept
from api.shapes.link_cards import card_by, encoded_card, writer_of, writers_of
from api.shapes.media import media_of
from api.shapes.polls import facts_in, poll
from api.shapes.told import Named, Row, Told, Words, named, note_readers, told
from api.shapes.values import html_of, stamp, stamp_of
from tweets.queries import ShownImage, Viewer, alike_readers, shown_images

_KEPT = 4000  # statuses, about two KB each


_Facts = tuple[Words, tuple[ShownImage, ...], bool]
Drawn = dict[int, bytes]  # by the id


def statuses(ids: Sequence[int], viewer: Viewer) -> dict[int, bytes]:
    """The `Status` of each of these tweets that the viewer may see, and retweets of such.

    Five queries at most, however many they are.
    """
    return with_people(ids, viewer, ())[0]


def with_people(ids: Sequence[int], viewer: Viewer, person_ids: Iterable[int]) -> tuple[Drawn, Drawn]:
    """As `statuses`, and beside it the `Account` of these people and of all authors, loaded together."""
    rows = told(ids, viewer)
    draw = _Drawer(rows, viewer, person_ids)
    drawn = {an_id: found for an_id in ids if an_id in rows and (found := draw.entry(rows[an_id]))}
    note_readers(drawn, rows)
    return drawn, draw.accounts


def in_order(ids: Sequence[int], viewer: Viewer) -> list[bytes]:
    """As `statuses`, in the order of the ids, without those that are not to be seen."""
    drawn = statuses(ids, viewer)
    return [drawn[an_id] for an_id in ids if an_id in drawn]


def for_each(tweet_id: int, viewers: Sequence[User]) -> dict[int, bytes]:
    """The `Status` as each of these people gets it, by their ids; nothing for those who may not see it, or
    mute its author. It is made once for all to whom it looks the same.
    """
    signs = alike_readers(tweet_id, [viewer.pk for viewer in viewers])
    alike: dict[Hashable, list[User]] = {}
    for viewer in viewers:
        if viewer.pk in signs:
            alike.setdefault((signs[viewer.pk], viewer.hides_counts), []).append(viewer)
    found: dict[int, bytes] = {}
    for group in alike.values():
        rows = told([tweet_id], group[0])
        if tweet_id in rows:
            found |= _read_by(rows, rows[tweet_id], group)
    return found


def _read_by(rows: Mapping[int, Told], tweet: Told, group: Sequence[User]) -> dict[int, bytes]:
    """For people who differ in their filters alone, and in what they wrote elsewhere."""
    draw = _Drawer(rows, group[0])
    found: dict[int, bytes | None] = {}
    plain = [viewer for viewer in group if not draw.is_alone(viewer)]
    if plain:
        found |= dict.fromkeys([viewer.pk for viewer in plain], draw.read_by(plain[0]).entry(tweet))
    for viewer in group:
        if draw.is_alone(viewer):
            found[viewer.pk] = draw.read_by(viewer).entry(tweet)
    return {an_id: status for an_id, status in found.items() if status is not None}


class _Drawer:
    """Makes the statuses of one page out of everything that was loaded for it."""

    def __init__(self, tweets: Mapping[int, Told], viewer: Viewer, person_ids: Iterable[int] = ()) -> None:
        self._tweets, self._viewer = tweets, viewer
        self._hides_counts = viewer.pk is not None and viewer.hides_counts
        self._images = shown_images(tweets)
        self._writers = writers_of(tweet.linked for tweet in tweets.values())
        writers = (writer.pk for writer in self._writers.values())
        authors = (tweet.words.author_id for tweet in tweets.values())
        self.accounts = accounts([*person_ids, *authors, *writers])
        self._filters = Filters(viewer)
        self._bodies = self._made_bodies([tweet for tweet in tweets.values() if not tweet.row.retweet_of_id])

    def read_by(self, viewer: User) -> "_Drawer":
        """The same for somebody to whom all but the filters is alike."""
        other = copy(self)
        other._viewer, other._filters = viewer, Filters(viewer)
        return other

    def is_alone(self, viewer: User) -> bool:
        """Whether it looks to the viewer as to nobody else: their filters, or pages that they wrote."""
        return bool(viewer.filters_revision) or viewer.username.lower() in self._writers

    def entry(self, tweet: Told) -> bytes | None:
        """A row of a list; None for a retweet of what the viewer may not see."""
        spread = tweet.row.retweet_of_id
        if spread is None:
            return self._status(tweet, self._quote(tweet))
        original = self._tweets.get(spread)
        return None if original is None else self._retweet(tweet, original)

    def _status(self, tweet: Told, quote: bytes) -> bytes:
        return b"%b%b}" % (
            self._bodies[tweet.words.id],
            b',"account":%b,"reblog":null,"quote":%b,"poll":%b,"card":%b,%b'
            % (
                self._account(tweet),
                quote,
                self._poll(tweet),
                self._card(tweet),
                self._marks(tweet),
            ),
        )

    def _retweet(self, tweet: Told, original: Told) -> bytes:
        """The retweet says nothing itself. Its marks are those of what it spreads, which all buttons mean."""
        head = encode(_wrapper(tweet.words, original.words))[:-1]
        inner = self._status(original, self._quote(original))
        return b'%b,"account":%b,"reblog":%b,"quote":null,"poll":null,"card":null,%b}' % (
            head,
            self._account(tweet),
            inner,
            self._marks(original),
        )

    def _quote(self, tweet: Told) -> bytes:
        """What it quotes; of what that one quotes in turn only the id."""
        if not tweet.row.is_quote:
            return b"null"
        if tweet.row.quote_of_id is None:
            return b'{"state":"deleted","quoted_status":null}'
        quoted = self._tweets.get(tweet.row.quote_of_id)
        if quoted is None:
            return b'{"state":"unauthorized","quoted_status":null}'
        return b'{"state":"accepted","quoted_status":%b}' % self._status(quoted, _shallow(quoted))

    def _account(self, tweet: Told) -> bytes:
        return self.accounts[tweet.words.author_id]

    def _card(self, tweet: Told) -> bytes:
        writer = writer_of(tweet.linked, self._writers)
        if writer is None:
            return encoded_card(tweet.linked)
        return encode(card_by(tweet.linked, writer, self.accounts[writer.pk], self._viewer))

    def _poll(self, tweet: Told) -> bytes:
        facts = facts_in(tweet, self._viewer)
        return b"null" if facts is None else encode(poll(facts))

    def _marks(self, tweet: Told) -> bytes:
        """The rest: what depends on the reader is left out for visitors."""
        row, words = tweet.row, tweet.words
        is_mine = words.author_id == self._viewer.pk
        more: dict[str, Any] = {"quote_approval": _approval(row, is_visitor=self._viewer.pk is None)}
        if self._viewer.pk is not None:
            more |= {
                "favourited": row.liked,
                "reblogged": row.retweeted,
                "muted": row.muted,
                "bookmarked": row.bookmarked,
                "filtered": [] if is_mine else self._filters.of(words.id, self._texts(tweet)),
            }
            if is_mine:
                more["pinned"] = row.pinned_at is not None
        return encode(more)[1:-1]

    def _texts(self, tweet: Told) -> Iterable[str]:
        """All that somebody may not want to read."""
        yield tweet.words.warning
        yield tweet.row.text
        yield from tweet.row.poll__choices or ()
        yield tweet.linked.link_card__title or ""
        yield tweet.linked.link_card__description or ""
        for image in self._images.get(tweet.words.id, ()):
            yield image.attachment__description
        quoted = self._tweets.get(tweet.row.quote_of_id or 0)
        if quoted is not None and quoted.words.author_id != self._viewer.pk:
            yield quoted.words.warning
            yield quoted.row.text

    def _made_bodies(self, tweets: Sequence[Told]) -> dict[int, bytes]:
        """The kept parts, without their last brace. Who is named in a tweet is asked for new ones only."""
        facts = {tweet.words.id: self._facts(tweet.words) for tweet in tweets}
        found = {an_id: _kept.get(an_id, known) for an_id, known in facts.items()}
        missing = [an_id for an_id, body in found.items() if body is None]
        names = named(missing)
        for an_id in missing:
            shape = _shape(facts[an_id], names[an_id])
            found[an_id] = _kept.put(an_id, facts[an_id], encode(shape)[:-1])
        return {an_id: body for an_id, body in found.items() if body is not None}

    def _facts(self, words: Words) -> _Facts:
        return words, tuple(self._images.get(words.id, ())), self._hides_counts


def _shape(facts: _Facts, names: Named) -> dict[str, Any]:
    words, images, hides_counts = facts
    return {
        **_head(words),
        **_SAYS_NOTHING,
        "content": html_of(words.html),
        "replies_count": 0 if hides_counts else words.replies_count,
        "reblogs_count": 0 if hides_counts else words.retweets_count,
        "favourites_count": 0 if hides_counts else words.likes_count,
        "quotes_count": 0 if hides_counts else words.quotes_count,
        "media_attachments": [media_of(image) for image in images],
        "mentions": [_mention(*person) for person in names.people],
        "tags": [{"name": name, "url": f"{settings.SITE_URL}/tags/{name}"} for name in names.tags],
    }


def _wrapper(words: Words, original: Words) -> dict[str, Any]:
    """A retweet around what it spreads."""
    return {
        **_head(words),
        **_SAYS_NOTHING,
        "sensitive": original.is_covered,
        "spoiler_text": original.warning,
        "language": original.language or None,
    }


_SAYS_NOTHING: dict[str, Any] = {
    "content": "",
    "replies_count": 0,
    "reblogs_count": 0,
    "favourites_count": 0,
    "quotes_count": 0,
    "media_attachments": [],
    "mentions": [],
    "tags": [],
    "emojis": [],
    "application": None,
    "tagged_collections": [],
}


def _head(words: Words) -> dict[str, Any]:
    address = f"{settings.SITE_URL}/@{words.author__username}/{words.id}"
    return {
        "id": str(words.id),
        "created_at": stamp_of(words.id),
        "edited_at": stamp(words.edited_at) if words.edited_at else None,
        "in_reply_to_id": _text_of(words.reply_to_id),
        "in_reply_to_account_id": _text_of(words.reply_to_author_id),
        "sensitive": words.is_covered,
        "spoiler_text": words.warning,
        "visibility": VISIBILITY[words.visibility],
        "language": words.language or None,
        "uri": address,
        "url": address,
    }


def _mention(an_id: int, username: str) -> dict[str, str]:
    name = username.partition("@")[0]
    return {
        "id": str(an_id),
        "username": name,
        "acct": username,
        "url": f"{settings.SITE_URL}/@{username}",
    }


def _shallow(tweet: Told) -> bytes:
    if not tweet.row.is_quote:
        return b"null"
    state = "deleted" if tweet.row.quote_of_id is None else "accepted"
    return encode({"state": state, "quoted_status_id": _text_of(tweet.row.quote_of_id)})


_AUTOMATIC = {"everyone": ["public"], "followers": ["followers"], "nobody": []}


def _approval(row: Row, *, is_visitor: bool) -> dict[str, Any]:
    """Who may quote: nobody is ever asked first here, so nothing is `manual`."""
    mine = "unknown" if is_visitor else "automatic" if row.is_quotable else "denied"
    return {"automatic": _AUTOMATIC[row.quoters], "manual": [], "current_user": mine}


def _text_of(an_id: int | None) -> str | None:
    return None if an_id is None else str(an_id)


_kept: Kept[_Facts] = Kept(_KEPT)
