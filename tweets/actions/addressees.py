"""Whom a direct tweet is for: decided when it is posted, never again."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from accounts.models import User
from accounts.queries import people_named
from common.errors import Invalid, NotAllowed
from relationships.queries import relation_map
from tweets.draft import TweetDraft
from tweets.models import Mention, Tweet
from tweets.queries import barrier_to


def find_addressees(
    author: User, draft: TweetDraft, parent: Tweet | None, names: Sequence[str]
) -> frozenset[int]:
    """Ids of all who get to read it beside the author.

    An answer to a direct tweet is for exactly those that one was for, also those who are suspended just
    now; otherwise the draft names the recipients, or else its text does. Raises Invalid for nobody and
    for too many, NotAllowed for people who cannot be written to, by name.
    """
    if parent is not None and parent.visibility == Tweet.Visibility.DIRECT:
        people = list(User.objects.filter(pk__in=_of(parent) - {author.pk}))
    else:
        wanted = set(draft.recipients) or {person.pk for person in people_named(names)}
        if parent is not None:
            wanted.add(parent.author_id)
        people = list(User.objects.reachable().filter(pk__in=wanted - {author.pk}))
    if not any(person.is_active for person in people):
        raise Invalid("Name the people this message is for.", field="recipients")
    if len(people) > settings.MESSAGE_MAX_PEOPLE:
        raise Invalid(
            f"A message is for at most {settings.MESSAGE_MAX_PEOPLE} people; this one names {len(people)}.",
            field="recipients",
        )
    _check_reach(author, people)
    return frozenset(person.pk for person in people)


def _of(parent: Tweet) -> set[int]:
    """The author of a direct tweet, and its readers."""
    return {parent.author_id, *Mention.objects.filter(tweet=parent).values_list("person_id", flat=True)}


def _check_reach(author: User, people: Iterable[User]) -> None:
    active = [person for person in people if person.is_active]
    barrier = barrier_to(author, active, relation_map(author, [person.pk for person in active]))
    if barrier:
        raise NotAllowed(barrier)
