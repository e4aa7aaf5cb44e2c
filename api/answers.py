"""Answers of the API: JSON, written by orjson."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpResponse

_JSON = "application/json; charset=utf-8"


def encode(value: Any) -> bytes:
    """The value as JSON. What was encoded before may stand in it as `orjson.Fragment`."""
    return orjson.dumps(value)


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The value as the body of a response."""
    return encoded(orjson.dumps(value), status, headers)


def encoded(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A body that is JSON already."""
    return HttpResponse(body, status=status, headers={**_HEADERS, **(headers or {})}, content_type=_JSON)


def listed(items: list[bytes]) -> bytes:
    """A JSON array of what is JSON already."""
    return b"[%b]" % b",".join(items)


def refusal(status: int, sentence: str, **more: Any) -> HttpResponse:
    """An error as every client reads it."""
    return answer({"error": sentence, **more}, status)


_HEADERS = {
    "Cache-Control": "private, no-store",  # nothing of a person's stays in a cache on the way
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
