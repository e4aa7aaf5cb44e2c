"""What follows when something happened to a person. Each may run twice and may find nothing."""

from clients.actions import end_all_of
from common.realtime import account_of, push
from events.catalogue import AccessEnded, PasswordChanged


def end_access(event: PasswordChanged) -> None:
    """Whoever changes the password may fear that somebody else got in: apps have to ask anew, too."""
    end_all_of(event.user_id)


def tell_lines(event: AccessEnded) -> None:
    """Whatever keeps a connection open for the person looks whether its token still opens something."""
    if event.user_id is not None:
        push(account_of(event.user_id), "access")
