"""What a tweet said over time, as readable differences."""

from dataclasses import dataclass
from datetime import datetime

from common.languages import language_names
from tweets.differences import Segment, differences
from tweets.models import Tweet, TweetEdit
from tweets.queries.tweet import images_of, poll_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `segments` tell how its text differs from the one before, `warning` stood before it."""

    number: int
    written_at: datetime
    warning: str
    segments: list[Segment]
    pictures_note: str
    choices: list[str]  # of its poll, if it asked
    notes: list[str]  # what else changed, in sentences


def history_of(tweet: Tweet) -> list[Version]:
    """All versions, oldest first, the current one last. At most TWEET_EDITS_KEPT + 1."""
    former = list(TweetEdit.objects.filter(tweet=tweet).order_by("revision"))
    texts = [edit.text for edit in former] + [tweet.text]
    all_told: list[Tweet | TweetEdit] = [*former, tweet]
    dates = [edit.written_at for edit in former] + [tweet.edited_at or tweet.created_at]
    pictures = [_described(edit.pictures) for edit in former] + [_current_pictures(tweet)]
    asked = poll_of(tweet)
    choices = [_choices(edit.poll) for edit in former] + [list(asked.choices) if asked else []]
    return [
        Version(
            number=number + 1,
            written_at=dates[number],
            warning=all_told[number].warning,
            segments=differences(texts[number - 1] if number else texts[number], texts[number]),
            pictures_note=_pictures_note(pictures[number - 1] if number else [], pictures[number]),
            choices=choices[number],
            notes=_notes(all_told[number - 1], all_told[number]) if number else [],
        )
        for number in range(len(texts))
    ]


def _notes(before: Tweet | TweetEdit, after: Tweet | TweetEdit) -> list[str]:
    notes = []
    if before.warning != after.warning:
        deed = "changed" if before.warning and after.warning else "added" if after.warning else "removed"
        notes.append(f"The warning was {deed}.")
    if before.is_sensitive != after.is_sensitive:
        said = "marked as sensitive" if after.is_sensitive else "no longer marked as sensitive"
        notes.append(f"The pictures were {said}.")
    if before.language != after.language:
        name = language_names().get(after.language, after.language)
        notes.append(f"The language was changed to {name}." if name else "The language was taken out.")
    return notes


def _choices(poll: dict[str, list[str]] | None) -> list[str]:
    return poll["choices"] if poll else []


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
