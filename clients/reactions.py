"""What follows when something happened to a person. Each may run twice and may find nothing."""

from clients.actions import end_all_of
from events.catalogue import PasswordChanged


def end_access(event: PasswordChanged) -> None:
    """Whoever changes the password may fear that somebody else got in: apps have to ask anew, too."""
    end_all_of(event.user_id)
