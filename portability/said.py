"""What somebody wrote, for the archive: some tweets as plain values, and the pictures they show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from attachments.models import Attachment
from portability.tables import tweet_address
from tweets.draft import from_plain
from tweets.models import Mention, Poll, SavedDraft, ScheduledTweet, Tweet, TweetImage

AT_ONCE = 250  # tweets in one file, and on one page


@dataclass(frozen=True, slots=True)
class Batch:
    """Tweets of one file. `pictures` are pairs of the name in the archive and that in the storage."""

    tweets: list[dict[str, Any]]
    pictures: list[tuple[str, str]]
    last_id: int
    has_more: bool


def tweets_of(owner: User, before: int | None) -> Batch | None:
    """The next ones, the latest first: own words, retweets and messages, but not what staff took down. None
    at the end. Five queries.
    """
    rows = Tweet.objects.filter(author=owner, hidden_at__isnull=True)
    if before is not None:
        rows = rows.filter(id__lt=before)
    with_others = rows.select_related("author", "retweet_of__author", "reply_to__author", "quote_of__author")
    found = list(with_others.order_by("-id")[: AT_ONCE + 1])
    if not found:
        return None
    has_more, found = len(found) > AT_ONCE, found[:AT_ONCE]
    ids = [tweet.pk for tweet in found]
    pictures = _pictures(ids)
    polls = Poll.objects.in_bulk(ids)
    readers = _readers([tweet.pk for tweet in found if tweet.visibility == Tweet.Visibility.DIRECT])
    return Batch(
        [_plain(tweet, pictures.get(tweet.pk, []), polls.get(tweet.pk), readers) for tweet in found],
        [(_file_of(one), _stored(one)) for shown in pictures.values() for one in shown],
        ids[-1],
        has_more,
    )


def count_of(owner: User) -> int:
    return Tweet.objects.filter(author=owner, hidden_at__isnull=True).count()


def unsaid_by(owner: User) -> dict[str, Any]:
    """Drafts, and what waits for its hour: the words of each, with its warning and language."""
    drafts = SavedDraft.objects.filter(author=owner).order_by("-id")
    waiting = ScheduledTweet.objects.waiting().filter(author=owner).order_by("post_at")
    return {
        "drafts": [{"changed_at": _moment(row.updated_at), "tweets": _words(row.what)} for row in drafts],
        "scheduled": [{"post_at": _moment(row.post_at), "tweets": _words(row.what)} for row in waiting],
    }


def _words(what: object) -> list[dict[str, str]]:
    return [
        {name: value for name in ("text", "warning", "language") if (value := getattr(draft, name))}
        for draft in from_plain(what)
    ]


def _plain(
    tweet: Tweet, pictures: list[Attachment], poll: Poll | None, readers: dict[int, list[str]]
) -> dict[str, Any]:
    """What JSON says of it; what it has nothing of is left out."""
    said: dict[str, Any] = {
        "id": str(tweet.pk),
        "url": tweet_address(tweet),
        "created_at": tweet.created_at.isoformat(),
        "edited_at": _moment(tweet.edited_at),
        "visibility": tweet.visibility,
        "to": readers.get(tweet.pk),
        "language": tweet.language,
        "warning": tweet.warning,
        "text": tweet.text,
        "retweet_of": tweet_address(tweet.retweet_of) if tweet.retweet_of else None,
        "reply_to": tweet_address(tweet.reply_to) if tweet.reply_to else None,
        "quote_of": tweet_address(tweet.quote_of) if tweet.quote_of else None,
        "pictures": [{"file": _file_of(one), "description": one.description} for one in pictures],
        "poll": _plain_poll(poll) if poll else None,
        "pinned": tweet.pinned_at is not None,
    }
    if not tweet.retweet_of_id:
        said |= {"likes": tweet.likes_count, "retweets": tweet.retweets_count, "replies": tweet.replies_count}
    return {name: value for name, value in said.items() if value not in (None, "", [], False)}


def _plain_poll(poll: Poll) -> dict[str, Any]:
    choices = [{"text": text, "votes": votes} for text, votes in zip(poll.choices, poll.counts, strict=True)]
    return {
        "choices": choices,
        "voters": poll.voters_count,
        "several": poll.is_multiple,
        "ends_at": _moment(poll.ends_at),
    }


def _pictures(ids: list[int]) -> dict[int, list[Attachment]]:
    shown: dict[int, list[Attachment]] = {}
    rows = TweetImage.objects.filter(tweet_id__in=ids).select_related("attachment")
    for row in rows.order_by("tweet_id", "position"):
        shown.setdefault(row.tweet_id, []).append(row.attachment)
    return shown


def _readers(ids: list[int]) -> dict[int, list[str]]:
    """To whom messages went."""
    told: dict[int, list[str]] = {}
    for row in _mentions(ids):
        told.setdefault(row.tweet_id, []).append(row.person.full_handle)
    return told


def _mentions(ids: list[int]) -> Iterator[Mention]:
    if ids:
        yield from Mention.objects.filter(tweet_id__in=ids).select_related("person").order_by("id")


def _stored(picture: Attachment) -> str:
    """The largest that we keep."""
    return picture.full or picture.card or picture.thumb


def _file_of(picture: Attachment) -> str:
    return f"pictures/{picture.pk}.{_stored(picture).rpartition('.')[2]}"


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
