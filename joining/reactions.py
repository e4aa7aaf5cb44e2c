"""What follows when staff decided about somebody who wants to join."""

from events.catalogue import JoinApproved, JoinRefused
from joining import mails


def tell_approved(event: JoinApproved) -> None:
    mails.approved.enqueue(event.user_id)


def tell_refused(event: JoinRefused) -> None:
    mails.refused.enqueue(event.email, event.shown_name, event.reason)
