"""Pages for one person stay with that person: no cache on the way keeps them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SECRET = ("/settings/", "/password/reset/")
_PRIVATE, _NEVER = "private, no-cache", "private, no-store"


class PrivatePages:
    """Sets Cache-Control where the view did not. It looks at the cookie's name only: no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            if request.path_info.startswith(_SECRET):
                response.headers["Cache-Control"] = _NEVER
            elif _has_session(request, response) and not _is_file(request.path_info):
                response.headers["Cache-Control"] = _PRIVATE
        return response


def _has_session(request: HttpRequest, response: HttpResponse) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies


def _is_file(path: str) -> bool:
    return path.startswith((settings.STATIC_URL, "/media/"))
