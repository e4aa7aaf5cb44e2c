"""What a tweet consists of: text read once, tags, mentions and pictures. Shared by posting and editing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.queries import people_named
from attachments.actions import describe
from attachments.models import Attachment
from attachments.queries import claimable
from common.errors import Invalid
from common.languages import known_language
from common.writing import Inserts
from tweets import text as tweet_text
from tweets.actions.poll import read_poll
from tweets.draft import DraftImage, PollDraft, TweetDraft
from tweets.models import Hashtag, Mention, Tweet, TweetHashtag, TweetImage

WORDS = ("text", "html", "entities", "warning", "is_sensitive", "language")  # columns that editing replaces


@dataclass(frozen=True, slots=True)
class Said:
    """A text that was read: cleaned, weighed, its parts found, its HTML finished."""

    text: str
    warning: str
    is_sensitive: bool
    language: str
    poll: PollDraft | None
    html: str
    entities: list[list[Any]]
    hashtags: Sequence[str]
    mentions: Sequence[str]


def read_text(draft: TweetDraft) -> Said:
    """Read the words of a draft once and for all.

    A warning takes up room like text, as the apps of Mastodon count it. Raises Invalid when it is too long,
    or empty without pictures, or in a language nobody knows.
    """
    text, poll = tweet_text.clean(draft.text), read_poll(draft)
    if not tweet_text.is_visible(text) and not draft.images:
        raise Invalid("Write something, or add a picture.", field="text")
    warning = " ".join(tweet_text.clean(draft.warning).split())
    if len(text) + len(warning) > settings.TWEET_MAX_LENGTH:
        raise Invalid("That is far too long for a tweet. Shorten its links or its words.", field="text")
    parsed = tweet_text.parse(text, limit=settings.TWEET_MAX_WEIGHT, home=settings.SITE_HOST)
    over = parsed.weight + tweet_text.weigh(warning) - settings.TWEET_MAX_WEIGHT
    if over > 0:
        raise Invalid(
            f"That is {over} character{'s' if over > 1 else ''} too long; "
            f"a tweet holds {settings.TWEET_MAX_WEIGHT}.",
            field="text",
        )
    return Said(
        text=text,
        warning=warning,
        is_sensitive=draft.is_sensitive,
        language=_language(draft.language),
        poll=poll,
        html=tweet_text.render(text, parsed.entities),
        entities=[[entity.kind, entity.start, entity.end, entity.value] for entity in parsed.entities],
        hashtags=parsed.hashtags,
        mentions=parsed.mentions,
    )


def put_words(tweet: Tweet, said: Said) -> list[str]:
    """Write the words into the row, not yet saved. Returns the names of the columns they fill."""
    for name in WORDS:
        setattr(tweet, name, getattr(said, name))
    return list(WORDS)


def says_the_same(tweet: Tweet, said: Said) -> bool:
    """Whether nothing would change; what follows from the text alone is not compared."""
    chosen = (name for name in WORDS if name not in ("html", "entities"))
    return all(getattr(tweet, name) == getattr(said, name) for name in chosen)


def _language(code: str) -> str:
    known = known_language(code) if code else ""
    if known is None:
        raise Invalid("Choose the language from the list, or leave it open.", field="language")
    return known


def images_for(author: User, wanted: Sequence[DraftImage]) -> list[Attachment]:
    """The author's own unclaimed pictures, in order, described. Raises Invalid for any other."""
    check_number(wanted)
    images = claimable(author, [image.attachment_id for image in wanted])
    for image, draft in zip(images, wanted, strict=True):
        describe(image, draft.description)
    return images


def check_number(wanted: Sequence[DraftImage]) -> None:
    if len(wanted) > settings.TWEET_MAX_PICTURES:
        raise Invalid(f"A tweet holds at most {settings.TWEET_MAX_PICTURES} pictures.", field="pictures")


def show_images(tweet: Tweet, images: Iterable[Attachment]) -> None:
    TweetImage.objects.bulk_create(
        TweetImage(tweet=tweet, attachment=image, position=position) for position, image in enumerate(images)
    )


def write_tags(tweet: Tweet, names: Sequence[str]) -> None:
    """Note the hashtags, given as the keys that make spellings alike."""
    if not names:
        return
    make_tags(names)
    tags = Hashtag.objects.filter(name__in=names)
    TweetHashtag.objects.bulk_create(
        [TweetHashtag(tweet=tweet, hashtag=tag) for tag in tags], ignore_conflicts=True
    )


def make_tags(names: Iterable[str]) -> None:
    """Rows for those that nobody wrote yet. In one order: two tweets with the same new tags never wait for
    each other.
    """
    Hashtag.objects.bulk_create([Hashtag(name=name) for name in sorted(set(names))], ignore_conflicts=True)


def write_mentions(tweet: Tweet, names: Sequence[str], readers: Iterable[int] = ()) -> None:
    """Note which people of this server the tweet names, and for whom it is meant beside them.

    A direct tweet is for its readers alone: who else is named there stays a word and a link.
    """
    people = set(readers)
    if tweet.visibility != Tweet.Visibility.DIRECT:
        people |= {person.id for person in people_named(names)}
    _MENTIONS.write([Mention(tweet=tweet, person_id=person_id) for person_id in sorted(people)])


_MENTIONS = Inserts(Mention, ignores_conflicts=True)
