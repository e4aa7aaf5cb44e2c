"""Every error of the API becomes JSON here: those of the house, of REST framework and of the database."""

import logging
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail

from api import pace
from api.answers import refusal
from common.errors import Gone, HouseError, Invalid, NotAllowed, NotFound, NotNow, TooMany
from common.outages import outage_of
from common.rates import Standing
from common.storage import NotStored

logger = logging.getLogger(__name__)

NOT_FOUND = "Record not found"  # also for what is hidden from whoever asks: nobody learns that it is there
_STORAGE_RETRY_SECONDS = 60
_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def answer(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """What REST framework calls for whatever a view lets through; None leaves it to `server_error`."""
    if isinstance(error, HouseError):
        return of_house(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, Http404):
        return refusal(404, NOT_FOUND)
    if isinstance(error, _TOO_BIG):
        return refusal(413, "The request is too large")
    if isinstance(error, UnreadablePostError):
        return refusal(400, "The request broke off")
    return _outage(error)


def _outage(error: BaseException | None) -> HttpResponse | None:
    outage = outage_of(error)
    if outage is None or settings.DEBUG:
        return None
    logger.error("The database failed (%d): %s", outage.status, " ".join(str(error).split()))
    return _retry(refusal(outage.status, outage.sentence), outage.retry_after_seconds)


def of_house(error: HouseError) -> HttpResponse:
    """How the API says each of the house's errors."""
    if isinstance(error, Gone):
        return refusal(410, error.message or "Gone")
    if isinstance(error, NotFound):
        return refusal(404, NOT_FOUND)
    if isinstance(error, NotAllowed):
        return refusal(403, error.message or "This action is not allowed")
    if isinstance(error, TooMany):
        return _too_many(error)
    if isinstance(error, NotNow):
        return _retry(refusal(503, error.message), error.retry_after_seconds)
    if isinstance(error, NotStored):
        return _retry(refusal(507, error.message), _STORAGE_RETRY_SECONDS)
    if isinstance(error, Invalid):
        return _invalid({error.field or "base": [ErrorDetail(error.message, "invalid")]})
    raise error  # a new kind of error wants a line here


def _of_framework(error: exceptions.APIException) -> HttpResponse:
    if isinstance(error, exceptions.ValidationError):
        return _invalid(dict(_sentences("", error.detail)))
    response = refusal(error.status_code, str(error.detail))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response.status_code = 401
        response.headers["WWW-Authenticate"] = f'Bearer realm="{settings.SITE_HOST}", error="invalid_token"'
    return response


# How clients know what kind of error it is; all others are ERR_INVALID.
_CODES = {
    "accepted": "ERR_ACCEPTED",
    "blank": "ERR_BLANK",
    "max_length": "ERR_TOO_LONG",
    "null": "ERR_BLANK",
    "required": "ERR_BLANK",
    "reserved": "ERR_RESERVED",
    "taken": "ERR_TAKEN",
}


def _invalid(fields: dict[str, list[ErrorDetail]]) -> HttpResponse:
    """422 with a sentence, and `details` by field as registration has them."""
    first = next((f"{field}: {sentences[0]}" for field, sentences in fields.items() if sentences), "")
    details = {
        field: [
            {"error": _CODES.get(sentence.code or "", "ERR_INVALID"), "description": str(sentence)}
            for sentence in sentences
        ]
        for field, sentences in fields.items()
    }
    return refusal(422, f"Validation failed: {first.removeprefix('base: ')}", details=details)


def _sentences(path: str, detail: Any) -> Iterator[tuple[str, list[ErrorDetail]]]:
    """The tree of a serializer's errors as a flat list: `poll.options` and what is wrong with it."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _sentences(f"{path}.{name}".strip("."), inner)
    elif any(isinstance(part, dict) for part in detail):
        for place, inner in enumerate(detail):
            yield from _sentences(f"{path}.{place}".strip("."), inner)
    else:
        yield path.replace("non_field_errors", "base") or "base", list(detail)


def _too_many(error: TooMany) -> HttpResponse:
    """429 that speaks of what was too much, not of the requests that are left."""
    response = _retry(refusal(429, error.message or "Too many requests"), error.retry_after_seconds)
    if error.most is not None:
        standing = Standing(error.most, 0, int(time.time()) + error.retry_after_seconds)
        pace.tell_of(standing, response)
    return response


def _retry(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response


# For Django, when no view was reached or one broke: the handlers of api/urls.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(400, "Bad request")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal(404, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    found = _outage(sys.exception()) or refusal(500, "Something went wrong here. It is not your fault.")
    pace.tell(request, found)  # the door does not see what broke
    return found
