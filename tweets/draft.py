"""What an author wants to say, whichever door it came through."""

from dataclasses import dataclass

from tweets.models import Tweet


@dataclass(frozen=True, slots=True)
class DraftImage:
    """An uploaded picture and what it shows, in words (at most PICTURE_MAX_DESCRIPTION characters)."""

    attachment_id: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class TweetDraft:
    """`key` is a one-time key (at most 100 characters): a draft sent twice with it posts once.

    `recipients` are the ids of those a direct tweet is for, and nobody else whomever its text names;
    without any it is for the people its text names.
    `warning` is what one is told before reading the rest, `is_sensitive` covers the pictures, `language` is
    the code of the language it is in, as `common.languages` knows them, "" where nobody said.
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
