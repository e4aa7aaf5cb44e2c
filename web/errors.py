"""House errors become pages: the right status, a sentence, a way back."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.errors import Gone, HouseError, Invalid, NotAllowed, NotFound, TooMany
from web.fragments import wants_fragment

logger = logging.getLogger(__name__)
_STATUS: dict[type[HouseError], int] = {
    Invalid: 400,
    NotAllowed: 403,
    Gone: 410,  # before NotFound, of which it is a kind
    NotFound: 404,
    TooMany: 429,
}
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class HouseErrors:
    """Translates what views let through; what it does not know goes on to Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # nothing of ours is called so, and PostgreSQL refuses to look for it
            return house_error_page(request, NotFound())
        # A cookie can hold NUL as an escape; PostgreSQL refuses to look for such a session.
        if "\0" in (request.session.session_key or ""):
            request.session = type(request.session)()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, HouseError):
            return house_error_page(request, exception)
        if isinstance(exception, OperationalError | InterfaceError) and not settings.DEBUG:
            logger.error("The database did not answer: %s", exception)
            return busy_page()
        if isinstance(exception, TOO_BIG):
            return render(request, "413.html", status=413)
        return None


def house_error_page(request: HttpRequest, error: HouseError) -> HttpResponse:
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    if wants_fragment(request):  # a script asks, and tells the person in a toast
        response = HttpResponse(error.message, status=status, content_type="text/plain; charset=utf-8")
    else:
        response = render(request, f"{status}.html", {"sentence": error.message}, status=status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def busy_page() -> HttpResponse:
    """Plain text on purpose: a page would ask the database that just failed."""
    response = HttpResponse(
        "The server cannot reach its data for a moment. Nothing was lost; please try again in a few seconds.",
        status=503,
        content_type="text/plain; charset=utf-8",
    )
    response["Retry-After"] = "5"
    return response
