"""What an author wants to say, whichever door it came through; and the plain values it is kept as."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tweets.models import Tweet


@dataclass(frozen=True, slots=True)
class DraftImage:
    """An uploaded picture and what it shows, in words (at most PICTURE_MAX_DESCRIPTION characters)."""

    attachment_id: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class PollDraft:
    """What a tweet asks: POLL_MIN_CHOICES to POLL_MAX_CHOICES choices, open for so many seconds from the
    moment it is posted; None leaves the end of a poll that is edited as it is.
    """

    choices: tuple[str, ...]
    seconds: int | None = None
    is_multiple: bool = False
    hides_totals: bool = False


@dataclass(frozen=True, slots=True)
class SavedAs:
    """Which draft on the server a form writes, and what the form has seen of it.

    `key` is the form's one-time key. `writer` is this one rendering of the form, `turn` counts what it
    sends; `seen` is the stamp of the draft that it was drawn from, empty for a new one.
    """

    key: str
    writer: str
    turn: int = 0
    seen: str = ""

    @property
    def holder(self) -> str:
        """What the draft's pictures are held for."""
        return f"draft:{self.key}"


@dataclass(frozen=True, slots=True)
class TweetDraft:
    """`key` is a one-time key (at most 100 characters): a draft sent twice with it posts once.

    `recipients` are the ids of those a direct tweet is for, and nobody else whomever its text names;
    without any it is for the people its text names.
    `warning` is what one is told before reading the rest, `is_sensitive` covers the pictures, `language` is
    the code of the language it is in, as `common.languages` knows them, "" where nobody said.
    `saved_as` is the draft on the server that goes when this is posted.
    """

    text: str
    images: tuple[DraftImage, ...] = ()
    key: str = ""
    visibility: str = Tweet.Visibility.PUBLIC
    repliers: str = Tweet.Repliers.EVERYONE
    quoters: str = Tweet.Quoters.EVERYONE
    reply_to_id: int | None = None
    quote_of_id: int | None = None
    recipients: tuple[int, ...] = ()
    warning: str = ""
    is_sensitive: bool = False
    language: str = ""
    poll: PollDraft | None = None
    saved_as: SavedAs | None = None


def to_plain(drafts: Iterable[TweetDraft]) -> list[dict[str, Any]]:
    """The tweets of a thread, or the one there is, as values for JSON: what saved drafts keep.

    The one-time key and the draft stay behind: they belong to the form that was sent, not to the words.
    """
    return [{name: value for name, value in asdict(draft).items() if name in _READERS} for draft in drafts]


def from_plain(value: object) -> list[TweetDraft]:
    """The drafts as they were kept. What is missing or makes no sense here, because other code wrote it,
    is as in a new draft; a list of something else holds no drafts.
    """
    return [_draft_from(plain) for plain in _list(value) if isinstance(plain, Mapping)]


def _draft_from(plain: Mapping[str, Any]) -> TweetDraft:
    known = {name: read(plain[name]) for name, read in _READERS.items() if name in plain}
    return TweetDraft(**{"text": "", **{name: value for name, value in known.items() if value is not None}})


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _id(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ids(value: object) -> tuple[int, ...]:
    return tuple(an_id for an_id in map(_id, _list(value)) if an_id is not None)


def _images(value: object) -> tuple[DraftImage, ...]:
    plain = [one for one in _list(value) if isinstance(one, Mapping)]
    return tuple(
        DraftImage(an_id, _words(one.get("description")) or "")
        for one in plain
        if (an_id := _id(one.get("attachment_id"))) is not None
    )


def _poll(value: object) -> PollDraft | None:
    if not isinstance(value, Mapping):
        return None
    return PollDraft(
        choices=tuple(choice for choice in map(_words, _list(value.get("choices"))) if choice is not None),
        seconds=_id(value.get("seconds")),
        is_multiple=_yes_or_no(value.get("is_multiple")) or False,
        hides_totals=_yes_or_no(value.get("hides_totals")) or False,
    )


# How each field is read again; None where the value makes no sense.
_READERS: dict[str, Callable[[object], Any]] = {
    "text": _words,
    "images": _images,
    "visibility": _words,
    "repliers": _words,
    "quoters": _words,
    "reply_to_id": _id,
    "quote_of_id": _id,
    "recipients": _ids,
    "warning": _words,
    "is_sensitive": _yes_or_no,
    "language": _words,
    "poll": _poll,
}
