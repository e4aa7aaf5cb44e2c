"""What an author wants to say, whichever door it came through."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftImage:
    """An uploaded picture and what it shows, in words (at most PICTURE_MAX_DESCRIPTION characters)."""

    attachment_id: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class TweetDraft:
    """`key` is a one-time key (at most 100 characters): a draft sent twice with it posts once."""

    text: str
    images: tuple[DraftImage, ...] = ()
    key: str = ""
