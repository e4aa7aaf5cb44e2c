"""Counting readers: what a page or an answer for an app showed, and to whom, is noted when it is finished."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from analytics.actions import count_views, noting_shown
from common.watching.requests import asked_user

_SHOWN = (200, 304)  # what is not sent again is looked at again


class Readers:
    """In front of kept pages, which were drawn for somebody else. No query: see analytics/actions/views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return self.get_response(request)
        with noting_shown() as shown:
            response = self.get_response(request)
        if shown and response.status_code in _SHOWN:
            user = asked_user(request)
            count_views(shown, request.META, user.pk if user is not None else None)
        return response
