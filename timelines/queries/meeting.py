"""Whom one could follow: first those whom many follow whom one follows, then who is well known or around."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User, UserQuerySet
from accounts.queries import recently_active
from relationships.models import Block, Follow, FollowRequest, Mute


@dataclass(frozen=True, slots=True)
class Recommended:
    """`common` is how many of those whom the viewer follows follow this person, too."""

    person: User
    common: int = 0


def recommended(viewer: User | AnonymousUser, limit: int) -> list[Recommended]:
    """Whom the viewer could follow, each with the reason: people of this server who wish to be found and
    stand in no relation to the viewer, no block in either direction. At most five queries.

    Only the newest MEETING_FOLLOWED_READ of those one follows are asked, and of them nobody who follows more
    than MEETING_FOLLOWS_MOST or hides the network: what one hides is not told by a number either.
    """
    if not isinstance(viewer, User):
        return _filled([], _well_known(limit), recently_active(limit), limit)
    common = _followed_by_followed(viewer, limit)
    found = _strangers(viewer).in_bulk(common)
    friends = [Recommended(found[an_id], times) for an_id, times in common.items() if an_id in found]
    known = list(_strangers(viewer).well_known()[:limit])
    return _filled(friends, known, people_to_meet(viewer, limit), limit)


def people_to_meet(viewer: User, limit: int) -> list[User]:
    """People of this server who tweeted last and stand in no relation to the viewer yet. One query."""
    around = _strangers(viewer).filter(last_tweeted_at__isnull=False)
    return list(around.order_by("-last_tweeted_at")[:limit])


def _strangers(viewer: User) -> UserQuerySet:
    person = OuterRef("pk")
    known = (
        Follow.objects.filter(follower=viewer, followed=person),
        FollowRequest.objects.filter(follower=viewer, followed=person),
        Block.objects.filter(Q(blocker=viewer, blocked=person) | Q(blocker=person, blocked=viewer)),
        Mute.objects.filter(muter=viewer, muted=person),
    )
    here = User.objects.local().active().confirmed().exclude(pk=viewer.pk)
    return here.filter(*(~Exists(rows) for rows in known))


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
        followed__is_findable=True,
    ).exclude(followed_id__in=[*between, viewer.pk])
    counted = rows.order_by().values("followed_id").annotate(common=Count("id"))
    liveliest = counted.order_by("-common", "-followed_id").values_list("followed_id", "common")
    return dict(liveliest[: 2 * limit])


def _well_known(limit: int) -> list[User]:
    return list(User.objects.local().active().confirmed().filter(is_findable=True).well_known()[:limit])


def _filled(
    first: list[Recommended], known: Iterable[User], around: Iterable[User], limit: int
) -> list[Recommended]:
    """Nobody twice, and nobody who does not wish to be found."""
    rows = first[:limit]
    there = {row.person.id for row in rows}
    for person in [*known, *around]:
        if len(rows) < limit and person.id not in there and person.is_findable:
            rows.append(Recommended(person))
            there.add(person.id)
    return rows
