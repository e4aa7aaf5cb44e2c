"""What a tweet said over time, as readable differences."""

from dataclasses import dataclass
from datetime import datetime

from tweets.differences import Segment, differences
from tweets.models import Tweet, TweetEdit
from tweets.queries.tweet import images_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `segments` tell how its text differs from the one before."""

    number: int
    written_at: datetime
    segments: list[Segment]
    pictures_note: str


def history_of(tweet: Tweet) -> list[Version]:
    """All versions, oldest first, the current one last. At most TWEET_EDITS_KEPT + 1."""
    former = list(TweetEdit.objects.filter(tweet=tweet).order_by("revision"))
    texts = [edit.text for edit in former] + [tweet.text]
    dates = [edit.written_at for edit in former] + [tweet.edited_at or tweet.created_at]
    pictures = [_described(edit.pictures) for edit in former] + [_current_pictures(tweet)]
    return [
        Version(
            number=number + 1,
            written_at=dates[number],
            segments=differences(texts[number - 1] if number else texts[number], texts[number]),
            pictures_note=_pictures_note(pictures[number - 1] if number else [], pictures[number]),
        )
        for number in range(len(texts))
    ]


def _current_pictures(tweet: Tweet) -> list[tuple[int, str]]:
    return [(image.id, image.description) for image in images_of(tweet)]


def _described(pictures: list[dict[str, object]]) -> list[tuple[int, str]]:
    return [(int(str(picture["id"])), str(picture["description"])) for picture in pictures]


def _pictures_note(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> str:
    if before == after:
        return ""
    old, new = dict(before), dict(after)
    added, removed = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    redescribed = any(old[image] != new[image] for image in old.keys() & new.keys())
    parts = [
        _counted(added, "added"),
        _counted(removed, "removed"),
        "a description was changed" if redescribed else "",
        "the order was changed" if not (added or removed or redescribed) else "",
    ]
    return "; ".join(part for part in parts if part).capitalize() + "."


def _counted(number: int, deed: str) -> str:
    if not number:
        return ""
    return f"{number} picture{'s' if number > 1 else ''} {deed}"
