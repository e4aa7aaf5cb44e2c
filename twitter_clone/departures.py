"""Removing everything of those who left for good: what each app does, in this order.

A job does some of it in one transaction with its own end, and promises the next. So a crash at any
instant loses nothing and repeats nothing, other work is never kept waiting for long, and what is still
there is all that has to be remembered of how far it got.
"""

from collections.abc import Callable

from django.db import transaction
from django_tasks import task

from accounts import mails
from accounts.actions import bury, close_left, close_suspended, remove_rest_of
from accounts.models import User
from analytics.actions import forget_author
from attachments.actions import discard_all_of
from moderation.queries import people_appealing
from portability.actions import discard_exports_of
from relationships.actions import remove_follows_of
from tweets.actions import remove_likes_of, remove_tweets_of, remove_votes_of

# Each takes at most so many rows of a person and returns how many it took. What others' counters count comes
# first, pictures after the tweets that show them, and last whatever else belongs to the person, in any app.
STEPS: tuple[tuple[Callable[[User, int], int], int], ...] = (
    (remove_tweets_of, 20),
    (remove_likes_of, 200),
    (remove_votes_of, 50),
    (remove_follows_of, 200),
    (discard_all_of, 100),
    (forget_author, 500),
    (discard_exports_of, 1),
    (remove_rest_of, 500),
)
_CLOSED_AT_ONCE = 100


@transaction.atomic
def begin() -> None:
    """Once an hour: whose time to come back, or to be let in again, is over. Who appealed is waited for."""
    suspended = close_suspended(_CLOSED_AT_ONCE, but=people_appealing())
    for user_id in [*close_left(_CLOSED_AT_ONCE), *suspended]:
        remove_person.enqueue(user_id)


@task()
def remove_person(user_id: int) -> None:
    """The next part of what belongs to that person; at the end, everything but the name."""
    person = User.objects.filter(pk=user_id, state=User.State.GONE).first()
    if person is None:
        return
    for remove, most in STEPS:
        if remove(person, most):
            remove_person.enqueue(user_id)
            return
    if person.is_confirmed and person.email:
        mails.account_deleted.enqueue(person.email, person.full_handle)
    bury(person)
