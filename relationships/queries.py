"""What stands between people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import NameWord, User, UserQuerySet
from accounts.names import folded
from accounts.queries import by_handle, person_by_id
from common.errors import Invalid, NotFound
from common.hosts import host_name
from common.lookups import begins
from relationships.models import (
    Block,
    BlockedDomain,
    FilterKeyword,
    Follow,
    FollowRequest,
    Mute,
    PersonNote,
    WordFilter,
)

_FAMILIAR_SHOWN = 10  # of each person
_Pair = TypeVar("_Pair", bound=Model)


@dataclass(slots=True)
class Relation:
    """How a viewer stands to one other person."""

    follows: bool = False
    followed_by: bool = False
    asked: bool = False  # the viewer asks to follow
    asked_by: bool = False
    blocks: bool = False
    blocked_by: bool = False
    mutes: bool = False
    mutes_notifications: bool = False
    muted_until: datetime | None = None  # None for good
    shows_retweets: bool = True
    languages: tuple[str, ...] = ()  # of which alone the viewer reads; none are all
    notifies: bool = False
    endorses: bool = False
    note: str = ""


def relation_map(viewer: User, ids: Iterable[int]) -> dict[int, Relation]:
    """The viewer's relation to each of these people, in five queries however many they are."""
    found = {an_id: Relation() for an_id in ids}
    people = list(found)
    if not people:
        return found
    for follow in _either_way(Follow, "follower", "followed", viewer, people):
        if follow.follower_id == viewer.id:
            relation = found[follow.followed_id]
            relation.follows, relation.notifies = True, follow.notifies
            relation.shows_retweets = follow.shows_retweets
            relation.languages = follow.languages_read
            relation.endorses = follow.is_endorsed
        else:
            found[follow.follower_id].followed_by = True
    for request in _either_way(FollowRequest, "follower", "followed", viewer, people):
        if request.follower_id == viewer.id:
            found[request.followed_id].asked = True
        else:
            found[request.follower_id].asked_by = True
    for block in _either_way(Block, "blocker", "blocked", viewer, people):
        if block.blocker_id == viewer.id:
            found[block.blocked_id].blocks = True
        else:
            found[block.blocker_id].blocked_by = True
    for mute in Mute.objects.in_force(timezone.now()).filter(muter=viewer, muted_id__in=people):
        found[mute.muted_id].mutes = True
        found[mute.muted_id].mutes_notifications = mute.hides_notifications
        found[mute.muted_id].muted_until = mute.until
    for note in PersonNote.objects.filter(author=viewer, person_id__in=people):
        found[note.person_id].note = note.text
    return found


def relation_to(viewer: User, person: User) -> Relation:
    """The viewer's relation to one person."""
    return relation_map(viewer, [person.id])[person.id]


def related_by_id(viewer: User, an_id: int) -> User:
    """The person with that id; one who is out of sight only if something is between the two that the viewer
    may end. Raises NotFound as person_by_id does, so that nobody else learns of them.
    """
    person = User.objects.filter(pk=an_id).exclude(state=User.State.ACTIVE).first()
    if person is not None:
        relation = relation_to(viewer, person)
        if relation.follows or relation.blocks or relation.mutes or relation.asked or relation.asked_by:
            return person
    return person_by_id(an_id, viewer)


def familiar_followers(viewer: User, ids: Sequence[int]) -> dict[int, list[int]]:
    """For each of these people ids of those whom the viewer follows and who follow them, a few each; nobody,
    where it is not to be known. One query.
    """
    found: dict[int, list[int]] = {an_id: [] for an_id in ids}
    mine = Follow.objects.filter(follower=viewer, followed=OuterRef("follower_id"))
    rows = Follow.objects.filter(Exists(mine), followed_id__in=ids, follower__state=User.State.ACTIVE)
    shown = rows.filter(followed__state=User.State.ACTIVE, followed__hides_network=False)
    place = Window(RowNumber(), partition_by="followed_id", order_by="-id")
    few = shown.annotate(place=place).filter(place__lte=_FAMILIAR_SHOWN).order_by("place")
    for followed_id, follower_id in few.values_list("followed_id", "follower_id"):
        found[followed_id].append(follower_id)
    return found


def hidden_from(viewer: User) -> set[int]:
    """Ids of people whose words the viewer's timelines leave out: blocked either way, or muted."""
    blocks = Block.objects.filter(blocker=viewer).values_list("blocked_id", flat=True)
    blocked_by = Block.objects.filter(blocked=viewer).values_list("blocker_id", flat=True)
    mutes = Mute.objects.in_force(timezone.now()).filter(muter=viewer).values_list("muted_id", flat=True)
    return set(blocks.union(blocked_by, mutes))


def followers_of(person: User, viewer: User | AnonymousUser | None = None) -> QuerySet[Follow]:
    """Rows of those who follow the person, the latest first; the followers are loaded with them.

    For a viewer, without those on the other side of a block.
    """
    return _seen_by(viewer, _listed(Follow.objects.filter(followed=person), "follower"), "follower")


def followers_among(person_id: int, people_ids: Iterable[int]) -> set[int]:
    """Who of these people follows the person. One query."""
    rows = Follow.objects.filter(followed_id=person_id, follower_id__in=list(people_ids))
    return set(rows.values_list("follower_id", flat=True))


def followed_by(person: User, viewer: User | AnonymousUser | None = None) -> QuerySet[Follow]:
    """Rows of those whom the person follows, the latest first; they are loaded with them."""
    return _seen_by(viewer, _listed(Follow.objects.filter(follower=person), "followed"), "followed")


def endorsed_by(person: User, viewer: User | AnonymousUser | None = None) -> QuerySet[Follow]:
    """Rows of those whom the person recommends to others, the latest followed first."""
    return followed_by(person, viewer).filter(is_endorsed=True)


def people_beginning(
    viewer: User | AnonymousUser, typed: str, limit: int, *, only_followed: bool = False
) -> list[User]:
    """People with a name, or a word of it, that begins so: whom the viewer follows first, then by followers.

    Three queries, each bounded however many people there are: of a beginning that very many share, only
    the well-known and the first ones are looked through. Whoever types on finds the others.
    """
    beginning = folded(typed)
    if not beginning:
        return []
    words = NameWord.objects.filter(begins("word", beginning))
    fitting = Exists(words.filter(person=OuterRef("pk")))
    there = _meetable(viewer).order_by("-followers_count", "-pk")
    followed = list(there.filter(fitting, follows_got__follower=viewer)[:limit]) if viewer.pk else []
    if only_followed or len(followed) == limit:
        return followed
    well_known = User.objects.well_known()[: settings.SUGGESTIONS_READ]
    first = words.values("person_id")[: settings.SUGGESTIONS_READ]
    strangers = [
        *there.filter(fitting, pk__in=well_known.values("pk"))[:limit],
        *there.filter(pk__in=first)[:limit],
    ]
    strangers.sort(key=lambda person: (person.followers_count, person.pk), reverse=True)
    return list(dict.fromkeys([*followed, *strangers]))[:limit]


def offered_people(viewer: User | AnonymousUser) -> UserQuerySet:
    """Whom a list may show to a viewer who did not ask for them by name: reachable, on this side of every
    block, and those whom staff limited only if the viewer follows them.
    """
    if viewer.pk is None:
        return User.objects.offered()
    person = OuterRef("pk")
    blocks = Q(blocker=person, blocked_id=viewer.pk) | Q(blocker_id=viewer.pk, blocked=person)
    follows = Follow.objects.filter(follower_id=viewer.pk, followed=person)
    is_known = Q(is_limited=False) | Q(pk=viewer.pk) | Exists(follows)
    return User.objects.reachable().filter(is_known, ~Exists(Block.objects.filter(blocks)))


def person_asked_for(typed: str, viewer: User | AnonymousUser) -> User | None:
    """Whoever was looked for by their whole name. With its @, or by the address of their page, that is also
    somebody whom staff limited, for the page opens, too; by the bare name only whom a list may show. Nobody
    behind a block. Two queries at most.
    """
    address = f"{settings.SITE_URL}/@"
    is_handle = typed.strip().startswith(("@", address))
    name = typed.strip().removeprefix(address).removeprefix("@").removesuffix("/")
    name = name.removesuffix(f"@{settings.SITE_HOST}")
    if not name or {" ", "/"} & set(name):
        return None
    person = by_handle(name, viewer)
    if person is None or not person.is_active:
        return None
    if is_handle:
        blocks = Q(blocker=person, blocked_id=viewer.pk) | Q(blocker_id=viewer.pk, blocked=person)
        return None if viewer.pk is not None and Block.objects.filter(blocks).exists() else person
    return offered_people(viewer).filter(pk=person.pk).first()


def _meetable(viewer: User | AnonymousUser) -> QuerySet[User]:
    """Those of them, but the viewer, as suggestions show them."""
    columns = ("username", "display_name", "avatar", "followers_count")
    there = offered_people(viewer).only(*columns)
    return there if viewer.pk is None else there.exclude(pk=viewer.pk)


def requests_to(person: User) -> QuerySet[FollowRequest]:
    """Those who ask to follow the person, the latest first."""
    return _listed(FollowRequest.objects.filter(followed=person), "follower")


def blocked_by(person: User) -> QuerySet[Block]:
    """Rows of those whom the person blocks, the latest first, also when they are suspended."""
    return Block.objects.filter(blocker=person).select_related("blocked").order_by("-id")


def muted_by(person: User) -> QuerySet[Mute]:
    """Rows of those whom the person mutes just now, the latest first, also when they are suspended."""
    mutes = Mute.objects.in_force(timezone.now()).filter(muter=person)
    return mutes.select_related("muted").order_by("-id")


def follows_at(person: User, domain: str) -> tuple[int, int]:
    """How many people of that server the person follows, and how many of it follow them. Two queries.

    Raises Invalid for what is no name of a server.
    """
    host = host_name(domain)
    if host is None:
        raise Invalid("This is no name of a server.", "domain")
    there = f"@{host}"
    following = Follow.objects.filter(follower=person, followed__username__iendswith=there)
    followers = Follow.objects.filter(followed=person, follower__username__iendswith=there)
    return following.count(), followers.count()


def domains_blocked_by(person: User) -> QuerySet[BlockedDomain]:
    """The servers that the person blocks, the latest first."""
    return BlockedDomain.objects.filter(owner=person).order_by("-id")


def filters_of(person: User) -> QuerySet[WordFilter]:
    """The person's word filters with their keywords, the latest first, also those that ended. Two queries."""
    return WordFilter.objects.filter(owner=person).prefetch_related("keywords").order_by("-id")


def filter_for(owner: User, filter_id: int) -> WordFilter:
    """One of the person's filters with its keywords. Raises NotFound for a stranger's. Two queries."""
    found = filters_of(owner).filter(pk=filter_id).first() if 0 < filter_id < 2**63 else None
    if found is None:
        raise NotFound("This filter does not exist any more.")
    return found


def keyword_for(owner: User, keyword_id: int) -> FilterKeyword:
    """One word of the person's filters, with its filter. Raises NotFound for one that is not theirs."""
    mine = FilterKeyword.objects.select_related("filter").filter(filter__owner=owner)
    found = mine.filter(pk=keyword_id).first() if 0 < keyword_id < 2**63 else None
    if found is None:
        raise NotFound("This word stands in no filter any more.")
    return found


def keywords_of(owner: User) -> QuerySet[FilterKeyword]:
    """All words of the person's filters, each with its filter, the latest filter first. One query."""
    rows = FilterKeyword.objects.filter(filter__owner=owner).select_related("filter")
    return rows.order_by("-filter_id", "id")


def _listed(rows: QuerySet, whom: str) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(**{f"{whom}__state": User.State.ACTIVE}).select_related(whom).order_by("-id")


def _seen_by(viewer: User | AnonymousUser | None, rows: QuerySet, whom: str) -> QuerySet:  # type: ignore[type-arg]
    if viewer is None or viewer.pk is None:
        return rows
    person = OuterRef(f"{whom}_id")
    blocks = Block.objects.filter(
        Q(blocker=person, blocked_id=viewer.pk) | Q(blocker_id=viewer.pk, blocked=person)
    )
    return rows.exclude(Exists(blocks))


def _either_way(model: type[_Pair], one: str, other: str, viewer: User, people: list[int]) -> list[_Pair]:
    given = Q(**{one: viewer, f"{other}_id__in": people})
    got = Q(**{other: viewer, f"{one}_id__in": people})
    return list(model._default_manager.filter(given | got))
