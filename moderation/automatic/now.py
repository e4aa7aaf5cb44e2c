"""What a live rule asks of the database about one tweet; and keeping what was said, so that it can ask."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from moderation.automatic.said import Said
from moderation.models import Conditions, SaidText
from moderation.models.conditions import AUTHOR
from relationships.models import Follow
from tweets.models import Mention, Tweet

_MILLISECONDS = 60_000


class FactsNow:
    """One bounded query for each answer."""

    def strangers(self, said: Said, most: int) -> int:
        return strangers_in([said])[said.tweet_id]

    def repeats(self, said: Said, conditions: Conditions) -> int:
        within = _window(said, conditions.repeats_minutes or 0, "tweet_id")
        rows = SaidText.objects.filter(digest=said.digest or 0, **within)
        if conditions.repeats_by == AUTHOR:
            rows = rows.filter(author_id=said.author_id)
        return len(rows.order_by("tweet_id").values_list("pk")[: conditions.repeats])

    def pace(self, said: Said, minutes: int, most: int) -> int:
        own = Tweet.objects.but_messages().filter(author=said.author_id, retweet_of__isnull=True)
        return len(own.filter(**_window(said, minutes, "id")).order_by("-id").values_list("pk")[:most])


def strangers_in(tweets: Iterable[Said]) -> dict[int, int]:
    """How many people each of these names who do not follow its author. One query."""
    number = {said.tweet_id: 0 for said in tweets}
    follows = Follow.objects.filter(follower=OuterRef("person"), followed=OuterRef("tweet__author"))
    named = Mention.objects.filter(~Exists(follows), tweet__in=list(number))
    for tweet_id, person_id, author_id in named.values_list("tweet_id", "person_id", "tweet__author_id"):
        number[tweet_id] += person_id != author_id
    return number


def note_said(tweets: Iterable[Said]) -> None:
    """Keep the checksums of their words; of an edited one that of its words now. One statement."""
    rows = [
        SaidText(tweet_id=said.tweet_id, author_id=said.author_id, digest=said.digest)
        for said in tweets
        if said.digest is not None
    ]
    SaidText.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["digest"], unique_fields=["tweet_id"]
    )


def ids_within(tweet_id: int, minutes: int) -> int:
    """The smallest id of the time before that tweet."""
    return max((tweet_id >> 16) - minutes * _MILLISECONDS, 0) << 16


def _window(said: Said, minutes: int, column: str) -> dict[str, int]:
    return {f"{column}__gte": ids_within(said.tweet_id, minutes), f"{column}__lte": said.tweet_id}
