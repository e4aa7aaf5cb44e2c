"""What one has not said yet, as pages list it: drafts, and tweets that wait for their hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.timesince import timesince

from accounts.models import User
from attachments.models import Attachment
from tweets.draft import TweetDraft, from_plain
from tweets.models import SavedDraft, ScheduledTweet
from tweets.queries import pictures_of
from web.forms.timing import comes_twice, shown_time

_KINDS = {
    "reply": "Reply",
    "quote": "Quote",
    "message": "Message",
    "conversation": "Message",
}
_WORDS = 140  # characters of a text that a list shows


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a line of both lists shows of the words themselves."""

    words: str
    kind: str  # of what sort it is, empty for a plain tweet
    parts: int
    pictures: list[Attachment]
    others: int  # pictures that do not fit


@dataclass(frozen=True, slots=True)
class DraftRow:
    draft: SavedDraft
    said: Unsaid
    path: str  # where it is continued


@dataclass(frozen=True, slots=True)
class DraftOffer:
    draft: SavedDraft
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class ScheduledRow:
    """`late` says how long after its hour it was posted; empty for one that waits or failed."""

    scheduled: ScheduledTweet
    said: Unsaid
    time: str
    late: str


def draft_rows(author: User, drafts: Iterable[SavedDraft]) -> list[DraftRow]:
    """One query for all pictures together."""
    kept = [(draft, from_plain(draft.what)) for draft in drafts]
    found = pictures_of(author, (tweet for _, tweets in kept for tweet in tweets))
    return [
        DraftRow(draft, _unsaid(tweets, found, _KINDS.get(draft.place.partition(":")[0], "")), path_to(draft))
        for draft, tweets in kept
    ]


def scheduled_rows(author: User, scheduled: Iterable[ScheduledTweet]) -> list[ScheduledRow]:
    """One query for all pictures together."""
    kept = [(one, from_plain(one.what)) for one in scheduled]
    found = pictures_of(author, (tweet for _, tweets in kept for tweet in tweets))
    return [
        ScheduledRow(
            one, _unsaid(tweets, found, _kind_of(tweets)), shown_time(one.post_at, author), _lateness(one)
        )
        for one, tweets in kept
    ]


def path_to(draft: SavedDraft) -> str:
    """Where a draft is continued: where it was begun."""
    kind, _, an_id = draft.place.partition(":")
    page = {"message": "/messages/new/", "conversation": f"/messages/{an_id}/"}.get(kind, "/create/")
    return f"{page}?draft={draft.pk}"


def offer_of(draft: SavedDraft | None) -> DraftOffer | None:
    """What a composer says of a draft that was left unfinished in its place."""
    if draft is None:
        return None
    return DraftOffer(draft, title_of(from_plain(draft.what)), path_to(draft))


def said_of(scheduled: ScheduledTweet, author: User) -> str:
    """What is told when a tweet was scheduled or moved."""
    sentence = f"Scheduled for {shown_time(scheduled.post_at, author)}."
    if comes_twice(scheduled.post_at, author):
        sentence += " Clocks show this time twice that night; the first is meant."
    return sentence


def title_of(drafts: Sequence[TweetDraft]) -> str:
    """The first words of all."""
    text = next((" ".join(draft.text.split()) for draft in drafts if draft.text.strip()), "")
    return text if len(text) <= _WORDS else f"{text[:_WORDS].rstrip()}…"


def _unsaid(drafts: Sequence[TweetDraft], found: Mapping[int, Attachment], kind: str) -> Unsaid:
    pictures = []
    for image in (image for draft in drafts for image in draft.images if image.attachment_id in found):
        picture = found[image.attachment_id]
        picture.description = image.description  # as it will be said
        pictures.append(picture)
    return Unsaid(title_of(drafts), kind, len(drafts), pictures[:4], len(pictures[4:]))


def _kind_of(drafts: Sequence[TweetDraft]) -> str:
    first = drafts[0] if drafts else TweetDraft("")
    if first.reply_to_id is not None:
        return "Reply"
    return "" if first.quote_of_id is None else "Quote"


def _lateness(one: ScheduledTweet) -> str:
    if one.state != ScheduledTweet.State.LATE:
        return ""
    posted = one.tweet.created_at if one.tweet else timezone.now()
    return timesince(one.post_at, posted, depth=1)
