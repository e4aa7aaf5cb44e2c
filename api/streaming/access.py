"""Whose line it is: the token, in any of three places where clients show it; how many one may hold."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError

from clients.actions import note_use
from clients.queries import Access, access_by
from common.middleware import client_address
from common.realtime.buses import Bus
from common.realtime.hub import Hub
from common.realtime.limits import Bucket, Holders

Scope = dict[str, Any]
_MOST_LINES = 12_000  # of one process
_INVALID = "The access token is invalid"


class Refused(Exception):
    """The line is not opened, with a status and a sentence; `most` is how many one may hold."""

    def __init__(self, status: int, sentence: str, most: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.most = most


class Shown(NamedTuple):
    """A token, and the subprotocol it was called by, which the answer has to repeat."""

    key: str
    subprotocol: str | None = None


class Gate:
    """Lets lines in, and counts them: by address, then by person."""

    def __init__(self, hub: Hub, bus: Callable[[], Bus]) -> None:
        self._hub, self._bus = hub, bus
        self._addresses, self._people = Holders(), Holders()
        self._knocking: dict[str, Bucket] = {}
        self._open = 0

    @asynccontextmanager
    async def admitted(self, scope: Scope, shown: Shown) -> AsyncIterator[Access]:
        """The access of the token, while the line is open. Raises Refused."""
        self._hub.start(self._bus())
        address = client_address(scope["client"][0] if scope.get("client") else "", scope["headers"])
        if self._open >= _MOST_LINES:
            raise Refused(503, "Too many streams are open here")
        most = settings.LIVE_PER_ADDRESS
        if not self._may_knock(address) or not self._addresses.enter(address, most):
            raise Refused(429, "Too many streams from this address", most)
        self._open += 1
        try:
            access = await self.access_of(shown)
            if not self._people.enter(access.user.pk, settings.LIVE_PER_PERSON):  # type: ignore[union-attr]
                raise Refused(429, "Too many streams of this person", settings.LIVE_PER_PERSON)
            try:
                yield access
            finally:
                self._people.leave(access.user.pk)  # type: ignore[union-attr]
        finally:
            self._open -= 1
            self._addresses.leave(address)

    async def access_of(self, shown: Shown) -> Access:
        """What the token opens just now, for the person it acts for. Raises Refused."""
        try:
            access = await self._hub.ask(_access, shown.key)
        except DatabaseError:
            raise Refused(503, "The database does not answer just now") from None
        if access is None or access.user is None:
            raise Refused(401, _INVALID)
        return access

    def _may_knock(self, address: str) -> bool:
        most = settings.LIVE_PER_ADDRESS
        if len(self._knocking) > most:
            self._knocking.clear()
        return self._knocking.setdefault(address, Bucket(most, most / 30)).take()


def shown_by(scope: Scope) -> Shown:
    """The token in the header, in the subprotocol of a socket, or in the address, which is the oldest way."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            kind, _, key = value.decode("latin-1").partition(" ")
            if kind.lower() == "bearer":
                return Shown(key.strip())
    if protocols := scope.get("subprotocols"):
        return Shown(protocols[0], protocols[0])
    return Shown(said_in(scope).get("access_token", ""))


def said_in(scope: Scope) -> dict[str, str]:
    """The parameters of the address; of a name that comes twice the last one."""
    text = scope.get("query_string", b"").decode("latin-1")
    return {name: values[-1] for name, values in parse_qs(text, max_num_fields=20).items()}


def _access(key: str) -> Access | None:
    access = access_by(key)
    if access is not None:
        note_use(access.token_id, access.used_at)
    return access
