"""What somebody new may not do yet, where staff wish it so: the limits of joining.models.JoiningPolicy."""

from collections.abc import Set
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.queries import people_named
from accounts.roles import Role
from common.errors import Invalid, TooMany
from common.ids import id_at, moment_of
from joining.queries import policy
from relationships.queries import followers_among
from tweets.actions.content import Said
from tweets.models import Mention, Tweet

_HOUR = timedelta(hours=1)


def check_newcomer(
    author: User, said: Said, *, answers: int | None, readers: Set[int] = frozenset(), is_edit: bool = False
) -> None:
    """Raise Invalid or TooMany if the author is new here and this is more than new people may; staff never
    are. `answers` is the id of the tweet that is answered, `readers` those of the people it is sent to. An
    edit does not count for the pace.
    """
    now = policy()
    ends_at = author.joined_at + timedelta(hours=now.new_for_hours)
    if not now.new_for_hours or author.staff_role != Role.MEMBER or ends_at <= timezone.now():
        return
    links = sum(kind == "url" for kind, *_ in said.entities)
    if links > now.new_links_max:
        most = f"at most {_many(now.new_links_max, 'link')}" if now.new_links_max else "no links"
        raise Invalid(f"Your account is new: until {ends_at:%d %B} your tweets hold {most}.", "text")
    strangers = _strangers(author, said, answers, readers)
    if strangers > now.new_strangers_max:
        most = _many(now.new_strangers_max, "person") if now.new_strangers_max else "nobody"
        raise Invalid(
            f"Your account is new: until {ends_at:%d %B} a tweet names {most} who does not follow you.",
            "text",
        )
    if not is_edit:
        _check_pace(author, now.new_tweets_per_hour)


def _strangers(author: User, said: Said, answers: int | None, readers: Set[int]) -> int:
    """How many are named or written to who neither follow the author nor take part in what is answered."""
    named = {person.pk for person in people_named(said.mentions)} | readers
    named -= {author.pk}
    if named and answers:
        named -= set(Tweet.objects.filter(pk=answers).values_list("author_id", flat=True))
        named -= set(Mention.objects.filter(tweet_id=answers).values_list("person_id", flat=True))
    return len(named - followers_among(author.pk, named)) if named else 0


def _check_pace(author: User, most: int) -> None:
    began = timezone.now() - _HOUR
    said = Tweet.objects.filter(author=author, retweet_of=None, id__gte=id_at(began)).order_by("-id")
    ids = list(said.values_list("id", flat=True)[:most])
    if len(ids) >= most:
        wait = int((moment_of(ids[-1]) - began).total_seconds()) + 1 if ids else 60 * 60
        raise TooMany(
            f"Your account is new: it posts at most {_many(most, 'tweet')} in an hour.", max(wait, 1)
        )


def _many(number: int, thing: str) -> str:
    words = {"person": "people"}
    return f"{number} {thing if number == 1 else words.get(thing, thing + 's')}"
