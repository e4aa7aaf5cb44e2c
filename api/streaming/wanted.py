"""On which lines a tweet belongs: the place alone decides here; who may read it is asked when it is drawn."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import NamedTuple

from accounts.models import User
from api.shapes.told import named
from api.streaming.channels import Channel
from common.errors import NotFound
from common.paging import Window
from relationships.queries import followers_among
from timelines.queries import found_at_home, list_for, list_ids, lists_naming
from tweets.models import Tweet
from tweets.queries import languages_of, shown_images

Lines = Mapping[Hashable, tuple[Channel, User]]


class Gone(NamedTuple):
    """A tweet that nobody can look at any more. `named`: whom it named; all others may have come across it as
    readers of its author, or, when it was open to all, anywhere.
    """

    tweet_id: int
    author_id: int
    is_open: bool
    is_direct: bool
    is_held: bool  # and stays for its author
    named: frozenset[int]


def who_wants(tweet_ids: Iterable[int], lines: Lines, *, but_own: bool) -> dict[int, list[Hashable]]:
    """Where these new tweets stand: id -> lines, in the order of the ids. With `but_own` one's own are not
    told at home, where they were told before.
    """
    tweets = _rows(tweet_ids)
    home = found_at_home(tweets, _at_home(lines))
    pictures = _with_pictures(tweets, lines)
    wanting: dict[int, list[Hashable]] = {tweet_id: [] for tweet_id in tweets}
    for tweet_id, tweet in tweets.items():
        for line, (channel, person) in lines.items():
            if channel.name == "user":
                is_there = tweet_id in home[person.pk] and not (but_own and tweet.author_id == person.pk)
            else:
                is_there = _is_tagged(channel, person, tweet) or _is_elsewhere(
                    channel, person, tweet, has_pictures=tweet_id in pictures
                )
            if is_there:
                wanting[tweet_id].append(line)
    return wanting


def who_wants_changed(tweet_id: int, lines: Lines) -> list[Hashable]:
    """Where a tweet stands that says something else now."""
    tweet = _rows([tweet_id]).get(tweet_id)
    if tweet is None:
        return []
    names = named([tweet_id])[tweet_id]
    concerned = {tweet.author_id, *(person_id for person_id, _ in names.people)}
    home = found_at_home([tweet_id], _at_home(lines))
    pictures = _with_pictures([tweet_id], lines)
    return [
        line
        for line, (channel, person) in lines.items()
        if (channel.name == "user" and (person.pk in concerned or tweet_id in home[person.pk]))
        or (channel.which in names.tags and _is_tagged(channel, person, tweet))
        or _is_elsewhere(channel, person, tweet, has_pictures=bool(pictures))
    ]


def who_had(gone: Gone, lines: Lines) -> list[Hashable]:
    """Who may have it on a screen. Where it stood is not known any more, so of one that was open to all every
    public line is told; clients pass over what they do not have.
    """
    readers, lists = {gone.author_id, *gone.named}, set[int]()
    if not gone.is_direct:
        readers |= followers_among(gone.author_id, {person.pk for _, person in lines.values()})
        asked = {int(channel.which) for channel, _ in lines.values() if channel.name == "list"}
        lists = lists_naming(gone.author_id, asked) if asked else lists
    return [
        line
        for line, (channel, person) in lines.items()
        if not (gone.is_held and person.pk == gone.author_id)
        and (
            (channel.name == "user" and person.pk in readers)
            or (channel.name == "list" and int(channel.which) in lists)
            or (gone.is_open and channel.name.startswith(("public", "hashtag")))
        )
    ]


def _is_tagged(channel: Channel, person: User, tweet: Tweet) -> bool:
    """That it carries the tag is known by now."""
    return channel.name.startswith("hashtag") and tweet.is_open and _is_read(person, tweet)


def _is_elsewhere(channel: Channel, person: User, tweet: Tweet, *, has_pictures: bool) -> bool:
    if channel.name == "list":
        return _is_on_list(channel, person, tweet.pk)
    if not channel.name.startswith("public"):
        return False
    is_shown = has_pictures or not channel.is_of_pictures
    return tweet.stands_in_feed and is_shown and _is_read(person, tweet)


def _is_read(person: User, tweet: Tweet) -> bool:
    """Whether it is in a language that the person reads."""
    languages = languages_of(person)
    return not languages or tweet.language in {"", *languages}


def _is_on_list(channel: Channel, person: User, tweet_id: int) -> bool:
    try:
        people = list_for(person, int(channel.which))
    except NotFound:  # it was deleted meanwhile
        return False
    return list_ids(people, Window(limit=1, max_id=tweet_id + 1)) == [tweet_id]


def _at_home(lines: Lines) -> dict[int, User]:
    return {person.pk: person for channel, person in lines.values() if channel.name == "user"}


def _rows(tweet_ids: Iterable[int]) -> dict[int, Tweet]:
    """Without messages, which stand in conversations alone. One query."""
    columns = ("author_id", "visibility", "language", "is_reply", "retweet_of_id")
    rows = Tweet.objects.filter(pk__in=list(tweet_ids)).but_messages().only(*columns).order_by("pk")
    return {tweet.pk: tweet for tweet in rows}


def _with_pictures(tweet_ids: Collection[int], lines: Lines) -> Collection[int]:
    """One query at most."""
    if not any(channel.is_of_pictures for channel, _ in lines.values()):
        return ()
    return shown_images(tweet_ids).keys()
