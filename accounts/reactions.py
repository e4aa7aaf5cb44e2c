"""What follows when something happened to a person. Each may run twice and may find nothing."""

from accounts import links, mails, pictures
from accounts.actions import end_sessions as end_sessions_of
from accounts.actions import tell_sessions as tell_sessions_of
from accounts.models import User
from events.bus import outside_transaction, queue
from events.catalogue import (
    PasswordChanged,
    ProfilePicturesReplaced,
    ProfileUpdated,
    SecondStepChanged,
    UserLeft,
    UserRestored,
    UserReturned,
    UserSuspended,
)


def end_sessions(event: UserSuspended | UserLeft) -> None:
    """Who is suspended or leaves is signed out everywhere, at once."""
    end_sessions_of(event.user_id)


def tell_sessions(event: PasswordChanged) -> None:
    """Sessions that were bound to the former password are dead."""
    tell_sessions_of(event.user_id)


def tell_second_step(event: SecondStepChanged) -> None:
    """A mail, so that nobody opens or locks an account without its owner noticing."""
    mails.second_step_changed.enqueue(event.user_id, event.what)


@outside_transaction
def remove_replaced_pictures(event: ProfilePicturesReplaced) -> None:
    """Former profile pictures are not kept."""
    pictures.remove(event.names)


@queue("media")
@outside_transaction
def settle_pictures(event: UserSuspended | UserRestored | UserLeft | UserReturned) -> None:
    """Profile pictures follow their person out of sight, and back."""
    person = User.objects.filter(pk=event.user_id).first()
    if person is not None:
        pictures.settle(person)


def look_at_links(event: ProfileUpdated) -> None:
    """Whether the pages that the profile links to link back."""
    links.look_at_due_links(event.user_id)


def tell_left(event: UserLeft) -> None:
    """A mail, so that nobody is deleted by somebody else without noticing."""
    mails.leaving.enqueue(event.user_id)


def tell_returned(event: UserReturned) -> None:
    mails.returned.enqueue(event.user_id)
