"""Pages of other sites may use the API with a token; our cookies are never part of it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_PLACES = (
    *("/api/", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known/", "/nodeinfo"),
    *([settings.MEDIA_URL] if settings.MEDIA_URL.startswith("/") else []),
)
EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-Id"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "86400",
}


class Cors:
    """Answers what browsers ask before a request, and lets them hand the answer to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(_PLACES):
            return self._get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=_PREFLIGHT)
        else:
            response = self._get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers[name] = value
        return response
