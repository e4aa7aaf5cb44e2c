"""What goes with a person who leaves for good, some at a time."""

from django.db import transaction

from accounts.actions import adjust_counts, lock_people
from accounts.models import User
from relationships.models import Follow


@transaction.atomic
def remove_follows_of(person: User, most: int) -> int:
    """End up to `most` follows from and to the person, with the counts of the others; returns how many."""
    given = list(Follow.objects.filter(follower=person).order_by("followed_id")[:most])
    got = list(Follow.objects.filter(followed=person).order_by("follower_id")[: most - len(given)])
    lock_people(person.pk, *(row.followed_id for row in given), *(row.follower_id for row in got))
    Follow.objects.filter(pk__in=[follow.pk for follow in given + got]).delete()
    for follow in given:
        adjust_counts(follow.followed_id, followers=-1)
    for follow in got:
        adjust_counts(follow.follower_id, following=-1)
    adjust_counts(person.id, following=-len(given), followers=-len(got))
    return len(given) + len(got)
