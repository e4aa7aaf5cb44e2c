"""Lists of people: which there are, who is on them, and what those say."""

from collections.abc import Collection
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from common.errors import NotFound
from common.paging import Window
from timelines.models import ListMember, PeopleList
from timelines.newest import newest
from timelines.repeats import without_repeats
from timelines.wanted import REPLIES, TO_FOLLOWED, WANTED

_ON_IT = """timelines_listmember lm JOIN relationships_follow f ON f.id = lm.follow_id
  WHERE lm.people_list_id = %(list)s"""
_TO_MEMBERS = """EXISTS (SELECT 1 FROM relationships_follow g
    JOIN timelines_listmember gm ON gm.follow_id = g.id AND gm.people_list_id = %(list)s
    WHERE g.follower_id = f.follower_id AND g.followed_id = t.reply_to_author_id)"""
_TO = {
    PeopleList.Replies.NOBODY: "1 = 0",
    PeopleList.Replies.MEMBERS: _TO_MEMBERS,
    PeopleList.Replies.FOLLOWED: TO_FOLLOWED,
}


def lists_of(owner: User) -> list[PeopleList]:
    """The person's lists, the latest first, each with `people_count`: of those who are in sight. One query;
    LISTS_MAX at most.
    """
    seen = Q(members__follow__followed__state=User.State.ACTIVE)
    lists = PeopleList.objects.filter(owner=owner).annotate(people_count=Count("members", filter=seen))
    return list(lists.order_by("-id"))


def list_for(owner: User | AnonymousUser, list_id: int) -> PeopleList:
    """The owner's list. Raises NotFound for what does not exist or is somebody else's, alike."""
    people_list = PeopleList.objects.filter(pk=list_id, owner_id=owner.pk).first()
    if people_list is None:
        raise NotFound("This list does not exist.")
    return people_list


def lists_with(owner: User, person: User) -> set[int]:
    """Ids of the owner's lists that the person is on."""
    members = ListMember.objects.filter(follow__follower=owner, follow__followed=person)
    return set(members.values_list("people_list_id", flat=True))


def lists_naming(person_id: int, list_ids: Collection[int]) -> set[int]:
    """On which of these lists the person is. One query."""
    members = ListMember.objects.filter(people_list_id__in=list(list_ids), follow__followed_id=person_id)
    return set(members.values_list("people_list_id", flat=True))


def members_of(people_list: PeopleList) -> QuerySet[ListMember]:
    """Who is on it and in sight, loaded as `person`, the latest first."""
    seen = {"follow__followed__state": User.State.ACTIVE}
    members = ListMember.objects.filter(people_list=people_list, **seen)
    return members.select_related("follow__followed").order_by("-id")


def list_ids(people_list: PeopleList, window: Window) -> list[int]:
    """Ids of what the people on the list say, newest first; one query, seldom more.

    Gathered at this moment: a probe for each member and a page for each of those who spoke last, so what it
    costs depends on how many they are, not on how much or how long ago they spoke.
    """
    replies = REPLIES.format(whom=_TO[cast(PeopleList.Replies, people_list.replies)])
    wanted = f"{WANTED} AND {replies}"
    return without_repeats(lambda part: newest(_ON_IT, wanted, part, list=people_list.pk), window)
