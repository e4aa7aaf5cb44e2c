"""Lists of people: making and changing them, and who is on them."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from accounts.texts import tidy_line
from common.errors import Invalid, NotAllowed, NotFound
from events.bus import publish
from events.catalogue import ListChanged, ListCreated, ListDeleted, PersonListed, PersonUnlisted
from relationships.models import Follow
from timelines.models import ListMember, PeopleList
from timelines.policies import may_change_list, may_keep_lists

_GONE = "This list does not exist."


@transaction.atomic
def create_list(
    owner: User, title: str, *, replies: str = PeopleList.Replies.MEMBERS, is_exclusive: bool = False
) -> PeopleList:
    """A new list without anybody on it. Raises NotAllowed before the address is confirmed, Invalid for a
    title that is empty or too long, an unknown choice, and beyond LISTS_MAX.
    """
    if not may_keep_lists(owner):
        raise NotAllowed(refusal(owner, "make lists"))
    values = _checked(title, replies)
    lock_people(owner.pk)  # of two at once the second counts the first
    if PeopleList.objects.filter(owner=owner).count() >= settings.LISTS_MAX:
        raise Invalid(f"You can have {settings.LISTS_MAX} lists. Delete one you no longer read.", "title")
    people_list = PeopleList.objects.create(owner=owner, is_exclusive=is_exclusive, **values)
    publish(ListCreated(list_id=people_list.id, owner_id=owner.id))
    return people_list


@transaction.atomic
def update_list(
    owner: User, people_list: PeopleList, *, title: str, replies: str, is_exclusive: bool
) -> PeopleList:
    """Give it this name and these wishes. Raises Invalid as `create_list` does, NotFound for others."""
    values = _checked(title, replies)
    current = _hold(owner, people_list)
    was_exclusive = current.is_exclusive
    current.title, current.replies, current.is_exclusive = values["title"], values["replies"], is_exclusive
    current.save(update_fields=["title", "replies", "is_exclusive"])
    changes_home = was_exclusive != is_exclusive
    publish(ListChanged(list_id=current.id, owner_id=owner.id, changes_home=changes_home))
    return current


@transaction.atomic
def delete_list(owner: User, people_list: PeopleList) -> None:
    """Remove it; its people stay followed, and home shows them again. Raises NotFound for others'."""
    current = _hold(owner, people_list)
    list_id = current.id
    current.delete()
    publish(ListDeleted(list_id=list_id, owner_id=owner.id, changes_home=current.is_exclusive))


@transaction.atomic
def add_to_list(owner: User, people_list: PeopleList, person: User) -> None:
    """Put a followed person on it; twice is harmless. Raises Invalid for somebody one does not follow and
    beyond LIST_MEMBERS_MAX, NotFound for others' lists.
    """
    current = _hold(owner, people_list)
    follow = Follow.objects.filter(follower=owner, followed=person).first()
    if follow is None:
        raise Invalid(f"You do not follow {person.handle}. Follow them first.", "name")
    if ListMember.objects.filter(people_list=current, follow=follow).exists():
        return
    if ListMember.objects.filter(people_list=current).count() >= settings.LIST_MEMBERS_MAX:
        raise Invalid(f"A list holds {settings.LIST_MEMBERS_MAX} people. Make another one.", "name")
    ListMember.objects.create(people_list=current, follow=follow)
    publish(
        PersonListed(
            list_id=current.id, owner_id=owner.id, person_id=person.id, changes_home=current.is_exclusive
        )
    )


@transaction.atomic
def remove_from_list(owner: User, people_list: PeopleList, person: User) -> None:
    """Take somebody off it; twice is harmless. Raises NotFound for others' lists."""
    current = _hold(owner, people_list)
    members = ListMember.objects.filter(people_list=current, follow__follower=owner, follow__followed=person)
    ended, _ = members.delete()
    if ended:
        publish(
            PersonUnlisted(
                list_id=current.id, owner_id=owner.id, person_id=person.id, changes_home=current.is_exclusive
            )
        )


@transaction.atomic
def choose_lists(owner: User, person: User, list_ids: Collection[int]) -> None:
    """Put the person on these of the owner's lists, and take them off all others; all of it or nothing.

    Raises as `add_to_list` does; ids that are no list of the owner's count for nothing.
    """
    for people_list in PeopleList.objects.filter(owner=owner).order_by("pk"):
        if people_list.pk in list_ids:
            add_to_list(owner, people_list, person)
        else:
            remove_from_list(owner, people_list, person)


def _checked(title: str, replies: str) -> dict[str, str]:
    title = tidy_line(title)
    if not title:
        raise Invalid("Give the list a name.", "title")
    if len(title) > settings.LIST_TITLE_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.LIST_TITLE_MAX_LENGTH} characters.", "title")
    if replies not in PeopleList.Replies.values:
        raise Invalid("Choose which replies to show.", "replies")
    return {"title": title, "replies": replies}


def _hold(owner: User, people_list: PeopleList) -> PeopleList:
    """The row as it is now, for writing: nobody else changes what is the owner's meanwhile, nor whom they
    follow. Somebody else's answers like one that is not there.
    """
    lock_people(owner.pk)
    current = PeopleList.objects.filter(pk=people_list.pk).first()
    if current is None or not may_change_list(owner, current):
        raise NotFound(_GONE)
    return current
