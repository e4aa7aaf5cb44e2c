"""What the request or the job in hand has cost so far. One for each, known wherever its work leads."""

import contextlib
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from time import perf_counter

from django.conf import settings


class Tally:
    """`statements` holds each query with its seconds where somebody wants to see them, else it is None."""

    __slots__ = ("began", "job_id", "queries", "query_seconds", "request_id", "statements", "template_depth",
                 "template_seconds")  # fmt: skip

    def __init__(self, request_id: str, job_id: int | None = None) -> None:
        self.request_id = request_id
        self.job_id = job_id
        self.began = perf_counter()
        self.queries = 0
        self.query_seconds = 0.0
        self.template_depth = 0
        self.template_seconds = 0.0
        self.statements: list[tuple[str, float]] | None = [] if settings.DEBUG else None

    @property
    def seconds(self) -> float:
        """Since it began."""
        return perf_counter() - self.began


_current: ContextVar[Tally | None] = ContextVar("tally", default=None)


def current() -> Tally | None:
    """That of the work in hand, if there is one."""
    return _current.get()


def request_id() -> str:
    """Of the request in hand, or the one that the job in hand comes from; empty if there is none."""
    tally = _current.get()
    return tally.request_id if tally else ""


def new_id() -> str:
    """An id for a request that brings none."""
    return secrets.token_hex(8)


@contextlib.contextmanager
def counting(tally: Tally) -> Iterator[Tally]:
    """Inside, what this thread asks of databases and templates is counted here."""
    token = _current.set(tally)
    try:
        yield tally
    finally:
        _current.reset(token)
