"""House errors become pages: the right status, a sentence, a way back."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from common.errors import Gone, HouseError, Invalid, NotAllowed, NotFound, NotNow, TooMany
from common.naming import known_site_name
from common.outages import Outage, outage_of
from web.context import theme_of
from web.fragments import wants_fragment

logger = logging.getLogger(__name__)
_STATUS: dict[type[HouseError], int] = {
    Invalid: 400,
    NotAllowed: 403,
    Gone: 410,  # before NotFound, of which it is a kind
    NotFound: 404,
    TooMany: 429,
    NotNow: 503,
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
        if isinstance(exception, TOO_BIG):
            return render(request, "413.html", status=413)
        return outage_page(request, exception)


def house_error_page(request: HttpRequest, error: HouseError) -> HttpResponse:
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    if wants_fragment(request):  # a script asks, and tells the person in a toast
        response = HttpResponse(error.message, status=status, content_type="text/plain; charset=utf-8")
    else:
        response = render(request, f"{status}.html", {"sentence": error.message}, status=status)
    if isinstance(error, TooMany | NotNow):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


def outage_page(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """What to say while the database is away or full; None for any other error.

    Drawn without the request's context, which would ask the database that just failed.
    """
    outage = outage_of(error)
    if outage is None or settings.DEBUG:
        return None
    logger.error("The database failed (%d): %s", outage.status, " ".join(str(error).split()))
    response = _outage_answer(request, outage)
    response["Retry-After"] = str(outage.retry_after_seconds)
    response["Cache-Control"] = "no-store"
    return response


def _outage_answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    is_looking = request.method in {"GET", "HEAD"}
    sentence = outage.sentence if is_looking else outage.about_sent
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": sentence}, status=outage.status)
    if wants_fragment(request):
        return HttpResponse(sentence, status=outage.status, content_type="text/plain; charset=utf-8")
    page = {
        "heading": outage.heading,
        "sentence": sentence,
        "again": request.get_full_path() if is_looking else "",
        "code": outage.status,
        "site_name": known_site_name(),
        "theme": theme_of(request),
    }
    return HttpResponse(render_to_string("503.html", page), status=outage.status)
