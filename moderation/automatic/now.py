"""What a live rule asks of the database about one tweet; and keeping what was said, so that it can ask."""

from collections.abc import Collection, Iterable
from functools import cached_property

from django.db.models import Exists, OuterRef

from accounts.queries import people_named
from moderation.automatic.said import Said, ids_within
from moderation.automatic.sites import first_linked, sites_are_known, sites_in
from moderation.models import Conditions, SaidText
from moderation.models.conditions import AUTHOR
from relationships.models import Follow
from tweets.models import Mention, Tweet


class FactsNow:
    """One bounded query for each answer. One of these for each look, so that all rules see the same."""

    @cached_property
    def knows_sites(self) -> bool:
        return sites_are_known()

    def first_linked(self, said: Said) -> dict[str, int]:
        sites = sites_in(said.links) if self.knows_sites else []
        known = first_linked(sites)
        return {site: min(known.get(site, said.tweet_id), said.tweet_id) for site in sites}

    def strangers(self, said: Said, most: int) -> int:
        return strangers_in([said])[said.key]

    def repeats(self, said: Said, conditions: Conditions) -> int:
        within = _window(said, conditions.repeats_minutes or 0, "tweet_id")
        rows = SaidText.objects.filter(digest=said.digest or 0, **within)
        if conditions.repeats_by == AUTHOR:
            rows = rows.filter(author_id=said.author_id)
        others = rows.exclude(pk=said.tweet_id).order_by("tweet_id").values_list("pk")
        return 1 + len(others[: conditions.repeats])

    def pace(self, said: Said, minutes: int, most: int) -> int:
        own = Tweet.objects.but_messages().filter(author=said.author_id, retweet_of__isnull=True)
        return len(own.filter(**_window(said, minutes, "id")).order_by("-id").values_list("pk")[:most])


def strangers_in(tweets: Collection[Said]) -> dict[tuple[int, int], int]:
    """How many people each of these versions names who do not follow its author, by its key. One query, and
    two more for each former version that names somebody.
    """
    number = {said.key: _strangers_named(said) for said in tweets}
    present = {said.tweet_id: said.key for said in tweets if said.former_at is None}
    follows = Follow.objects.filter(follower=OuterRef("person"), followed=OuterRef("tweet__author"))
    named = Mention.objects.filter(~Exists(follows), tweet__in=list(present))
    for tweet_id, person_id, author_id in named.values_list("tweet_id", "person_id", "tweet__author_id"):
        number[present[tweet_id]] += person_id != author_id
    return number


def _strangers_named(said: Said) -> int:
    """By the names that stand in a former version; of the present one rows tell."""
    people = {person.pk for person in people_named(said.named)} - {said.author_id}
    if not people:
        return 0
    return len(people) - Follow.objects.filter(follower__in=people, followed=said.author_id).count()


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


def _window(said: Said, minutes: int, column: str) -> dict[str, int]:
    return {f"{column}__gte": ids_within(said.tweet_id, minutes), f"{column}__lte": said.tweet_id}
