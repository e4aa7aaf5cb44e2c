"""Counting readers: what a page or an answer for an app showed, and to whom, is noted when it is finished;
and who is here today.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from analytics.actions import count_views, note_active, noting_shown
from common.watching.requests import asked_user

_SHOWN = (200, 304)  # what is not sent again is looked at again


class Readers:
    """In front of kept pages, which were drawn for somebody else. No query: see analytics/actions/views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            response = self.get_response(request)
            _note_active(request)
            return response
        with noting_shown() as shown:
            response = self.get_response(request)
        reader_id = _note_active(request)
        if shown and response.status_code in _SHOWN:
            count_views(shown, request.META, reader_id)
        return response


def _note_active(request: HttpRequest) -> int | None:
    """Who is here, if somebody is signed in and the page asked."""
    user = asked_user(request)
    if user is None or user.pk is None:
        return None
    note_active(user.pk)
    return int(user.pk)
