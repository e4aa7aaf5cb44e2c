"""What follows between people when something happened to one of them."""

from accounts.models import User
from common.realtime import filters_of, push
from events.bus import outside_transaction
from events.catalogue import AccountUnlocked, WordFiltersChanged
from relationships.actions import accept_every_request


@outside_transaction
def let_in_who_asked(event: AccountUnlocked) -> None:
    """Nobody is asked any more, so whoever waited for an answer follows; each in a short transaction."""
    person = User.objects.filter(pk=event.user_id, is_locked=False).first()
    if person is not None:
        accept_every_request(person)


def tell_filters(event: WordFiltersChanged) -> None:
    """Apps fetch them anew."""
    push(filters_of(event.owner_id), "changed")
