"""Pages for what Django itself refuses, and for what broke outside of a view."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from web.errors import TOO_BIG, outage_page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_BIG):
        return render(request, "413.html", status=413)
    if page := outage_page(request, exception):  # a session that could not be saved counts as lost for Django
        return page
    # Without the request: a bad Host header makes even building the context fail.
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Sessions are read and written around the views, so the database may fail there, too."""
    return outage_page(request, sys.exception()) or defaults.server_error(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """What django-allauth shows when one of its limits is reached; most of them count by the minute."""
    sentence = "That was a lot in a short time. Wait a minute, then go on."
    response = render(request, "429.html", {"sentence": sentence}, status=429)
    response["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = "This form was open too long, or cookies are off. Go back, reload the page, send again."
    return render(request, "403.html", {"sentence": sentence}, status=403)
