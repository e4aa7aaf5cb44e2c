"""Whom one could follow: first those whom many follow whom one follows, then who is well known or around."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User, UserQuerySet
from relationships.models import Block, DeclinedSuggestion, Follow, FollowRequest, Mute


@dataclass(frozen=True, slots=True)
class Recommended:
    """`common` is how many of those whom the viewer follows follow this person, too."""

    person: User
    common: int = 0


def recommended(viewer: User | AnonymousUser, limit: int) -> list[Recommended]:
    """Whom the viewer could follow, each with the reason. Five queries, two for a visitor.

    Only the newest MEETING_FOLLOWED_READ of those one follows are asked, and of them nobody who follows more
    than MEETING_FOLLOWS_MOST or hides the network: what one hides is not told by a number either.
    """
    people = _strangers(viewer) if isinstance(viewer, User) else _to_recommend()
    common = _followed_by_followed(viewer, limit) if isinstance(viewer, User) else {}
    found = people.in_bulk(common) if common else {}
    first = [Recommended(found[an_id], times) for an_id, times in common.items() if an_id in found]
    return _filled(first, people.well_known()[:limit], _latest(people)[:limit], limit)


def people_to_meet(viewer: User, limit: int) -> list[User]:
    """Of those whom the viewer could follow who tweeted last. One query."""
    return list(_latest(_strangers(viewer))[:limit])


def directory_ids(viewer: User | AnonymousUser, *, newcomers: bool, offset: int, limit: int) -> list[int]:
    """People who wish to be found, across no block: who tweeted last, or came last, first. One query."""
    people = _to_recommend()
    if isinstance(viewer, User):
        person = OuterRef("pk")
        blocks = Q(blocker=viewer, blocked=person) | Q(blocker=person, blocked=viewer)
        people = people.filter(~Exists(Block.objects.filter(blocks)))
    rows = people.order_by("-id") if newcomers else _latest(people)
    return list(rows.values_list("pk", flat=True)[offset : offset + limit])


def _to_recommend() -> UserQuerySet:
    """People of this server who wish to be found."""
    return User.objects.offered().local().filter(is_findable=True)


def _strangers(viewer: User) -> UserQuerySet:
    """Of these who stand in no relation to the viewer; a block in either direction is one, and so is not to
    want them recommended.
    """
    person = OuterRef("pk")
    known = (
        Follow.objects.filter(follower=viewer, followed=person),
        FollowRequest.objects.filter(follower=viewer, followed=person),
        Block.objects.filter(Q(blocker=viewer, blocked=person) | Q(blocker=person, blocked=viewer)),
        Mute.objects.filter(muter=viewer, muted=person),
        DeclinedSuggestion.objects.filter(person=viewer, suggested=person),
    )
    return _to_recommend().exclude(pk=viewer.pk).filter(*(~Exists(rows) for rows in known))


def _latest(people: UserQuerySet) -> UserQuerySet:
    return people.filter(last_tweeted_at__isnull=False).order_by("-last_tweeted_at")


def _followed_by_followed(viewer: User, limit: int) -> dict[int, int]:
    """Ids of people with the number of those between them and the viewer, the most first. Two queries.

    More than `limit`, because some of them the viewer knows already.
    """
    followed = Follow.objects.filter(follower=viewer).order_by("-id").values_list("followed_id", flat=True)
    between = list(followed[: settings.MEETING_FOLLOWED_READ])
    rows = Follow.objects.filter(
        follower_id__in=between,
        follower__following_count__lte=settings.MEETING_FOLLOWS_MOST,
        follower__hides_network=False,
    ).exclude(followed_id__in=[*between, viewer.pk])
    counted = rows.order_by().values("followed_id").annotate(common=Count("id"))
    liveliest = counted.order_by("-common", "-followed_id").values_list("followed_id", "common")
    return dict(liveliest[: 2 * limit])


def _filled(
    first: list[Recommended], known: Iterable[User], around: Iterable[User], limit: int
) -> list[Recommended]:
    """Nobody twice."""
    rows = {one.person.id: one for one in first}
    for person in [*known, *around]:
        rows.setdefault(person.id, Recommended(person))
    return list(rows.values())[:limit]
