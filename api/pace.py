"""How often an app may ask: by the person it acts for, or by the address when it shows no token.

Every answer tells how much is left (X-RateLimit-…), as apps of Mastodon's API expect it. Some operations
count for a rate of their own as well, the same that the pages count for; what that refuses speaks of it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from clients.queries import Access
from common import rates
from common.errors import TooMany
from common.rates import Standing

_LIMIT = "X-RateLimit-Limit"
# Counted by the person; visitors by their address. A new tweet says itself for which rate it counts.
_RATES: Mapping[tuple[str, str], str] = {
    ("POST", "api/v1/statuses/<status_id>/reblog"): "tweets",
    ("POST", "api/v1/statuses/<status_id>/favourite"): "likes",
    ("POST", "api/v1/accounts/<account_id>/follow"): "follows",
    ("POST", "api/v1/reports"): "reports",
    ("POST", "api/v1/media"): "pictures",
    ("POST", "api/v2/media"): "pictures",
    ("POST", "api/v1/polls/<poll_id>/votes"): "likes",
    ("PUT", "api/v1/announcements/<announcement_id>/reactions/<name>"): "likes",
    ("GET", "api/v1/accounts/search"): "search",
    ("GET", "api/v2/search"): "search",
}
# Counted by the address, whoever asks.
_RATES_OF_ADDRESS: Mapping[tuple[str, str], str] = {
    ("POST", "api/v1/apps"): "apps",
    ("POST", "api/v1/accounts"): "sign_up",
    ("POST", "api/v1/emails/confirmations"): "confirm_email",
}


def count(request: Request | HttpRequest, access: Access | None) -> None:
    """Count this request, whatever it asks for. Raises TooMany beyond what is allowed."""
    address = address_of(request)
    if not rates.applies_to(address):
        return
    if access is None:
        standing = rates.tally("api_visitors", rates.address_key(address))
    else:
        standing = rates.tally("api", f"app{access.app_id}" if access.user is None else str(access.user.pk))
    _note(request, standing)
    if standing.is_exceeded:
        raise TooMany("Too many requests", standing.wait_seconds)


def count_operation(request: Request, name: str) -> None:
    """Count what this operation does. Raises TooMany, and NotNow for signing up while nobody can count."""
    address = address_of(request)
    if not rates.applies_to(address):
        return
    operation = (request.method or "", name)
    if rate := _RATES_OF_ADDRESS.get(operation):
        rates.check(rate, rates.address_key(address))
    elif rate := _RATES.get(operation):
        count_deed(request, rate)


def count_deed(request: Request, rate: str) -> None:
    """Count by the person, or by the address. Raises TooMany."""
    address = address_of(request)
    if rates.applies_to(address):
        person = request.auth.user if request.auth else None
        rates.check(rate, str(person.pk) if person else rates.address_key(address))


def tell(request: HttpRequest, response: HttpResponse) -> None:
    """How much is left, in the words of Mastodon's API. What was not counted says nothing.

    A refusal that speaks of another rate already (`tell_of`) is left alone.
    """
    standing: Standing | None = getattr(request, "pace", None)
    if standing and _LIMIT not in response.headers:
        tell_of(standing, response)


def tell_of(standing: Standing, response: HttpResponse) -> None:
    """The same of this rate."""
    for name, said in headers_of(standing).items():
        response.headers[name] = said


def headers_of(standing: Standing) -> dict[str, str]:
    """How much is left, for whatever answers."""
    resets_at = datetime.fromtimestamp(standing.resets_at, UTC).isoformat(timespec="milliseconds")
    return {
        _LIMIT: str(standing.limit),
        "X-RateLimit-Remaining": str(max(standing.remaining, 0)),
        "X-RateLimit-Reset": resets_at.replace("+00:00", "Z"),
    }


def address_of(request: Request | HttpRequest) -> str:
    """What common.middleware.ClientAddress found."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _note(request: Request | HttpRequest, standing: Standing) -> None:
    """For `tell`, which sees Django's own request."""
    plain = request._request if isinstance(request, Request) else request
    plain.pace = standing  # type: ignore[attr-defined]
