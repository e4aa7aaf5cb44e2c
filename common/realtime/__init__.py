"""Telling open pages and apps that something happened: only a kind, an id and a few plain values travel.

Whoever keeps connections open looks up what happened, and draws it for those who may see it. So a push may
get lost, come twice or come late without harm: it says that there is something to look at, never what.
"""

from django.db import transaction

from common.realtime.buses import the_bus
from common.realtime.pushes import Plain, Push
from common.realtime.streams import (
    ANNOUNCED,
    CHANGES,
    DELIVERED,
    LOCAL,
    account_of,
    conversation,
    filters_of,
    home_of,
    messages_of,
    notifications_of,
    tagged,
    tweet,
)
from common.sending import Sender

__all__ = [
    "ANNOUNCED",
    "CHANGES",
    "DELIVERED",
    "LOCAL",
    "Plain",
    "Push",
    "account_of",
    "conversation",
    "filters_of",
    "home_of",
    "messages_of",
    "notifications_of",
    "push",
    "tagged",
    "tweet",
]

_sender: Sender[Push] = Sender(the_bus, "Live updates")


def push(streams: str | list[str], kind: str, an_id: int = 0, **more: Plain) -> None:
    """Tell all who listen to one of the streams, once the transaction is committed; outside of one at once.

    It takes microseconds and never fails: what nobody can be told is dropped, and those who were away ask
    for what they missed by id.
    """
    told = Push((streams,) if isinstance(streams, str) else tuple(streams), kind, an_id, more)
    if told.streams:
        transaction.on_commit(lambda: _send(told), robust=True)


def _send(told: Push) -> None:
    if not the_bus().tell_here(told):
        _sender.send(told)
